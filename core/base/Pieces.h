// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

#include <deque>

namespace layerpool {

/// Arrays of one size, whose bytes a BackgroundDigester may share: those that nobody shares any more are used
/// again, since fresh memory for each costs more than the bytes do. For one thread; what shares them may be
/// another's.
class Pieces
{
public:
    explicit Pieces(qsizetype bytes) : m_bytes(bytes) {}

    /// One that is shared with nobody. It is the caller's until it is shared, or until the next call.
    QByteArray &free();

private:
    qsizetype m_bytes;
    std::deque<QByteArray> m_pieces; ///< no more than may be behind at a time; they stay where they are
};

} // namespace layerpool
