// SPDX-License-Identifier: Apache-2.0
#include "task/PushPlan.h"

#include "task/PlanParts.h"
#include "task/TransferCrew.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>

namespace layerpool {
namespace {

void addOnce(std::vector<RepositoryName> &names, const RepositoryName &name)
{
    if (std::find(names.begin(), names.end(), name) == names.end()) {
        names.push_back(name);
    }
}

// A pool keeps what was signed, as a registry does, and no registry takes it without a signature.
Error cannotSign(const QString &line)
{
    return {ErrorKind::Unsupported, Text::tr("%1 cannot be pushed").arg(line),
            Text::tr("it is of Docker's legacy kind (schema 1), which registries refuse"),
            Text::tr("Pull it from a registry that runs over the pool, and build it anew")};
}

// What an image's manifests come to; they are sent whole whenever the image is.
using BlobTable = std::map<Digest, PushPlan::Blob>;

BlobTable tableOf(const std::vector<PushImage> &images)
{
    BlobTable table;
    for (std::size_t i = 0; i < images.size(); ++i) {
        if (images[i].isThere || images[i].isKept) {
            continue;
        }
        for (const Descriptor &descriptor : images[i].image.closure.blobs) {
            PushPlan::Blob &blob =
                table.try_emplace(descriptor.digest, PushPlan::Blob{descriptor, {}, {}, {}}).first->second;
            blob.images.push_back(i);
            addOnce(blob.missing, images[i].repository);
        }
    }
    // What is whole at the target has its blobs there: they can be mounted from it, and nobody need ask.
    for (const PushImage &image : images) {
        for (const Descriptor &descriptor :
             image.isThere ? image.image.closure.blobs : std::vector<Descriptor>()) {
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
        nameImages();
        m_context.progress.setPhase(Text::tr("Asking the target for tags"));
        m_context.progress.imagesTotal = static_cast<qint64>(m_plan.images.size());
        askForTags();
        if (m_context.cancel.isCancelled()) {
            return cancelledError();
        }
        dropFailed();
        m_plan.reuseBytes = m_there;
        m_context.progress.setPhase(Text::tr("Asking the target for blobs"));
        askForBlobs();
        return m_context.cancel.isCancelled() ? Status(cancelledError()) : Status();
    }

private:
    void nameImages()
    {
        for (const Selection::Image &image : m_plan.request.selection.images) {
            const QString &prefix = m_plan.request.target.prefix;
            if (const Manifest *root = m_plan.request.index->manifest(image.tag.digest);
                root != nullptr && root->isLegacy()) {
                m_plan.failures.push_back({image.line, cannotSign(image.line)});
            } else if (const auto name = image.tag.repository.below(prefix)) {
                m_plan.images.push_back({image, *name, false, false, {}});
            } else {
                m_plan.failures.push_back({image.line,
                                           {ErrorKind::BadInput,
                                            Text::tr("%1 has no name below %2").arg(image.line, prefix),
                                            Text::tr("it would be longer than 255 characters"),
                                            {}}});
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
            const Result<std::optional<Digest>> there =
                client.manifestDigest(at(image.repository), image.image.tag.tag);
            ++m_context.progress.imagesDone;
            if (!there) {
                fail(i, there.error());
            } else if (*there == image.image.tag.digest) {
                image.isThere = true;
                m_there += image.image.closure.bytes;
            } else if (*there) {
                image.moves = **there;
                image.isKept = m_plan.request.movedTags == MovedTags::Keep;
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

    // A blob whose presence can't be asked for counts as missing: sending it will tell.
    void askForBlobs()
    {
        std::vector<PushPlan::Blob> blobs;
        for (auto &[digest, blob] : tableOf(m_plan.images)) {
            blobs.push_back(std::move(blob));
        }
        m_crew.forEach(blobs.size(), [&](std::size_t i, RegistryClient &client) {
            PushPlan::Blob &blob = blobs[i];
            std::vector<RepositoryName> missing;
            for (const RepositoryName &name : blob.missing) {
                const Result<bool> has = client.hasBlob(at(name), blob.descriptor.digest);
                (has && *has ? blob.there : missing).push_back(name);
            }
            blob.missing = std::move(missing);
        });
        for (PushPlan::Blob &blob : blobs) {
            weigh(blob);
        }
        std::stable_sort(m_plan.blobs.begin(), m_plan.blobs.end(),
                         [](const PushPlan::Blob &a, const PushPlan::Blob &b) {
                             return a.descriptor.size > b.descriptor.size;
                         });
    }

    void weigh(PushPlan::Blob &blob)
    {
        const qint64 size = blob.descriptor.size;
        m_plan.reuseBytes += size * static_cast<qint64>(blob.there.size());
        if (blob.missing.empty()) {
            return;
        }
        const bool isSent = blob.there.empty();
        m_plan.uploadBytes += isSent ? size : 0;
        m_plan.mountBytes += size * (static_cast<qint64>(blob.missing.size()) - (isSent ? 1 : 0));
        m_plan.blobs.push_back(std::move(blob));
    }

    PushPlan &m_plan;
    const TaskContext &m_context;
    TransferCrew &m_crew;
    std::mutex m_mutex; ///< guards the one below
    std::map<std::size_t, Error> m_failed;
    std::atomic<qint64> m_there = 0; ///< bytes of images that are at the target
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
        HttpClient client((*access)->httpOptions(), context.cancel);
        if (const Result<RegistryEndpoint> target = (*access)->endpoint(request.target.host, client);
            !target) {
            return target.error();
        }
    }
    TransferCrew crew(**access, context.cancel);
    if (Status planned = Planner(plan, context, crew).run(); !planned) {
        return planned.error();
    }
    return plan;
}

PlanSummary PushPlan::summary() const
{
    const auto countIf = [this](auto predicate) {
        return static_cast<int>(std::count_if(images.begin(), images.end(), predicate));
    };
    const int there = countIf([](const PushImage &image) { return image.isThere; });
    const int kept = countIf([](const PushImage &image) { return image.isKept; });
    const int count = static_cast<int>(images.size()) - there - kept;
    const QString target = request.target.toString();

    PlanSummary summary;
    summary.images = count;
    summary.skipped = there + kept;
    summary.verb = Text::tr("Push %n image(s)", nullptr, count);
    summary.sentence =
        images.empty() ? Text::tr("No image can be pushed to %1").arg(target)
        : count == 0
            ? Text::tr("Nothing to push: all %n image(s) are at %1", nullptr, there + kept).arg(target)
            : Text::tr("Push %n image(s) of %1 to %2", nullptr, count)
                  .arg(request.index->pool().path(), target);
    summary.figures = {{Text::tr("To send"), uploadBytes, QStringLiteral("send")},
                       {Text::tr("To mount there"), mountBytes, QStringLiteral("mount")},
                       {Text::tr("There already"), reuseBytes, QStringLiteral("reuse")}};
    for (const PushImage &image : images) {
        if (image.moves) {
            const QString tag = image.repository.toString() + QLatin1Char(':') + image.image.tag.tag;
            summary.notes << (image.isKept
                                  ? Text::tr("%1 stays at %2 there").arg(tag, image.moves->toString())
                                  : Text::tr("%1 moves from %2").arg(tag, image.moves->toString()));
        }
    }
    addAbsent(request.selection, summary);
    for (const ImageFailure &failure : failures) {
        summary.problems.push_back({failure.image, failure.error});
    }
    return summary;
}

} // namespace layerpool
