// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "image/ImagesList.h"
#include "image/NamingRules.h"
#include "pool/Pool.h"
#include "registry/RegistryOptions.h"
#include "task/PlanSummary.h"
#include "task/TaggedManifests.h"
#include "task/Task.h"

#include <map>

namespace layerpool {

/// Which of an image's platforms are wanted.
struct PlatformChoice
{
    /// One: the tag names that platform's manifest. Several: the index is kept byte for byte with just these
    /// children. Empty means linux/amd64.
    std::vector<Platform> platforms;
    bool all = false; ///< the index and every child of it

    std::vector<Platform> wanted() const;
    bool keepsIndex() const { return all || platforms.size() > 1; }
};

/// What the user asks for: a list, into a pool.
struct ConvertRequest
{
    QString poolPath;
    QString listName;            ///< for titles; a file's name
    std::vector<ListLine> lines; ///< the images of the list
    NamingRules naming;
    PlatformChoice platforms;
    RegistryOptions registry;
    bool takesForeignLayers = false; ///< from the registry, else from where their vendor keeps them
    bool takesReferrers = true;      ///< signatures and the like come along with their image
};

/// One line of the list, resolved at its source.
struct ConvertImage : TaggedManifests
{
    QString line;
    RepositoryName repository;              ///< in the pool
    RemoteRepository source;                ///< where it was found
    std::vector<RemoteRepository> others;   ///< where its blobs may be had too, in order
    std::vector<Manifest> seenIndexes;      ///< on the way to the one child that is taken, outermost first
    QByteArray config;                      ///< the bytes of its config, where they were looked at
    std::optional<Digest> moves;            ///< what its tag names in the pool today, where that is another
    std::vector<TaggedManifests> referrers; ///< that come with it: signatures and the like
};

/// What a convert will do, in unique bytes. Made with the source's manifests in hand, so nothing is guessed.
struct ConvertPlan
{
    /// An image that needs a blob, for itself or for what refers to it.
    struct Need
    {
        std::size_t image; ///< index into `images`
        bool isForReferrer;
        qint64 size; ///< bytes as declared, or Descriptor::unknownSize

        friend bool operator==(const Need &, const Need &) = default;
    };
    struct Blob
    {
        Descriptor descriptor;                 ///< where several sizes are declared, the largest
        QByteArray bytes;                      ///< that came with the plan
        std::vector<RemoteRepository> sources; ///< where it can be had, in order
        std::vector<Need> needs;

        /// The sizes that are declared, each once, smallest first; unknownSize where none is.
        std::vector<qint64> sizes() const;
    };

    ConvertRequest request;
    bool makesPool = false;             ///< there is none at that path yet
    std::optional<Error> readOnly = {}; ///< why nothing can be added to the pool, where that is so
    std::vector<ConvertImage> images;
    std::vector<ImageFailure> failures; ///< lines that could not be resolved
    std::vector<Blob> toFetch; ///< image by image, each image's largest first; very long ones before all
    qint64 fetchBytes = 0;
    qint64 reuseBytes = 0;
    qint64 writeBytes = 0;    ///< blobs and manifests
    qint64 keptBytes = 0;     ///< of what is to fetch, that an interrupted run has brought already
    qint64 reservedBytes = 0; ///< of what is to write, that it holds room for
    qint64 freeBytes = 0;     ///< on the pool's file system, before
    qint64 referrers = 0;     ///< signatures and the like, that come with the images
    QStringList notes;

    PlanSummary summary() const;
};

/// Asks the source for each line's manifests, several at a time, and looks what the pool has. Blocks; for a
/// worker thread. The pool is not touched, nor made. Errors: those that end it before any line (Storage,
/// BadInput, Conflict where two lines would land on one name, Cancelled).
Result<ConvertPlan> planConvert(const ConvertRequest &request, const TaskContext &context);

/// Carries a ConvertPlan out.
class ConvertTask final : public Task
{
public:
    explicit ConvertTask(ConvertPlan plan);

    QString title() const override;
    TaskResult run(const TaskContext &context) override;

private:
    ConvertPlan m_plan;
};

} // namespace layerpool
