// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/CancelToken.h"
#include "base/Result.h"
#include "net/HttpMessage.h"
#include "net/RequestTurns.h"

#include <QHash>

#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace layerpool {

/// A host that somebody waits for, and how long that still takes.
struct HostWait
{
    QString host;
    int seconds = 0;
    bool isAsked = true; ///< else it has failed, and is tried again then
};

/// What a registry said of how many pulls it still allows.
struct PullQuota
{
    QString host;
    qint64 remaining = 0;
    qint64 limit = 0;
    qint64 seconds = 0; ///< the time for which the limit holds; 0 where it was not said
};

/// When a host is given up: so many tries in a row had no answer, one begun after the other had failed, and
/// nobody has heard of it for that long.
struct HostPatience
{
    int tries = 5;
    std::chrono::milliseconds silence = std::chrono::seconds(30);
    std::chrono::milliseconds askAgain = std::chrono::seconds(10); ///< one request, whether it is there
};

/// How many requests a host gets at a time, and when: a host that asks for patience gets it from all workers
/// of a task, and only that host. One that answers nobody is given up by all, so that a registry which dies
/// is not waited for blob by blob. Any thread.
class HostGates
{
public:
    using Clock = std::chrono::steady_clock;

    /// Requests that one host gets at a time, however many transfers there are, where nobody says otherwise.
    /// A host that asks for patience gets half as many from then on, and more again as it answers.
    static constexpr int mostAtOneHost = 16;

    /// How many requests the host gets: those that are set for it by its whole name, else for all of its
    /// ports.
    static int limitFor(const QHash<QString, int> &most, const QString &host);

    /// `longestHold` bounds what a host may ask for; `most`: as HttpOptions::hostRequests; `turns`: of all
    /// tasks that run at once, null where this one keeps to its own limits.
    explicit HostGates(std::chrono::milliseconds longestHold, QHash<QString, int> most = {},
                       HostPatience patience = {}, std::shared_ptr<RequestTurns> turns = {})
        : m_longestHold(longestHold), m_most(std::move(most)), m_patience(patience), m_turns(std::move(turns))
    {
    }

private:
    struct Gate
    {
        QString host;
        int active = 0;
        int limit = mostAtOneHost;
        int most = mostAtOneHost; ///< at present
        int answered = 0;         ///< since `most` changed last
        int refusals = 0;         ///< in a row
        int held = 0;             ///< workers that wait because the host asked for it
        Clock::time_point refusedAt;
        Clock::time_point heldUntil;
        int retrying = 0; ///< workers that wait because it failed
        Clock::time_point retriedAt;
        int failures = 0; ///< in a row, of tries that had no answer
        Clock::time_point failingSince;
        Clock::time_point failedAt;
        std::optional<Error> outage;  ///< why it is given up
        Clock::time_point askedAgain; ///< by one, not before
        std::optional<PullQuota> quota;
    };

public:
    /// Leave for one request to a host: given back when it goes out of scope.
    class Pass
    {
    public:
        Pass(Pass &&other) noexcept;
        Pass &operator=(Pass &&) = delete;
        ~Pass();

        /// Takes note of what the host answered.
        void learn(const HttpResponse &response);
        /// It has answered, though not to the end.
        void hear();
        /// It has not answered at all.
        void fail(const Error &error);

    private:
        friend class HostGates;
        Pass(HostGates &gates, Gate &gate) : m_gates(&gates), m_gate(&gate) {}

        HostGates *m_gates; ///< null where it was moved on
        Gate *m_gate;
        Clock::time_point m_begun = Clock::now();
    };

    /// Blocks while the host asked to wait, and while it has enough to do. Errors: Cancelled; of a host that
    /// is given up, why, except for the one request that now and then looks whether it is there again.
    Result<Pass> enter(const QString &host, const CancelToken &cancel);

    /// Tells of a worker that waits before it tries a host again, while it is in scope.
    class Retry
    {
    public:
        Retry(HostGates &gates, const QString &host, std::chrono::milliseconds wait);
        Retry(const Retry &) = delete;
        Retry &operator=(const Retry &) = delete;
        ~Retry();

    private:
        HostGates &m_gates;
        Gate &m_gate;
    };

    /// Why the host is given up.
    std::optional<Error> outage(const QString &host) const;

    /// The host that somebody waits for longest; those that asked for it before those that failed.
    std::optional<HostWait> waiting() const;
    /// Whether all that is asked waits for requests of other tasks to end.
    bool waitsForOthers() const;
    std::vector<PullQuota> quotas() const;

private:
    Gate &gateOf(const QString &host);
    Status takeTurn(Gate &gate, std::unique_lock<std::mutex> &lock, const CancelToken &cancel);
    void giveTurnBack(Gate &gate);
    void leave(Gate &gate);
    void learn(Gate &gate, const HttpResponse &response, Clock::time_point begun);

    std::chrono::milliseconds m_longestHold;
    QHash<QString, int> m_most;
    HostPatience m_patience;
    std::shared_ptr<RequestTurns> m_turns;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::map<QString, Gate> m_gates;
    int m_asking = 0;  ///< requests that are on their way
    int m_waiting = 0; ///< that wait for their turn
};

} // namespace layerpool
