// SPDX-License-Identifier: Apache-2.0
#include "task/ImportRun.h"

#include "bundle/BundleRefusal.h"
#include "image/ReferrerTag.h"
#include "image/ReferrersUnion.h"
#include "task/PlanParts.h"

#include <algorithm>

namespace layerpool {
namespace {

constexpr std::size_t kImagesPerCommit = 256;

QString lineOf(const ImportImage &image)
{
    return image.tag.toString();
}

// The bundle's blobs are on the shelf, and in the pool as soon as they are published.
ImportClosure::Source sourceOf(PoolWriter &writer)
{
    return {[&writer](const Digest &digest) {
                return writer.shelf().blobSize(digest) ? writer.shelf().manifest(digest)
                                                       : writer.pool().manifest(digest);
            },
            [&writer](const Digest &digest) {
                const std::optional<qint64> shelved = writer.shelf().blobSize(digest);
                return shelved ? shelved : writer.pool().blobSize(digest);
            },
            &writer.pool()};
}

QString apartNote(const ImportImage &image)
{
    return Text::tr("%1 keeps the pool's own signatures: those of the bundle can't be joined to them")
        .arg(lineOf(image));
}

} // namespace

ImportRun::ImportRun(const ImportPlan &plan, std::vector<ImportImage> images, const BundleContent &content,
                     PoolWriter &writer, const TaskContext &context, TaskResult &result)
    : m_plan(plan)
    , m_images(std::move(images))
    , m_writer(writer)
    , m_context(context)
    , m_result(result)
    , m_closure(content, sourceOf(writer))
{
}

Status ImportRun::check()
{
    for (const bool isReferrer : {false, true}) { // what becomes of a referrer depends on its image
        for (const ImportImage &image : m_images) {
            if (m_context.cancel.isCancelled()) {
                return cancelledError();
            }
            if (image.tag.isReferrer() == isReferrer) {
                look(image);
            }
        }
    }
    if (m_leftOut > 0) {
        m_result.notes << Text::tr(
            "%n signature(s) and other referrer(s) of images that are kept stay behind", nullptr, m_leftOut);
    }
    if (m_failures.empty()) {
        return {};
    }
    reportFailures(m_failures, m_context, m_result);
    return refusedBundle(m_plan.request.source,
                         Text::tr("%n image(s) are not whole", nullptr, static_cast<int>(m_failures.size())));
}

void ImportRun::look(const ImportImage &image)
{
    const ImportClosure::Image parts = m_closure.of(image.tag);
    if (parts.closure.missing.empty()) {
        settle(image, parts);
    } else {
        m_failures.push_back({lineOf(image), notWhole(lineOf(image), parts)});
        m_settled.insert(lineOf(image));
    }
}

// What becomes of an image that is whole.
void ImportRun::settle(const ImportImage &image, const ImportClosure::Image &parts)
{
    if (m_plan.isKept(image)) {
        m_kept.insert(parts.closure.manifests.begin(), parts.closure.manifests.end());
        skip(image, true);
    } else if (isLeftOut(image)) {
        ++m_leftOut;
    } else if (image.moves() && image.tag.isReferrer()) {
        join(image, parts.closure);
    } else if (isInPool(image, parts.closure)) {
        skip(image, false);
    } else {
        go(image, parts.closure);
    }
}

// What vouches for an image that does not come would have nothing to vouch for.
bool ImportRun::isLeftOut(const ImportImage &image) const
{
    const std::optional<ReferrerTag> named = ReferrerTag::parse(image.tag.tag);
    return named && m_kept.contains(named->subject) && !m_wanted.contains(named->subject) &&
           !m_writer.pool().hasRevision(image.tag.repository, named->subject);
}

bool ImportRun::isInPool(const ImportImage &image, const Closure &closure) const
{
    const Pool &pool = m_writer.pool();
    const RepositoryName &repository = image.tag.repository;
    return image.isThere() &&
           std::all_of(closure.manifests.begin(), closure.manifests.end(),
                       [&](const Digest &manifest) {
                           return pool.hasBlob(manifest) && pool.hasRevision(repository, manifest);
                       }) &&
           std::all_of(closure.blobs.begin(), closure.blobs.end(), [&](const Descriptor &blob) {
               return pool.has(blob) && pool.hasLayerLink(repository, blob.digest);
           });
}

void ImportRun::skip(const ImportImage &image, bool isKept)
{
    if (image.tag.isReferrer()) {
        return;
    }
    ++m_result.imagesSkipped;
    m_result.imagesKept += isKept ? 1 : 0;
    m_settled.insert(lineOf(image));
    ++m_context.progress.imagesDone;
    m_context.report({TaskEvent::Kind::ImageSkipped, lineOf(image), {}});
}

void ImportRun::go(const ImportImage &image, const Closure &closure)
{
    m_going.push_back({&image, image.tag, {}});
    m_wanted.insert(closure.manifests.begin(), closure.manifests.end());
    for (const Descriptor &blob : closure.blobs) {
        m_wanted.insert(blob.digest);
    }
}

// Whoever signed here knows nothing of the bundle's signatures: neither side loses what it has.
void ImportRun::join(const ImportImage &image, const Closure &closure)
{
    const Result<Manifest> ours = m_closure.manifest(image.tag.digest);
    const Result<Manifest> theirs = m_writer.pool().manifest(*image.there);
    if (!ours || !theirs) { // what the pool names can't be read: there is nothing to lose
        go(image, closure);
        return;
    }
    ReferrersUnion united = unite(*theirs, *ours);
    switch (united.kind) {
    case ReferrersUnion::Kind::Theirs:
        break;
    case ReferrersUnion::Kind::Ours:
        go(image, closure);
        break;
    case ReferrersUnion::Kind::Both:
        go(image, closure);
        m_going.back().tag.digest = united.both->digest();
        m_going.back().made = std::move(united.both);
        break;
    case ReferrersUnion::Kind::Apart:
        m_result.notes << apartNote(image);
        break;
    }
}

Status ImportRun::publish()
{
    if (Status published = publishBlobs(); !published) {
        return published;
    }
    std::vector<const Going *> batch;
    for (const Going &going : m_going) {
        batch.push_back(&going);
        if (batch.size() == kImagesPerCommit) {
            if (Status published = publish(batch); !published) {
                return published;
            }
            batch.clear();
        }
    }
    return batch.empty() ? Status() : publish(batch);
}

Status ImportRun::publishBlobs()
{
    m_writer.shelf().keepOnly(DigestSet({m_wanted.begin(), m_wanted.end()}));
    m_wanted.clear();
    for (const Going &going : m_going) {
        if (const auto added = going.made ? m_writer.addManifest(*going.made) : Result<qint64>(0); !added) {
            return storageError(added.error());
        }
    }
    const Status committed = m_writer.commit({});
    return committed ? committed : storageError(committed.error());
}

Status ImportRun::publish(const std::vector<const Going *> &batch)
{
    if (m_context.cancel.isCancelled()) {
        return cancelledError();
    }
    std::vector<ImportClosure::Image> parts;
    std::vector<ImageLinks> links;
    for (const Going *going : batch) {
        parts.push_back(m_closure.of(going->tag));
        links.push_back(ImageLinks::of(going->tag, parts.back().closure));
    }
    if (Status committed = m_writer.commit(links); !committed) {
        return storageError(committed.error());
    }
    for (std::size_t i = 0; i < batch.size(); ++i) {
        tellDone(*batch[i], parts[i]);
    }
    return {};
}

void ImportRun::tellDone(const Going &going, const ImportClosure::Image &parts)
{
    if (going.tag.isReferrer()) {
        m_result.referrers += parts.referrers();
        return;
    }
    ++m_result.imagesDone;
    m_settled.insert(lineOf(*going.image));
    ++m_context.progress.imagesDone;
    m_context.report({TaskEvent::Kind::ImageDone, lineOf(*going.image), {}});
}

} // namespace layerpool
