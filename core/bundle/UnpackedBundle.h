// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/CancelToken.h"
#include "bundle/BundleBytes.h"

#include <QTemporaryFile>

#include <memory>

namespace layerpool {

/// What was packed as a whole by gzip or zstd, as a plain file for as long as this lives: nothing in it can
/// be found otherwise.
class UnpackedBundle
{
public:
    /// Null where the bundle is not packed so. Errors: NotFound, BadInput, Storage, NoSpace, Cancelled.
    static Result<std::shared_ptr<const UnpackedBundle>> of(const QString &path, const CancelToken &cancel,
                                                            const OnBundleRead &onRead);

    /// It has no name on the disk: whatever ends this program, nothing stays behind.
    QString path() const { return QStringLiteral("/proc/self/fd/%1").arg(m_file.handle()); }
    qint64 bytes() const { return m_bytes; }

private:
    UnpackedBundle() = default;

    QTemporaryFile m_file; ///< in the folder for temporary files
    qint64 m_bytes = 0;
};

} // namespace layerpool
