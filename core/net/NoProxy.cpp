// SPDX-License-Identifier: Apache-2.0
#include "net/NoProxy.h"

#include "net/Origin.h"

#include <QRegularExpression>

#include <algorithm>

namespace layerpool {

NoProxy::NoProxy(const QString &list)
{
    static const QRegularExpression separators(QStringLiteral("[,\\s]+"));
    for (QString word : list.toLower().split(separators, Qt::SkipEmptyParts)) {
        if (word == QLatin1String("*")) {
            m_coversAll = true;
            continue;
        }
        if (word.contains(QLatin1Char('/'))) {
            const std::pair network = QHostAddress::parseSubnet(word);
            if (network.second >= 0) {
                m_networks.push_back(network);
            }
            continue;
        }
        Entry entry;
        // An address of IPv6 has colons of its own: a port follows only where it stands in brackets.
        const qsizetype colon = word.lastIndexOf(QLatin1Char(':'));
        const bool hasPort =
            colon >= 0 && (word.count(QLatin1Char(':')) == 1 || word.at(colon - 1) == QLatin1Char(']'));
        if (hasPort) {
            entry.port = word.sliced(colon + 1).toInt();
            word.truncate(colon);
        }
        if (word.startsWith(QLatin1Char('[')) && word.endsWith(QLatin1Char(']'))) {
            word = word.sliced(1, word.size() - 2);
        }
        if (!entry.address.setAddress(word)) {
            if (word.startsWith(QLatin1Char('*'))) {
                word.remove(0, 1);
            }
            entry.isOnlyBelow = word.startsWith(QLatin1Char('.'));
            entry.name = entry.isOnlyBelow ? word.sliced(1) : word;
        }
        if (!entry.address.isNull() || !entry.name.isEmpty()) {
            m_entries.push_back(std::move(entry));
        }
    }
}

bool NoProxy::covers(const QUrl &url) const
{
    if (m_coversAll) {
        return true;
    }
    const QString host = url.host().toLower();
    const QHostAddress address(host);
    if (!address.isNull() && std::any_of(m_networks.begin(), m_networks.end(),
                                         [&](const auto &network) { return address.isInSubnet(network); })) {
        return true;
    }
    return std::any_of(m_entries.begin(), m_entries.end(), [&](const Entry &entry) {
        if (entry.port >= 0 && entry.port != portOf(url)) {
            return false;
        }
        if (!entry.address.isNull()) {
            return entry.address == address;
        }
        return (host == entry.name && !entry.isOnlyBelow) || host.endsWith(QLatin1Char('.') + entry.name);
    });
}

} // namespace layerpool
