// SPDX-License-Identifier: Apache-2.0
#include "net/HostGates.h"

#include "image/RegistryAddress.h"
#include "net/Backoff.h"

#include <algorithm>
#include <tuple>

namespace layerpool {
namespace {

using namespace std::chrono_literals;

constexpr auto kLook = 50ms; // for a cancel

// Docker Hub's form: "76;w=21600".
struct Allowance
{
    qint64 count = 0;
    qint64 seconds = 0;
};

std::optional<Allowance> allowanceOf(const QByteArray &header)
{
    const QList<QByteArray> parts = header.split(';');
    bool isNumber = false;
    Allowance allowance{parts.front().trimmed().toLongLong(&isNumber), 0};
    if (!isNumber || allowance.count < 0) {
        return std::nullopt;
    }
    for (const QByteArray &part : parts) {
        if (const QByteArray word = part.trimmed(); word.startsWith("w=")) {
            allowance.seconds = std::max<qint64>(0, word.sliced(2).toLongLong());
        }
    }
    return allowance;
}

} // namespace

HostGates::Pass::Pass(Pass &&other) noexcept
    : m_gates(std::exchange(other.m_gates, nullptr)), m_gate(other.m_gate), m_begun(other.m_begun)
{
}

HostGates::Pass::~Pass()
{
    if (m_gates != nullptr) {
        m_gates->leave(*m_gate);
    }
}

void HostGates::Pass::learn(const HttpResponse &response)
{
    hear();
    m_gates->learn(*m_gate, response, m_begun);
}

void HostGates::Pass::hear()
{
    const std::lock_guard lock(m_gates->m_mutex);
    m_gate->failures = 0;
    m_gate->outage.reset();
}

// Of the tries that were on their way together, the first to fail counts.
void HostGates::Pass::fail(const Error &error)
{
    const std::lock_guard lock(m_gates->m_mutex);
    if (m_begun < m_gate->failedAt) {
        return;
    }
    const Clock::time_point now = Clock::now();
    if (m_gate->failures++ == 0) {
        m_gate->failingSince = m_begun;
    }
    m_gate->failedAt = now;
    const HostPatience &patience = m_gates->m_patience;
    if (m_gate->failures >= patience.tries && now - m_gate->failingSince >= patience.silence) {
        m_gate->outage = error;
        m_gate->askedAgain = now + patience.askAgain;
    }
}

HostGates::Retry::Retry(HostGates &gates, const QString &host, std::chrono::milliseconds wait)
    : m_gates(gates), m_gate(gates.gateOf(host))
{
    const std::lock_guard lock(m_gates.m_mutex);
    ++m_gate.retrying;
    m_gate.retriedAt = std::max(m_gate.retriedAt, Clock::now() + wait);
}

HostGates::Retry::~Retry()
{
    const std::lock_guard lock(m_gates.m_mutex);
    if (--m_gate.retrying == 0) {
        m_gate.retriedAt = {};
    }
}

// Entries stay where they are.
HostGates::Gate &HostGates::gateOf(const QString &host)
{
    const std::lock_guard lock(m_mutex);
    const auto [entry, isNew] = m_gates.try_emplace(host);
    Gate &gate = entry->second;
    if (isNew) {
        gate.host = host;
        gate.limit = gate.most = limitFor(m_most, host);
    }
    return gate;
}

int HostGates::limitFor(const QHash<QString, int> &most, const QString &host)
{
    int limit = mostAtOneHost;
    for (auto each = most.cbegin(); each != most.cend(); ++each) {
        if (each.key().compare(host, Qt::CaseInsensitive) == 0) {
            return each.value();
        }
        limit = namesHost({each.key()}, host) ? each.value() : limit;
    }
    return limit;
}

Result<HostGates::Pass> HostGates::enter(const QString &host, const CancelToken &cancel)
{
    Gate &gate = gateOf(host);
    std::unique_lock lock(m_mutex);
    while (!cancel.isCancelled()) {
        if (gate.outage && Clock::now() < gate.askedAgain) {
            return *gate.outage;
        }
        const bool isHeld = Clock::now() < gate.heldUntil;
        if (!isHeld && gate.active < gate.most) {
            ++gate.active;
            if (Status turn = takeTurn(gate, lock, cancel); !turn) {
                --gate.active;
                m_changed.notify_all();
                return turn.error();
            }
            const bool isGivenUp = gate.outage && Clock::now() < gate.askedAgain;
            if (Clock::now() >= gate.heldUntil && !isGivenUp) {       // neither came while it waited
                gate.askedAgain = Clock::now() + m_patience.askAgain; // the others don't ask meanwhile
                ++m_asking;
                return Pass(*this, gate);
            }
            giveTurnBack(gate);
            continue;
        }
        gate.held += isHeld ? 1 : 0;
        m_changed.wait_for(lock, kLook);
        gate.held -= isHeld ? 1 : 0;
    }
    return cancelledError();
}

Status HostGates::takeTurn(Gate &gate, std::unique_lock<std::mutex> &lock, const CancelToken &cancel)
{
    if (!m_turns) {
        return {};
    }
    ++m_waiting;
    lock.unlock();
    Status turn = m_turns->enter(gate.host, cancel);
    lock.lock();
    --m_waiting;
    return turn;
}

void HostGates::giveTurnBack(Gate &gate)
{
    if (m_turns) {
        m_turns->leave(gate.host);
    }
    --gate.active;
    m_changed.notify_all();
}

void HostGates::leave(Gate &gate)
{
    const std::lock_guard lock(m_mutex);
    giveTurnBack(gate);
    --m_asking;
}

bool HostGates::waitsForOthers() const
{
    const std::lock_guard lock(m_mutex);
    return m_waiting > 0 && m_asking == 0;
}

void HostGates::learn(Gate &gate, const HttpResponse &response, Clock::time_point begun)
{
    const std::lock_guard lock(m_mutex);
    const auto remaining = allowanceOf(response.header("ratelimit-remaining"));
    const auto limit = allowanceOf(response.header("ratelimit-limit"));
    if (remaining && limit) {
        gate.quota = {{}, remaining->count, limit->count, std::max(remaining->seconds, limit->seconds)};
    }
    if (!asksToWait(response)) {
        if (response.isSuccess()) {
            gate.refusals = 0;
            if (gate.most < gate.limit && ++gate.answered >= gate.most) {
                ++gate.most;
                gate.answered = 0;
            }
        }
        return;
    }
    // Of the requests that were on their way together, the first refusal counts.
    if (begun >= gate.refusedAt) {
        ++gate.refusals;
        gate.most = std::max(1, gate.most / 2);
        gate.answered = 0;
        gate.refusedAt = Clock::now();
    }
    // A time that is over already may be that of a clock that runs ahead.
    const auto asked = retryAfter(response).value_or(0ms);
    const auto hold = std::min(std::max(asked, backOff(gate.refusals)), m_longestHold);
    gate.heldUntil = std::max(gate.heldUntil, Clock::now() + hold);
}

std::optional<Error> HostGates::outage(const QString &host) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_gates.find(host);
    return found == m_gates.end() ? std::nullopt : found->second.outage;
}

std::optional<HostWait> HostGates::waiting() const
{
    const std::lock_guard lock(m_mutex);
    const auto now = Clock::now();
    std::optional<HostWait> longest;
    const auto offer = [&](const QString &host, Clock::time_point until, bool isAsked) {
        const auto left = std::chrono::ceil<std::chrono::seconds>(until - now);
        const HostWait wait{host, static_cast<int>(left.count()), isAsked};
        if (left > 0s && (!longest || std::tie(wait.isAsked, wait.seconds) >
                                          std::tie(longest->isAsked, longest->seconds))) {
            longest = wait;
        }
    };
    for (const auto &[host, gate] : m_gates) {
        if (gate.held > 0) {
            offer(host, gate.heldUntil, true);
        }
        if (gate.retrying > 0) {
            offer(host, gate.retriedAt, false);
        }
    }
    return longest;
}

std::vector<PullQuota> HostGates::quotas() const
{
    const std::lock_guard lock(m_mutex);
    std::vector<PullQuota> quotas;
    for (const auto &[host, gate] : m_gates) {
        if (gate.quota) {
            quotas.push_back(*gate.quota);
            quotas.back().host = host;
        }
    }
    return quotas;
}

} // namespace layerpool
