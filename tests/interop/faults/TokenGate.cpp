// SPDX-License-Identifier: Apache-2.0
#include "TokenGate.h"

namespace layerpool::test {

TokenGate::TokenGate(FakeRegistry &registry) : m_realm(registry.url(QStringLiteral("/token")).toUtf8())
{
    registry.intercept([this](const FakeRequest &request) { return look(request); });
}

void TokenGate::setLifetime(std::chrono::seconds lifetime)
{
    const std::scoped_lock lock(m_mutex);
    m_lifetime = lifetime;
}

void TokenGate::revokeAt(const QByteArray &method, const QByteArray &path)
{
    const std::scoped_lock lock(m_mutex);
    m_revokeAt = method + ' ' + path;
}

void TokenGate::handOutBad(int count)
{
    const std::scoped_lock lock(m_mutex);
    m_bad = count;
}

FakeReply TokenGate::refusal() const
{
    return FakeReply::unauthorized("Bearer realm=\"" + m_realm +
                                   "\",service=\"fake\",error=\"invalid_token\"");
}

int TokenGate::handedOut() const
{
    const std::scoped_lock lock(m_mutex);
    return m_handedOut;
}

std::optional<FakeReply> TokenGate::look(const FakeRequest &request)
{
    const std::scoped_lock lock(m_mutex);
    if (request.path == "/token") {
        return handOut();
    }
    if (request.method + ' ' + request.path == m_revokeAt) {
        m_revokeAt.clear();
        m_good.clear();
    }
    return isGood(request.header("Authorization")) ? std::nullopt : std::optional(refusal());
}

FakeReply TokenGate::handOut()
{
    const QByteArray token = "token-" + QByteArray::number(++m_handedOut);
    if (m_bad > 0) {
        --m_bad;
    } else {
        m_good["Bearer " + token] = Clock::now() + m_lifetime;
    }
    return FakeReply::token(token, static_cast<int>(m_lifetime.count()));
}

bool TokenGate::isGood(const QByteArray &authorization) const
{
    const auto token = m_good.find(authorization);
    return token != m_good.end() && Clock::now() < token->second;
}

} // namespace layerpool::test
