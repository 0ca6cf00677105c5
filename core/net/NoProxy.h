// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHostAddress>
#include <QString>
#include <QUrl>

#include <utility>
#include <vector>

namespace layerpool {

/// The hosts that are spoken to directly, as `NO_PROXY` lists them: `*`, a domain with all below it
/// (`corp.lan`), only what is below it (`.corp.lan`, `*.corp.lan`), an address, a network (`10.0.0.0/8`),
/// each but the last with a port where only that one is meant. What is no such word stands for no host.
class NoProxy
{
public:
    NoProxy() = default;
    explicit NoProxy(const QString &list);

    bool covers(const QUrl &url) const;

private:
    struct Entry
    {
        QString name; ///< lower case, empty where it is an address
        QHostAddress address;
        int port = -1;            ///< -1: any
        bool isOnlyBelow = false; ///< not the name itself
    };

    bool m_coversAll = false;
    std::vector<Entry> m_entries;
    std::vector<std::pair<QHostAddress, int>> m_networks;
};

} // namespace layerpool
