// SPDX-License-Identifier: Apache-2.0
#include "task/PlanParts.h"
#include "task/PushReferrers.h"
#include "task/TransferCrew.h"
#include "task/VerifyTargetPlan.h"

#include <QElapsedTimer>
#include <QSet>

#include <map>
#include <mutex>

namespace layerpool {
namespace {

class VerifyTargetRun
{
public:
    VerifyTargetRun(const VerifyTargetPlan &plan, const TaskContext &context)
        : m_plan(plan), m_context(context)
    {
    }

    TaskResult run(TransferCrew &crew)
    {
        reportAbsent(m_plan.selection, m_context, m_result);
        shapeImages();
        m_faults.resize(m_images.size());
        leaveOutReferrers(m_images, m_plan.selection.seenIndexes);
        crew.forEach(m_images.size(),
                     [this](std::size_t i, RegistryClient &client) { checkTags(i, client); });
        leaveOutReferrers(m_images, m_plan.selection.seenIndexes); // of those that turned out to be kept
        crew.forEach(m_images.size(),
                     [this](std::size_t i, RegistryClient &client) { checkManifests(i, client); });
        checkBlobs(crew);
        if (m_context.cancel.isCancelled()) {
            m_result.stopped = cancelledError();
            m_result.undone = undoneLines(m_plan.selection, m_settled);
            return std::move(m_result);
        }
        for (std::size_t i = 0; i < m_images.size(); ++i) {
            settle(i);
        }
        m_result.notes += leftOutNotes(m_images);
        return std::move(m_result);
    }

private:
    RemoteRepository at(const PushImage &image) const { return {m_plan.target.host, image.repository}; }

    void shapeImages()
    {
        for (const Selection::Image &image : m_plan.selection.images) {
            Result<PushImage> shaped =
                shapeForPush(*m_plan.index, image, m_plan.target.prefix, m_plan.sparse);
            if (shaped) {
                m_images.push_back(*std::move(shaped));
            } else {
                m_settled.insert(image.line);
                reportFailures({{image.line, shaped.error()}}, m_context, m_result);
            }
        }
    }

    void checkTags(std::size_t index, RegistryClient &client)
    {
        PushImage &image = m_images[index];
        if (!image.goes()) {
            return;
        }
        for (PushTag &tag : image.tags) {
            const Result<std::optional<Digest>> there = client.manifestDigest(at(image), tag.tag);
            if (!there) {
                blame(index, there.error());
            } else if (!*there) {
                blame(index, notThere(image.nameOf(tag)));
            } else if (**there != tag.digest) {
                tag.moves = **there;
                checkOtherTag(index, tag, client);
            }
        }
    }

    void checkOtherTag(std::size_t index, const PushTag &tag, RegistryClient &client)
    {
        PushImage &image = m_images[index];
        bool canBeJoined = true;
        if (image.isJoint()) {
            const Result<MetReferrers> met = meetReferrers(image, m_plan.index->pool(), at(image), client);
            if (!met) {
                blame(index, met.error());
                return;
            }
            if (met->with.kind == ReferrersUnion::Kind::Theirs) {
                restOnTheirs(image, *m_plan.index);
                return;
            }
            canBeJoined = met->with.kind != ReferrersUnion::Kind::Apart;
        }
        if (m_plan.movedTags == MovedTags::Keep) {
            image.fate = PushFate::IsKept;
        } else {
            blame(index, otherThere(image, tag, canBeJoined));
            // What it names is not there either, and no push would bring it.
            image.fate = canBeJoined ? PushFate::Goes : PushFate::IsLeftOut;
        }
    }

