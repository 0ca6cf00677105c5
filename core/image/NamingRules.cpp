// SPDX-License-Identifier: Apache-2.0
#include "image/NamingRules.h"

#include "base/Text.h"

namespace layerpool {
namespace {

const QString kLibrary = QStringLiteral("library");

QString hostAsPathPart(QString host)
{
    return host.replace(QLatin1Char(':'), QLatin1Char('_'));
}

QString normalHost(const QString &registry)
{
    const Result<RegistryAddress> address = RegistryAddress::parse(registry);
    return address ? address->host : registry;
}

Error tooLong(const ImageReference &reference, const QString &prefix)
{
    return {ErrorKind::BadInput,
            Text::tr("“%1” has no name below %2").arg(reference.toString(), prefix),
            Text::tr("it would be longer than 255 characters, or no legal name"),
            {}};
}

} // namespace

RepositoryName officialName(const RepositoryName &name, bool isDockerHub)
{
    return isDockerHub && name.hasOnePart() ? name.below(kLibrary).value_or(name) : name;
}

QString NamingRules::registryOf(const ImageReference &reference) const
{
    return reference.registry.isEmpty() ? source.host : normalHost(reference.registry);
}

Result<std::vector<RemoteRepository>> NamingRules::remotes(const ImageReference &reference) const
{
    const QString registry = registryOf(reference);
    const RepositoryName name =
        officialName(reference.repository, registry == RegistryAddress::dockerHub().host);

    std::vector<RegistryAddress> addresses;
    if (const auto found = mirrors.find(registry); found != mirrors.end()) {
        addresses = found->second;
    }
    addresses.push_back(reference.registry.isEmpty() ? source : RegistryAddress{registry, {}});

    std::vector<RemoteRepository> remotes;
    for (const RegistryAddress &address : addresses) {
        const std::optional<RepositoryName> full = name.below(address.prefix);
        if (!full) {
            return tooLong(reference, address.prefix);
        }
        remotes.push_back({address.host, *full});
    }
    return remotes;
}

Result<RepositoryName> NamingRules::poolName(const ImageReference &reference) const
{
    const QString registry = registryOf(reference);
    const RepositoryName name =
        officialName(reference.repository, registry == RegistryAddress::dockerHub().host);
    if (!keepsHost) {
        return name;
    }
    const std::optional<RepositoryName> full = name.below(hostAsPathPart(registry));
    if (!full) {
        return tooLong(reference, hostAsPathPart(registry));
    }
    return *full;
}

QString NamingRules::keyOf(const ImageReference &reference) const
{
    const Result<std::vector<RemoteRepository>> asked = remotes(reference);
    if (!asked) {
        return reference.toString();
    }
    ImageReference full = reference;
    full.registry = asked->back().host;
    full.repository = asked->back().name;
    return full.toString();
}

QString poolTag(const ImageReference &reference)
{
    return !reference.tag.isEmpty() || !reference.digest
               ? reference.tag
               : QString::fromLatin1(reference.digest->algorithmName()) + QLatin1Char('-') +
                     reference.digest->shortHex();
}

std::vector<RepositoryName> poolCandidates(const ImageReference &reference)
{
    const QString host =
        reference.registry.isEmpty() ? RegistryAddress::dockerHub().host : normalHost(reference.registry);
    const RepositoryName &name = reference.repository;
    const std::optional<RepositoryName> official = name.hasOnePart() ? name.below(kLibrary) : std::nullopt;

    std::vector<RepositoryName> candidates;
    const auto add = [&](const std::optional<RepositoryName> &candidate) {
        if (candidate) {
            candidates.push_back(*candidate);
        }
    };
    add(name.below(hostAsPathPart(host)));
    if (official) {
        add(official->below(hostAsPathPart(host)));
    }
    add(name);
    add(official);
    return candidates;
}

} // namespace layerpool
