// SPDX-License-Identifier: Apache-2.0
#include "base/Cores.h"
#include "base/Digester.h"
#include "pool/PoolHints.h"
#include "pool/PoolLayout.h"
#include "pool/PoolLock.h"
#include "task/PlanParts.h"
#include "task/VerifyPlan.h"

#include <QElapsedTimer>

#include <algorithm>
#include <map>
#include <mutex>

namespace layerpool {
namespace {

constexpr qint64 kPiece = 1024 * 1024;

Error damagedBlob(const Pool &pool, const Digest &digest, const Digest &found)
{
    return {ErrorKind::Corrupt, Text::tr("The blob %1 is damaged").arg(digest.toString()),
            Text::tr("its bytes have the digest %1").arg(found.toString()),
            pool.contents() != nullptr ? Text::tr("Copy the bundle again")
                                       : Text::tr("Remove the folder %1, then convert its images again")
                                             .arg(pool.files().pathOf(layout::blobDirectory(digest)))};
}

// Reads a blob to its end and says what is wrong with it.
Status checkBlob(const Pool &pool, const Digest &digest, const TaskContext &context)
{
    const Result<std::unique_ptr<QIODevice>> blob = pool.openBlob(digest);
    if (!blob) {
        return blob.error();
    }
    Digester digester(digest.algorithm());
    QByteArray piece(kPiece, Qt::Uninitialized);
    while (!context.cancel.isCancelled()) {
        const qint64 count = (*blob)->read(piece.data(), piece.size());
        if (count < 0) {
            return Error{ErrorKind::Storage,
                         Text::tr("Cannot read %1").arg(pool.blobPath(digest)),
                         (*blob)->errorString(),
                         {}};
        }
        if (count == 0) {
            const Digest found = digester.finish();
            return found == digest ? Status() : Status(damagedBlob(pool, digest, found));
        }
        digester.add(QByteArrayView(piece.constData(), count));
        context.progress.bytesDone += count;
    }
    return cancelledError();
}

class VerifyRun
{
public:
    VerifyRun(const PoolIndex &index, const TaskContext &context, TaskWork &work)
        : m_index(index), m_context(context), m_work(work)
    {
    }

    TaskResult run()
    {
        m_result.findings = m_index.damage();
        checkBlobs();
        for (const PoolRepository &repository : m_index.repositories()) {
            if (m_index.pool().contents() == nullptr && !m_context.cancel.isCancelled()) {
                checkLinks(repository); // those of a bundle were read with it
            }
        }
        for (const PoolTag &tag : m_index.allTags()) {
            if (!m_context.cancel.isCancelled()) {
                checkImage(tag);
            }
        }
        if (m_context.cancel.isCancelled()) {
            m_result = {};
            m_result.stopped = cancelledError();
        }
        return std::move(m_result);
    }

private:
    void checkBlobs()
    {
        std::vector<Digest> blobs;
        for (const PoolUsage::Blob &blob : m_index.blobs()) {
            if (!blob.isLeftOut) {
                blobs.push_back(blob.digest);
            }
        }
        forEachOnCores(blobs.size(), m_context.cancel, [&](std::size_t i) {
            const Status checked = checkBlob(m_index.pool(), blobs[i], m_context);
            // A folder without its file is what a stopped writer leaves; an image that needs it says so.
            const bool isCounted = !checked && checked.error().kind != ErrorKind::Cancelled &&
                                   checked.error().kind != ErrorKind::NotFound;
            if (isCounted) {
                const std::lock_guard lock(m_mutex);
                m_bad.emplace(blobs[i], checked.error());
                m_result.findings.push_back(checked.error());
            }
        });
    }

    // A registry answers 500 to a link that is not exactly a digest, and its garbage collection of the whole
    // pool aborts.
    void checkLinks(const PoolRepository &repository)
    {
        const DurableDirectory &files = m_index.pool().files();
        // What a stopped writer leaves, folders without anything in them, the next one fills.
        const bool isBegun = repository.tags.empty() && repository.revisions.empty();
        for (const QByteArray &directory : {layout::layers(repository.name), layout::tags(repository.name)}) {
            if (!isBegun && !files.isDirectory(directory)) {
                m_result.findings.push_back(
                    {ErrorKind::Corrupt,
                     Text::tr("The repository %1 is not whole").arg(repository.name.toString()),
                     Text::tr("the folder %1 is missing").arg(files.pathOf(directory)),
                     {}});
            }
        }
        std::vector<QByteArray> places{layout::layers(repository.name), layout::revisions(repository.name)};
        for (const PoolTag &tag : repository.tags) {
            places.push_back(layout::tag(tag.repository, tag.tag) + "/index");
        }
        for (const QByteArray &place : places) {
            for (const Digest::Algorithm algorithm : Digest::algorithms) {
                checkLinksIn(place + '/' + Digest::nameOf(algorithm));
            }
        }
    }

