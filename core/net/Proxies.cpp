// SPDX-License-Identifier: Apache-2.0
#include "net/Proxies.h"

#include "base/Text.h"
#include "image/RegistryAddress.h"
#include "net/Origin.h"

namespace layerpool {
namespace {

constexpr int kHttpPort = 80;
constexpr int kSocksPort = 1080;

Error unusable(const QString &why)
{
    return {ErrorKind::BadInput,
            Text::tr("The proxy cannot be used"),
            why,
            Text::tr("Write http://HOST:PORT or socks5://HOST:PORT, or go without one"),
            {},
            {},
            {QStringLiteral("--proxy none")}};
}

// Nothing of the text is repeated where it may hold a password.
Result<QNetworkProxy> parse(const QString &text)
{
    const QUrl url(text.contains(QLatin1String("://")) ? text : QLatin1String("http://") + text,
                   QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty()) {
        return unusable(Text::tr("its address cannot be understood"));
    }
    const bool isSocks = url.scheme() == QLatin1String("socks5") || url.scheme() == QLatin1String("socks5h");
    if (!isSocks && url.scheme() != QLatin1String("http")) {
        return unusable(Text::tr("%1:// is no kind of proxy that is known here").arg(url.scheme()));
    }
    return QNetworkProxy(isSocks ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy, url.host(),
                         static_cast<quint16>(url.port(isSocks ? kSocksPort : kHttpPort)),
                         url.userName(QUrl::FullyDecoded), url.password(QUrl::FullyDecoded));
}

QString valueOf(const QProcessEnvironment &environment, const QString &name)
{
    const QString value = environment.value(name).trimmed();
    return value.isEmpty() ? environment.value(name.toLower()).trimmed() : value;
}

} // namespace

Result<Proxies> Proxies::create(const QString &setting, const QProcessEnvironment &environment)
{
    Proxies proxies;
    if (setting == QLatin1String("none")) {
        return proxies;
    }
    proxies.m_direct = NoProxy(valueOf(environment, QStringLiteral("NO_PROXY")));
    if (!setting.isEmpty()) {
        const Result<QNetworkProxy> asked = parse(setting);
        if (!asked) {
            return asked.error();
        }
        proxies.m_forHttp = proxies.m_forHttps = asked;
        return proxies;
    }
    const QString all = valueOf(environment, QStringLiteral("ALL_PROXY"));
    for (auto &[name, proxy] : {std::pair(QStringLiteral("HTTP_PROXY"), &proxies.m_forHttp),
                                std::pair(QStringLiteral("HTTPS_PROXY"), &proxies.m_forHttps)}) {
        const QString own = valueOf(environment, name);
        if (const QString text = own.isEmpty() ? all : own; !text.isEmpty()) {
            *proxy = parse(text);
        }
    }
    return proxies;
}

Result<QNetworkProxy> Proxies::proxyFor(const QUrl &url) const
{
    const auto &proxy = url.scheme() == QLatin1String("https") ? m_forHttps : m_forHttp;
    if (!proxy || isLoopbackHost(hostOf(url)) || m_direct.covers(url)) {
        return QNetworkProxy(QNetworkProxy::NoProxy);
    }
    return *proxy;
}

QString nameOf(const QNetworkProxy &proxy)
{
    return QStringLiteral("%1:%2").arg(proxy.hostName()).arg(proxy.port());
}

} // namespace layerpool
