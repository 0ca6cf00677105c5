// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pool/Selection.h"
#include "task/PlanSummary.h"
#include "task/Task.h"

namespace layerpool {

/// A selection as one plain tar file, in the registry's layout.
struct TarPlan
{
    std::shared_ptr<const PoolIndex> index;
    Selection selection;
    QString name;          ///< for titles
    QString target;        ///< the file
    bool replaces = false; ///< an existing file may be overwritten
    qint64 freeBytes = 0;
    qint64 replacedBytes = 0; ///< of the file that is overwritten

    PlanSummary summary() const;
};

/// Errors: Conflict (the file exists and `replaces` is not set), Unsupported (an ending other than .tar),
/// Storage.
Result<TarPlan> planTar(std::shared_ptr<const PoolIndex> index, Selection selection, const QString &name,
                        const QString &target, bool replaces);

class TarTask final : public Task
{
public:
    explicit TarTask(TarPlan plan);

    QString title() const override;
    TaskResult run(const TaskContext &context) override;

private:
    TarPlan m_plan;
};

} // namespace layerpool
