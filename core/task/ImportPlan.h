// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/BundleContent.h"
#include "bundle/BundleSignature.h"
#include "image/ImageReference.h"
#include "pool/Pool.h"
#include "pool/PoolRepository.h"
#include "task/MovedTags.h"
#include "task/PlanSummary.h"
#include "task/Task.h"

namespace layerpool {

struct ImportRequest
{
    QString poolPath;
    QString source; ///< a file or folder: whatever ImageSource reads
    MovedTags movedTags = MovedTags::Move;
    SignatureRules signature = {};
    std::optional<ImageReference> as = {}; ///< how its images are to be called, where it does not say
};

/// A tag that a bundle has.
struct ImportImage
{
    PoolTag tag;
    std::optional<Digest> there; ///< what the pool has under it

    bool isThere() const { return there == tag.digest; }
    bool moves() const { return there && *there != tag.digest; }
};

/// A bundle into a pool. What it holds is known from its names and manifests: of a plain file the other blobs
/// are passed over, a packed one is unpacked once for the plan and once more to be taken. It is the task that
/// looks at every byte, and at everything again.
struct ImportPlan
{
    ImportRequest request;
    SignatureCheck signature;
    std::vector<ImportImage> images;    ///< referrers' tags too
    std::vector<ImageFailure> failures; ///< images that can't be whole: then nothing is taken
    qint64 bundleBytes = 0;             ///< of the blobs, each once
    qint64 writeBytes = 0;              ///< of those, what the pool lacks
    qint64 reservedBytes = 0;           ///< of these, what an interrupted run holds room for
    QStringList notes;                  ///< on the source
    std::optional<Error> readOnly;      ///< why nothing can be added to the pool, where that is so
    qint64 freeBytes = 0;               ///< on the pool's file system, before

    PlanSummary summary() const;
    /// The images as a list names them, without referrers.
    QStringList lines() const;
    bool isKept(const ImportImage &image) const
    {
        return image.moves() && request.movedTags == MovedTags::Keep;
    }
};

/// What `ImportRequest::as` is for NAME[:TAG]; nothing for an empty text. Error: BadInput.
Result<std::optional<ImageReference>> importNameOf(const QString &text);

/// Looks at the bundle's signature, and then reads its names and manifests and looks what the pool has.
/// Blocks; for a worker thread. The pool is not touched, nor made. Errors: NotFound, BadInput (no bundle, or
/// one that is refused or cut short), Conflict, Storage, Cancelled.
Result<ImportPlan> planImport(const ImportRequest &request, const TaskContext &context);

/// The tags of a bundle, and what is under them in the pool; null for one that is not there yet.
std::vector<ImportImage> imagesOf(const BundleContent &content, const Pool *pool);

/// Carries an ImportPlan out: all bytes first, hashed as they come; the names last, and only where every
/// image is whole; of a bundle whose sums were signed, only once they are those of all its bytes. A bundle
/// that is refused leaves the pool's images and blobs as they were.
class ImportTask final : public Task
{
public:
    explicit ImportTask(ImportPlan plan);

    QString title() const override;
    TaskResult run(const TaskContext &context) override;

private:
    ImportPlan m_plan;
};

} // namespace layerpool
