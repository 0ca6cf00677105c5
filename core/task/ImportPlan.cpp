// SPDX-License-Identifier: Apache-2.0
#include "task/ImportPlan.h"

#include "bundle/ImageSource.h"
#include "bundle/BundleRefusal.h"
#include "bundle/SignedBundle.h"
#include "pool/StagedBlob.h"
#include "task/ImportClosure.h"
#include "task/ImportManifests.h"
#include "task/PlanParts.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace layerpool {
namespace {

// A folder has no sums: all that can be said of it is that nobody signed it.
Result<SignatureCheck> checkSource(const ImportRequest &request, const TaskContext &context)
{
    const auto follow = [&context](BundleStep, qint64 position, qint64 bytes) {
        context.progress.bytesTotal = bytes;
        context.progress.bytesDone = position;
    };
    return QFileInfo(request.source).isDir()
               ? checkSignature(request.source, request.signature)
               : checkSigned(request.source, request.signature, context.cancel, follow);
}

Result<BundleContent> readNames(const ImportRequest &request, const TaskContext &context,
                                ImportManifests &manifests, QStringList &notes)
{
    const Result<std::unique_ptr<ImageSource>> reader =
        ImageSource::open(request.source, request.as, context.cancel);
    if (!reader) {
        return reader.error();
    }
    context.progress.bytesTotal = (*reader)->totalBytes();
    Result<BundleContent> content = (*reader)->read([&](const Descriptor &blob, BlobBytes &bytes) {
        context.progress.bytesTotal = (*reader)->totalBytes();
        context.progress.bytesDone = (*reader)->position();
        return manifests.take(blob, bytes);
    });
    notes = (*reader)->notes();
    return content;
}

Result<std::optional<Pool>> poolAt(const QString &path)
{
    if (Pool::wouldCreate(path)) {
        return std::optional<Pool>();
    }
    Result<Pool> opened = Pool::openOrCreate(path);
    return opened ? Result<std::optional<Pool>>(*std::move(opened)) : opened.error();
}

void weigh(const BundleContent &content, const Pool *pool, ImportPlan &plan)
{
    plan.bundleBytes = content.blobBytes;
    for (const auto &[digest, size] : content.blobs) {
        if (pool == nullptr || pool->blobSize(digest) != size) {
            plan.writeBytes += size;
            const QByteArray staged = StagedBlob::nameOf(digest);
            plan.reservedBytes += pool ? std::min(size, pool->files().allocatedBytes(staged)) : 0;
        }
    }
}

ImportClosure::Source sourceOf(const BundleContent &content, const ImportManifests &manifests,
                               const Pool *pool)
{
    return {[&manifests, pool](const Digest &digest) -> Result<Manifest> {
                if (manifests.has(digest)) {
                    return manifests.manifest(digest);
                }
                return pool != nullptr ? pool->manifest(digest) : Error{ErrorKind::NotFound, {}, {}, {}};
            },
            [&content, pool](const Digest &digest) -> std::optional<qint64> {
                const auto found = content.blobs.find(digest);
                return found != content.blobs.end() ? std::optional(found->second)
                       : pool != nullptr            ? pool->blobSize(digest)
                                                    : std::nullopt;
            },
            pool};
}

void addFailures(const ImportClosure &closure, ImportPlan &plan)
{
    for (const ImportImage &image : plan.images) {
        const ImportClosure::Image parts = closure.of(image.tag);
        if (!parts.closure.missing.empty()) {
            plan.failures.push_back({image.tag.toString(), notWhole(image.tag.toString(), parts)});
        }
    }
}

QStringList movedNotes(const ImportPlan &plan)
{
    QStringList notes;
    for (const ImportImage &image : plan.images) {
        if (image.moves() && !image.tag.isReferrer()) {
            const QString text = plan.isKept(image) ? Text::tr("%1 keeps %2; the bundle has %3")
                                                    : Text::tr("%1 moves from %2 to %3");
            notes << text.arg(image.tag.toString(), image.there->toString(), image.tag.digest.toString());
        }
    }
    return notes;
}

QString sentenceOf(const ImportPlan &plan, const PlanSummary &counts)
{
    const auto images = static_cast<int>(counts.images);
    const auto kept = static_cast<int>(counts.kept);
    const auto there = static_cast<int>(counts.skipped) - kept;
    const QString pool = QDir::toNativeSeparators(plan.request.poolPath);
    QStringList parts{images > 0 ? Text::tr("Import %n image(s) of %1 into %2", nullptr, images)
                                       .arg(QDir::toNativeSeparators(plan.request.source), pool)
                                 : Text::tr("Nothing to import into %1").arg(pool)};
    if (there > 0) {
        parts << Text::tr("%n image(s) are there already", nullptr, there);
    }
    if (kept > 0) {
        parts << Text::tr("%n image(s) keep the tag that is there", nullptr, kept);
    }
    if (counts.moved > 0) {
        parts << movedPart(counts.moved);
    }
    return parts.join(QStringLiteral("; "));
}

void count(const ImportPlan &plan, PlanSummary &summary)
{
    for (const ImportImage &image : plan.images) {
        if (image.tag.isReferrer()) {
            summary.referrers += image.isThere() || plan.isKept(image) ? 0 : 1;
        } else {
            ++(image.isThere() || plan.isKept(image) ? summary.skipped : summary.images);
            summary.kept += plan.isKept(image) ? 1 : 0;
            summary.moved += image.moves() && !plan.isKept(image) ? 1 : 0;
        }
    }
}

} // namespace

