// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "image/ImageReference.h"
#include "image/RegistryAddress.h"

#include <map>
#include <vector>

namespace layerpool {

/// A repository at a registry: where one request goes.
struct RemoteRepository
{
    QString host; ///< as RegistryAddress::host
    RepositoryName name;

    friend bool operator==(const RemoteRepository &, const RemoteRepository &) = default;
    friend auto operator<=>(const RemoteRepository &a, const RemoteRepository &b)
    {
        const int hosts = a.host.compare(b.host);
        return hosts != 0 ? hosts <=> 0 : a.name <=> b.name;
    }
};

/// From what a list says to where an image is asked for and where it lies in a pool.
struct NamingRules
{
    /// Answers for lines that name no registry.
    RegistryAddress source = RegistryAddress::dockerHub();
    /// By registry host: mirrors that are asked before it, in order.
    std::map<QString, std::vector<RegistryAddress>> mirrors;
    /// Puts the registry in front of names in the pool, its port's `:` as `_`.
    bool keepsHost = false;

    /// Where to ask, mirrors first. BadInput where a prefix makes the name too long.
    Result<std::vector<RemoteRepository>> remotes(const ImageReference &reference) const;

    /// Its repository in the pool. BadInput where no name can be made (an IPv6 host with keepsHost).
    Result<RepositoryName> poolName(const ImageReference &reference) const;

    /// The registry that answers for the line.
    QString registryOf(const ImageReference &reference) const;

    /// Two references with one key ask for the same image.
    QString keyOf(const ImageReference &reference) const;
};

/// The name that a registry is asked for: Docker Hub keeps its official images under `library/`, and writes
/// them without it.
RepositoryName officialName(const RepositoryName &name, bool isDockerHub);

/// The tag that an image gets in a pool: its own, or `sha256-<first 12 hex>` where it has a digest alone, so
/// that a registry's garbage collection does not take it for unused.
QString poolTag(const ImageReference &reference);

/// The repositories under which a pool may hold the line's image, in the order in which to look: with its
/// host in front, without it, and a one-part name also under `library/`.
std::vector<RepositoryName> poolCandidates(const ImageReference &reference);

} // namespace layerpool
