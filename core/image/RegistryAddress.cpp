// SPDX-License-Identifier: Apache-2.0
#include "image/RegistryAddress.h"

#include "base/Text.h"
#include "image/RepositoryName.h"

#include <QHostAddress>
#include <QList>

#include <algorithm>

namespace layerpool {
namespace {

constexpr QLatin1String kDockerHub("docker.io");

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

QStringView withoutPort(QStringView host)
{
    const qsizetype colon = host.lastIndexOf(u':');
    return colon < 0 || host.endsWith(u']') ? host : host.first(colon);
}

bool isHostLabel(QStringView label)
{
    return !label.isEmpty() && label.front() != u'-' && label.back() != u'-' &&
           std::all_of(label.begin(), label.end(), [](QChar c) {
               return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') ||
                      c == u'-';
           });
}

} // namespace

bool isRegistryHost(QStringView text)
{
    const QStringView name = withoutPort(text);
    if (name.size() != text.size()) {
        const QStringView digits = text.sliced(name.size() + 1);
        const int port = std::all_of(digits.begin(), digits.end(), isDigit) ? digits.toInt() : 0;
        if (port < 1 || port > 65535) {
            return false;
        }
    }
    if (name.startsWith(u'[') && name.endsWith(u']')) {
        return QHostAddress(name.sliced(1, name.size() - 2).toString()).protocol() ==
               QAbstractSocket::IPv6Protocol;
    }
    const auto labels = name.split(u'.');
    return std::all_of(labels.begin(), labels.end(), isHostLabel);
}

bool namesHost(const QStringList &names, const QString &host)
{
    return names.contains(host, Qt::CaseInsensitive) ||
           names.contains(withoutPort(host).toString(), Qt::CaseInsensitive);
}

bool isLoopbackHost(QStringView host)
{
    const QStringView name = withoutPort(host);
    if (name == QLatin1String("localhost")) {
        return true;
    }
    const bool isBracketed = name.startsWith(u'[') && name.endsWith(u']');
    return QHostAddress((isBracketed ? name.sliced(1, name.size() - 2) : name).toString()).isLoopback();
}

RegistryAddress RegistryAddress::dockerHub()
{
    return {kDockerHub, {}};
}

QString RegistryAddress::dockerHubApi()
{
    return QStringLiteral("registry-1.docker.io");
}

bool RegistryAddress::isDockerHub() const
{
    return host == kDockerHub;
}

Result<RegistryAddress> RegistryAddress::parse(QStringView text)
{
    const auto bad = [&](const QString &why) {
        return Error{ErrorKind::BadInput, Text::tr("“%1” is no registry").arg(text), why,
                     Text::tr("Write HOST, HOST:PORT or HOST:PORT/PREFIX")};
    };
    if (text.contains(QLatin1String("://"))) {
        return bad(Text::tr("a registry is written without https:// or http://"));
    }
    if (text.contains(u'@')) {
        return bad(Text::tr("user names and passwords do not belong here"));
    }
    const qsizetype slash = text.indexOf(u'/');
    RegistryAddress address;
    address.host = (slash < 0 ? text : text.first(slash)).toString().toLower();
    if (address.host.isEmpty() || !isRegistryHost(address.host)) {
        return bad(Text::tr("“%1” is no host name with a port from 1 to 65535").arg(address.host));
    }
    if (address.host == QLatin1String("index.docker.io") || address.host == dockerHubApi()) {
        address.host = kDockerHub;
    }
    if (slash >= 0) {
        QStringView prefix = text.sliced(slash + 1);
        while (prefix.endsWith(u'/')) {
            prefix.chop(1);
        }
        if (!prefix.isEmpty() && !RepositoryName::parse(prefix)) {
            return bad(Text::tr("“%1” is no repository path").arg(prefix));
        }
        address.prefix = prefix.toString();
    }
    return address;
}

} // namespace layerpool
