// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/BundleBytes.h"
#include "bundle/BundleStream.h"

#include <optional>

struct archive;

namespace layerpool {

/// Unpacks gzip or zstd, once: what is packed twice, or followed by something else, is refused.
class PackedStream final : public BundleStream
{
public:
    enum class Packing { Gzip, Zstd };
    /// By a file's first four bytes.
    static std::optional<Packing> packingOf(QByteArrayView magic);
    static Result<std::unique_ptr<BundleStream>> create(const QString &path, BundleBytes bytes,
                                                        Packing packing);
    ~PackedStream() override;

    Result<QByteArrayView> next() override;
    bool isCutShort() const override { return m_isCutShort; }
    qint64 position() const override { return m_bytes.position(); }

private:
    PackedStream(QString path, BundleBytes bytes);

    Status open(Packing packing);
    Status checkEnd() const;
    Error failure();
    qint64 readFile(const void **bytes);

    struct FreeArchive
    {
        void operator()(archive *packed) const;
    };

    QString m_path;
    BundleBytes m_bytes;
    bool m_isAtEnd = false; ///< of the file
    bool m_isCutShort = false;
    std::optional<Error> m_readError; ///< of the file
    QByteArray m_packed;
    QByteArray m_piece;
    std::unique_ptr<archive, FreeArchive> m_archive; ///< reads from the above
};

} // namespace layerpool
