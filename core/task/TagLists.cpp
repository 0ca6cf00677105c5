// SPDX-License-Identifier: Apache-2.0
#include "task/TagLists.h"

#include "base/Text.h"
#include "image/ReferrerTag.h"
#include "image/TagOrder.h"

#include <algorithm>

namespace layerpool {
namespace {

constexpr int kMostPages = 1000;

Error tooManyTags(const RemoteRepository &repository)
{
    return {ErrorKind::Unsupported,
            Text::tr("%1 has more tags at %2 than a pattern can stand for")
                .arg(repository.name.toString(), repository.host),
            Text::tr("they are on more than %1 pages").arg(kMostPages),
            Text::tr("Name the tags, each on a line of its own")};
}

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
        if (!tags || !tags->areAll) { // some of them would be a guess
            list.hasAskedForReferrers = static_cast<bool>(tags);
            return list.images.emplace(tags ? tooManyTags(repository) : tags.error());
        }
        list.referrers = takeReferrers(tags->names); // signatures come with their image, never as one
        list.hasAskedForReferrers = true;
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
