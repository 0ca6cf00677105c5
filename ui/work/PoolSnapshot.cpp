// SPDX-License-Identifier: Apache-2.0
#include "work/PoolSnapshot.h"

namespace layerpool {
namespace {

// Adds the closure's parts that are there and were not counted before.
qint64 addUnique(const PoolIndex &index, const Closure &closure, std::set<Digest> &counted)
{
    qint64 bytes = 0;
    for (const Digest &digest : closure.manifests) {
        const Manifest *manifest = index.manifest(digest);
        if (manifest && counted.insert(digest).second) {
            bytes += manifest->size();
        }
    }
    for (const Descriptor &blob : closure.blobs) {
        if (index.hasBlob(blob.digest) && counted.insert(blob.digest).second) {
            bytes += blob.size;
        }
    }
    return bytes;
}

} // namespace

Result<std::shared_ptr<const PoolSnapshot>> PoolSnapshot::read(const QString &path, PoolOpening opening,
                                                               const CancelToken &cancel)
{
    const Result<Pool> pool = opening == PoolOpening::MayCreate ? Pool::openOrCreate(path) : Pool::open(path);
    if (!pool) {
        return pool.error();
    }
    Result<std::shared_ptr<const PoolIndex>> index = PoolIndex::read(*pool, cancel);
    if (!index) {
        return index.error();
    }
    return of(*std::move(index));
}

std::shared_ptr<const PoolSnapshot> PoolSnapshot::of(std::shared_ptr<const PoolIndex> index)
{
    auto snapshot = std::make_shared<PoolSnapshot>();
    for (const PoolRepository &repository : index->repositories()) {
        std::set<Digest> counted;
        qint64 bytes = 0;
        std::vector<qint64> tagBytes;
        tagBytes.reserve(repository.tags.size());
        for (const PoolTag &tag : repository.tags) {
            const Closure closure = index->closure(tag);
            bytes += addUnique(*index, closure, counted);
            tagBytes.push_back(closure.bytes);
        }
        snapshot->repositoryBytes.push_back(bytes);
        snapshot->tagBytes.push_back(std::move(tagBytes));
    }
    snapshot->index = std::move(index);
    return snapshot;
}

} // namespace layerpool
