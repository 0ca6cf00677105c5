// SPDX-License-Identifier: Apache-2.0
#include "bundle/FileBytes.h"

#include "base/DurableDirectory.h"

namespace layerpool {

Result<QByteArrayView> FileBytes::read()
{
    if (m_cancel.isCancelled()) {
        return cancelledError();
    }
    if (m_piece.isEmpty()) {
        m_piece = QByteArray(pieceBytes, Qt::Uninitialized);
    }
    const Result<qint64> count = readSome(m_fd.get(), m_piece.data(), m_piece.size(), m_path);
    if (!count) {
        return count.error();
    }
    m_position += *count;
    return QByteArrayView(m_piece.constData(), static_cast<qsizetype>(*count));
}

} // namespace layerpool
