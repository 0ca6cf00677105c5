// SPDX-License-Identifier: Apache-2.0
#include "pool/Selection.h"

#include "base/Text.h"
#include "pool/PoolHints.h"

#include <algorithm>
#include <map>
#include <set>

namespace layerpool {
namespace {

bool isOfBundle(const PoolIndex &index)
{
    return index.pool().contents() != nullptr;
}

// Without its path: a bundle's report tells it to other people.
Error notInPool(const PoolIndex &index, const QString &line)
{
    const QString what =
        isOfBundle(index) ? Text::tr("%1 is not in the bundle") : Text::tr("%1 is not in the pool");
    return {ErrorKind::NotFound, what.arg(line), {}, hintWhereAbsent(index.pool())};
}

Error incomplete(const PoolIndex &index, const QString &line, const Closure &closure)
{
    return {
        ErrorKind::Corrupt, Text::tr("%1 is not whole").arg(line),
        Text::tr("%n blob(s) are missing, %1 among them", nullptr, static_cast<int>(closure.missing.size()))
            .arg(closure.missing.front().toString()),
        hintWhereNotWhole(index.pool())};
}

Error otherDigest(const PoolIndex &index, const QString &line, const Digest &there)
{
    const QString what =
        isOfBundle(index) ? Text::tr("%1 is not in the bundle") : Text::tr("%1 is not in the pool");
    return {ErrorKind::NotFound, what.arg(line), Text::tr("the tag there is %1").arg(there.toString()),
            hintWhereAbsent(index.pool())};
}

// Which of a repository's tags refer to which of its manifests.
class ReferrerTable
{
public:
    ReferrerTable(const PoolIndex &index, const PoolRepository &repository)
    {
        for (const PoolTag &tag : repository.tags) {
            if (const auto named = ReferrerTag::parse(tag.tag)) {
                add(index, repository, tag, named->subject);
            }
        }
    }

    std::vector<const PoolTag *> of(const Digest &manifest) const
    {
        const auto found = m_tags.find(manifest);
        return found != m_tags.end() ? found->second : std::vector<const PoolTag *>();
    }
    /// Their subject is not known here, so they go with every image.
    const std::vector<const PoolTag *> &ofUnknown() const { return m_ofUnknown; }
    const std::vector<Manifest> &seenIndexes() const { return m_seenIndexes; }

private:
    // A signature is usually made on the index, of which the pool may keep just a child.
    void add(const PoolIndex &index, const PoolRepository &repository, const PoolTag &tag,
             const Digest &subject)
    {
        if (repository.revisions.contains(subject)) {
            m_tags[subject].push_back(&tag);
        } else if (const Result<Manifest> seen = index.pool().seenIndex(subject)) {
            std::set<Digest> visited{subject};
            addBelow(*seen, index.pool(), tag, visited);
        } else {
            m_ofUnknown.push_back(&tag);
        }
    }

    // The index may be of indexes: the inner ones come first. One that names the same child a thousand times
    // means it once.
    void addBelow(const Manifest &seen, const Pool &pool, const PoolTag &tag, std::set<Digest> &visited)
    {
        for (const Descriptor &child : seen.children()) {
            if (!visited.insert(child.digest).second) {
                continue;
            }
            m_tags[child.digest].push_back(&tag);
            if (mediatype::isIndex(child.mediaType)) {
                if (const Result<Manifest> inner = pool.seenIndex(child.digest)) {
                    addBelow(*inner, pool, tag, visited);
                }
            }
        }
        m_seenIndexes.push_back(seen);
    }

    std::map<Digest, std::vector<const PoolTag *>> m_tags;
    std::vector<const PoolTag *> m_ofUnknown;
    std::vector<Manifest> m_seenIndexes;
};

class Builder
{
public:
    Builder(const PoolIndex &index, TakeReferrers referrers) : m_index(index), m_referrers(referrers) {}

    void add(const QString &line, const PoolTag &tag)
    {
        if (!m_tags.insert(tag.toString()).second) {
            return; // another line means the same image
        }
        Closure closure = m_index.closure(tag);
        if (!closure.missing.empty()) {
            m_selection.absent.push_back({line, incomplete(m_index, line, closure)});
            return;
        }
        const std::vector<Digest> manifests = closure.manifests;
        take({tag, line, std::move(closure), false});
        if (m_referrers == TakeReferrers::Yes) {
            addReferrers(tag.repository, manifests);
        }
    }

    void refuse(const QString &line, Error error) { m_selection.absent.push_back({line, std::move(error)}); }

