// SPDX-License-Identifier: Apache-2.0
#include "task/PushPlan.h"

#include "pool/PoolContents.h"
#include "task/PlanParts.h"
#include "task/PushReferrers.h"
#include "task/TransferCrew.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <set>
#include <utility>

namespace layerpool {
namespace {

void addOnce(std::vector<RepositoryName> &names, const RepositoryName &name)
{
    if (std::find(names.begin(), names.end(), name) == names.end()) {
        names.push_back(name);
    }
}

// What an image's manifests come to; they are sent whole whenever the image is.
using BlobTable = std::map<Digest, PushPlan::Blob>;

BlobTable tableOf(const std::vector<PushImage> &images)
{
    BlobTable table;
    for (std::size_t i = 0; i < images.size(); ++i) {
        if (!images[i].goes()) {
            continue;
        }
        for (const Descriptor &descriptor : images[i].image.closure.blobs) {
            PushPlan::Blob &blob =
                table.try_emplace(descriptor.digest, PushPlan::Blob{descriptor, {}, {}, {}, {}})
                    .first->second;
            blob.images.push_back(i);
            addOnce(blob.missing, images[i].repository);
        }
    }
    // What is whole at the target has its blobs there: they can be mounted from it, and nobody need ask.
    for (const PushImage &image : images) {
        for (const Descriptor &descriptor :
             image.isThere() ? image.image.closure.blobs : std::vector<Descriptor>()) {
            if (const auto known = table.find(descriptor.digest); known != table.end()) {
                addOnce(known->second.there, image.repository);
                std::erase(known->second.missing, image.repository);
            }
        }
    }
    return table;
}

class Planner
{
public:
    Planner(PushPlan &plan, const TaskContext &context, TransferCrew &crew)
        : m_plan(plan), m_context(context), m_crew(crew)
    {
    }

    Status run()
    {
        shapeImages();
        m_context.progress.setPhase(Text::tr("Asking the target for tags"));
        m_context.progress.imagesTotal = static_cast<qint64>(m_plan.images.size());
        leaveOutReferrers(m_plan.images, m_plan.request.selection.seenIndexes); // whom nobody need ask for
        askForTags();
        leaveOutReferrers(m_plan.images,
                          m_plan.request.selection.seenIndexes); // of those that turned out to be kept
        if (m_context.cancel.isCancelled()) {
            return cancelledError();
        }
        askForRepositories();
        m_context.progress.setPhase(Text::tr("Asking the target for blobs"));
        askForLeftOut();
        dropFailed();
        countImages();
        askForBlobs();
        return m_context.cancel.isCancelled() ? Status(cancelledError()) : Status();
    }

private:
    void shapeImages()
    {
        for (const Selection::Image &image : m_plan.request.selection.images) {
            Result<PushImage> shaped = shapeForPush(*m_plan.request.index, image,
                                                    m_plan.request.target.prefix, m_plan.request.sparse);
            if (shaped) {
                m_plan.images.push_back(*std::move(shaped));
            } else {
                m_plan.failures.push_back({image.line, shaped.error()});
            }
        }
    }

    RemoteRepository at(const RepositoryName &name) const { return {m_plan.request.target.host, name}; }

    void fail(std::size_t image, const Error &error)
    {
        const std::lock_guard lock(m_mutex);
        m_failed.emplace(image, error);
    }

    void askForTags()
    {
        m_crew.forEach(m_plan.images.size(), [this](std::size_t i, RegistryClient &client) {
            PushImage &image = m_plan.images[i];
            const Result<PushFate> fate = image.goes() ? fateOf(image, client) : Result<PushFate>(image.fate);
            if (fate) {
                image.fate = *fate;
            } else {
                fail(i, fate.error());
            }
            ++m_context.progress.imagesDone;
        });
    }

    Result<PushFate> fateOf(PushImage &image, RegistryClient &client)
    {
        bool isThere = true;
        for (PushTag &tag : image.tags) {
            const Result<std::optional<Digest>> there = client.manifestDigest(at(image.repository), tag.tag);
            if (!there) {
                return there.error();
            }
            isThere = isThere && *there == tag.digest;
            if (*there) {
                tag.moves = *there != tag.digest ? *there : std::nullopt;
                const std::lock_guard lock(m_mutex);
                m_known.insert(image.repository);
            }
        }
        const bool isToStay = image.hasOtherTag() && m_plan.request.movedTags == MovedTags::Keep;
        if (image.isJoint() && image.hasOtherTag()) {
            const Result<ReferrersUnion::Kind> has = meet(image, client);
            if (!has) {
                return has.error();
            }
            return *has == ReferrersUnion::Kind::Theirs              ? PushFate::IsThere
                   : *has == ReferrersUnion::Kind::Apart || isToStay ? PushFate::IsKept
                                                                     : PushFate::Goes;
        }
        return isThere ? PushFate::IsThere : isToStay ? PushFate::IsKept : PushFate::Goes;
    }

