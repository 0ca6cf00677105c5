// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "image/NamingRules.h"
#include "pool/Selection.h"
#include "registry/RegistryOptions.h"
#include "task/PlanSummary.h"
#include "task/Task.h"

namespace layerpool {

/// What becomes of a tag that exists at the target with another digest.
enum class MovedTags { Move, Keep };

struct PushRequest
{
    std::shared_ptr<const PoolIndex> index;
    Selection selection;
    QString name; ///< for titles
    RegistryAddress target;
    MovedTags movedTags = MovedTags::Move;
    RegistryOptions registry;
};

/// An image on its way to the target.
struct PushImage
{
    Selection::Image image;
    RepositoryName repository;   ///< at the target, prefix and all
    bool isThere = false;        ///< the target has this tag with this digest
    bool isKept = false;         ///< the target has the tag with another digest, and keeps it
    std::optional<Digest> moves; ///< the other digest that the tag has there now
};

/// What a push will send. Made by asking the target for every tag and blob.
struct PushPlan
{
    struct Blob
    {
        Descriptor descriptor;
        std::vector<RepositoryName> there;   ///< repositories of the target that have it
        std::vector<RepositoryName> missing; ///< and those that lack it
        std::vector<std::size_t> images;     ///< that need it: indexes into `images`
    };

    PushRequest request;
    std::vector<PushImage> images;
    std::vector<ImageFailure> failures;
    std::vector<Blob> blobs; ///< that at least one repository lacks; largest first
    qint64 uploadBytes = 0;
    qint64 mountBytes = 0; ///< linked at the target, not sent
    qint64 reuseBytes = 0; ///< there already

    PlanSummary summary() const;
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
