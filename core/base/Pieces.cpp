// SPDX-License-Identifier: Apache-2.0
#include "base/Pieces.h"

#include <algorithm>
#include <atomic>

namespace layerpool {

QByteArray &Pieces::free()
{
    const auto found = std::find_if(m_pieces.begin(), m_pieces.end(),
                                    [](const QByteArray &piece) { return piece.isDetached(); });
    if (found == m_pieces.end()) {
        return m_pieces.emplace_back(m_bytes, Qt::Uninitialized);
    }
    std::atomic_thread_fence(std::memory_order_acquire); // it was read before it was let go
    return *found;
}

} // namespace layerpool
