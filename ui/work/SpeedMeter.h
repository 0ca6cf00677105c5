// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <deque>
#include <optional>
#include <vector>

namespace layerpool {

/// Bytes per second as a moving average over the last five seconds, and how long the rest will take where
/// that can be told.
class SpeedMeter
{
public:
    /// `milliseconds` counts from any start, and never goes back.
    void add(qint64 milliseconds, qint64 bytes);
    /// 0 until half a second was seen.
    double bytesPerSecond() const;
    /// In seconds; none where it would be a guess: before five seconds were seen, or while the speed of the
    /// last ten differs much from one second to the next.
    std::optional<double> secondsFor(qint64 bytes) const;

private:
    struct Sample
    {
        qint64 milliseconds;
        qint64 bytes;
    };

    std::vector<double> eachSecond() const;

    std::deque<Sample> m_samples;
};

/// "about 3 min left": no more digits than such a guess has.
QString formatRest(double seconds);

} // namespace layerpool
