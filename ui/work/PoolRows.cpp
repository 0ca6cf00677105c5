// SPDX-License-Identifier: Apache-2.0
#include "work/PoolRows.h"

#include <algorithm>
#include <numeric>

namespace layerpool {
namespace {

/// Puts positions in the order of their keys; equals stay in the order of their names.
template <typename Key>
void sortBy(std::vector<int> &positions, bool isDescending, Key keyOf)
{
    std::vector<std::pair<qint64, int>> keyed;
    keyed.reserve(positions.size());
    for (const int position : positions) {
        keyed.emplace_back(keyOf(position), position);
    }
    std::stable_sort(keyed.begin(), keyed.end(), [isDescending](const auto &a, const auto &b) {
        return isDescending ? a.first > b.first : a.first < b.first;
    });
    std::transform(keyed.begin(), keyed.end(), positions.begin(),
                   [](const auto &pair) { return pair.second; });
}

void sortByName(std::vector<int> &positions, const PoolQuery &query)
{
    if (query.isDescending()) { // an index has its names in order
        std::reverse(positions.begin(), positions.end());
    }
}

qint64 newestOf(const PoolIndex &index, const PoolRepository &repository)
{
    qint64 newest = PoolManifest::noTime;
    for (const PoolTag &tag : repository.tags) {
        newest = std::max(newest, index.createdOf(tag.digest));
    }
    return newest;
}

QDateTime timeOf(qint64 created)
{
    return created == PoolManifest::noTime ? QDateTime() : QDateTime::fromMSecsSinceEpoch(created, Qt::UTC);
}

/// Of every tag, whether it answers the query.
std::vector<bool> matchingTags(const PoolIndex &index, const PoolQuery &query)
{
    std::vector<bool> matching;
    for (const PoolRepository &repository : index.repositories()) {
        const bool isNamed = query.matches(repository.name.toString());
        for (const PoolTag &tag : repository.tags) {
            matching.push_back(isNamed || query.matches(tag.toString()));
        }
    }
    return matching;
}

std::vector<int> matchingBlobs(const PoolIndex &index, const PoolQuery &query)
{
    const std::vector<bool> isMatch = matchingTags(index, query);
    std::vector<int> positions;
    for (std::size_t i = 0; i < index.usage().blobs().size(); ++i) {
        const PoolUsage::Blob &blob = index.usage().blobs()[i];
        const auto users = index.usage().usersOf(blob);
        if (std::any_of(users.begin(), users.end(), [&](int tag) { return isMatch[std::size_t(tag)]; }) ||
            query.matches(blob.digest.toString())) {
            positions.push_back(int(i));
        }
    }
    return positions;
}

} // namespace

QDateTime createdOf(const PoolIndex &index, const PoolTag &tag)
{
    return timeOf(index.createdOf(tag.digest));
}

QDateTime createdOf(const PoolIndex &index, const PoolRepository &repository)
{
    return timeOf(newestOf(index, repository));
}

QStringList namesOf(const PoolRepository &repository)
{
    QStringList names;
    for (const PoolTag &tag : repository.tags) {
        if (!tag.isReferrer()) {
            names << tag.toString();
        }
    }
    return names;
}

int usersOf(const PoolIndex &index, int blob)
{
    const PoolManifests &manifests = index.manifests();
    if (blob == PoolManifests::notThere || !manifests.isThere(blob)) {
        return 0;
    }
    int most = index.blobs()[std::size_t(blob)].users;
    if (const PoolManifest *manifest = manifests.at(blob)) {
        for (const PoolPart &part : manifests.partsOf(*manifest)) {
            most = std::max(most, usersOf(index, part.blob));
        }
    }
    return most;
}

int usersOf(const PoolIndex &index, const PoolTag &tag)
{
    return usersOf(index, index.positionOf(tag.digest));
}

int usersOf(const PoolIndex &index, const PoolRepository &repository)
{
    int most = 0;
    for (const PoolTag &tag : repository.tags) {
        most = std::max(most, usersOf(index, tag));
    }
    return most;
}

PoolRows PoolRows::of(std::shared_ptr<const PoolIndex> index, PoolQuery query)
{
    PoolRows found{std::move(index), std::move(query), {}, {}, 0};
    if (!found.index) {
        return found;
    }
    const auto &all = found.index->repositories();
    std::vector<int> shownTags(all.size());
    std::vector<int> positions;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const bool isNamed = found.query.matches(all[i].name.toString());
        shownTags[i] =
            int(isNamed ? std::ptrdiff_t(all[i].tags.size())
                        : std::count_if(all[i].tags.begin(), all[i].tags.end(), [&](const PoolTag &tag) {
                              return found.query.matches(tag.toString());
                          }));
        if (isNamed || shownTags[i] > 0) {
            positions.push_back(int(i));
        }
    }
    const PoolUsage &usage = found.index->usage();
    switch (found.query.key) {
    case PoolKey::Name:
    case PoolKey::Digest: // a repository has none: its tags do
    case PoolKey::Kind:
        sortByName(positions, found.query);
        break;
    case PoolKey::Shared:
        sortBy(positions, found.query.isDescending(),
               [&](int i) { return usersOf(*found.index, all[std::size_t(i)]); });
        break;
    case PoolKey::Size:
        sortBy(positions, found.query.isDescending(), [&](int i) { return usage.repository(i).bytes; });
        break;
    case PoolKey::Unique:
        sortBy(positions, found.query.isDescending(), [&](int i) { return usage.repository(i).uniqueBytes; });
        break;
    case PoolKey::Created:
        sortBy(positions, found.query.isDescending(),
               [&](int i) { return newestOf(*found.index, all[std::size_t(i)]); });
        break;
    }
    found.rows.assign(all.size(), -1);
    for (const int position : positions) {
        found.rows[std::size_t(position)] = int(found.repositories.size());
        found.repositories.push_back({position, shownTags[std::size_t(position)]});
        found.tags += shownTags[std::size_t(position)];
    }
    return found;
}

