// SPDX-License-Identifier: Apache-2.0
#include "work/TaskRow.h"

#include "base/Text.h"

#include <algorithm>

namespace layerpool {
namespace {

QString amountOf(const TaskResult &result)
{
    const qint64 bytes = std::max(result.bytesTransferred, result.bytesWritten);
    const qint64 settled = result.imagesDone + result.imagesSkipped;
    const qint64 lost = qint64(result.failures.size()) + result.undone.size();
    const QString images = lost > 0 ? Text::tr("%1 of %n image(s)", nullptr, int(settled + lost)).arg(settled)
                                    : Text::tr("%n image(s)", nullptr, int(result.imagesDone));
    const bool isOfUse = bytes > 0 && (lost == 0 || settled > 0); // parts alone make no image
    return isOfUse ? Text::tr("%1, %2", "images, bytes").arg(images, formatBytes(bytes)) : images;
}

} // namespace

bool TaskRow::wasCancelled() const
{
    return result && result->wasCancelled();
}

bool TaskRow::hasBroken() const
{
    return result && result->stopped && !wasCancelled();
}

void TaskRow::follow(TaskQueue::State state)
{
    static_assert(int(TaskQueue::State::Cancelling) == int(Phase::Cancelling));
    phase = static_cast<Phase>(state);
}

void TaskRow::sample(const TaskProgress &progress, qint64 milliseconds)
{
    doing = progress.doing();
    imagesDone = progress.imagesDone;
    imagesTotal = progress.imagesTotal;
    // What an earlier run has brought is no speed.
    speed.add(milliseconds, std::max<qint64>(0, progress.bytesDone - progress.bytesKept));
    if (!m_isPlanned && m_totalBefore > 0) {
        if (!progress.work()) {
            return; // it makes its plan anew
        }
        const qint64 total = progress.bytesTotal;
        m_doneBefore = total > 0 ? std::max<qint64>(0, m_totalBefore - total) : 0;
        m_isPlanned = true;
    }
    const qint64 kept = std::min<qint64>(progress.bytesKept, progress.bytesTotal);
    bytesDone = m_doneBefore + std::max<qint64>(progress.bytesDone, kept);
    bytesTotal = m_doneBefore + progress.bytesTotal;
}

void TaskRow::restart()
{
    doing.clear();
    imagesDone = imagesTotal = 0;
    m_totalBefore = bytesTotal;
    m_isPlanned = false;
    speed = {};
}

void TaskRow::end(const TaskResult &ended)
{
    phase = ended.stopped ? Phase::Stopped : Phase::Done;
    result = ended;
}

QString TaskRow::state() const
{
    switch (phase) {
    case Phase::Waiting:
        return Text::tr("Waiting", "a task");
    case Phase::Running:
        return doing.isEmpty() ? Text::tr("Running", "a task") : doing;
    case Phase::Pausing:
        return Text::tr("Pausing…", "a task");
    case Phase::Paused:
        return Text::tr("Paused", "a task");
    case Phase::Cancelling:
        return Text::tr("Cancelling…", "a task");
    case Phase::Stopped:
        return wasCancelled() ? Text::tr("Cancelled", "a task") : Text::tr("Stopped", "a task, by an error");
    case Phase::Done:
        break;
    }
    const int failed = int(result->failures.size());
    const int found = int(result->findings.size());
    if (failed > 0) {
        return Text::tr("%n image(s) failed", nullptr, failed);
    }
    return found > 0 ? Text::tr("%n fault(s) found", nullptr, found)
                     : Text::tr("Done", "a task that is over");
}

QString TaskRow::icon() const
{
    switch (phase) {
    case Phase::Waiting:
        return QStringLiteral("waiting");
    case Phase::Running:
        return QStringLiteral("running");
    case Phase::Pausing:
    case Phase::Paused:
        return QStringLiteral("pause");
    case Phase::Cancelling:
        return QStringLiteral("cancel");
    case Phase::Stopped:
        return wasCancelled() ? QStringLiteral("cancel") : QStringLiteral("warning");
    case Phase::Done:
        break;
    }
    return result->isClean() ? QStringLiteral("done") : QStringLiteral("warning");
}

QString TaskRow::amount() const
{
    if (result) {
        return amountOf(*result);
    }
    if (bytesTotal > 0) {
        return Text::tr("%1 of %2", "bytes done of all").arg(formatBytes(bytesDone), formatBytes(bytesTotal));
    }
    if (imagesTotal > 0) {
        return Text::tr("%1 of %n image(s)", nullptr, int(imagesTotal)).arg(imagesDone);
    }
    return {};
}

QString TaskRow::speedText() const
{
    const double bytesPerSecond = runs() ? speed.bytesPerSecond() : 0;
    return bytesPerSecond > 0 ? formatSpeed(bytesPerSecond) : QString();
}

QString TaskRow::time() const
{
    if (result) {
        return Text::tr("in %1", "a duration").arg(formatDuration(result->seconds));
    }
    const std::optional<double> rest =
        runs() && bytesTotal > 0 ? speed.secondsFor(bytesTotal - bytesDone) : std::nullopt;
    return rest ? formatRest(*rest) : QString();
}

std::optional<double> TaskRow::fraction() const
{
    if (isOver()) {
        return std::nullopt;
    }
    if (bytesTotal > 0) {
        return std::min(1.0, double(bytesDone) / double(bytesTotal));
    }
    if (imagesTotal > 0) {
        return double(imagesDone) / double(imagesTotal);
    }
    return runs() ? -1.0 : 0.0;
}

} // namespace layerpool
