// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Result.h"

#include <QByteArray>

#include <functional>
#include <memory>

struct z_stream_s;

namespace layerpool {

/// The bytes of a zip's entry, stored or deflated: as many as its directory says, of as many packed ones as
/// it says, and with that checksum. For one thread.
class ZipEntryBytes
{
public:
    struct Sizes
    {
        qint64 packed = 0;
        qint64 plain = 0;
        quint32 crc = 0;
        bool isStored = false;
    };
    /// Fills the buffer with packed bytes and says how many there were; 0 at their end.
    using Source = std::function<Result<qint64>(char *buffer, qint64 size)>;

    ZipEntryBytes(Sizes sizes, Source source);
    ~ZipEntryBytes();

    /// The next ones, none at the end. They stay until the next call. Errors: BadInput whose `why` is a
    /// phrase, and those of the source.
    Result<QByteArrayView> next();

private:
    Result<qint64> inflateSome();
    Result<QByteArrayView> end();

    Sizes m_sizes;
    Source m_source;
    qint64 m_taken = 0; ///< packed bytes
    qint64 m_given = 0;
    quint32 m_crc = 0;
    bool m_isAtEnd = false; ///< of what is deflated
    QByteArray m_packed;
    QByteArray m_piece;
    std::unique_ptr<z_stream_s> m_stream; ///< null for a stored entry
};

} // namespace layerpool
