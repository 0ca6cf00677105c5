// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/UniqueFd.h"
#include "bundle/ImageSource.h"

#include <QString>

namespace layerpool {

/// Those of an open file, from its start.
class FileBytes final : public BlobBytes
{
public:
    /// `path` is for messages; `position` counts what is read, and must outlive it.
    FileBytes(UniqueFd fd, QString path, CancelToken cancel, qint64 &position)
        : m_fd(std::move(fd)), m_path(std::move(path)), m_cancel(std::move(cancel)), m_position(position)
    {
    }

    Result<QByteArrayView> read() override;

private:
    static constexpr qsizetype pieceBytes = 1024 * 1024;

    UniqueFd m_fd;
    QString m_path;
    CancelToken m_cancel;
    qint64 &m_position;
    QByteArray m_piece; ///< made when it is first read from: most files are passed over
};

} // namespace layerpool
