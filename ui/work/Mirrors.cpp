// SPDX-License-Identifier: Apache-2.0
#include "work/Mirrors.h"

#include <QRegularExpression>

namespace layerpool {

QStringList wordsOf(const Mirrors &mirrors)
{
    QStringList words;
    for (const auto &[host, addresses] : mirrors) {
        for (const RegistryAddress &address : addresses) {
            words.append(host + QLatin1Char('=') + address.toString());
        }
    }
    return words;
}

QString textOf(const std::vector<RegistryAddress> &mirrors)
{
    QStringList texts;
    for (const RegistryAddress &mirror : mirrors) {
        texts.append(mirror.toString());
    }
    return texts.join(QStringLiteral(", "));
}

QStringList wordsOf(const QString &text)
{
    static const QRegularExpression separators(QStringLiteral("[,;\\s]+"));
    return text.split(separators, Qt::SkipEmptyParts);
}

Result<std::vector<RegistryAddress>> parseAddresses(const QStringList &words)
{
    std::vector<RegistryAddress> addresses;
    for (const QString &word : words) {
        Result<RegistryAddress> address = RegistryAddress::parse(word);
        if (!address) {
            return address.error();
        }
        addresses.push_back(*std::move(address));
    }
    return addresses;
}

Result<Mirrors> parseMirrors(const QStringList &words, const QString &registry)
{
    Mirrors mirrors;
    for (const QString &word : words) {
        const qsizetype equals = word.indexOf(QLatin1Char('='));
        const Result<RegistryAddress> host =
            RegistryAddress::parse(equals < 0 ? registry : word.first(equals));
        const Result<RegistryAddress> mirror = RegistryAddress::parse(word.sliced(equals + 1));
        if (!host) {
            return host.error();
        }
        if (!mirror) {
            return mirror.error();
        }
        mirrors[host->host].push_back(*mirror);
    }
    return mirrors;
}

} // namespace layerpool
