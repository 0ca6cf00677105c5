// SPDX-License-Identifier: Apache-2.0
#include "models/SpeedMeter.h"

namespace layerpool {
namespace {

constexpr qint64 kWindow = 5000;
constexpr qint64 kShortest = 500;

} // namespace

void SpeedMeter::add(qint64 milliseconds, qint64 bytes)
{
    m_samples.push_back({milliseconds, bytes});
    while (milliseconds - m_samples.front().milliseconds > kWindow) {
        m_samples.pop_front();
    }
}

double SpeedMeter::bytesPerSecond() const
{
    if (m_samples.empty()) {
        return 0;
    }
    const qint64 milliseconds = m_samples.back().milliseconds - m_samples.front().milliseconds;
    const qint64 bytes = m_samples.back().bytes - m_samples.front().bytes;
    return milliseconds < kShortest || bytes <= 0 ? 0 : double(bytes) * 1000.0 / double(milliseconds);
}

} // namespace layerpool