std::vector<ImportImage> imagesOf(const BundleContent &content, const Pool *pool)
{
    std::vector<ImportImage> images;
    for (const auto &[name, repository] : content.repositories) {
        for (const auto &[tag, digest] : repository.tags) {
            const Result<std::optional<Digest>> there =
                pool != nullptr ? pool->tagDigest(name, tag) : std::optional<Digest>();
            // A link of the pool that is damaged names nothing, and is written anew.
            images.push_back({{name, tag, digest}, there ? *there : std::nullopt});
        }
    }
    return images;
}

Result<std::optional<ImageReference>> importNameOf(const QString &text)
{
    if (text.isEmpty()) {
        return std::optional<ImageReference>();
    }
    Result<ImageReference> name = ImageReference::parse(text);
    if (name && (name->pattern || name->digest)) {
        return Error{ErrorKind::BadInput, Text::tr("“%1” can't be the name of an image").arg(text),
                     Text::tr("it has a pattern or a digest"), Text::tr("Write it as NAME or NAME:TAG")};
    }
    return name ? Result<std::optional<ImageReference>>(*std::move(name)) : name.error();
}

Result<ImportPlan> planImport(const ImportRequest &request, const TaskContext &context)
{
    context.progress.setPhase(Text::tr("Reading the bundle"));
    Result<SignatureCheck> signature = checkSource(request, context);
    if (!signature) {
        return signature.error();
    }
    const Result<std::optional<Pool>> pool = poolAt(request.poolPath);
    if (!pool) {
        return pool.error();
    }
    ImportManifests manifests;
    QStringList notes;
    const Result<BundleContent> content = readNames(request, context, manifests, notes);
    if (!content) {
        return content.error();
    }
    if (const Status same = checkNames(request.source, *signature, *content); !same) {
        return same.error(); // a plan tells of nothing that nobody signed
    }
    const Pool *there = *pool ? &**pool : nullptr;
    ImportPlan plan;
    plan.request = request;
    plan.signature = *std::move(signature);
    plan.notes = notes;
    plan.freeBytes = freeBytesAt(request.poolPath);
    plan.readOnly = there ? readOnlyReason(*there) : std::nullopt;
    plan.images = imagesOf(*content, there);
    if (plan.images.empty()) {
        return refusedBundle(request.source, Text::tr("it holds no image"));
    }
    weigh(*content, there, plan);
    if (manifests.areKept()) {
        addFailures(ImportClosure(*content, sourceOf(*content, manifests, there)), plan);
    }
    return plan;
}

QStringList ImportPlan::lines() const
{
    QStringList lines;
    for (const ImportImage &image : images) {
        if (!image.tag.isReferrer()) {
            lines << image.tag.toString();
        }
    }
    return lines;
}

PlanSummary ImportPlan::summary() const
{
    PlanSummary summary;
    count(*this, summary);
    summary.verb = Text::tr("Import %n image(s)", nullptr, static_cast<int>(summary.images));
    summary.sentence = sentenceOf(*this, summary);
    summary.figures = {{Text::tr("To write"), writeBytes, QStringLiteral("write")},
                       {Text::tr("There already"), bundleBytes - writeBytes, QStringLiteral("reuse")},
                       {Text::tr("Free afterwards"),
                        std::max<qint64>(0, freeBytes - writeBytes + reservedBytes), QStringLiteral("free")}};
    summary.notes = notes + movedNotes(*this);
    if (const QString found = signature.sentence(); !found.isEmpty()) {
        summary.notes << found;
    }
    noteNewFolder(request.poolPath, summary);
    noteReferrers(summary.referrers, summary);
    for (const ImageFailure &failure : failures) {
        summary.problems.push_back({failure.image, failure.error});
    }
    const qint64 needed = writeBytes - reservedBytes + StagedBlob::reserveBytes;
    if (!failures.empty()) {
        summary.blocker = refusedBundle(request.source, Text::tr("%n image(s) are not whole", nullptr,
                                                                 static_cast<int>(failures.size())));
    } else if (writeBytes > 0 && needed > freeBytes) {
        summary.blocker = notEnoughRoom(needed, freeBytes);
    }
    if (!summary.blocker && readOnly && summary.hasWork()) {
        summary.blocker = readOnly;
    }
    return summary;
}

} // namespace layerpool
