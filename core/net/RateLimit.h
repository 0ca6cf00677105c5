// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <atomic>
#include <chrono>
#include <mutex>

namespace layerpool {

/// How many bytes a second all connections that share it may move together, both ways. Any thread; never
/// blocks.
class RateLimit
{
public:
    /// 0 is no limit.
    explicit RateLimit(qint64 bytesPerSecond = 0);

    /// Counts at once, for what moves already too.
    void setBytesPerSecond(qint64 bytes) { m_bytesPerSecond = bytes; }
    bool isSet() const { return m_bytesPerSecond > 0; }
    qint64 bytesPerSecond() const { return m_bytesPerSecond; }

    /// How many of so many bytes may move now. 0 means to ask again in a moment.
    qint64 grant(qint64 wanted);

private:
    using Clock = std::chrono::steady_clock;

    std::atomic<qint64> m_bytesPerSecond;
    std::mutex m_mutex; ///< guards the two below
    double m_saved = 0; ///< bytes that may move
    Clock::time_point m_counted = Clock::now();
};

} // namespace layerpool
