// SPDX-License-Identifier: Apache-2.0
#include "task/PushImage.h"

#include "base/Text.h"

#include <algorithm>
#include <set>

namespace layerpool {
namespace {

// A pool keeps what was signed, as a registry does, and no registry takes it without a signature.
Error cannotSign(const QString &line)
{
    return {ErrorKind::Unsupported, Text::tr("%1 cannot be pushed").arg(line),
            Text::tr("it is of Docker's legacy kind (schema 1), which registries refuse"),
            Text::tr("Pull it from a registry that runs over the pool, and build it anew")};
}

class Shaper
{
public:
    Shaper(const PoolIndex &index, PushImage &shaped) : m_index(index), m_shaped(shaped)
    {
        const Closure &closure = shaped.image.closure;
        m_present.insert(closure.manifests.begin(), closure.manifests.end());
    }

    void findAbsent()
    {
        for (const Digest &digest : m_shaped.image.closure.manifests) {
            for (const Descriptor &child : m_index.manifest(digest)->children()) {
                if (!m_present.contains(child.digest)) {
                    m_shaped.absent.push_back(child);
                }
            }
        }
    }

    // Children come before the index that names them, so what was made anew below is known above.
    Status rewrite()
    {
        std::map<Digest, Descriptor> kept;
        Closure &closure = m_shaped.image.closure;
        for (Digest &digest : closure.manifests) {
            const Manifest &old = *m_index.manifest(digest);
            const Digest before = digest;
            kept.emplace(before, Descriptor{old.mediaType(), before, old.size(), {}});
            const bool isAsItWas =
                std::all_of(old.children().begin(), old.children().end(), [&](const auto &child) {
                    const auto known = kept.find(child.digest);
                    return known != kept.end() && known->second.digest == child.digest;
                });
            if (isAsItWas) {
                continue;
            }
            Result<Manifest> made = rewrittenIndex(old, kept);
            if (!made) {
                return made.error();
            }
            kept[before] = {made->mediaType(), made->digest(), made->size(), {}};
            closure.bytes += made->size() - old.size();
            digest = made->digest();
            m_shaped.rewritten.emplace(digest, *std::move(made));
        }
        m_shaped.tags.front().digest = closure.manifests.back();
        return {};
    }

    Status takeChildren()
    {
        const QString tag = m_shaped.tags.front().tag;
        m_shaped.tags.clear();
        Closure closure;
        std::set<Digest> blobs;
        for (const Descriptor &child : leaves()) {
            const Manifest &manifest = *m_index.manifest(child.digest);
            QString own = childTag(tag, child);
            if (isTaken(own)) {
                own = childTag(tag, {child.mediaType, child.digest, child.size, {}});
            }
            if (!isTag(own)) {
                return Error{ErrorKind::BadInput,
                             Text::tr("%1 has no tag for its platforms").arg(m_shaped.image.line),
                             Text::tr("“%1” would be none").arg(own),
                             {}};
            }
            m_shaped.tags.push_back({own, child.digest, {}});
            closure.manifests.push_back(child.digest);
            closure.bytes += manifest.size();
            for (const Descriptor &blob : manifest.blobs()) {
                blobs.insert(blob.digest);
            }
        }
        for (const Descriptor &blob : m_shaped.image.closure.blobs) {
            if (blobs.contains(blob.digest)) {
                closure.blobs.push_back(blob);
                closure.bytes += blob.size;
            }
        }
        if (m_shaped.tags.empty()) {
            return Error{ErrorKind::Unsupported,
                         Text::tr("%1 has no platform to push").arg(m_shaped.image.line),
                         Text::tr("the pool holds none of its index"),
                         {}};
        }
        m_shaped.image.closure = std::move(closure);
        return {};
    }

    void findDropped(const Closure &before)
    {
        const std::vector<Digest> &now = m_shaped.image.closure.manifests;
        std::copy_if(
            before.manifests.begin(), before.manifests.end(), std::back_inserter(m_shaped.dropped),
            [&](const Digest &digest) { return std::find(now.begin(), now.end(), digest) == now.end(); });
    }

private:
    bool isTaken(const QString &tag) const
    {
        return std::any_of(m_shaped.tags.begin(), m_shaped.tags.end(),
                           [&](const PushTag &other) { return other.tag == tag; });
    }

    // The images below the root that the pool has, attestations left out; each digest once.
    std::vector<Descriptor> leaves() const
    {
        std::vector<Descriptor> found;
        std::set<Digest> seen;
        for (const Digest &digest : m_shaped.image.closure.manifests) {
            for (const Descriptor &child : m_index.manifest(digest)->children()) {
                const bool isLeaf =
                    m_present.contains(child.digest) && !m_index.manifest(child.digest)->isIndex();
                const bool isAttestation = child.platform && child.platform->isUnknown();
                if (isLeaf && !isAttestation && seen.insert(child.digest).second) {
                    found.push_back(child);
                }
            }
        }
        return found;
    }

    const PoolIndex &m_index;
    PushImage &m_shaped;
    std::set<Digest> m_present;
};

} // namespace

bool PushImage::hasOtherTag() const
{
    return std::any_of(tags.begin(), tags.end(), [](const PushTag &tag) { return tag.moves.has_value(); });
}

QString PushImage::absentPlatforms() const
{
    QStringList words;
    for (const Descriptor &child : absent) {
        const bool isAttestation = child.platform && child.platform->isUnknown();
        const QString word = isAttestation    ? Text::tr("attestations", "what an index is sent without")
                             : child.platform ? child.platform->toString()
                                              : child.digest.shortHex();
        if (!words.contains(word)) {
            words << word;
        }
    }
    return words.join(QStringLiteral(", "));
}

Result<Manifest> PushImage::manifest(const Pool &pool, const Digest &digest) const
{
    const auto own = rewritten.find(digest);
    return own == rewritten.end() ? pool.manifest(digest) : own->second;
}

QStringList keptNotes(const PushImage &image)
{
    QStringList notes;
    for (const PushTag &tag : image.tags) {
        if (tag.moves) {
            notes << Text::tr("%1 stays at %2 there (here it is %3)")
                         .arg(image.nameOf(tag), tag.moves->toString(), tag.digest.toString());
        }
    }
    return notes;
}

Result<PushImage> shapeForPush(const PoolIndex &index, const Selection::Image &image, const QString &prefix,
                               SparseIndexes sparse)
{
    if (index.manifest(image.tag.digest)->isLegacy()) {
        return cannotSign(image.line);
    }
    const std::optional<RepositoryName> name = image.tag.repository.below(prefix);
    if (!name) {
        return Error{ErrorKind::BadInput,
                     Text::tr("%1 has no name below %2").arg(image.line, prefix),
                     Text::tr("it would be longer than 255 characters"),
                     {}};
    }
    PushImage shaped;
    shaped.image = image;
    shaped.repository = *name;
    shaped.tags.push_back({image.tag.tag, image.tag.digest, {}});
    shaped.referrers = image.isReferrer ? index.referrersIn(image.tag, image.closure) : 0;
    Shaper shaper(index, shaped);
    shaper.findAbsent();
    Status done;
    if (shaped.isSparse() && sparse != SparseIndexes::AsTheyAre) {
        done =
            sparse == SparseIndexes::Rewrite || image.isReferrer ? shaper.rewrite() : shaper.takeChildren();
        shaper.findDropped(image.closure);
    }
    return done ? Result<PushImage>(std::move(shaped)) : done.error();
}

} // namespace layerpool
