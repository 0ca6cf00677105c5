// SPDX-License-Identifier: Apache-2.0
#include "work/SourceNaming.h"

#include <QRegularExpression>

namespace layerpool {
namespace {

Status addMirror(NamingRules &naming, const QString &word)
{
    const qsizetype equals = word.indexOf(QLatin1Char('='));
    const QString registry = equals < 0 ? naming.source.host : word.first(equals);
    const Result<RegistryAddress> host = RegistryAddress::parse(registry);
    const Result<RegistryAddress> mirror = RegistryAddress::parse(word.sliced(equals + 1));
    if (!host) {
        return host.error();
    }
    if (!mirror) {
        return mirror.error();
    }
    naming.mirrors[host->host].push_back(*mirror);
    return {};
}

} // namespace

QStringList wordsOf(const QString &text)
{
    static const QRegularExpression separators(QStringLiteral("[,;\\s]+"));
    return text.split(separators, Qt::SkipEmptyParts);
}

Result<NamingRules> namingRules(const QString &source, const QString &mirrors, bool keepsHost)
{
    const Result<RegistryAddress> address = RegistryAddress::parse(source.trimmed());
    if (!address) {
        return address.error();
    }
    NamingRules naming;
    naming.source = *address;
    naming.keepsHost = keepsHost;
    for (const QString &word : wordsOf(mirrors)) {
        if (const Status added = addMirror(naming, word); !added) {
            return added.error();
        }
    }
    return naming;
}

} // namespace layerpool