    Result<ReferrersUnion::Kind> meet(PushImage &image, RegistryClient &client) const
    {
        const Result<MetReferrers> met =
            meetReferrers(image, m_plan.request.index->pool(), at(image.repository), client);
        if (!met) {
            return met.error();
        }
        if (met->with.kind == ReferrersUnion::Kind::Theirs) {
            restOnTheirs(image, *m_plan.request.index);
        }
        return met->with.kind;
    }

    // In a repository that is not there yet no blob is: a request for each would be waste. But a push that
    // was stopped leaves blobs in one without any tag, the largest of its first image before all others:
    // where that is there, all are asked for.
    void askForRepositories()
    {
        struct Unknown
        {
            std::vector<std::size_t> images;
            Descriptor first; ///< of its blobs to be sent
        };
        std::map<RepositoryName, Unknown> unknown;
        for (std::size_t i = 0; i < m_plan.images.size(); ++i) {
            const PushImage &image = m_plan.images[i];
            if (!image.goes() || m_known.contains(image.repository) || m_failed.contains(i)) {
                continue;
            }
            Unknown &entry = unknown[image.repository];
            entry.images.push_back(i);
            if (entry.images.size() == 1) {
                for (const Descriptor &blob : image.image.closure.blobs) {
                    entry.first = blob.size > entry.first.size ? blob : entry.first;
                }
            }
        }
        const std::vector<std::pair<RepositoryName, Unknown>> asked(unknown.begin(), unknown.end());
        m_crew.forEach(asked.size(), [&](std::size_t i, RegistryClient &client) {
            const auto &[name, entry] = asked[i];
            const Result<bool> has = client.hasRepository(at(name));
            for (const std::size_t image : has ? std::vector<std::size_t>() : entry.images) {
                fail(image, has.error());
            }
            if (has && !*has && !entry.first.digest.isNull() && !hasWhole(name, entry.first, client)) {
                const std::lock_guard lock(m_mutex);
                m_plan.unasked.insert(name);
            }
        });
    }

    void dropFailed()
    {
        std::vector<PushImage> good;
        for (std::size_t i = 0; i < m_plan.images.size(); ++i) {
            if (const auto failed = m_failed.find(i); failed != m_failed.end()) {
                m_plan.failures.push_back({m_plan.images[i].image.line, failed->second});
            } else {
                good.push_back(std::move(m_plan.images[i]));
            }
        }
        m_plan.images = std::move(good);
    }

    // What the bundle leaves out has to be at the target before anything moves.
    void askForLeftOut()
    {
        if (m_contents == nullptr) {
            return;
        }
        std::vector<PushPlan::Blob> blobs;
        for (auto &[digest, blob] : tableOf(m_plan.images)) {
            if (m_contents->isLeftOut(digest) && !blob.missing.empty()) {
                blobs.push_back(std::move(blob));
            }
        }
        m_crew.forEach(blobs.size(), [&](std::size_t i, RegistryClient &client) {
            PushPlan::Blob &blob = blobs[i];
            const auto has = [&](const RepositoryName &name) {
                return hasWhole(name, blob.descriptor, client);
            };
            std::vector<RepositoryName> places = blob.missing;
            for (const RepositoryName &owner : m_contents->ownersOfLeftOut(blob.descriptor.digest)) {
                if (const auto there = owner.below(m_plan.request.target.prefix)) {
                    places.push_back(*there);
                }
            }
            const auto place = std::find_if(places.begin(), places.end(), has);
            const std::lock_guard lock(m_mutex);
            if (place != places.end()) {
                m_leftOutIn.emplace(blob.descriptor.digest, *place);
            } else if (blob.there.empty()) {
                for (const std::size_t image : blob.images) {
                    m_failed.emplace(image, lacksBase(blob.descriptor));
                }
            }
        });
    }

    Error lacksBase(const Descriptor &layer) const
    {
        return {ErrorKind::NotFound,
                Text::tr("%1 lacks a layer that the bundle leaves out").arg(m_plan.request.target.host),
                Text::tr("%1 was not found there").arg(layer.digest.toString()),
                Text::tr("Push its base first, or make a bundle that leaves nothing out")};
    }

    // Manifests go whole with each image; of one that is there, nothing does.
    void countImages()
    {
        for (const PushImage &image : m_plan.images) {
            const Closure &closure = image.image.closure;
            qint64 manifests = closure.bytes;
            for (const Descriptor &blob : closure.blobs) {
                manifests -= blob.size;
                if (image.isThere()) {
                    countThere(image.repository, blob);
                }
            }
            (image.isThere() ? m_plan.reuseBytes : m_plan.manifestBytes) +=
                image.isThere() || image.goes() ? manifests : 0;
        }
    }

    void countThere(const RepositoryName &name, const Descriptor &blob)
    {
        m_plan.reuseBytes += m_there.emplace(name, blob.digest).second ? blob.size : 0;
    }

