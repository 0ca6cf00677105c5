// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/FakeRegistry.h"

#include <atomic>
#include <chrono>

namespace layerpool::test {

/// A token server as Distribution's token specification has it: hands out JWTs (RS256, its certificate in
/// `x5c`) that a stock registry takes. Whoever signs in as `user` may do whatever is asked for, nobody in
/// particular may pull, and a wrong password is refused.
class TokenServer
{
public:
    static constexpr char service[] = "sample-registry";
    static constexpr char issuer[] = "sample-token-server";

    /// Keeps its certificate and key in the directory.
    TokenServer(const QString &directory, const QByteArray &user, const QByteArray &password);

    QString realm() const { return m_server.url(QStringLiteral("/token")); }
    QString certificate() const { return m_certificate.certificate; }
    /// Of the tokens from now on. The registry takes them a minute longer (Distribution's leeway).
    void setLifetime(std::chrono::seconds lifetime) { m_lifetime = lifetime.count(); }
    int handedOut() const { return m_server.count("GET", "/token"); }
    std::vector<FakeRequest> requests() const { return m_server.requests(); }

private:
    FakeReply answer(const FakeRequest &request) const;

    TestCertificate m_certificate;
    QByteArray m_login; ///< the whole header of the one who may push
    std::atomic<qint64> m_lifetime = 300;
    FakeRegistry m_server; // the last: its thread asks the others
};

} // namespace layerpool::test
