// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/BundleBytes.h"

#include <QByteArrayView>
#include <QString>

#include <memory>

namespace layerpool {

/// The bytes of a bundle's tar, in their order: of a plain file as they are, of one packed by gzip or zstd as
/// they come out. For one thread.
class BundleStream
{
public:
    /// A multiple of a tar's block, so that every piece begins with one.
    static constexpr qsizetype pieceBytes = 256 * 1024;

    /// `path` is for messages. Errors: BadInput (packed badly), Storage.
    static Result<std::unique_ptr<BundleStream>> over(const QString &path, BundleBytes bytes);
    virtual ~BundleStream() = default;

    /// The next `pieceBytes`, fewer at the end, none after it. They stay until the next call.
    /// Errors: BadInput (packed badly, or something follows), Storage.
    virtual Result<QByteArrayView> next() = 0;
    /// Passes over so many bytes without reading them, or fewer, where that is possible.
    virtual qint64 skip(qint64 bytes);
    /// Whether the file ended before what is packed in it did.
    virtual bool isCutShort() const { return false; }
    /// Whether they are those of the file as they are.
    virtual bool isPlain() const { return false; }

    /// How much of the file was read, and how long it is; bytes.
    virtual qint64 position() const = 0;
    qint64 fileBytes() const { return m_fileBytes; }

protected:
    explicit BundleStream(qint64 fileBytes) : m_fileBytes(fileBytes) {}

private:
    qint64 m_fileBytes;
};

} // namespace layerpool
