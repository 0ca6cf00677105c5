// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/BundleEntries.h"
#include "bundle/BundlePath.h"

namespace layerpool {

/// Reads a bundle once, from its first entry to its last: a tar in the registry's storage layout, plain or
/// packed by gzip or zstd. Each entry is checked against the layout's grammar before a byte of it is used,
/// and one that does not belong there refuses the whole. A program that came along is hashed, must be the one
/// that the index lists, and goes nowhere. What is passed over of a blob is not read where the
/// file can be sought in.
class BundleReader final : public ImageSource
{
public:
    /// A pool of 100,000 tags has about half as many; each takes some memory until the end.
    static constexpr qint64 mostEntries = 8'000'000;
    /// Bytes of what a bundle lists of itself: about 200 for each blob and each link.
    static constexpr qint64 mostIndexBytes = 512 * 1024 * 1024;

    /// Errors: NotFound, BadInput, Storage.
    static Result<std::unique_ptr<BundleReader>> open(const QString &path, const CancelToken &cancel,
                                                      qint64 limit = mostEntries);

    Result<BundleContent> read(const OnBlob &onBlob) override;
    bool isCutShort() const override { return m_entries->isCutShort(); }
    qint64 position() const override { return m_entries->position(); }
    qint64 totalBytes() const override { return m_entries->fileBytes(); }

private:
    struct Links
    {
        std::vector<Digest> layers;
        std::vector<Digest> revisions;
        std::map<QString, Digest> tags;
    };

    BundleReader(QString path, std::unique_ptr<BundleEntries> entries, qint64 limit)
        : m_path(std::move(path)), m_entries(std::move(entries)), m_limit(limit)
    {
    }

    Status take(const BundleEntry &entry, const OnBlob &onBlob);
    Status takeBlob(const BundleEntry &entry, const Digest &digest, const OnBlob &onBlob);
    Status takeIndex(const BundleEntry &entry);
    Status takeTool(const BundleEntry &entry);
    Status takeLink(const BundleEntry &entry, const BundlePath &path);
    Result<Digest> readLink(const BundleEntry &entry);
    Result<QByteArray> readAll(const BundleEntry &entry);
    Status checkTool() const;
    Result<BundleContent> content();
    Error refused(const BundleEntry &entry, const QString &why) const;

    QString m_path;
    std::unique_ptr<BundleEntries> m_entries;
    qint64 m_limit; ///< of entries
    std::map<RepositoryName, Links> m_links;
    BundleContent m_content;
    std::optional<BundleContent> m_listed; ///< by its own index; none where it has none
};

} // namespace layerpool
