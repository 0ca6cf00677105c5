// SPDX-License-Identifier: Apache-2.0
#include "task/TarVolume.h"

#include "base/Text.h"
#include "bundle/BundleIndex.h"
#include "bundle/BundleVolumes.h"
#include "bundle/EarlierSums.h"
#include "task/TarOutput.h"

#include <QFileInfo>

#include <algorithm>

namespace layerpool {
namespace {

// Of a bundle that has so many bytes as a whole.
Status goesWithOthers(const QString &made, qint64 bytes, const TarRequest &request)
{
    const std::optional<VolumeName> volume = VolumeName::parse(made);
    for (const QString &path : volumesBeside(request.target)) {
        const QFileInfo file(path);
        const std::optional<VolumeName> other = VolumeName::parse(path);
        if (!volume || !other || file.fileName() == made) {
            continue;
        }
        const qint64 rest = bytes - (other->number - 1) * request.volumeBytes;
        const qint64 due = std::clamp<qint64>(rest, 0, request.volumeBytes);
        if (other->digits != volume->digits) {
            return anotherVolume(
                request.target,
                Text::tr("it would be %1, and %2 lies there", "files").arg(made, file.fileName()));
        }
        if (file.size() != due) {
            return anotherVolume(request.target, Text::tr("%1 has %2 bytes, and would have %3", "a file")
                                                     .arg(file.fileName())
                                                     .arg(file.size())
                                                     .arg(due));
        }
    }
    return {};
}

} // namespace

Status writeOnlyVolume(const TarPlan &plan, const TaskContext &context, TaskResult &result)
{
    const TarRequest &request = plan.request;
    const Result<EarlierSums> earlier = EarlierSums::of(request.target);
    if (!earlier) {
        return earlier.error();
    }
    const QByteArray index = writeBundleIndex(plan.content());
    if (Status checked = earlier->checkIndex(index); !checked) {
        return checked;
    }
    const auto output = BundleOutput::create(request.target, request.volumeBytes, request.onlyVolume);
    if (!output) {
        return output.error();
    }
    const auto files = writeBundle(plan, index, **output, context);
    if (!files) {
        return files.error();
    }
    const BundleOutput::File &volume = files->front();
    if (Status checked = earlier->areThere() ? earlier->check(volume.name, volume.digest)
                                             : goesWithOthers(volume.name, (*output)->written(), request);
        !checked) {
        return checked;
    }
    if (Status published = (*output)->publish(request.replaces); !published) {
        return published;
    }
    result.bytesWritten = volume.bytes;
    result.made = Made{QFileInfo(request.target).absolutePath(), {}};
    result.notes << (earlier->areThere()
                         ? Text::tr("Written: %1, with the sum that %2 has of it", "files")
                               .arg(volume.name, earlier->fileName())
                         : Text::tr("Written: %1. %2 is not beside it to check its sum, which is %3", "files")
                               .arg(volume.name, earlier->fileName(), volume.digest.toString()));
    return {};
}

} // namespace layerpool
