// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Result.h"

#include <QString>
#include <QStringList>

namespace layerpool {

/// Where a registry is, as people write it: `HOST[:PORT][/PREFIX]`.
struct RegistryAddress
{
    QString host;   ///< with its port, in lower case; `docker.io` stands for Docker Hub
    QString prefix; ///< put in front of every repository's name; may be empty

    /// Errors: BadInput, with a reason a person can mend.
    static Result<RegistryAddress> parse(QStringView text);
    static RegistryAddress dockerHub();
    /// Where Docker Hub's API answers: at another name than its images bear.
    static QString dockerHubApi();

    bool isDockerHub() const;
    /// The host that is asked.
    QString apiHost() const { return isDockerHub() ? dockerHubApi() : host; }
    QString toString() const { return prefix.isEmpty() ? host : host + QLatin1Char('/') + prefix; }

    friend bool operator==(const RegistryAddress &, const RegistryAddress &) = default;
};

/// Whether the text is a host with an optional port: names, IPv4, or IPv6 in brackets.
bool isRegistryHost(QStringView text);

/// Whether one of the names, each HOST or HOST:PORT, stands for the host. Case does not matter; a name
/// without a port stands for all of its ports.
bool namesHost(const QStringList &names, const QString &host);

/// Whether the host is this machine (`localhost`, 127.0.0.0/8, `[::1]`), whatever its port.
bool isLoopbackHost(QStringView host);

} // namespace layerpool
