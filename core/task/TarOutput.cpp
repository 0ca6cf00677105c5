// SPDX-License-Identifier: Apache-2.0
#include "task/TarOutput.h"

#include "bundle/BundleIndex.h"
#include "bundle/BundleReadme.h"
#include "bundle/BundleTree.h"

namespace layerpool {
namespace {

using OnMoved = std::function<void(qint64)>;

// Who reads the index knows what will come; what follows is for people, and so it is soon found.
Status writeFront(const TarPlan &plan, const QByteArray &index, BundleWriter &writer,
                  const CancelToken &cancel, const OnMoved &moved)
{
    const std::optional<ToolFile> &tool = plan.request.tool;
    Status written = writer.addFile(bundleIndexPath, index);
    written = written ? writer.addFile(bundleReadmePath, bundleReadme(plan.tool())) : written;
    return written && tool ? addTool(*tool, writer, cancel, moved) : written;
}

} // namespace

Result<std::vector<BundleOutput::File>> writeBundle(const TarPlan &plan, const QByteArray &index,
                                                    BundleOutput &output, const TaskContext &context)
{
    const auto writer = BundleWriter::create(plan.format, output);
    if (!writer) {
        return writer.error();
    }
    const OnMoved moved = [&](qint64 bytes) { context.progress.bytesDone += bytes; };
    const BundleTree tree(plan.selection, plan.leftOut);
    Status written = writeFront(plan, index, **writer, context.cancel, moved);
    written = written ? tree.write(**writer, plan.index->pool(), context.cancel, moved) : written;
    written = written ? (*writer)->close() : written;
    return written ? output.close() : written.error();
}

} // namespace layerpool
