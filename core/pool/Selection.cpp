// SPDX-License-Identifier: Apache-2.0
#include "pool/Selection.h"

#include "base/Text.h"

#include <algorithm>

namespace layerpool {
namespace {

Error notInPool(const PoolIndex &index, const QString &line)
{
    return {ErrorKind::NotFound,
            Text::tr("%1 is not in the pool %2").arg(line, index.pool().path()),
            {},
            Text::tr("Convert it first")};
}

Error incomplete(const QString &line, const Closure &closure)
{
    return {
        ErrorKind::Corrupt, Text::tr("%1 is not whole").arg(line),
        Text::tr("%n blob(s) are missing, %1 among them", nullptr, static_cast<int>(closure.missing.size()))
            .arg(closure.missing.front().toString()),
        Text::tr("Convert it again: what is missing is fetched")};
}

Error otherDigest(const QString &line, const Digest &there)
{
    return {ErrorKind::NotFound, Text::tr("%1 is not in the pool").arg(line),
            Text::tr("the tag there is %1").arg(there.toString()), Text::tr("Convert it first")};
}

class Builder
{
public:
    explicit Builder(const PoolIndex &index) : m_index(index) {}

    void add(const QString &line, const PoolTag &tag)
    {
        if (!m_tags.insert(tag.toString()).second) {
            return; // another line means the same image
        }
        Closure closure = m_index.closure(tag);
        if (!closure.missing.empty()) {
            m_selection.absent.push_back({line, incomplete(line, closure)});
            return;
        }
        for (const Digest &digest : closure.manifests) {
            const Manifest *manifest = m_index.manifest(digest);
            addBlob({manifest->mediaType(), digest, manifest->size(), {}});
        }
        std::for_each(closure.blobs.begin(), closure.blobs.end(),
                      [this](const Descriptor &blob) { addBlob(blob); });
        m_selection.nominalBytes += closure.bytes;
        m_selection.images.push_back({tag, line, std::move(closure)});
    }

    void refuse(const QString &line, Error error) { m_selection.absent.push_back({line, std::move(error)}); }

    Selection finish()
    {
        std::stable_sort(m_selection.blobs.begin(), m_selection.blobs.end(),
                         [](const Descriptor &a, const Descriptor &b) { return a.size > b.size; });
        return std::move(m_selection);
    }

private:
    void addBlob(const Descriptor &blob)
    {
        if (m_seen.insert(blob.digest).second) {
            m_selection.storedBytes += blob.size;
            m_selection.blobs.push_back(blob);
        }
    }

    const PoolIndex &m_index;
    Selection m_selection;
    std::set<Digest> m_seen;
    std::set<QString> m_tags;
};

} // namespace

Selection Selection::ofList(const PoolIndex &index, const ImagesList &list)
{
    Builder builder(index);
    for (const ListLine &line : list.images()) {
        const std::vector<const PoolTag *> tags = index.findAll(line.reference);
        if (tags.empty()) {
            builder.refuse(line.text, notInPool(index, line.text));
        }
        for (const PoolTag *tag : tags) {
            const std::optional<Digest> &pinned = line.reference.digest;
            if (pinned && tag->digest != *pinned) {
                builder.refuse(line.text, otherDigest(line.text, tag->digest));
            } else {
                const bool isMatch = line.reference.pattern.has_value();
                builder.add(isMatch ? line.reference.withTag(tag->tag).toString() : line.text, *tag);
            }
        }
    }
    return builder.finish();
}

Selection Selection::ofTags(const PoolIndex &index, const std::vector<PoolTag> &tags)
{
    Builder builder(index);
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

Selection Selection::ofAll(const PoolIndex &index)
{
    return ofTags(index, index.allTags());
}

} // namespace layerpool