std::vector<int> PoolRows::tagsOf(int repository) const
{
    const PoolRepository &owner = index->repositories()[std::size_t(repository)];
    const bool isNamed = query.matches(owner.name.toString());
    std::vector<int> tagsShown;
    for (std::size_t i = 0; i < owner.tags.size(); ++i) {
        if (isNamed || query.matches(owner.tags[i].toString())) {
            tagsShown.push_back(int(i));
        }
    }
    const int first = index->firstTagOf(repository);
    const PoolUsage &usage = index->usage();
    switch (query.key) {
    case PoolKey::Name:
    case PoolKey::Kind:
        sortByName(tagsShown, query);
        break;
    case PoolKey::Shared:
        sortBy(tagsShown, query.isDescending(),
               [&](int i) { return usersOf(*index, owner.tags[std::size_t(i)]); });
        break;
    case PoolKey::Digest: // an index has its digests in order
        sortBy(tagsShown, query.isDescending(),
               [&](int i) { return index->positionOf(owner.tags[std::size_t(i)].digest); });
        break;
    case PoolKey::Size:
        sortBy(tagsShown, query.isDescending(), [&](int i) { return usage.tag(first + i).bytes; });
        break;
    case PoolKey::Unique:
        sortBy(tagsShown, query.isDescending(), [&](int i) { return usage.tag(first + i).uniqueBytes; });
        break;
    case PoolKey::Created:
        sortBy(tagsShown, query.isDescending(),
               [&](int i) { return index->createdOf(owner.tags[std::size_t(i)].digest); });
        break;
    }
    return tagsShown;
}

BlobRows BlobRows::of(std::shared_ptr<const PoolIndex> index, PoolQuery query)
{
    BlobRows found{std::move(index), std::move(query), {}, {}, {}, 0};
    if (!found.index) {
        return found;
    }
    const auto &all = found.index->usage().blobs();
    found.blobs = matchingBlobs(*found.index, found.query);
    for (const int position : found.blobs) {
        found.bytes += all[std::size_t(position)].bytes;
    }
    const auto at = [&all](int i) -> const PoolUsage::Blob & { return all[std::size_t(i)]; };
    switch (found.query.key) {
    case PoolKey::Size:
        sortBy(found.blobs, found.query.isDescending(), [&](int i) { return at(i).bytes; });
        break;
    case PoolKey::Shared:
        sortBy(found.blobs, found.query.isDescending(), [&](int i) { return at(i).users; });
        break;
    case PoolKey::Unique:
        sortBy(found.blobs, found.query.isDescending(),
               [&](int i) { return at(i).users == 1 ? at(i).bytes : 0; });
        break;
    case PoolKey::Kind:
        sortBy(found.blobs, found.query.isDescending(), [&](int i) { return qint64(at(i).role); });
        break;
    case PoolKey::Name:
    case PoolKey::Digest:
    case PoolKey::Created:
        sortByName(found.blobs, found.query); // a blob is named by its digest
        break;
    }
    found.rows.assign(all.size(), -1);
    found.users.reserve(found.blobs.size());
    for (std::size_t row = 0; row < found.blobs.size(); ++row) {
        found.rows[std::size_t(found.blobs[row])] = int(row);
        found.users.push_back(at(found.blobs[row]).users);
    }
    return found;
}

} // namespace layerpool
