// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "registry/RegistryClient.h"

#include <QSet>

#include <map>
#include <mutex>
#include <optional>

namespace layerpool {

/// The tags of the repositories that a plan asks, each list fetched once: it tells which tags match a line's
/// pattern, and which name signatures and other referrers. Any number of workers may share one.
class TagLists
{
public:
    /// Those that name images: all of them, in the order of comesBefore. Errors: of the registry, Unsupported
    /// (more than anyone can want: the list is never cut).
    Result<QStringList> images(const RemoteRepository &repository, RegistryClient &client);

    /// Those that name referrers; nothing where the registry does not list its tags, or not within
    /// `mostPages`. Error: Cancelled.
    Result<std::optional<QSet<QString>>> referrers(const RemoteRepository &repository, int mostPages,
                                                   RegistryClient &client);

    /// Lets go of the tags that name images: they may be many, and are of use only to patterns.
    void forgetImages();

private:
    struct List
    {
        std::mutex mutex; ///< guards all below: the first one asks, the others wait for what it learns
        std::optional<Result<QStringList>> images;
        bool hasAskedForReferrers = false;
        std::optional<QSet<QString>> referrers;
    };

    List &of(const RemoteRepository &repository);

    std::mutex m_mutex; ///< guards the table, not what is in it
    std::map<RemoteRepository, List> m_lists;
};

} // namespace layerpool
