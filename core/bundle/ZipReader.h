// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/BundleBytes.h"
#include "bundle/BundleEntries.h"
#include "bundle/ZipEnd.h"
#include "bundle/ZipEntryBytes.h"

namespace layerpool {

/// The entries of a zip, stored or deflated. Its two directories, the one at the end and the headers before
/// each entry, have to tell the same, in the same order and without a gap: programs go by one or by the
/// other.
class ZipReader final : public BundleEntries
{
public:
    /// By a file's first four bytes.
    static bool isZip(QByteArrayView magic);

    /// `cancel` is heard between two pieces. Errors: BadInput (it has no directory).
    static Result<std::unique_ptr<ZipReader>> create(const QString &path, BundleBytes bytes,
                                                     CancelToken cancel);
    ~ZipReader() override;

    Result<std::optional<BundleEntry>> next() override;
    Result<QByteArrayView> read() override;
    std::optional<qint64> offset() const override { return m_offset; }

    /// Its directory stands at its end: of half a zip nothing is known.
    bool isCutShort() const override { return false; }
    qint64 position() const override { return m_bytes.position(); }
    qint64 fileBytes() const override { return m_bytes.size(); }

private:
    ZipReader(QString path, BundleBytes bytes, CancelToken cancel);

    /// As the directory says.
    struct Header
    {
        BundleEntry entry;
        QByteArray name; ///< with the slash of a folder
        qint64 packedBytes = 0;
        quint32 crc = 0;
        quint16 flags = 0;
        quint16 method = 0;
        bool hasDescriptor = false;
    };

    Status open();
    Status leave();
    Result<Header> header();
    Status enter(const Header &header);
    Status checkPlace(const Header &header);
    Status checkGap(qint64 place, const QByteArray &name);
    Result<qint64> readPacked(char *buffer, qint64 size);
    Error refused(const QByteArray &name, const QString &why) const;

    QString m_path;
    BundleBytes m_bytes;
    CancelToken m_cancel;
    std::optional<Error> m_readError; ///< of the file
    ZipEnd m_directory;
    std::unique_ptr<ZipEntryBytes> m_entry; ///< that is open
    QByteArray m_name;                      ///< of it
    qint64 m_count = 0;                     ///< of entries that came
    qint64 m_record = 0;                    ///< where its record in the directory ends
    qint64 m_end = 0;                       ///< where the entry before ends, without what may follow it
    Header m_last;                          ///< the entry before
    std::optional<qint64> m_offset;         ///< of the entry that is open, where it is stored
    void *m_zip = nullptr;
};

} // namespace layerpool
