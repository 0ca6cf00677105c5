// SPDX-License-Identifier: Apache-2.0
#include "task/ConvertResolver.h"

#include "image/Attestations.h"
#include "image/ImageConfig.h"
#include "pool/PoolLayout.h"
#include "task/PlatformPick.h"
#include "task/ReferrerResolver.h"
#include "task/SourceFailure.h"

#include <algorithm>

namespace layerpool {
namespace {

Error tooDeep(const Manifest &index)
{
    return {ErrorKind::Unsupported,
            Text::tr("The index %1 is nested too deeply").arg(index.digest().toString()),
            {},
            {}};
}

QStringList passedOver(const ListLine &line, const std::vector<SourceFailure> &failures)
{
    QStringList notes;
    for (const SourceFailure &failure : failures) {
        const QString why = failure.error.why.isEmpty() ? failure.error.what : failure.error.why;
        notes << Text::tr("%1: not taken from the mirror %2 (%3)").arg(line.text, failure.host, why);
    }
    return notes;
}

bool isLegacy(const Manifest &manifest)
{
    return manifest.isLegacy();
}

} // namespace

void ConvertResolver::Resolved::note(const QStringList &sentences)
{
    for (const QString &sentence : sentences) {
        notes << QStringLiteral("%1: %2").arg(image.line, sentence);
    }
}

Result<ConvertResolver::Resolved> ConvertResolver::resolve(const ListLine &line, RegistryClient &client) const
{
    const Result<std::vector<RemoteRepository>> sources = m_request.naming.remotes(line.reference);
    if (!sources) {
        return sources.error();
    }
    std::vector<SourceFailure> failures;
    for (auto source = sources->begin(); source != sources->end(); ++source) {
        Result<Resolved> resolved = resolveAt(line, *source, client);
        if (resolved) {
            resolved->image.others.assign(source + 1, sources->end());
            resolved->notes = passedOver(line, failures) + resolved->notes;
            return resolved;
        }
        if (resolved.error().kind == ErrorKind::Cancelled) {
            return resolved;
        }
        failures.push_back({source->host, resolved.error()});
    }
    if (failures.empty()) {
        return Error{ErrorKind::BadInput, Text::tr("%1 has no source").arg(line.text), {}, {}};
    }
    const Error last = failures.back().error; // the registry's own
    Error error = joined(std::move(failures), Text::tr("No source gives %1").arg(line.text));
    const bool isPassing = error.kind == ErrorKind::Unreachable || error.kind == ErrorKind::Server;
    if (last.kind == ErrorKind::NotFound && isPassing) { // a mirror that is down changes nothing about it
        error.kind = last.kind;
        error.hint = last.hint;
    }
    return error;
}

Result<ConvertResolver::Resolved>
ConvertResolver::resolveAt(const ListLine &line, const RemoteRepository &source, RegistryClient &client) const
{
    const Result<RepositoryName> name = m_request.naming.poolName(line.reference);
    if (!name) {
        return name.error();
    }
    Resolved resolved;
    ConvertImage &image = resolved.image;
    image.line = line.text;
    image.repository = *name;
    image.tag = poolTag(line.reference);
    image.source = source;
    const Result<Manifest> root = rootManifest(line, image, client);
    if (!root) {
        return root.error();
    }
    if (Status taken = take(*root, line, 0, resolved, client); !taken) {
        return taken.error();
    }
    leaveForeignLayers(resolved);
    if (Status sized = findSizes(image, client); !sized) {
        return sized.error();
    }
    if (std::any_of(image.manifests.begin(), image.manifests.end(), isLegacy)) {
        resolved.notes << Text::tr(
                              "%1 is of Docker's legacy kind (schema 1): registries refuse it by default")
                              .arg(line.text);
    }
    image.isThere = m_pool && image.isWholeIn(*m_pool, image.repository);
    findMovedTag(image);
    if (!line.reference.tag.isEmpty() && line.reference.digest) {
        const Result<std::optional<Digest>> now = client.manifestDigest(source, line.reference.tag);
        if (now && !*now) {
            resolved.notes << Text::tr("%1: the tag is no longer at %2").arg(line.text, source.host);
        } else if (now && **now != *line.reference.digest) {
            resolved.notes << Text::tr("%1: the tag has moved on at %2, to %3")
                                  .arg(line.text, source.host, (*now)->toString());
        }
    }
    return resolved;
}

void ConvertResolver::findMovedTag(ConvertImage &image) const
{
    const Result<std::optional<Digest>> before = m_pool && !image.isThere
                                                     ? m_pool->tagDigest(image.repository, image.tag)
                                                     : Result<std::optional<Digest>>(std::nullopt);
    if (before && *before && **before != image.root) {
        image.moves = **before;
    }
}

Result<Manifest> ConvertResolver::rootManifest(const ListLine &line, const ConvertImage &image,
                                               RegistryClient &client) const
{
    return line.reference.digest
               ? m_manifests.byDigest(image.source, *line.reference.digest, client)
               : m_manifests.byTag(image.source, line.reference.tag, image.repository, image.tag, client);
}

Status ConvertResolver::take(const Manifest &root, const ListLine &line, int depth, Resolved &resolved,
                             RegistryClient &client) const
{
    const PlatformChoice &choice = m_request.platforms;
    ConvertImage &image = resolved.image;
    image.root = root.digest();
    if (!root.isIndex()) {
        image.take(root);
        const bool isAsItIs = choice.all || (line.reference.digest && choice.platforms.empty());
        return isAsItIs ? Status() : checkOnlyPlatform(root, resolved, client);
    }
    // A pinned digest must go on resolving, so its index stays, and whole, unless platforms were asked for.
    const bool isPinned = line.reference.digest.has_value();
    if (choice.all || (isPinned && choice.platforms.empty())) {
        return takeWhole(root, 0, image, client);
    }
    const Result<PlatformPick> chosen = PlatformPick::of(root, choice.wanted());
    if (!chosen) {
        return chosen.error();
    }
    resolved.note(chosen->passedOver + chosen->lacking);
    if (choice.keepsIndex() || isPinned) {
        return takeSparse(root, chosen->children, resolved, client);
    }
    Result<Manifest> child = m_manifests.byDigest(image.source, chosen->children.front().digest, client);
    if (!child) {
        return child.error();
    }
    image.seenIndexes.push_back(root);
    if (child->isIndex()) {
        return depth < Manifest::maxIndexDepth ? take(*child, line, depth + 1, resolved, client)
                                               : Status(tooDeep(root));
    }
    image.root = child->digest();
    image.take(*std::move(child));
    return {};
}

Status ConvertResolver::takeWhole(const Manifest &index, int depth, ConvertImage &image,
                                  RegistryClient &client) const
{
    if (depth > Manifest::maxIndexDepth) {
        return tooDeep(index);
    }
    if (Status taken = takeChildren(index.children(), depth, image, client); !taken) {
        return taken;
    }
    image.take(index);
    return {};
}

// What was signed into the index about a child comes with that child.
Status ConvertResolver::takeSparse(const Manifest &index, const std::vector<Descriptor> &children,
                                   Resolved &resolved, RegistryClient &client) const
{
    ConvertImage &image = resolved.image;
    if (Status taken = takeChildren(children, 0, image, client); !taken) {
        return taken;
    }
    for (const Attestation &attestation : attestationsOf(index)) {
        if (!m_request.takesReferrers || !image.has(attestation.subject)) {
            continue;
        }
        const Status taken = takeChildren({attestation.descriptor}, 0, image, client);
        if (!taken && !concernsReferrerAlone(taken.error())) {
            return taken;
        }
        if (!taken) { // as any other referrer that can't be had
            resolved.notes << Text::tr("%1: an attestation of it is left out (%2)")
                                  .arg(image.line, taken.error().sentence());
        }
    }
    image.take(index);
    return {};
}

Status ConvertResolver::takeChildren(const std::vector<Descriptor> &children, int depth, ConvertImage &image,
                                     RegistryClient &client) const
{
    for (const Descriptor &descriptor : children) {
        if (image.has(descriptor.digest)) { // an index may name a child twice
            continue;
        }
        Result<Manifest> child = m_manifests.byDigest(image.source, descriptor.digest, client);
        if (!child) {
            return child.error();
        }
        if (!child->isIndex()) {
            image.take(*std::move(child));
        } else if (Status taken = takeWhole(*child, depth + 1, image, client); !taken) {
            return taken;
        }
    }
    return {};
}

// A manifest without an index says in its config what it runs on. An artifact says nothing, and goes
// anywhere.
Status ConvertResolver::checkOnlyPlatform(const Manifest &manifest, Resolved &resolved,
                                          RegistryClient &client) const
{
    ConvertImage &image = resolved.image;
    std::optional<Platform> platform = manifest.platform();
    const Descriptor &config = manifest.config();
    if (mediatype::isImageConfig(config.mediaType) && config.size <= Manifest::maxBytes) {
        Result<QByteArray> bytes = fetchConfig(config, image, client);
        if (!bytes) {
            return bytes.error();
        }
        platform = ImageConfig::parse(*bytes).platform;
        image.config = *std::move(bytes);
    }
    if (!platform) {
        return {};
    }
    const Result<QStringList> lacking = checkPlatform(*platform, m_request.platforms.wanted());
    if (!lacking) {
        return lacking.error();
    }
    resolved.note(*lacking);
    return {};
}

Result<QByteArray> ConvertResolver::fetchConfig(const Descriptor &config, const ConvertImage &image,
                                                RegistryClient &client) const
{
    if (m_pool && m_pool->has(config)) {
        if (Result<QByteArray> there = m_pool->readBlob(config.digest, config.size)) {
            return there;
        }
    }
    return client.smallBlob(image.source, config);
}

// An image is whole without what its vendor keeps to himself.
void ConvertResolver::leaveForeignLayers(Resolved &resolved) const
{
    ConvertImage &image = resolved.image;
    QStringList places;
    int count = 0;
    for (const Descriptor &blob : image.blobs) {
        if (blob.isForeign()) {
            ++count;
            places << (blob.urls.isEmpty() ? blob.digest.toString() : blob.urls.first());
        }
    }
    if (count == 0) {
        return;
    }
    if (m_request.takesForeignLayers) {
        resolved.notes << Text::tr("%n layer(s) of %1 are foreign, and are fetched as you asked: %2", nullptr,
                                   count)
                              .arg(image.line, places.join(QStringLiteral(", ")));
        return;
    }
    std::erase_if(image.blobs, [](const Descriptor &blob) { return blob.isForeign(); });
    resolved.notes << Text::tr("%n layer(s) of %1 are foreign and stay at their vendor: %2", nullptr, count)
                          .arg(image.line, places.join(QStringLiteral(", ")));
}

// A legacy manifest has no sizes: the source is asked, and where it does not say either, the bytes will tell.
Status ConvertResolver::findSizes(ConvertImage &image, RegistryClient &client) const
{
    for (Descriptor &blob : image.blobs) {
        if (blob.hasSize()) {
            continue;
        }
        if (const auto there = m_pool ? m_pool->blobSize(blob.digest) : std::nullopt) {
            blob.size = *there;
            continue;
        }
        const Result<std::optional<qint64>> told = client.blobSize(image.source, blob.digest);
        if (!told) {
            return told.error();
        }
        blob.size = told->value_or(Descriptor::unknownSize);
    }
    return {};
}

} // namespace layerpool
