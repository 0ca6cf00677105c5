// SPDX-License-Identifier: Apache-2.0
#include "base/BackgroundDigester.h"

namespace layerpool {
namespace {

constexpr qsizetype kWorthAThread = 256 * 1024;

} // namespace

BackgroundDigester::~BackgroundDigester()
{
    {
        const std::lock_guard lock(m_mutex);
        m_pieces.resize(std::min<std::size_t>(m_pieces.size(), 1)); // it was given up
    }
    join();
}

void BackgroundDigester::add(const QByteArray &piece, QByteArrayView part)
{
    if (!m_thread.joinable()) {
        if (part.size() < kWorthAThread) {
            m_digester.add(part);
            return;
        }
        m_thread = std::thread([this] { work(); });
    }
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_pieces.size() < mostPieces; });
    m_pieces.push_back({piece, part});
    m_changed.notify_all();
}

void BackgroundDigester::work()
{
    std::unique_lock lock(m_mutex);
    while (true) {
        m_changed.wait(lock, [this] { return !m_pieces.empty() || m_isEnding; });
        if (m_pieces.empty()) {
            return;
        }
        const QByteArrayView part = m_pieces.front().part;
        lock.unlock();
        m_digester.add(part);
        lock.lock();
        m_pieces.pop_front();
        m_changed.notify_all();
    }
}

void BackgroundDigester::join()
{
    if (m_thread.joinable()) {
        {
            const std::lock_guard lock(m_mutex);
            m_isEnding = true;
            m_changed.notify_all();
        }
        m_thread.join();
    }
}

Digest BackgroundDigester::finish()
{
    join();
    return m_digester.finish();
}

} // namespace layerpool
