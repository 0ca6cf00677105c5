// SPDX-License-Identifier: Apache-2.0
#include "net/RateLimit.h"

#include <algorithm>
#include <cmath>

namespace layerpool {
namespace {

constexpr double kMostSavedSeconds = 0.25; // what a pause saves up goes out at once: it stays small
constexpr double kLeastSeconds = 0.05;     // what moves at a time: by single bytes a core would spin

} // namespace

RateLimit::RateLimit(qint64 bytesPerSecond) : m_bytesPerSecond(bytesPerSecond) {}

qint64 RateLimit::grant(qint64 wanted)
{
    const auto rate = static_cast<double>(bytesPerSecond());
    if (rate <= 0) {
        return wanted;
    }
    const std::lock_guard lock(m_mutex);
    const Clock::time_point now = Clock::now();
    m_saved += rate * std::chrono::duration<double>(now - m_counted).count();
    m_saved = std::min(m_saved, std::max(1.0, rate * kMostSavedSeconds));
    m_counted = now;
    if (m_saved < std::min(static_cast<double>(wanted), std::max(1.0, rate * kLeastSeconds))) {
        return 0;
    }
    const qint64 granted = std::min(wanted, static_cast<qint64>(std::floor(m_saved)));
    m_saved -= static_cast<double>(granted);
    return granted;
}

} // namespace layerpool
