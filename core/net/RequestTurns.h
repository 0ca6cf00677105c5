// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/CancelToken.h"
#include "base/Result.h"

#include <QHash>
#include <QString>

#include <condition_variable>
#include <list>
#include <mutex>

namespace layerpool {

/// The turns of tasks that run at once: so many requests at a time of all together, and so many of one host.
/// Who asked first is served first, whichever task it is of. Any thread.
class RequestTurns
{
public:
    /// `ofHosts`: as HttpOptions::hostRequests.
    RequestTurns(int most, QHash<QString, int> ofHosts) : m_most(most), m_ofHosts(std::move(ofHosts)) {}

    /// For requests that begin from now on.
    void setLimits(int most, QHash<QString, int> ofHosts);

    /// Blocks until it is the request's turn; `leave` ends it. Errors: Cancelled.
    Status enter(const QString &host, const CancelToken &cancel);
    void leave(const QString &host);
    /// How many wait for theirs.
    int waiting() const;

private:
    struct Waiting
    {
        QString host;
        bool mayGo = false;
    };

    void admit();

    int m_most;
    QHash<QString, int> m_ofHosts;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::list<Waiting> m_waiting; ///< those that came first in front
    QHash<QString, int> m_active; ///< requests by host
    int m_allActive = 0;
};

} // namespace layerpool
