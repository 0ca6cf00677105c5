// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QApplication>

#include <vector>

namespace layerpool::test {

/// An event that the window's thread was busy with: what it went to, and how long. Of the thread's own
/// processor time, so whatever else the machine does counts for nothing.
struct WatchedEvent
{
    QByteArray receiver; ///< class and objectName
    QByteArray type;
    double milliseconds = 0;
    QByteArray within; ///< the longest event that was sent while it lasted, as "receiver type"
    double withinMilliseconds = 0;
    int times = 1; ///< of the same kind; the time is that of the longest
};

/// The application of the UI tests. While it watches, it measures every event that the event loop hands out.
class WatchingApplication final : public QApplication
{
public:
    using QApplication::QApplication;

    static WatchingApplication &instance() { return *static_cast<WatchingApplication *>(qApp); }

    void startWatching();
    /// The longest first, one of each kind.
    std::vector<WatchedEvent> stopWatching();
    /// As a short table, for people.
    static QByteArray tableOf(const std::vector<WatchedEvent> &events);

    bool notify(QObject *receiver, QEvent *event) override;

private:
    void note(const WatchedEvent &event);

    bool m_isWatching = false;
    int m_depth = 0;
    WatchedEvent m_outer;
    std::vector<WatchedEvent> m_events;
};

} // namespace layerpool::test