    Selection finish()
    {
        std::stable_sort(m_selection.blobs.begin(), m_selection.blobs.end(),
                         [](const Descriptor &a, const Descriptor &b) { return a.size > b.size; });
        for (const auto &[name, table] : m_tables) {
            m_selection.seenIndexes.insert(m_selection.seenIndexes.end(), table.seenIndexes().begin(),
                                           table.seenIndexes().end());
        }
        return std::move(m_selection);
    }

private:
    // What refers to a referrer is taken too.
    void addReferrers(const RepositoryName &repository, std::vector<Digest> subjects)
    {
        const ReferrerTable &table =
            m_tables.try_emplace(repository, m_index, *m_index.repository(repository)).first->second;
        for (const PoolTag *tag : table.ofUnknown()) {
            addReferrer(*tag, subjects);
        }
        while (!subjects.empty()) {
            const Digest subject = subjects.back();
            subjects.pop_back();
            for (const PoolTag *tag : table.of(subject)) {
                addReferrer(*tag, subjects);
            }
        }
    }

    void addReferrer(const PoolTag &tag, std::vector<Digest> &subjects)
    {
        if (!m_tags.insert(tag.toString()).second) {
            return;
        }
        Closure closure = m_index.closure(tag);
        if (!closure.missing.empty()) {
            m_selection.absent.push_back({tag.toString(), incomplete(m_index, tag.toString(), closure)});
            return;
        }
        subjects.insert(subjects.end(), closure.manifests.begin(), closure.manifests.end());
        m_selection.referrers += m_index.referrersIn(tag, closure);
        take({tag, tag.toString(), std::move(closure), true});
    }

    void take(Selection::Image image)
    {
        for (const Digest &digest : image.closure.manifests) {
            const Descriptor manifest = m_index.descriptorOf(*m_index.manifestOf(digest));
            addBlob({manifest.mediaType, digest, manifest.size});
        }
        std::for_each(image.closure.blobs.begin(), image.closure.blobs.end(),
                      [this](const Descriptor &blob) { addBlob(blob); });
        m_selection.nominalBytes += image.closure.bytes;
        m_selection.images.push_back(std::move(image));
    }

    void addBlob(const Descriptor &blob)
    {
        if (m_seen.insert(blob.digest).second) {
            m_selection.storedBytes += blob.size;
            m_selection.blobs.push_back(blob);
        }
    }

    const PoolIndex &m_index;
    const TakeReferrers m_referrers;
    Selection m_selection;
    std::set<Digest> m_seen;
    std::set<QString> m_tags;
    std::map<RepositoryName, ReferrerTable> m_tables;
};

} // namespace

int Selection::imageCount() const
{
    return static_cast<int>(
        std::count_if(images.begin(), images.end(), [](const Image &image) { return !image.isReferrer; }));
}

Selection Selection::ofList(const PoolIndex &index, const ImagesList &list, TakeReferrers referrers)
{
    Builder builder(index, referrers);
    for (const ListLine &line : list.images()) {
        const std::vector<const PoolTag *> tags = index.findAll(line.reference);
        if (tags.empty()) {
            builder.refuse(line.text, notInPool(index, line.text));
        }
        for (const PoolTag *tag : tags) {
            const std::optional<Digest> &pinned = line.reference.digest;
            if (pinned && tag->digest != *pinned) {
                builder.refuse(line.text, otherDigest(index, line.text, tag->digest));
            } else {
                const bool isMatch = line.reference.pattern.has_value();
                builder.add(isMatch ? line.reference.withTag(tag->tag).toString() : line.text, *tag);
            }
        }
    }
    Selection selection = builder.finish();
    selection.isOfList = true;
    return selection;
}

Selection Selection::ofTags(const PoolIndex &index, const std::vector<PoolTag> &tags, TakeReferrers referrers)
{
    Builder builder(index, referrers);
    for (const PoolTag &tag : tags) {
        const PoolTag *there = index.tag(tag.repository, tag.tag);
        if (there != nullptr) {
            builder.add(tag.toString(), *there);
        } else {
            builder.refuse(tag.toString(), notInPool(index, tag.toString()));
        }
    }
    return builder.finish();
}

// Referrers whose image is gone stay behind, as garbage would.
Selection Selection::ofAll(const PoolIndex &index, TakeReferrers referrers)
{
    std::vector<PoolTag> images = index.allTags();
    std::erase_if(images, [](const PoolTag &tag) { return tag.isReferrer(); });
    return ofTags(index, images, referrers);
}

} // namespace layerpool
