// SPDX-License-Identifier: Apache-2.0
#include "net/Pace.h"

#include <algorithm>
#include <utility>

namespace layerpool {
namespace {

using namespace std::chrono_literals;

constexpr Pace::Clock::duration kLongestStep = 1s; // what is more was a sleep of the machine's or a stop

} // namespace

std::chrono::milliseconds Pace::commitTime(qint64 bytes)
{
    return std::min<std::chrono::milliseconds>(std::chrono::seconds(bytes / leastCommittedPerSecond),
                                               longestCommit);
}

void Pace::moved(qint64 bytes)
{
    m_silence = {};
    m_longestSilence = m_idle;
    m_windowBytes += bytes;
}

Pace::Verdict Pace::look(Clock::time_point now, bool hasBody)
{
    const Clock::duration step =
        std::clamp<Clock::duration>(now - std::exchange(m_looked, now) - std::exchange(m_ownTime, {}),
                                    Clock::duration::zero(), kLongestStep);
    if (std::exchange(m_isHeldBack, false)) {
        m_silence = {};
        return Verdict::Fine;
    }
    m_silence += step;
    if (m_silence >= m_longestSilence) {
        return Verdict::Silent;
    }
    if (!hasBody) {
        m_window = {};
        m_windowBytes = 0;
        return Verdict::Fine;
    }
    m_window += step;
    if (m_window < 2 * m_idle) {
        return Verdict::Fine;
    }
    const double seconds = std::chrono::duration<double>(std::exchange(m_window, {})).count();
    const auto bytes = static_cast<double>(std::exchange(m_windowBytes, 0));
    return bytes < leastBytesPerSecond * seconds ? Verdict::TooSlow : Verdict::Fine;
}

} // namespace layerpool
