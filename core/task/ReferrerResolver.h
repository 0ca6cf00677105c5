// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "task/ReferrerSource.h"

#include <atomic>

namespace layerpool {

/// What refers to a manifest, by the tags under which a client finds it again at a registry without the
/// referrers API: OCI's fallback tag, and cosign's.
struct Referrers
{
    std::vector<TaggedManifests> tags;
    QStringList notes; ///< what had to be left out
};

/// Whether it is about the referrer: then that one is left out. Other trouble, on the way there, says nothing
/// of it and may be over soon.
bool concernsReferrerAlone(const Error &error);

/// Finds referrers: by the registry's API where it has it, else by the fallback tag, and by cosign's tags;
/// and what refers to those. One that is missing, damaged, forbidden or of an unknown kind is left out with a
/// note, and so are those beyond a thousand or beyond 8 MiB. Any number of workers may share one.
class ReferrerResolver
{
public:
    /// `pool` and `tags` must outlive it. `subjects` are all that will be asked for.
    ReferrerResolver(const std::optional<Pool> &pool, TagLists &tags,
                     const std::vector<ReferrerSubject> &subjects)
        : m_pool(pool), m_source(pool, tags, subjects)
    {
    }

    /// Errors: Unreachable, Server and such others as another try may mend; Cancelled.
    Result<Referrers> resolve(const ReferrerSubject &subject, RegistryClient &client);

private:
    struct Search; // the state of one `resolve`

    Status findOf(const ReferrerSubject &subject, Search &search, RegistryClient &client);
    Status findListed(const ReferrerSubject &subject, Search &search, RegistryClient &client);
    Status findCosigns(const ReferrerSubject &subject, Search &search, RegistryClient &client);
    /// The manifest of a tag; nothing where there is none, or none that can be taken.
    Result<std::optional<Manifest>> tagged(const ReferrerSubject &subject, const QString &tag,
                                           ReferrerSource::Unlisted unlisted, Search &search,
                                           RegistryClient &client);
    Result<std::optional<Manifest>> fetch(const Digest &digest, const ReferrerSubject &subject,
                                          Search &search, RegistryClient &client);
    /// The manifest, where there is room for its bytes.
    std::optional<Manifest> admitted(std::optional<Manifest> manifest, Search &search);
    /// Adds the manifest, children first. Those that are not there stay out: a sparse index is one.
    Status take(const Manifest &manifest, const ReferrerSubject &subject, int depth, TaggedManifests &into,
                Search &search, RegistryClient &client);
    /// Says where the pool's tag holds referrers that the source has not.
    void noteLoss(const TaggedManifests &tagged, const ReferrerSubject &subject, Search &search) const;
    void keep(TaggedManifests tagged, const ReferrerSubject &subject, Search &search) const;

    const std::optional<Pool> &m_pool;
    ReferrerSource m_source;
    std::atomic<qint64> m_bytes = 0; ///< of manifests that were found, for all subjects
};

} // namespace layerpool
