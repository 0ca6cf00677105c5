// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pool/Selection.h"
#include "task/PlanSummary.h"
#include "task/Task.h"

#include <map>

namespace layerpool {

/// How images are laid out for other tools.
enum class ExportFormat {
    SkopeoDir, ///< a folder `NAME:TAG` for each, as `skopeo sync --dest dir` leaves them
    OciLayout, ///< one OCI image layout
};

struct ExportRequest
{
    QString name;   ///< for titles: the list's, or what was ticked
    QString target; ///< a folder: such a layout, empty, or not there yet
    ExportFormat format = ExportFormat::SkopeoDir;
};

/// Images of a pool as other tools want them, by hard links.
struct ExportPlan
{
    std::shared_ptr<const PoolIndex> index;
    Selection selection;
    ExportRequest request;
    qint64 thereBytes = 0; ///< of blobs that the target has already, wherever they are wanted; each once
    bool copies = false;   ///< hard links are not possible between the two: the bytes are copied
    qint64 freeBytes = 0;
    std::map<QString, Digest> moved = {}; ///< names that stand for another image in the target, and which
    int docker = 0;                       ///< images that skopeo finds in no OCI layout
    int sparse = 0;                       ///< indexes of which the pool has only a part

    /// Below the target, where the parts of an image lie.
    QByteArray blobFile(const Selection::Image &image, const Digest &blob) const;
    QByteArray manifestFile(const Selection::Image &image, const Digest &manifest) const;
    /// Of all files, in bytes: a folder of skopeo's shares nothing with the next one.
    qint64 totalBytes() const;

    PlanSummary summary() const;
};

/// Why nothing is exported out of a bundle.
Error noExportOfBundle(const QString &path);

/// Errors: Conflict (the target is a folder of another kind, or lies in the pool), Unsupported (out of a
/// bundle), Storage, Cancelled. Looks at each blob of a target that is there: for a worker thread.
Result<ExportPlan> planExport(std::shared_ptr<const PoolIndex> index, Selection selection,
                              ExportRequest request, const CancelToken &cancel = {});

class ExportTask final : public Task
{
public:
    explicit ExportTask(ExportPlan plan);

    QString title() const override;
    TaskResult run(const TaskContext &context) override;

private:
    ExportPlan m_plan;
};

} // namespace layerpool
