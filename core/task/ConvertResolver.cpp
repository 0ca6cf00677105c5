// SPDX-License-Identifier: Apache-2.0
#include "task/ConvertResolver.h"

#include "pool/PoolLayout.h"

#include <algorithm>

namespace layerpool {
namespace {

// One child a wanted platform: the first that serves it, as every client chooses.
Result<std::vector<Descriptor>> choose(const Manifest &index, const std::vector<Platform> &wanted)
{
    std::vector<Descriptor> chosen;
    for (const Platform &platform : wanted) {
        const auto found =
            std::find_if(index.children().begin(), index.children().end(), [&](const Descriptor &child) {
                return child.platform && child.platform->serves(platform);
            });
        if (found == index.children().end()) {
            QStringList there;
            for (const Descriptor &child : index.children()) {
                if (child.platform && !child.platform->isUnknown()) {
                    there << child.platform->toString();
                }
            }
            return Error{ErrorKind::NotFound, Text::tr("There is no image for %1").arg(platform.toString()),
                         there.isEmpty() ? Text::tr("its index names no platform")
                                         : Text::tr("there are %1").arg(there.join(QStringLiteral(", "))),
                         Text::tr("Choose another platform")};
        }
        if (std::none_of(chosen.begin(), chosen.end(),
                         [&](const Descriptor &c) { return c.digest == found->digest; })) {
            chosen.push_back(*found);
        }
    }
    return chosen;
}

Error tooDeep(const Manifest &index)
{
    return {ErrorKind::Unsupported,
            Text::tr("The index %1 is nested too deeply").arg(index.digest().toString()),
            {},
            {}};
}

// A registry keeps what is named by sha512 in a way of its own: refused rather than kept where nobody finds
// it.
Status onlySha256(const ConvertImage &image)
{
    for (const Descriptor &blob : image.blobs) {
        if (blob.digest.algorithm() != Digest::Algorithm::Sha256) {
            return Error{ErrorKind::Unsupported,
                         Text::tr("%1 cannot be kept in a pool").arg(image.line),
                         Text::tr("its layer %1 is not named by sha256").arg(blob.digest.toString()),
                         {}};
        }
    }
    return {};
}

void takeBlobs(const Manifest &manifest, std::vector<Descriptor> &blobs)
{
    const auto add = [&](const Descriptor &blob) {
        if (std::none_of(blobs.begin(), blobs.end(),
                         [&](const Descriptor &b) { return b.digest == blob.digest; })) {
            blobs.push_back(blob);
        }
    };
    add(manifest.config());
    std::for_each(manifest.layers().begin(), manifest.layers().end(), add);
}

} // namespace

Result<ConvertResolver::Resolved> ConvertResolver::resolve(const ListLine &line, RegistryClient &client) const
{
    const Result<std::vector<RemoteRepository>> sources = m_request.naming.remotes(line.reference);
    if (!sources) {
        return sources.error();
    }
    QStringList notes;
    for (const RemoteRepository &source : *sources) {
        Result<Resolved> resolved = resolveAt(line, source, client);
        const bool isLast = &source == &sources->back();
        if (!resolved && (isLast || resolved.error().kind == ErrorKind::Cancelled)) {
            return resolved;
        }
        if (resolved) {
            resolved->notes = notes + resolved->notes;
            return resolved;
        }
        notes << Text::tr("%1: not taken from the mirror %2 (%3)")
                     .arg(line.text, source.host, resolved.error().why);
    }
    return Error{ErrorKind::BadInput, Text::tr("%1 has no source").arg(line.text), {}, {}};
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
    if (Status taken = take(*root, line, 0, image, client); !taken) {
        return taken.error();
    }
    if (Status sane = onlySha256(image); !sane) {
        return sane.error();
    }
    image.isThere = isThere(image);
    if (!line.reference.tag.isEmpty() && line.reference.digest) {
        const Result<std::optional<Digest>> now = client.manifestDigest(source, line.reference.tag);
        if (now && *now && **now != *line.reference.digest) {
            resolved.notes << Text::tr("%1: the tag has moved on at %2, to %3")
                                  .arg(line.text, source.host, (*now)->toString());
        }
    }
    return resolved;
}

// Bytes that are known need not come again: one HEAD tells whether the tag still points at them.
Result<Manifest> ConvertResolver::rootManifest(const ListLine &line, const ConvertImage &image,
                                               RegistryClient &client) const
{
    if (line.reference.digest) {
        return fetch(*line.reference.digest, image, client);
    }
    if (m_pool) {
        const Result<std::optional<Digest>> current = m_pool->tagDigest(image.repository, image.tag);
        if (current && *current) {
            const Result<std::optional<Digest>> now = client.manifestDigest(image.source, line.reference.tag);
            if (!now) {
                return now.error();
            }
            if (*now) {
                return fetch(**now, image, client);
            }
        }
    }
    return client.manifest(image.source, line.reference.tag);
}

Result<Manifest> ConvertResolver::fetch(const Digest &digest, const ConvertImage &image,
                                        RegistryClient &client) const
{
    if (m_pool) {
        if (Result<Manifest> there = m_pool->manifest(digest)) {
            return there;
        }
        if (Result<Manifest> seen = m_pool->seenIndex(digest)) {
            return seen;
        }
    }
    return client.manifest(image.source, digest.toString());
}

Status ConvertResolver::take(const Manifest &root, const ListLine &line, int depth, ConvertImage &image,
                             RegistryClient &client) const
{
    const PlatformChoice &choice = m_request.platforms;
    image.root = root.digest();
    if (!root.isIndex()) {
        image.manifests = {root};
        takeBlobs(root, image.blobs);
        return {};
    }
    // A pinned digest must go on resolving, so its index stays, and whole, unless platforms were asked for.
    const bool isPinned = line.reference.digest.has_value();
    if (choice.all || (isPinned && choice.platforms.empty())) {
        return takeChildren(root, root.children(), 0, image, client);
    }
    const Result<std::vector<Descriptor>> chosen = choose(root, choice.wanted());
    if (!chosen) {
        return chosen.error();
    }
    if (choice.keepsIndex() || isPinned) {
        return takeChildren(root, *chosen, 0, image, client);
    }
    Result<Manifest> child = fetch(chosen->front().digest, image, client);
    if (!child) {
        return child.error();
    }
    if (child->isIndex()) {
        return depth < Manifest::maxIndexDepth ? take(*child, line, depth + 1, image, client)
                                               : Status(tooDeep(root));
    }
    image.seenIndex = root;
    image.root = child->digest();
    takeBlobs(*child, image.blobs);
    image.manifests = {*std::move(child)};
    return {};
}

Status ConvertResolver::takeChildren(const Manifest &index, const std::vector<Descriptor> &children,
                                     int depth, ConvertImage &image, RegistryClient &client) const
{
    if (depth > Manifest::maxIndexDepth) {
        return tooDeep(index);
    }
    for (const Descriptor &descriptor : children) {
        const bool isTaken =
            std::any_of(image.manifests.begin(), image.manifests.end(),
                        [&](const Manifest &manifest) { return manifest.digest() == descriptor.digest; });
        if (isTaken) { // an index may name a child twice
            continue;
        }
        Result<Manifest> child = fetch(descriptor.digest, image, client);
        if (!child) {
            return child.error();
        }
        if (child->isIndex()) {
            if (Status taken = takeChildren(*child, child->children(), depth + 1, image, client); !taken) {
                return taken;
            }
        } else {
            takeBlobs(*child, image.blobs);
            image.manifests.push_back(*std::move(child));
        }
    }
    image.manifests.push_back(index);
    return {};
}

bool ConvertResolver::isThere(const ConvertImage &image) const
{
    if (!m_pool) {
        return false;
    }
    const Result<std::optional<Digest>> current = m_pool->tagDigest(image.repository, image.tag);
    return current && *current == image.root &&
           std::all_of(image.manifests.begin(), image.manifests.end(),
                       [&](const Manifest &manifest) {
                           return m_pool->blobSize(manifest.digest()) == manifest.size() &&
                                  m_pool->hasRevision(image.repository, manifest.digest());
                       }) &&
           std::all_of(image.blobs.begin(), image.blobs.end(), [&](const Descriptor &blob) {
               return m_pool->blobSize(blob.digest) == blob.size &&
                      m_pool->hasLayerLink(image.repository, blob.digest);
           });
}

} // namespace layerpool
