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

    /// After the last byte of an upload a registry works on what it got: it hashes the blob again, or puts it
    /// together in an object store, and says nothing meanwhile. So much longer than `idle` its answer may
    /// take; what is in the socket's buffer by then has time to leave, too. Nothing of ours ends a line that
    /// is dead without a word sooner, but TCP tells at once of a connection that was closed or reset.
    static std::chrono::milliseconds commitTime(qint64 bytes);
    static constexpr qint64 leastCommittedPerSecond = 10'000'000; ///< bytes; slow disks do as much
    static constexpr std::chrono::minutes longestCommit{10};

    /// `idle`: how long nothing may come. The average is looked at over twice that time.
    Pace(std::chrono::milliseconds idle, Clock::time_point now)
        : m_idle(idle), m_longestSilence(idle), m_looked(now)
    {
    }

    /// Something came or went; 0 bytes are a sign of life, too.
    void moved(qint64 bytes);
    /// All is sent, and the other side has so much to do before it says anything.
    void awaitAnswer(std::chrono::milliseconds work) { m_longestSilence = m_idle + work; }
    /// How long nothing may come at this moment.
    std::chrono::milliseconds longestSilence() const { return m_longestSilence; }
    /// We are the slow side: the time since the last look does not count.
    void holdBack() { m_isHeldBack = true; }
    /// So long we were busy with what had come.
    void spent(Clock::duration ownTime) { m_ownTime += ownTime; }

    enum class Verdict { Fine, Silent, TooSlow };
    /// To be called some ten times a second. `hasBody`: bytes of a body are on their way.
    Verdict look(Clock::time_point now, bool hasBody);

private:
    std::chrono::milliseconds m_idle;
    std::chrono::milliseconds m_longestSilence;
    Clock::time_point m_looked;
    Clock::duration m_ownTime{};
    Clock::duration m_silence{};
    Clock::duration m_window{};
    qint64 m_windowBytes = 0;
    bool m_isHeldBack = false;
};

} // namespace layerpool