    Error otherThere(const PushImage &image, const PushTag &tag, bool canBeJoined) const
    {
        const QString words = image.isJoint() ? Text::tr("%1 lacks signatures or other referrers at %2")
                                              : Text::tr("%1 is another image at %2");
        return {ErrorKind::Conflict, words.arg(image.nameOf(tag), m_plan.target.host),
                Text::tr("there it is %1, here %2").arg(tag.moves->toString(), tag.digest.toString()),
                canBeJoined ? Text::tr("Push it again")
                            : Text::tr("To have ours in its place, remove the tag there and push again")};
    }

    void checkManifests(std::size_t index, RegistryClient &client)
    {
        const PushImage &image = m_images[index];
        const auto isTagged = [&](const Digest &digest) {
            return std::any_of(image.tags.begin(), image.tags.end(),
                               [&](const PushTag &tag) { return tag.digest == digest; });
        };
        for (const Digest &digest : image.image.closure.manifests) {
            if (!image.goes() || isTagged(digest)) {
                continue;
            }
            const Result<std::optional<Digest>> there = client.manifestDigest(at(image), digest.toString());
            if (!there || !*there) {
                blame(index, there ? notThere(partOf(image, digest)) : there.error());
            }
        }
    }

    // Each blob is asked for once in each repository.
    void checkBlobs(TransferCrew &crew)
    {
        struct Blob
        {
            Descriptor descriptor;
            std::vector<std::size_t> images;
        };
        std::map<std::pair<RepositoryName, Digest>, Blob> table;
        for (std::size_t i = 0; i < m_images.size(); ++i) {
            for (const Descriptor &blob :
                 m_images[i].goes() ? m_images[i].image.closure.blobs : std::vector<Descriptor>()) {
                Blob &entry = table[{m_images[i].repository, blob.digest}];
                entry.descriptor = blob;
                entry.images.push_back(i);
                m_context.progress.bytesTotal += entry.images.size() == 1 ? blob.size : 0;
            }
        }
        std::vector<Blob> blobs;
        for (auto &[place, blob] : table) {
            blobs.push_back(std::move(blob));
        }
        crew.forEach(blobs.size(), [&](std::size_t i, RegistryClient &client) {
            const Blob &blob = blobs[i];
            const PushImage &image = m_images[blob.images.front()];
            const std::optional<Error> fault = faultOf(image, blob.descriptor, client);
            for (const std::size_t user : fault ? blob.images : std::vector<std::size_t>()) {
                blame(user, *fault);
            }
            m_context.progress.bytesDone += blob.descriptor.size;
        });
    }

    std::optional<Error> faultOf(const PushImage &image, const Descriptor &blob, RegistryClient &client) const
    {
        const Result<std::optional<qint64>> size = client.blobSize(at(image), blob.digest);
        const QString part = partOf(image, blob.digest);
        if (!size) {
            return size.error().kind == ErrorKind::NotFound ? notThere(part) : size.error();
        }
        if (size->value_or(blob.size) != blob.size) {
            return Error{ErrorKind::Corrupt, Text::tr("%1 is damaged at %2").arg(part, m_plan.target.host),
                         Text::tr("it has %1 bytes there, and must have %2").arg(**size).arg(blob.size),
                         Text::tr("Its administrator must remove it there; then push again")};
        }
        return std::nullopt;
    }

    static QString partOf(const PushImage &image, const Digest &digest)
    {
        return image.repository.toString() + QLatin1Char('@') + digest.toString();
    }

    Error notThere(const QString &what) const
    {
        return {ErrorKind::NotFound,
                Text::tr("%1 is not at %2").arg(what, m_plan.target.host),
                {},
                Text::tr("Push it again")};
    }

    void blame(std::size_t image, const Error &error)
    {
        const std::lock_guard lock(m_mutex);
        if (error.kind != ErrorKind::Cancelled) {
            m_faults[image].push_back(error);
        }
    }

