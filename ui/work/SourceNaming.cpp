// SPDX-License-Identifier: Apache-2.0
#include "work/SourceNaming.h"

#include "work/Mirrors.h"

namespace layerpool {

Result<NamingRules> namingRules(const QString &source, const QString &mirrors, bool keepsHost)
{
    const Result<RegistryAddress> address = RegistryAddress::parse(source.trimmed());
    if (!address) {
        return address.error();
    }
    Result<Mirrors> known = parseMirrors(wordsOf(mirrors), address->host);
    if (!known) {
        return known.error();
    }
    NamingRules naming;
    naming.source = *address;
    naming.keepsHost = keepsHost;
    naming.mirrors = *std::move(known);
    return naming;
}

} // namespace layerpool
