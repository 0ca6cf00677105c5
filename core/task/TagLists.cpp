// SPDX-License-Identifier: Apache-2.0
#include "task/TagLists.h"

#include "image/ReferrerTag.h"
#include "image/TagOrder.h"

#include <algorithm>

namespace layerpool {
namespace {

constexpr int kMostPages = 1000;

// Takes the tags of referrers out of the names.
QSet<QString> takeReferrers(QStringList &names)
{
    const auto referrers = std::stable_partition(names.begin(), names.end(),
                                                 [](const QString &tag) { return !ReferrerTag::isOne(tag); });
    const QSet<QString> taken(referrers, names.end());
    names.erase(referrers, names.end());
    return taken;
}

} // namespace

TagLists::List &TagLists::of(const RemoteRepository &repository)
{
    const std::lock_guard lock(m_mutex);
    return m_lists[repository];
}

Result<QStringList> TagLists::images(const RemoteRepository &repository, RegistryClient &client)
{
    List &list = of(repository);
    const std::lock_guard lock(list.mutex);
    if (!list.images) {
        Result<RegistryClient::Tags> tags = client.tags(repository, kMostPages);
        if (!tags) {
            return list.images.emplace(tags.error());
        }
        list.referrers = takeReferrers(tags->names); // signatures come with their image, never as one
        list.hasAskedForReferrers = true;
        if (!tags->areAll) {
            list.referrers.reset();
        }
        std::sort(tags->names.begin(), tags->names.end(), comesBefore);
        list.images.emplace(std::move(tags->names));
    }
    return *list.images;
}

// The list is a help: where a registry does not give it, each tag is asked for.
Result<std::optional<QSet<QString>>> TagLists::referrers(const RemoteRepository &repository, int mostPages,
                                                         RegistryClient &client)
{
    List &list = of(repository);
    const std::lock_guard lock(list.mutex);
    if (!list.hasAskedForReferrers) {
        Result<RegistryClient::Tags> tags = client.tags(repository, mostPages);
        if (!tags && tags.error().kind == ErrorKind::Cancelled) {
            return tags.error();
        }
        list.hasAskedForReferrers = true;
        if (tags && tags->areAll) {
            list.referrers = takeReferrers(tags->names);
        }
    }
    return list.referrers;
}

void TagLists::forgetImages()
{
    const std::lock_guard lock(m_mutex);
    for (auto &[repository, list] : m_lists) {
        list.images.reset();
    }
}

} // namespace layerpool
