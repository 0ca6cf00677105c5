// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "task/ConvertPlan.h"
#include "task/TransferCrew.h"

#include <QSet>

#include <map>
#include <mutex>
#include <set>

namespace layerpool {

/// A manifest whose referrers are looked for.
struct ReferrerSubject
{
    RemoteRepository source;
    RepositoryName repository; ///< in the pool
    Digest digest;

    friend auto operator<=>(const ReferrerSubject &, const ReferrerSubject &) = default;
};

/// What refers to a manifest, by the tags under which a client finds it again at a registry without the
/// referrers API: OCI's fallback tag, and cosign's.
struct Referrers
{
    std::vector<TaggedManifests> tags;
    QStringList notes; ///< what had to be left out
};

/// Finds referrers: by the registry's API where it has it, else by the fallback tag, and by cosign's tags;
/// and what refers to those. A registry is asked once whether it has the API, and once for a repository's
/// tags, which tell what need not be asked for. Any number of workers may share one.
class ReferrerResolver
{
public:
    /// `pool` must outlive it. `subjects` are all that will be asked for.
    ReferrerResolver(const std::optional<Pool> &pool, const std::vector<ReferrerSubject> &subjects);

    /// Errors: of the registry; Unsupported where there are too many of them.
    Result<Referrers> resolve(const ReferrerSubject &subject, RegistryClient &client);

private:
    using Listed = std::optional<std::vector<Descriptor>>;
    struct Host
    {
        std::mutex mutex;
        std::optional<Result<bool>> hasList;
    };
    struct Repository
    {
        std::mutex mutex;
        int subjects = 0;
        bool isAsked = false;
        std::optional<QSet<QString>> tags; ///< those that name referrers; none: each is asked for
    };
    struct Search; // the state of one `resolve`

    Result<Listed> listed(const ReferrerSubject &subject, RegistryClient &client);
    Result<std::optional<QSet<QString>>> tagsOf(const ReferrerSubject &subject, RegistryClient &client);
    /// The manifest of a tag; nothing where there is no such tag.
    Result<std::optional<Manifest>> tagged(const ReferrerSubject &subject, const QString &tag, bool mayAsk,
                                           RegistryClient &client);
    Status findOf(const ReferrerSubject &subject, Search &search, RegistryClient &client);
    Status findListed(const ReferrerSubject &subject, Search &search, RegistryClient &client);
    Status findCosigns(const ReferrerSubject &subject, Search &search, RegistryClient &client);
    /// Adds the manifest, children first. Those that are not there stay out: a sparse index is one.
    Status take(const Manifest &manifest, const ReferrerSubject &subject, int depth, TaggedManifests &into,
                Search &search, RegistryClient &client);
    Result<std::optional<Manifest>> fetch(const Digest &digest, const ReferrerSubject &subject,
                                          Search &search, RegistryClient &client);
    void keep(TaggedManifests tagged, const ReferrerSubject &subject, Search &search) const;

    const std::optional<Pool> &m_pool;
    SourceManifests m_manifests;
    std::map<QString, Host> m_hosts; ///< by host and the first part of the name: a host may serve several
    std::map<RemoteRepository, Repository> m_repositories;
};

/// How many signatures and other referrers a tag stands for: the index that lists them is none.
qint64 referrersIn(const TaggedManifests &tagged);

/// Finds the referrers of all images of a plan. An image whose referrers can't be read fails: it would not be
/// what was asked for. Error: Cancelled.
Status addReferrers(ConvertPlan &plan, const std::optional<Pool> &pool, TransferCrew &crew,
                    const TaskContext &context);

} // namespace layerpool
