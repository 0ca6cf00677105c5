// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pool/Selection.h"
#include "task/PlanSummary.h"
#include "task/Task.h"

#include <map>

namespace layerpool {

/// A small pool out of a large one, by hard links.
struct SelectPlan
{
    std::shared_ptr<const PoolIndex> index;
    Selection selection;
    QString name;          ///< for titles: the list's, or what was ticked
    QString target;        ///< a folder: a pool, empty, or not there yet
    qint64 thereBytes = 0; ///< that the target has already
    bool copies = false;   ///< hard links are not possible between the two: the bytes are copied
    qint64 freeBytes = 0;
    std::map<QString, Digest> moved = {}; ///< tags that stand for another image in the target, and which

    PlanSummary summary() const;
};

/// Why nothing is selected out of a bundle.
Error noSelectOfBundle(const QString &path);

/// Errors: Unsupported (out of a bundle), Conflict (the target is a folder of another kind, or the pool
/// itself), Storage.
Result<SelectPlan> planSelect(std::shared_ptr<const PoolIndex> index, Selection selection,
                              const QString &name, const QString &target);

class SelectTask final : public Task
{
public:
    explicit SelectTask(SelectPlan plan);

    QString title() const override;
    TaskResult run(const TaskContext &context) override;

private:
    SelectPlan m_plan;
};

} // namespace layerpool
