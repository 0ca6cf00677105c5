// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Result.h"
#include "net/NoProxy.h"

#include <QNetworkProxy>
#include <QProcessEnvironment>

#include <optional>

namespace layerpool {

/// Which proxy leads to a host: the one that was asked for, or the environment's (`HTTPS_PROXY`,
/// `HTTP_PROXY`, `ALL_PROXY`, and `NO_PROXY`; also in lower case). This machine's own addresses are never
/// asked of a proxy. Qt's own choice is not used: it passes over what it does not know, and goes directly.
class Proxies
{
public:
    /// `setting`: a proxy's URL, `none`, or empty for the environment's. Errors: BadInput, where a proxy that
    /// was asked for can't be used.
    static Result<Proxies> create(const QString &setting, const QProcessEnvironment &environment);

    /// Errors: BadInput, where the environment names one that can't be used.
    Result<QNetworkProxy> proxyFor(const QUrl &url) const;

private:
    NoProxy m_direct;
    std::optional<Result<QNetworkProxy>> m_forHttp; ///< none: directly
    std::optional<Result<QNetworkProxy>> m_forHttps;
};

/// `HOST:PORT`, without name and password.
QString nameOf(const QNetworkProxy &proxy);

} // namespace layerpool
