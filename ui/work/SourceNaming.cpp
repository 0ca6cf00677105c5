// SPDX-License-Identifier: Apache-2.0
#include "work/SourceNaming.h"

#include "work/Mirrors.h"

#include <algorithm>

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

int linesWithoutRegistry(const ImagesList &list)
{
    const std::vector<ListLine> &lines = list.images();
    return int(std::count_if(lines.begin(), lines.end(),
                             [](const ListLine &line) { return line.reference.registry.isEmpty(); }));
}

} // namespace layerpool
