// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <deque>

namespace layerpool {

/// Bytes per second as a moving average over the last five seconds.
class SpeedMeter
{
public:
    /// `milliseconds` counts from any start, and never goes back.
    void add(qint64 milliseconds, qint64 bytes);
    /// 0 until half a second was seen.
    double bytesPerSecond() const;

private:
    struct Sample
    {
        qint64 milliseconds;
        qint64 bytes;
    };
    std::deque<Sample> m_samples;
};

} // namespace layerpool
