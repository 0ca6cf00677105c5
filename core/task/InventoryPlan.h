// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "image/ImagesList.h"
#include "image/RegistryAddress.h"
#include "registry/RegistryOptions.h"
#include "task/InventoryFile.h"
#include "task/PlanSummary.h"

namespace layerpool {

/// An inventory of what a registry has of a list's images, as the base of a differential bundle. It is only
/// asked: nothing but manifests is downloaded.
struct InventoryPlan
{
    std::vector<ListLine> lines; ///< the images of the list
    QString name;                ///< of the list, for titles
    RegistryAddress registry;    ///< with the prefix below which a push puts them
    RegistryOptions options;
    InventoryFile file;

    PlanSummary summary() const;
};

/// An image that the registry has not is no failure: the inventory does without it, and says so. One that
/// lacks parts there is, and one that can't be asked for. Nothing is written where the latter is so of all
/// that might be there, nor after a cancel.
class InventoryTask final : public Task
{
public:
    explicit InventoryTask(InventoryPlan plan);

    QString title() const override;
    TaskResult run(const TaskContext &context) override;

private:
    InventoryPlan m_plan;
};

} // namespace layerpool
