// SPDX-License-Identifier: Apache-2.0
#include "task/ReferrerSource.h"

#include "base/Text.h"

namespace layerpool {
namespace {

constexpr int kTagsOfSubject = 4; // the fallback tag and cosign's: what a list of tags saves

QString hostKey(const RemoteRepository &source)
{
    const QString name = source.name.toString();
    return source.name.hasOnePart() ? source.host
                                    : source.host + QLatin1Char('/') + name.section(QLatin1Char('/'), 0, 0);
}

} // namespace

ReferrerSource::ReferrerSource(const std::optional<Pool> &pool, TagLists &tags,
                               const std::vector<ReferrerSubject> &subjects)
    : m_tags(tags), m_manifests(pool)
{
    // The tables never grow again: workers may look into them.
    for (const ReferrerSubject &subject : subjects) {
        m_hosts.try_emplace(hostKey(subject.source));
        ++m_subjects[subject.source];
    }
}

// The first one asks alone, so that a registry without the API is asked once. Only what the registry says of
// itself holds for the others: not an answer that concerns one repository, nor one that never came.
Result<RegistryClient::ReferrerList> ReferrerSource::listed(const ReferrerSubject &subject, std::size_t most,
                                                            RegistryClient &client)
{
    using List = RegistryClient::ReferrerList;
    const auto ask = [&] { return client.referrers(subject.source, subject.digest, most); };
    Host &host = m_hosts.at(hostKey(subject.source));
    {
        const std::lock_guard lock(host.mutex);
        if (host.hasNoList) {
            return List{List::Support::None, {}, true};
        }
        if (!std::exchange(host.isAsked, true)) {
            Result<List> first = ask();
            learn(host, first);
            return first;
        }
    }
    Result<List> list = ask();
    const std::lock_guard lock(host.mutex);
    learn(host, list);
    return list;
}

// One that has given a list has them: a later “none” stands for that subject alone.
void ReferrerSource::learn(Host &host, const Result<RegistryClient::ReferrerList> &list)
{
    using Support = RegistryClient::ReferrerList::Support;
    host.hasList = host.hasList || (list && list->support == Support::Given);
    host.hasNoList = !host.hasList && list && list->support == Support::None;
}

Result<std::optional<Manifest>> ReferrerSource::tagged(const ReferrerSubject &subject, const QString &tag,
                                                       Unlisted unlisted, RegistryClient &client)
{
    const auto tags =
        m_tags.referrers(subject.source, kTagsOfSubject * m_subjects.at(subject.source), client);
    if (!tags) {
        return tags.error();
    }
    if (*tags ? !(*tags)->contains(tag) : unlisted == Unlisted::Pass) {
        return std::optional<Manifest>();
    }
    Result<Manifest> manifest = [&]() -> Result<Manifest> {
        if (*tags) {
            return m_manifests.byTag(subject.source, tag, subject.repository, tag, client);
        }
        const Result<std::optional<Digest>> digest = client.manifestDigest(subject.source, tag);
        if (!digest) {
            return digest.error();
        }
        return *digest ? m_manifests.byDigest(subject.source, **digest, client)
                       : Result<Manifest>(Error{ErrorKind::NotFound, tag, {}, {}});
    }();
    if (!manifest && manifest.error().kind == ErrorKind::NotFound) { // listed, and gone
        return std::optional<Manifest>();
    }
    return manifest ? Result<std::optional<Manifest>>(*std::move(manifest)) : manifest.error();
}

} // namespace layerpool
