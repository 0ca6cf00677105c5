// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/FakeRegistry.h"

#include <chrono>
#include <map>
#include <mutex>

namespace layerpool::test {

/// Lets a FakeRegistry ask for bearer tokens, which it hands out itself at `/token`. Must live as long as it
/// is asked. Any thread may call any function.
class TokenGate
{
public:
    explicit TokenGate(FakeRegistry &registry);

    /// Tokens are good for so long, and say so.
    void setLifetime(std::chrono::seconds lifetime);
    /// All tokens handed out so far are refused from the first request of this method and path on.
    void revokeAt(const QByteArray &method, const QByteArray &path);
    /// So many tokens from now on are no good when they are handed out.
    void handOutBad(int count);

    /// What a request without a good token is answered.
    FakeReply refusal() const;
    int handedOut() const;

private:
    using Clock = std::chrono::steady_clock;

    std::optional<FakeReply> look(const FakeRequest &request);
    FakeReply handOut();
    bool isGood(const QByteArray &authorization) const;

    mutable std::mutex m_mutex;
    QByteArray m_realm;
    std::map<QByteArray, Clock::time_point> m_good; ///< until when, by the whole header
    std::chrono::seconds m_lifetime{300};
    QByteArray m_revokeAt;
    int m_bad = 0;
    int m_handedOut = 0;
};

} // namespace layerpool::test
