// SPDX-License-Identifier: Apache-2.0
#include "work/SpeedMeter.h"

#include "base/Text.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace layerpool {
namespace {

constexpr qint64 kSpeedWindow = 5000;
constexpr qint64 kRestWindow = 10'000;
constexpr qint64 kShortest = 500;
constexpr std::size_t kFewestSeconds = 5;
constexpr double kMostVariation = 0.3; // of the seconds' speeds: standard deviation by mean

double variationOf(const std::vector<double> &speeds, double mean)
{
    const double squares =
        std::accumulate(speeds.begin(), speeds.end(), 0.0,
                        [mean](double sum, double each) { return sum + (each - mean) * (each - mean); });
    return std::sqrt(squares / double(speeds.size())) / mean;
}

} // namespace

void SpeedMeter::add(qint64 milliseconds, qint64 bytes)
{
    m_samples.push_back({milliseconds, bytes});
    while (milliseconds - m_samples.front().milliseconds > kRestWindow) {
        m_samples.pop_front();
    }
}

double SpeedMeter::bytesPerSecond() const
{
    if (m_samples.empty()) {
        return 0;
    }
    const Sample &last = m_samples.back();
    const auto first = std::find_if(m_samples.begin(), m_samples.end(), [&](const Sample &sample) {
        return last.milliseconds - sample.milliseconds <= kSpeedWindow;
    });
    const qint64 milliseconds = last.milliseconds - first->milliseconds;
    const qint64 bytes = last.bytes - first->bytes;
    return milliseconds < kShortest || bytes <= 0 ? 0 : double(bytes) * 1000.0 / double(milliseconds);
}

// From the newest backwards, so that the oldest, a part of a second, is left out.
std::vector<double> SpeedMeter::eachSecond() const
{
    std::vector<double> speeds;
    if (m_samples.empty()) {
        return speeds;
    }
    Sample end = m_samples.back();
    for (auto sample = m_samples.rbegin(); sample != m_samples.rend(); ++sample) {
        const qint64 milliseconds = end.milliseconds - sample->milliseconds;
        if (milliseconds >= 1000) {
            speeds.push_back(double(end.bytes - sample->bytes) * 1000.0 / double(milliseconds));
            end = *sample;
        }
    }
    return speeds;
}

std::optional<double> SpeedMeter::secondsFor(qint64 bytes) const
{
    const std::vector<double> speeds = eachSecond();
    if (bytes <= 0 || speeds.size() < kFewestSeconds) {
        return std::nullopt;
    }
    const double mean = std::accumulate(speeds.begin(), speeds.end(), 0.0) / double(speeds.size());
    if (mean <= 0 || variationOf(speeds, mean) > kMostVariation) {
        return std::nullopt;
    }
    return double(bytes) / mean;
}

QString formatRest(double seconds)
{
    constexpr double minute = 60;
    constexpr double hour = 60 * minute;
    if (seconds < 10) {
        return Text::tr("a few seconds left");
    }
    if (seconds < 50) {
        return Text::tr("about %n s left", nullptr, int(std::ceil(seconds / 10)) * 10);
    }
    if (seconds < hour - minute / 2) {
        return Text::tr("about %n min left", nullptr, std::max(1, int(std::lround(seconds / minute))));
    }
    const auto minutes = int(std::lround(seconds / minute / 10)) * 10; // to ten of them
    return minutes % 60 == 0 ? Text::tr("about %n h left", nullptr, minutes / 60)
                             : Text::tr("about %1 h %2 min left").arg(minutes / 60).arg(minutes % 60);
}

} // namespace layerpool