    // A blob whose presence can't be asked for counts as missing: sending it will tell.
    void askForBlobs()
    {
        std::vector<PushPlan::Blob> blobs;
        for (auto &[digest, blob] : tableOf(m_plan.images)) {
            blobs.push_back(std::move(blob));
        }
        const auto rank = [](const PushPlan::Blob &blob) {
            return std::pair(blob.images.front(), -blob.descriptor.size);
        };
        std::stable_sort(blobs.begin(), blobs.end(),
                         [&](const PushPlan::Blob &a, const PushPlan::Blob &b) { return rank(a) < rank(b); });
        m_crew.forEach(blobs.size(), [&](std::size_t i, RegistryClient &client) {
            PushPlan::Blob &blob = blobs[i];
            std::vector<RepositoryName> missing;
            for (const RepositoryName &name : blob.missing) {
                const bool isAsked =
                    !m_plan.unasked.contains(name) || m_leftOutIn.contains(blob.descriptor.digest);
                const bool has = isAsked && hasWhole(name, blob.descriptor, client);
                (has ? blob.there : missing).push_back(name);
            }
            blob.missing = std::move(missing);
            if (const auto place = m_leftOutIn.find(blob.descriptor.digest);
                place != m_leftOutIn.end() && blob.there.empty()) {
                blob.other = place->second;
            } else if (blob.there.empty() && blob.descriptor.size >= kWorthAsking) {
                blob.other = otherOwner(blob, client);
            }
        });
        for (PushPlan::Blob &blob : blobs) {
            weigh(blob);
        }
    }

    // A repository of the pool that is none of this push, to which an earlier one has brought the blob. One
    // that lacks a blob which its images need was not pushed: it is asked once.
    std::optional<RepositoryName> otherOwner(const PushPlan::Blob &blob, RegistryClient &client)
    {
        const PoolIndex &index = *m_plan.request.index;
        const PoolUsage::Blob *known = index.usage().find(blob.descriptor.digest);
        int asked = 0;
        std::optional<RepositoryName> before; // the tags of a repository stand together
        for (const int user : known ? index.usage().usersOf(*known) : std::span<const int>()) {
            const std::optional<RepositoryName> other =
                index.tagAt(user).repository.below(m_plan.request.target.prefix);
            if (!other || other == std::exchange(before, other) || isLackedBy(blob, *other) ||
                isWithout(*other)) {
                continue;
            }
            if (asked++ == kMostAsked) {
                break;
            }
            if (hasWhole(*other, blob.descriptor, client)) {
                return other;
            }
            const std::lock_guard lock(m_mutex);
            m_without.insert(*other);
        }
        return std::nullopt;
    }

    static bool isLackedBy(const PushPlan::Blob &blob, const RepositoryName &name)
    {
        return std::find(blob.missing.begin(), blob.missing.end(), name) != blob.missing.end();
    }

    bool isWithout(const RepositoryName &name)
    {
        const std::lock_guard lock(m_mutex);
        return m_without.contains(name);
    }

    bool hasWhole(const RepositoryName &name, const Descriptor &blob, RegistryClient &client) const
    {
        const Result<std::optional<qint64>> size = client.blobSize(at(name), blob.digest);
        return size && size->value_or(blob.size) == blob.size;
    }

    void weigh(PushPlan::Blob &blob)
    {
        const qint64 size = blob.descriptor.size;
        for (const RepositoryName &name : blob.there) {
            countThere(name, blob.descriptor);
        }
        if (blob.missing.empty()) {
            return;
        }
        const bool isSent = blob.there.empty() && !blob.other;
        m_plan.uploadBytes += isSent ? size : 0;
        m_plan.mountBytes += size * (static_cast<qint64>(blob.missing.size()) - (isSent ? 1 : 0));
        m_plan.blobs.push_back(std::move(blob));
    }

    PushPlan &m_plan;
    const PoolContents *const m_contents = m_plan.request.index->pool().contents(); ///< null: not of a bundle
    const TaskContext &m_context;
    TransferCrew &m_crew;
    static constexpr qint64 kWorthAsking = 64 * 1024; // bytes of a blob
    static constexpr int kMostAsked = 3;              // others, for one blob

    std::mutex m_mutex; ///< guards the four below, and the plan's `unasked`, while workers run
    std::map<std::size_t, Error> m_failed;
    std::map<Digest, RepositoryName> m_leftOutIn;        ///< layers that were left out, and where they are
    std::set<RepositoryName> m_known;                    ///< with a tag at the target
    std::set<RepositoryName> m_without;                  ///< others: earlier pushes have not brought them
    std::set<std::pair<RepositoryName, Digest>> m_there; ///< blobs at the target that were counted
};

} // namespace

Result<PushPlan> planPush(const PushRequest &request, const TaskContext &context)
{
    PushPlan plan;
    plan.request = request;
    const Result<std::unique_ptr<RegistryAccess>> access = RegistryAccess::create(request.registry);
    if (!access) {
        return access.error();
    }
    {
        HttpClient client((*access)->network(), context.cancel);
        const Result<RegistryEndpoint> target = (*access)->endpoint(request.target.host, client);
        if (!target) {
            return target.error();
        }
        plan.isPlainHttp = target->base.scheme() == QLatin1String("http");
    }
    TransferCrew crew(**access, context);
    if (Status planned = Planner(plan, context, crew).run(); !planned) {
        return planned.error();
    }
    plan.quotas = quotaNotes(*(*access)->network());
    return plan;
}

} // namespace layerpool
