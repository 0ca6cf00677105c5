// SPDX-License-Identifier: Apache-2.0
#include "work/Places.h"

#include <QDir>
#include <QFileInfo>

namespace layerpool {

QString startFolder(const Settings &settings, const Setting<QString> &place, const QString &last)
{
    if (const QString folder = settings.value(place); !folder.isEmpty()) {
        return folder;
    }
    return last.isEmpty() ? QDir::homePath() : QFileInfo(last).absolutePath();
}

QString startFolderOfLists(const Settings &settings)
{
    return startFolder(settings, settings::listsFolder, settings.value(settings::recentLists).value(0));
}

} // namespace layerpool
