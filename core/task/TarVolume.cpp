// SPDX-License-Identifier: Apache-2.0
#include "task/TarVolume.h"

#include "base/Text.h"
#include "bundle/BundleIndex.h"
#include "bundle/EarlierSums.h"
#include "task/TarOutput.h"

namespace layerpool {

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
    if (Status checked = earlier->check(volume.name, volume.digest); !checked) {
        return checked;
    }
    if (Status published = (*output)->publish(request.replaces); !published) {
        return published;
    }
    result.bytesWritten = volume.bytes;
    result.notes << (earlier->areThere()
                         ? Text::tr("Written: %1, with the sum that %2 has of it", "files")
                               .arg(volume.name, earlier->fileName())
                         : Text::tr("Written: %1. %2 is not beside it to check its sum, which is %3", "files")
                               .arg(volume.name, earlier->fileName(), volume.digest.toString()));
    return {};
}

} // namespace layerpool
