// SPDX-License-Identifier: Apache-2.0
#include "net/Origin.h"

namespace layerpool {

int portOf(const QUrl &url)
{
    return url.port(url.scheme() == QLatin1String("https") ? 443 : 80);
}

bool isSameOrigin(const QUrl &a, const QUrl &b)
{
    return a.scheme() == b.scheme() && a.host() == b.host() && portOf(a) == portOf(b);
}

bool isSafeStep(const QUrl &from, const QUrl &to)
{
    const bool isHttps = to.scheme() == QLatin1String("https");
    const bool isHttp = to.scheme() == QLatin1String("http");
    return (isHttps || (isHttp && from.scheme() == QLatin1String("http"))) && to.userInfo().isEmpty();
}

QString hostOf(const QUrl &url)
{
    const QString name =
        url.host().contains(QLatin1Char(':')) ? QStringLiteral("[%1]").arg(url.host()) : url.host();
    return url.port() < 0 ? name : QStringLiteral("%1:%2").arg(name).arg(url.port());
}

} // namespace layerpool
