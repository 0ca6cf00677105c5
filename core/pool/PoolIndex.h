// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "image/ImageReference.h"
#include "pool/PoolScan.h"
#include "pool/PoolUsage.h"

#include <map>
#include <mutex>
#include <optional>

namespace layerpool {

/// All that an image is made of.
struct Closure
{
    std::vector<Digest> manifests;   ///< children before the index that names them; the root last
    std::vector<Descriptor> blobs;   ///< configs and layers, each digest once, of the size they have
    std::vector<Descriptor> foreign; ///< layers that stay at their vendor's: the image is whole without
    std::vector<Digest> missing;     ///< manifests that cannot be read, and blobs that are not there
    qint64 bytes = 0;                ///< of the manifests and blobs that are there
};

/// What is stored and what it would be without sharing.
struct PoolTotals
{
    qint64 images = 0;    ///< tags, without those of referrers
    qint64 referrers = 0; ///< signatures and the like
    qint64 repositories = 0;
    qint64 blobs = 0;        ///< files under blobs/, manifests too
    qint64 storedBytes = 0;  ///< of all blobs
    qint64 nominalBytes = 0; ///< the sum of every image on its own
    qint64 unusedBlobs = 0;  ///< that no tag needs
    qint64 unusedBytes = 0;
    qint64 leftOutBlobs = 0; ///< that a bundle's images need and the far side has: not stored
    qint64 leftOutBytes = 0;

    /// What the images need, each blob once.
    qint64 neededBytes() const { return storedBytes - unusedBytes + leftOutBytes; }
    qint64 savedBytes() const { return std::max<qint64>(0, nominalBytes - neededBytes()); }
};

/// A manifest of one platform, as an index would speak of it.
struct PoolImage
{
    Descriptor descriptor; ///< its platform is its config's
    QDateTime created;     ///< invalid where nobody says
};

/// What there is in a pool at one moment: a value that never changes after `read`, so any thread may look at
/// it while the pool goes on.
class PoolIndex
{
public:
    using Ptr = std::shared_ptr<const PoolIndex>;
    using OnNames = std::function<void(Ptr)>;

    /// Walks the pool. Damaged links and manifests are noted in `damage`, and do not end the walk.
    /// `onNames` is called in the meantime, in this thread, with an index of repositories and tags alone; in
    /// a large pool first with one of the first of them.
    /// Errors: Storage, Cancelled.
    static Result<Ptr> read(const Pool &pool, const CancelToken &cancel = {}, const OnNames &onNames = {});

    /// Whether more than names is known: digests, sizes and who needs what.
    bool isWhole() const { return m_isWhole; }
    const Pool &pool() const { return m_pool; }
    const QString &path() const { return m_pool.path(); }
    /// By name.
    const std::vector<PoolRepository> &repositories() const { return m_scan.repositories; }
    const PoolRepository *repository(const RepositoryName &name) const;
    const PoolTag *tag(const RepositoryName &name, const QString &tag) const;
    /// The tag that a list's line means (cli.md's order of names), null where the pool has none.
    const PoolTag *find(const ImageReference &reference) const;
    /// The same for a line with a pattern too: all tags that match in the first repository that has one.
    std::vector<const PoolTag *> findAll(const ImageReference &reference) const;
    std::vector<PoolTag> allTags() const;

    /// Null where the pool has no such manifest, or cannot read it. Read from the disk when it is first asked
    /// for, so not for the window's thread; one that has gone since says nothing. It lives as long as the
    /// index.
    const Manifest *manifest(const Digest &digest) const;
    /// What all manifests say, in short; by the positions of digests.
    const PoolManifests &manifests() const { return m_scan.manifests; }
    /// PoolManifests::notThere where neither the pool nor any of its manifests knows of it.
    int positionOf(const Digest &digest) const;
    const Digest &digestAt(int position) const;
    /// Null where it is no manifest, or can't be read.
    const PoolManifest *manifestOf(const Digest &digest) const
    {
        return m_scan.manifests.at(positionOf(digest));
    }
    Descriptor descriptorOf(const PoolPart &part) const;
    /// Its size is that of its bytes.
    Descriptor descriptorOf(const PoolManifest &manifest) const;
    /// Nothing where the manifest is an index's, or can't be read.
    std::optional<PoolImage> image(const Digest &digest) const;
    /// When an image was made, as its config says; of an index, the newest of its images. Milliseconds since
    /// 1970, PoolManifest::noTime where nobody says.
    qint64 createdOf(const Digest &digest) const;

    /// Every blob there is, used or not, in the order of the digests.
    const std::vector<PoolBlob> &blobs() const { return m_usage.blobs(); }
    bool hasBlob(const Digest &digest) const { return m_usage.find(digest) != nullptr; }
    /// Whether it is a layer that a bundle's images need, and that it leaves to the far side.
    bool isLeftOut(const Digest &digest) const;
    /// The bytes that a config or layer has here, else those that are declared; 0 where nobody says.
    qint64 sizeOf(const Descriptor &blob) const;
    qint64 sizeOf(const PoolPart &part) const;
    /// How many of the pool's images need the digest.
    int usersOf(const Digest &digest) const;
    /// Who needs what.
    const PoolUsage &usage() const { return m_usage; }
    /// The position of a repository's first tag among all tags; `repository` is its own position.
    int firstTagOf(int repository) const { return m_firstTags[std::size_t(repository)]; }
    /// Of one of the index's own tags, its position among all.
    int positionOf(const PoolTag &tag) const;
    /// By its position among all tags.
    const PoolTag &tagAt(int position) const;
    /// The position of the tag's repository, by the tag's.
    int repositoryOf(int tag) const;

    /// An index in a pool may be sparse: a child without a revision link in the repository is not part of it.
    Closure closure(const PoolTag &tag) const;
    /// How many signatures and the like a referrer's tag stands for: the index that lists them is none.
    qint64 referrersIn(const PoolTag &tag, const Closure &closure) const;
    qint64 sizeOf(const PoolTag &tag) const { return closure(tag).bytes; }

    const PoolTotals &totals() const { return m_totals; }
    const std::vector<Error> &damage() const { return m_scan.damage; }

private:
    PoolIndex(Pool pool, PoolScan scan);
    PoolIndex(Pool pool, std::vector<PoolRepository> names);

    void findFirstTags();
    void count();

    Pool m_pool;
    PoolScan m_scan; ///< its blobs have gone to m_usage
    bool m_isWhole = true;
    std::vector<int> m_firstTags; ///< of each repository, the position of its first tag among all
    PoolUsage m_usage;
    PoolTotals m_totals;
    mutable std::mutex m_mutex;
    mutable std::map<Digest, Manifest> m_read; ///< guarded by the mutex; grows and never shrinks
};

} // namespace layerpool