    void checkLinksIn(const QByteArray &directory)
    {
        const auto entries = m_index.pool().files().entries(directory);
        if (!entries) {
            m_result.findings.push_back(entries.error());
            return;
        }
        for (const DurableDirectory::Entry &entry : *entries) {
            const QByteArray path = directory + '/' + entry.name + "/link";
            const Result<Digest> digest = m_index.pool().readLink(path);
            if (!digest && digest.error().kind == ErrorKind::NotFound) {
                continue; // as above; an image that needs the link says so itself
            }
            if (!digest) {
                m_result.findings.push_back(digest.error());
            } else if (!m_index.hasBlob(*digest)) {
                m_result.findings.push_back(
                    {ErrorKind::Corrupt,
                     Text::tr("The link %1 leads nowhere").arg(m_index.pool().files().pathOf(path)),
                     Text::tr("the pool has no such blob"),
                     {}});
            } else if (digest->hex() != entry.name) {
                m_result.findings.push_back(
                    {ErrorKind::Corrupt,
                     Text::tr("The link %1 is wrong").arg(m_index.pool().files().pathOf(path)),
                     Text::tr("it leads to %1").arg(digest->toString()),
                     {}});
            }
        }
    }

    void checkImage(const PoolTag &tag)
    {
        const std::optional<Error> fault = faultOf(tag);
        if (fault) {
            m_result.failures.push_back({tag.toString(), *fault});
            m_context.report({TaskEvent::Kind::ImageFailed, tag.toString(), *fault});
        } else if (tag.isReferrer()) { // it counts as no image
            m_result.referrers += m_index.referrersIn(tag, m_index.closure(tag));
        } else {
            ++m_result.imagesDone;
            m_work.settle(tag.toString(), TaskWork::State::Done);
        }
        m_context.progress.imagesDone += tag.isReferrer() ? 0 : 1;
    }

    std::optional<Error> faultOf(const PoolTag &tag) const
    {
        const Closure closure = m_index.closure(tag);
        const auto broken = [&](const QString &why) {
            return Error{ErrorKind::Corrupt, Text::tr("%1 is not whole").arg(tag.toString()), why,
                         hintWhereNotWhole(m_index.pool())};
        };
        if (!closure.missing.empty()) {
            return broken(Text::tr("%1 is missing, or has not the declared size")
                              .arg(closure.missing.front().toString()));
        }
        for (const Digest &digest : closure.manifests) {
            if (const auto bad = m_bad.find(digest); bad != m_bad.end()) {
                return bad->second;
            }
            if (!m_index.pool().hasRevision(tag.repository, digest)) {
                return broken(Text::tr("its repository has no link to %1").arg(digest.toString()));
            }
        }
        for (const Descriptor &blob : closure.blobs) {
            if (const auto bad = m_bad.find(blob.digest); bad != m_bad.end()) {
                return bad->second;
            }
            if (!m_index.pool().has(blob)) {
                return broken(
                    Text::tr("%1 has not the declared %2 bytes").arg(blob.digest.toString()).arg(blob.size));
            }
            if (!m_index.pool().hasLayerLink(tag.repository, blob.digest)) {
                return broken(Text::tr("its repository has no link to %1").arg(blob.digest.toString()));
            }
        }
        return std::nullopt;
    }

    const PoolIndex &m_index;
    const TaskContext &m_context;
    TaskWork &m_work;
    std::mutex m_mutex; ///< guards the two below while blobs are checked
    std::map<Digest, Error> m_bad;
    TaskResult m_result;
};

} // namespace

PlanSummary VerifyPlan::summary() const
{
    const PoolTotals &totals = index->totals();
    PlanSummary summary;
    summary.images = totals.images;
    summary.verb = Text::tr("Verify %n image(s)", nullptr, static_cast<int>(totals.images));
    summary.sentence =
        Text::tr("Read and hash every blob of %1, and look at every link").arg(index->pool().path());
    summary.figures = {{Text::tr("To read"), totals.storedBytes, QStringLiteral("read")}};
    summary.notes = index->pool().notes();
    for (const Error &error : index->damage()) {
        summary.problems.push_back({{}, error});
    }
    return summary;
}

VerifyTask::VerifyTask(VerifyPlan plan) : m_plan(std::move(plan)) {}

QString VerifyTask::title() const
{
    return Text::tr("Verify %1").arg(m_plan.index->pool().path());
}

TaskResult VerifyTask::run(const TaskContext &context)
{
    QElapsedTimer timer;
    timer.start();
    context.progress.setPhase(Text::tr("Verifying"));
    QStringList images;
    for (const PoolTag &tag : m_plan.index->allTags()) {
        if (!tag.isReferrer()) {
            images << tag.toString();
        }
    }
    context.progress.imagesTotal = images.size();
    const auto work = std::make_shared<TaskWork>(std::move(images));
    context.progress.setWork(work);
    context.progress.bytesTotal = m_plan.index->totals().storedBytes;
    const Result<PoolLock> lock = PoolLock::shareForReading(m_plan.index->pool());
    if (!lock) {
        TaskResult refused;
        refused.stopped = lock.error();
        return refused;
    }
    TaskResult result = VerifyRun(*m_plan.index, context, *work).run();
    result.seconds = static_cast<double>(timer.nsecsElapsed()) / 1e9;
    const PoolTotals &totals = m_plan.index->totals();
    result.summary << Text::tr("%n blob(s) read, %1", nullptr, static_cast<int>(totals.blobs))
                          .arg(formatBytes(context.progress.bytesDone));
    noteReferrers(result.referrers, result);
    if (totals.leftOutBlobs > 0) {
        result.notes << Text::tr("%n layer(s) are left out: the far side must have them", nullptr,
                                 static_cast<int>(totals.leftOutBlobs));
    }
    if (result.stopped) {
        return result;
    }
    result.summary << (result.isClean()
                           ? Text::tr("Every blob and every link is good")
                           : Text::tr("%n finding(s)", nullptr, static_cast<int>(result.findings.size())));
    return result;
}

} // namespace layerpool
