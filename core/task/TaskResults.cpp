// SPDX-License-Identifier: Apache-2.0
#include "task/TaskResults.h"

#include "base/Text.h"

#include <algorithm>

namespace layerpool {

TaskResult joined(const TaskResult &earlier, TaskResult later)
{
    const qint64 found = std::min(later.imagesSkipped, earlier.imagesDone);
    later.imagesDone += earlier.imagesDone;
    later.imagesSkipped -= found;
    later.bytesReused = std::max<qint64>(0, later.bytesReused - earlier.bytesTransferred);
    later.bytesTransferred += earlier.bytesTransferred;
    later.bytesWritten += earlier.bytesWritten;
    later.seconds += earlier.seconds;
    const QString before = Text::tr("Before the pause: %1", "a sentence of what was done");
    QStringList summary;
    for (const QString &sentence : earlier.summary) { // of an earlier pause still, it says so already
        summary << (sentence.startsWith(before.section(QLatin1Char('%'), 0, 0)) ? sentence
                                                                                : before.arg(sentence));
    }
    later.summary = summary + later.summary;
    later.made = later.made ? later.made : earlier.made;
    for (const QString &note : earlier.notes) {
        if (!later.notes.contains(note)) {
            later.notes << note;
        }
    }
    return later;
}

} // namespace layerpool
