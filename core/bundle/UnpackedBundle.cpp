// SPDX-License-Identifier: Apache-2.0
#include "bundle/UnpackedBundle.h"

#include "base/DurableDirectory.h"
#include "base/Text.h"
#include "bundle/BundleStream.h"
#include "bundle/PackedStream.h"

#include <QDir>

namespace layerpool {

Result<std::shared_ptr<const UnpackedBundle>>
UnpackedBundle::of(const QString &path, const CancelToken &cancel, const OnBundleRead &onRead)
{
    Result<BundleBytes> bytes = BundleBytes::open(path);
    if (!bytes) {
        return bytes.error();
    }
    if (!PackedStream::packingOf(bytes->magic())) {
        return std::shared_ptr<const UnpackedBundle>();
    }
    const Result<std::unique_ptr<BundleStream>> stream = BundleStream::over(path, *std::move(bytes));
    if (!stream) {
        return stream.error();
    }
    std::shared_ptr<UnpackedBundle> unpacked(new UnpackedBundle);
    unpacked->m_file.setFileTemplate(QDir::tempPath() + QStringLiteral("/layerpool-XXXXXX.tar"));
    if (!unpacked->m_file.open()) {
        return Error{ErrorKind::Storage, Text::tr("Cannot unpack %1").arg(path),
                     unpacked->m_file.errorString(), Text::tr("TMPDIR names the folder for temporary files")};
    }
    QFile::remove(unpacked->m_file.fileName());
    while (true) {
        const Result<QByteArrayView> piece = (*stream)->next();
        if (!piece || piece->isEmpty()) {
            return piece ? Result<std::shared_ptr<const UnpackedBundle>>(std::move(unpacked)) : piece.error();
        }
        if (cancel.isCancelled()) {
            return cancelledError();
        }
        if (Status written = writeAll(unpacked->m_file.handle(), *piece, unpacked->path()); !written) {
            return written.error();
        }
        unpacked->m_bytes += piece->size();
        if (onRead) {
            onRead(BundleStep::Unpacking, (*stream)->position(), (*stream)->fileBytes());
        }
    }
}

} // namespace layerpool
