// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <chrono>

namespace layerpool {

/// Watches whether the other side of a connection keeps going: a server that says nothing, or sends a byte
/// now and then, must not hold a transfer for ever. Time that we take ourselves does not count, nor does time
/// in which this program stood still.
class Pace
{
public:
    using Clock = std::chrono::steady_clock;

    /// What a body must bring on the average. A ship's slow line shared by eight transfers has more.
    static constexpr qint64 leastBytesPerSecond = 256;

    /// `idle`: how long nothing may come. The average is looked at over twice that time.
    Pace(std::chrono::milliseconds idle, Clock::time_point now) : m_idle(idle), m_looked(now) {}

    /// Something came or went; 0 bytes are a sign of life, too.
    void moved(qint64 bytes);
    /// We are the slow side: the time since the last look does not count.
    void holdBack() { m_isHeldBack = true; }
    /// So long we were busy with what had come.
    void spent(Clock::duration ownTime) { m_ownTime += ownTime; }

    enum class Verdict { Fine, Silent, TooSlow };
    /// To be called some ten times a second. `hasBody`: bytes of a body are on their way.
    Verdict look(Clock::time_point now, bool hasBody);

private:
    std::chrono::milliseconds m_idle;
    Clock::time_point m_looked;
    Clock::duration m_ownTime{};
    Clock::duration m_silence{};
    Clock::duration m_window{};
    qint64 m_windowBytes = 0;
    bool m_isHeldBack = false;
};

} // namespace layerpool
