// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "task/TagLists.h"
#include "task/TaggedManifests.h"

#include <map>
#include <mutex>

namespace layerpool {

/// A manifest whose referrers are looked for.
struct ReferrerSubject
{
    RemoteRepository source;
    RepositoryName repository; ///< in the pool
    Digest digest;

    friend auto operator<=>(const ReferrerSubject &, const ReferrerSubject &) = default;
};

/// Where referrers are asked for: the registry's API where it has it, and its tags. A registry that says
/// that it lacks the API is not asked again; a repository is asked once for its tags, which tell what need
/// not be asked for. Any number of workers may share one.
class ReferrerSource
{
public:
    /// `pool` and `tags` must outlive it. `subjects` are all that will be asked for.
    ReferrerSource(const std::optional<Pool> &pool, TagLists &tags,
                   const std::vector<ReferrerSubject> &subjects);

    /// What the API lists, `most` of it. Errors: of the registry.
    Result<RegistryClient::ReferrerList> listed(const ReferrerSubject &subject, std::size_t most,
                                                RegistryClient &client);
    enum class Unlisted { Ask, Pass };
    /// The manifest of a tag; nothing where there is no such tag. `unlisted` decides where the registry does
    /// not list its tags. Errors: of the registry.
    Result<std::optional<Manifest>> tagged(const ReferrerSubject &subject, const QString &tag,
                                           Unlisted unlisted, RegistryClient &client);
    Result<Manifest> manifest(const ReferrerSubject &subject, const Digest &digest,
                              RegistryClient &client) const
    {
        return m_manifests.byDigest(subject.source, digest, client);
    }

private:
    struct Host
    {
        std::mutex mutex;
        bool isAsked = false;
        bool hasList = false;   ///< it has given one
        bool hasNoList = false; ///< and says so
    };

    static void learn(Host &host, const Result<RegistryClient::ReferrerList> &list);

    TagLists &m_tags;
    SourceManifests m_manifests;
    std::map<QString, Host> m_hosts; ///< by host and the first part of the name: a host may serve several
    std::map<RemoteRepository, int> m_subjects; ///< how many there are of each repository
};

} // namespace layerpool
