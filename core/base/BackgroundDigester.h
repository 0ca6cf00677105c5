// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Digester.h"

#include <QByteArray>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace layerpool {

/// A Digester that works in a thread of its own, some pieces behind whoever writes them meanwhile.
/// For one thread.
class BackgroundDigester
{
public:
    explicit BackgroundDigester(Digest::Algorithm algorithm) : m_digester(algorithm) {}
    ~BackgroundDigester();
    BackgroundDigester(const BackgroundDigester &) = delete;
    BackgroundDigester &operator=(const BackgroundDigester &) = delete;

    /// How many pieces it may be behind.
    static constexpr std::size_t mostPieces = 4;

    /// Keeps a copy of the array, which shares its bytes. Waits while it is `mostPieces` behind.
    void add(const QByteArray &piece) { add(piece, piece); }
    /// The same of a part of it.
    void add(const QByteArray &piece, QByteArrayView part);
    /// The digest of all that was added. Once.
    Digest finish();

private:
    struct Piece
    {
        QByteArray whole;
        QByteArrayView part;
    };

    void work();
    void join();

    Digester m_digester; ///< the thread's while that runs
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Piece> m_pieces; ///< the first one is being hashed
    bool m_isEnding = false;
    std::thread m_thread; ///< from the first piece that is worth it
};

} // namespace layerpool
