// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "image/NamingRules.h"
#include "registry/RegistryOptions.h"
#include "task/PlanSummary.h"
#include "task/PushImage.h"
#include "task/Task.h"

#include <set>

namespace layerpool {

struct PushRequest
{
    std::shared_ptr<const PoolIndex> index;
    Selection selection;
    QString name; ///< for titles
    RegistryAddress target;
    MovedTags movedTags = MovedTags::Move;
    SparseIndexes sparse = SparseIndexes::AsTheyAre;
    RegistryOptions registry;
};

/// What a push will send. Made by asking the target for every tag, and for blobs.
struct PushPlan
{
    struct Blob
    {
        Descriptor descriptor;
        std::vector<RepositoryName> there;   ///< repositories of the target that have it
        std::vector<RepositoryName> missing; ///< and those that lack it
        std::optional<RepositoryName>
            other;                       ///< one that is none of this push and has it, where none of it does
        std::vector<std::size_t> images; ///< that need it: indexes into `images`
    };

    PushRequest request;
    bool isPlainHttp = false; ///< how the target is spoken to
    std::vector<PushImage> images;
    std::vector<ImageFailure> failures;
    std::vector<Blob>
        blobs; ///< that at least one repository lacks; image by image, each image's largest first
    /// Repositories that look empty: not each of their blobs was asked for.
    std::set<RepositoryName> unasked;
    // What the target's repositories shall have, each blob once in each of them: the four add up to it.
    qint64 uploadBytes = 0;   ///< of blobs
    qint64 manifestBytes = 0; ///< sent as well
    qint64 mountBytes = 0;    ///< linked at the target, not sent
    qint64 reuseBytes = 0;    ///< there already
    QStringList quotas;       ///< what the target still allows, where it says so (Docker Hub does): sentences

    PlanSummary summary() const;

private:
    QString sentence(const PlanSummary &counts) const;
};

/// Blocks; for a worker thread. Errors: those that end it before any image (Unreachable, Denied, Untrusted
/// for the target as a whole, Cancelled).
Result<PushPlan> planPush(const PushRequest &request, const TaskContext &context);

class PushTask final : public Task
{
public:
    explicit PushTask(PushPlan plan);

    QString title() const override;
    TaskResult run(const TaskContext &context) override;

private:
    PushPlan m_plan;
};

} // namespace layerpool
