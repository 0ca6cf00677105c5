// SPDX-License-Identifier: Apache-2.0
#include "bundle/BundleWriter.h"

#include "base/BackgroundDigester.h"
#include "base/Text.h"
#include "bundle/TarWriter.h"
#include "bundle/ZipWriter.h"

#include <algorithm>

namespace layerpool {
namespace {

Error damaged(const Descriptor &blob, const QString &why)
{
    return {ErrorKind::Corrupt, Text::tr("The blob %1 is damaged").arg(blob.digest.toString()), why,
            Text::tr("Run verify, and fetch it again")};
}

template <typename Writer>
Result<std::unique_ptr<BundleWriter>> asWriter(Result<std::unique_ptr<Writer>> writer)
{
    return writer ? Result<std::unique_ptr<BundleWriter>>(*std::move(writer)) : writer.error();
}

} // namespace

Result<std::unique_ptr<BundleWriter>> BundleWriter::create(BundleFormat format, BundleOutput &output)
{
    switch (format) {
    case BundleFormat::TarGzip:
        return asWriter(TarWriter::create(output, TarWriter::Packing::Gzip));
    case BundleFormat::TarZstd:
        return asWriter(TarWriter::create(output, TarWriter::Packing::Zstd));
    case BundleFormat::Zip:
        return asWriter(ZipWriter::create(output));
    case BundleFormat::Tar:
        break;
    }
    return asWriter(TarWriter::create(output));
}

Status BundleWriter::addBlob(const QByteArray &path, const Descriptor &blob, QIODevice &from,
                             const CancelToken &cancel, const std::function<void(qint64)> &moved)
{
    const Status begun = beginFile(path, Kind::File, blob.size);
    return begun ? addBytes(blob, path, from, cancel, moved) : begun;
}

Status BundleWriter::addProgram(const QByteArray &path, const Descriptor &program, QIODevice &from,
                                const CancelToken &cancel, const std::function<void(qint64)> &moved)
{
    const Status begun = beginFile(path, Kind::Program, program.size);
    return begun ? addBytes(program, path, from, cancel, moved) : begun;
}

Status BundleWriter::addBytes(const Descriptor &blob, const QByteArray &path, QIODevice &from,
                              const CancelToken &cancel, const std::function<void(qint64)> &moved)
{
    if (passesOver(blob.size)) {
        return passOver(blob.size, cancel, moved);
    }
    BackgroundDigester digester(blob.digest.algorithm());
    for (qint64 total = 0;;) {
        if (cancel.isCancelled()) {
            return cancelledError();
        }
        QByteArray &piece = m_pieces.free();
        const qint64 count = from.read(piece.data(), piece.size());
        if (count < 0) {
            return Error{ErrorKind::Storage,
                         Text::tr("Cannot read %1").arg(QString::fromLatin1(path)),
                         from.errorString(),
                         {}};
        }
        total += count;
        if (total > blob.size || (count == 0 && total != blob.size)) {
            return damaged(
                blob, Text::tr("its size is not the %1 bytes that the manifest declares").arg(blob.size));
        }
        if (count == 0) {
            break;
        }
        const QByteArrayView part = QByteArrayView(piece).first(count);
        digester.add(piece, part);
        if (Status written = addPiece(piece, part); !written) {
            return written;
        }
        moved(count);
    }
    if (const Digest digest = digester.finish(); digest != blob.digest) {
        return damaged(blob, Text::tr("its bytes have the digest %1").arg(digest.toString()));
    }
    return endFile();
}

// Zeros stand for what nobody will see.
Status BundleWriter::passOver(qint64 bytes, const CancelToken &cancel,
                              const std::function<void(qint64)> &moved)
{
    const QByteArray zeros(pieceBytes, '\0');
    while (bytes > 0) {
        if (cancel.isCancelled()) {
            return cancelledError();
        }
        const qint64 count = std::min<qint64>(bytes, zeros.size());
        if (Status written = addPiece(zeros, QByteArrayView(zeros).first(count)); !written) {
            return written;
        }
        moved(count);
        bytes -= count;
    }
    return endFile();
}

} // namespace layerpool
