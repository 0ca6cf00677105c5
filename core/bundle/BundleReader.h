// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/BundleContent.h"
#include "bundle/BundlePath.h"
#include "bundle/TarReader.h"
#include "image/Descriptor.h"

#include <functional>

namespace layerpool {

/// Reads a bundle once, from its first entry to its last: a tar in the registry's storage layout, plain or
/// packed by gzip or zstd. Each entry is checked against the layout's grammar before a byte of it is used,
/// and one that does not belong there refuses the whole. For one thread.
class BundleReader
{
public:
    /// Called with each blob, before its bytes; what it leaves of them is passed over, by seeking where that
    /// is possible. A blob that stands there twice comes twice. An error of kind Corrupt refuses the bundle.
    using OnBlob = std::function<Status(const Descriptor &blob, TarReader &bytes)>;

    /// A pool of 100,000 tags has about half as many; each takes some memory until the end.
    static constexpr qint64 mostEntries = 8'000'000;
    /// Bytes of what a bundle lists of itself: about 200 for each blob and each link.
    static constexpr qint64 mostIndexBytes = 512 * 1024 * 1024;

    /// Errors: NotFound, BadInput, Storage.
    static Result<std::unique_ptr<BundleReader>> open(const QString &path, const CancelToken &cancel,
                                                      qint64 limit = mostEntries);

    /// Once. Errors: BadInput (refused, or cut short), Storage, Cancelled, those of `onBlob`.
    Result<BundleContent> read(const OnBlob &onBlob);

    /// Why the last error came: the file ends too early, and the rest of it may follow.
    bool isCutShort() const { return m_tar.isCutShort(); }
    /// How much of the file was read, and how long it is; bytes.
    qint64 position() const { return m_tar.position(); }
    qint64 fileBytes() const { return m_tar.fileBytes(); }

private:
    struct Links
    {
        std::vector<Digest> layers;
        std::vector<Digest> revisions;
        std::map<QString, Digest> tags;
    };

    BundleReader(const QString &path, std::unique_ptr<BundleStream> stream, const CancelToken &cancel,
                 qint64 limit)
        : m_tar(path, std::move(stream), cancel), m_limit(limit)
    {
    }

    Status take(const TarEntry &entry, const OnBlob &onBlob);
    Status takeBlob(const TarEntry &entry, const Digest &digest, const OnBlob &onBlob);
    Status takeIndex(const TarEntry &entry);
    Status takeLink(const TarEntry &entry, const BundlePath &path);
    Result<Digest> readLink(const TarEntry &entry);
    Result<QByteArray> readAll(const TarEntry &entry);
    Result<BundleContent> content();
    Error refused(const TarEntry &entry, const QString &why) const;

    TarReader m_tar;
    qint64 m_limit; ///< of entries
    std::map<RepositoryName, Links> m_links;
    BundleContent m_content;
    std::optional<BundleContent> m_listed; ///< by its own index; none where it has none
};

} // namespace layerpool
