// SPDX-License-Identifier: Apache-2.0
#include "task/TarOutput.h"

#include "bundle/BundleTree.h"

namespace layerpool {

Result<std::vector<BundleOutput::File>> writeBundle(const TarPlan &plan, const QByteArray &index,
                                                    BundleOutput &output, const TaskContext &context)
{
    const auto writer = BundleWriter::create(plan.format, output);
    if (!writer) {
        return writer.error();
    }
    const BundleTree tree(plan.selection, plan.leftOut);
    Status written = tree.write(**writer, index, plan.index->pool(), context.cancel,
                                [&](qint64 bytes) { context.progress.bytesDone += bytes; });
    written = written ? (*writer)->close() : written;
    return written ? output.close() : written.error();
}

} // namespace layerpool
