// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/BundleBytes.h"

namespace layerpool {

/// What stands before the bytes of a zip's entry, and may stand behind them (APPNOTE.TXT 4.3.7, 4.3.9):
/// programs that read a zip from its start to its end go by these.
struct ZipLocalHeader
{
    quint16 flags = 0;
    quint16 method = 0;
    quint32 crc = 0;
    quint64 packed = 0; ///< bytes; of Zip64's field where there is one
    quint64 plain = 0;
    QByteArray name;

    /// `nameBytes` and `extraBytes`: as it says itself. Errors: Storage.
    static Result<ZipLocalHeader> read(BundleBytes &bytes, qint64 position, qint64 nameBytes,
                                       qint64 extraBytes);
};

/// The sums that follow the bytes of an entry, in the form that has so many bytes: 12 or 20, or 16 or 24 with
/// a mark in front; empty for another number.
QByteArray zipDescriptor(quint32 crc, quint64 packed, quint64 plain, qint64 bytes);

} // namespace layerpool