    void settle(std::size_t index)
    {
        const PushImage &image = m_images[index];
        const QString &line = image.image.line;
        const bool isKept = image.isKept();
        if (isKept) {
            m_result.notes += keptNotes(image);
        }
        if (!isKept && !image.leftOutWith && !m_faults[index].empty()) {
            reportFailures({{line, asOne(m_faults[index])}}, m_context, m_result);
        } else if (image.isReferrer()) { // it counts as no image
            m_result.referrers += image.goes() ? image.referrers : 0;
        } else {
            ++(isKept ? m_result.imagesSkipped : m_result.imagesDone);
            m_result.imagesKept += isKept ? 1 : 0;
            ++m_context.progress.imagesDone;
            m_context.report({isKept ? TaskEvent::Kind::ImageSkipped : TaskEvent::Kind::ImageDone, line, {}});
        }
    }

    // The first is said whole, and how many more there are.
    static Error asOne(const std::vector<Error> &faults)
    {
        Error error = faults.front();
        const auto count = static_cast<int>(faults.size());
        if (count > 1 && error.why.isEmpty()) {
            error.why = Text::tr("it is the first of %n fault(s)", nullptr, count);
        } else if (count > 1) {
            error.why += QStringLiteral(", ") + Text::tr("and %n more fault(s)", nullptr, count - 1);
        }
        return error;
    }

    const VerifyTargetPlan &m_plan;
    const TaskContext &m_context;
    std::vector<PushImage> m_images;
    TaskResult m_result;
    QSet<QString> m_settled;
    std::mutex m_mutex; ///< guards the one below
    std::vector<std::vector<Error>> m_faults;
};

} // namespace

PlanSummary VerifyTargetPlan::summary() const
{
    const int count = selection.imageCount();
    PlanSummary summary;
    summary.images = count;
    summary.verb = Text::tr("Verify %n image(s)", nullptr, count);
    summary.sentence =
        Text::tr("Ask %1 for every tag, manifest and blob of %n image(s) of %2", nullptr, count)
            .arg(target.toString(), index->pool().path());
    summary.figures = {{Text::tr("To look for"), selection.storedBytes, QStringLiteral("compare")},
                       {Text::tr("To fetch"), 0, QStringLiteral("fetch")}};
    summary.notes += index->pool().notes();
    noteReferrers(selection.referrers, summary);
    addAbsent(selection, summary);
    return summary;
}

VerifyTargetTask::VerifyTargetTask(VerifyTargetPlan plan) : m_plan(std::move(plan)) {}

QString VerifyTargetTask::title() const
{
    return Text::tr("Verify %1 against %2").arg(m_plan.target.toString(), m_plan.name);
}

TaskResult VerifyTargetTask::run(const TaskContext &context)
{
    QElapsedTimer timer;
    timer.start();
    context.progress.setPhase(Text::tr("Asking the target"));
    context.progress.imagesTotal =
        m_plan.selection.imageCount() + static_cast<qint64>(m_plan.selection.absent.size());
    tellImages(m_plan.selection, context);
    TaskResult result;
    const auto stoppedBy = [&](const Error &error) {
        reportAbsent(m_plan.selection, context, result);
        result.stopped = error;
        result.undone = undoneLines(m_plan.selection, {});
        return result;
    };
    const Result<std::unique_ptr<RegistryAccess>> access = RegistryAccess::createForTask(m_plan.registry);
    if (!access) {
        return stoppedBy(access.error());
    }
    // Where nobody answers, that is said once, and not of each image.
    HttpClient client((*access)->network(), context.cancel);
    if (const auto there = (*access)->endpoint(m_plan.target.host, client); !there) {
        return stoppedBy(there.error());
    }
    TransferCrew crew(**access, context);
    result = VerifyTargetRun(m_plan, context).run(crew);
    result.seconds = static_cast<double>(timer.nsecsElapsed()) / 1e9;
    if (!result.stopped) {
        result.summary << (result.isClean() ? Text::tr("Every tag, manifest and blob is there")
                                            : Text::tr("Not everything is there"));
    }
    noteReferrers(result.referrers, result);
    return result;
}

} // namespace layerpool
