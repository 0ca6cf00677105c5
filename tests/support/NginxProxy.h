// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/ServerProcess.h"

namespace layerpool::test {

/// nginx in front of a registry, as many stand before their Harbor: takes no request larger than a megabyte.
class NginxProxy
{
public:
    static constexpr qint64 largestBody = 1024 * 1024; ///< `client_max_body_size 1m`

    /// `target` is the registry's HOST:PORT.
    explicit NginxProxy(const QString &target);

    bool isUp() const { return m_server.isUp(); }
    QString host() const { return m_server.host(); }
    /// What it logged so far: its errors, and each request.
    QByteArray log() const { return m_server.log(); }

private:
    ServerProcess m_server;
};

} // namespace layerpool::test
