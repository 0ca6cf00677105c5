// SPDX-License-Identifier: Apache-2.0
#include "EventWatch.h"

#include <QMetaEnum>
#include <QThread>

#include <algorithm>
#include <ctime>

namespace layerpool::test {
namespace {

constexpr std::size_t kLines = 3;

double threadMilliseconds()
{
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

QByteArray nameOf(const QObject &receiver)
{
    const QByteArray own = receiver.objectName().toUtf8();
    return receiver.metaObject()->className() + (own.isEmpty() ? QByteArray() : '#' + own);
}

QByteArray nameOf(QEvent::Type type)
{
    const char *known = QMetaEnum::fromType<QEvent::Type>().valueToKey(type);
    return known ? QByteArray(known) : QByteArray::number(int(type));
}

} // namespace

void WatchingApplication::startWatching()
{
    m_events.clear();
    m_isWatching = true;
}

std::vector<WatchedEvent> WatchingApplication::stopWatching()
{
    m_isWatching = false;
    std::sort(m_events.begin(), m_events.end(),
              [](const auto &a, const auto &b) { return a.milliseconds > b.milliseconds; });
    return std::move(m_events);
}

// The names are taken first: an event may be the receiver's last.
bool WatchingApplication::notify(QObject *receiver, QEvent *event)
{
    const bool isWindows = QThread::currentThread() == thread(); // workers have events of their own
    if (!isWindows || !m_isWatching) {
        return QApplication::notify(receiver, event);
    }
    WatchedEvent watched;
    watched.receiver = nameOf(*receiver);
    watched.type = nameOf(event->type());
    const double start = threadMilliseconds();
    const bool isOutermost = m_depth++ == 0;
    if (isOutermost) {
        m_outer = {};
    }
    const bool result = QApplication::notify(receiver, event);
    watched.milliseconds = threadMilliseconds() - start;
    --m_depth;
    if (isOutermost) {
        watched.within = m_outer.within;
        watched.withinMilliseconds = m_outer.withinMilliseconds;
        note(watched);
    } else if (watched.milliseconds > m_outer.withinMilliseconds) {
        m_outer.within = watched.receiver + ' ' + watched.type;
        m_outer.withinMilliseconds = watched.milliseconds;
    }
    return result;
}

void WatchingApplication::note(const WatchedEvent &event)
{
    const auto known = std::find_if(m_events.begin(), m_events.end(), [&](const WatchedEvent &other) {
        return other.receiver == event.receiver && other.type == event.type;
    });
    if (known == m_events.end()) {
        m_events.push_back(event);
        return;
    }
    const int times = known->times + 1;
    if (event.milliseconds > known->milliseconds) {
        *known = event;
    }
    known->times = times;
}

QByteArray WatchingApplication::tableOf(const std::vector<WatchedEvent> &events)
{
    QByteArray table = "      ms  times  event\n";
    for (std::size_t i = 0; i < std::min(kLines, events.size()); ++i) {
        const WatchedEvent &event = events[i];
        table += QByteArray::number(event.milliseconds, 'f', 1).rightJustified(8) +
                 QByteArray::number(event.times).rightJustified(7) + "  " + event.receiver + ' ' + event.type;
        if (!event.within.isEmpty()) {
            table += ", in it " + event.within + ' ' + QByteArray::number(event.withinMilliseconds, 'f', 1);
        }
        table += '\n';
    }
    return table;
}

} // namespace layerpool::test
