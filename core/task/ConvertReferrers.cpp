// SPDX-License-Identifier: Apache-2.0
#include "task/ConvertReferrers.h"

#include "image/ReferrerTag.h"
#include "image/ReferrersIndex.h"

#include <algorithm>
#include <deque>

namespace layerpool {
namespace {

constexpr int kMostSteps = 3;                // a signature on an SBOM on an image
constexpr std::size_t kMostReferrers = 1000; // of one manifest
constexpr int kTagsOfSubject = 4;            // the fallback tag and cosign's: what a list of tags saves

QString hostKey(const RemoteRepository &source)
{
    const QString name = source.name.toString();
    return source.name.hasOnePart() ? source.host
                                    : source.host + QLatin1Char('/') + name.section(QLatin1Char('/'), 0, 0);
}

// The list of tags is a help: where a registry does not give it, each tag is asked for.
bool isOnlyNotGiven(const Error &error)
{
    return error.kind != ErrorKind::Cancelled && error.kind != ErrorKind::Unreachable;
}

bool canBeLeftOut(const Error &error)
{
    return error.kind == ErrorKind::NotFound || error.kind == ErrorKind::Unsupported;
}

Error unreadable(const QString &image, const Error &cause)
{
    return {cause.kind, Text::tr("What refers to %1 cannot be read").arg(image),
            cause.why.isEmpty() ? cause.what : QStringLiteral("%1: %2").arg(cause.what, cause.why),
            Text::tr("Try again, or leave signatures and other referrers out (--no-referrers)")};
}

// Signatures are usually made on the source's index, though only a child of it is taken.
std::vector<ReferrerSubject> subjectsOf(const ConvertImage &image)
{
    std::vector<ReferrerSubject> subjects;
    if (image.seenIndex) {
        subjects.push_back({image.source, image.repository, image.seenIndex->digest()});
    }
    for (const Manifest &manifest : image.manifests) {
        subjects.push_back({image.source, image.repository, manifest.digest()});
    }
    return subjects;
}

using Found = std::map<ReferrerSubject, Result<Referrers>>;

// Moves the image's referrers into it; the error of the first that could not be read.
Status attach(ConvertImage &image, Found &found, QStringList &notes)
{
    for (const ReferrerSubject &subject : subjectsOf(image)) {
        Result<Referrers> &referrers = found.at(subject);
        if (!referrers) {
            return unreadable(image.line, referrers.error());
        }
        for (const TaggedManifests &tagged : referrers->tags) {
            image.isThere = image.isThere && tagged.isThere;
            image.referrers.push_back(tagged);
        }
        notes += std::exchange(referrers->notes, {}); // once, though two tags may name one image
    }
    return {};
}

} // namespace

struct ReferrerResolver::Search
{
    Referrers found;
    std::set<Digest> seen;            ///< manifests whose referrers were looked for, or will be
    std::deque<ReferrerSubject> next; ///< referrers, whose own are looked for in the next step
};

ReferrerResolver::ReferrerResolver(const std::optional<Pool> &pool,
                                   const std::vector<ReferrerSubject> &subjects)
    : m_pool(pool), m_manifests(pool)
{
    for (const ReferrerSubject &subject :
         subjects) { // the tables never grow again: workers may look into them
        m_hosts.try_emplace(hostKey(subject.source));
        ++m_repositories[subject.source].subjects;
    }
}

Result<Referrers> ReferrerResolver::resolve(const ReferrerSubject &subject, RegistryClient &client)
{
    Search search;
    search.seen.insert(subject.digest);
    search.next.push_back(subject);
    for (int step = 0; step < kMostSteps && !search.next.empty(); ++step) {
        const std::deque<ReferrerSubject> now = std::exchange(search.next, {});
        for (const ReferrerSubject &each : now) {
            if (Status done = findOf(each, search, client); !done) {
                return done.error();
            }
            if (search.seen.size() > kMostReferrers) {
                return Error{ErrorKind::Unsupported,
                             Text::tr("%1 has too many referrers").arg(subject.digest.toString()),
                             Text::tr("there are more than %1").arg(kMostReferrers),
                             {}};
            }
        }
    }
    return std::move(search.found);
}

Status ReferrerResolver::findOf(const ReferrerSubject &subject, Search &search, RegistryClient &client)
{
    Status found = findListed(subject, search, client);
    return found ? findCosigns(subject, search, client) : found;
}

Result<ReferrerResolver::Listed> ReferrerResolver::listed(const ReferrerSubject &subject,
                                                          RegistryClient &client)
{
    Host &host = m_hosts.at(hostKey(subject.source));
    {
        const std::lock_guard lock(host.mutex); // the first one asks, the others wait for what it learns
        if (!host.hasList) {
            Result<Listed> first = client.referrers(subject.source, subject.digest);
            host.hasList = first ? Result<bool>(first->has_value()) : Result<bool>(first.error());
            return first;
        }
    }
    if (!*host.hasList) {
        return host.hasList->error();
    }
    return **host.hasList ? client.referrers(subject.source, subject.digest) : Result<Listed>(std::nullopt);
}

Result<std::optional<QSet<QString>>> ReferrerResolver::tagsOf(const ReferrerSubject &subject,
                                                              RegistryClient &client)
{
    Repository &repository = m_repositories.at(subject.source);
    const std::lock_guard lock(repository.mutex);
    if (repository.isAsked) {
        return repository.tags;
    }
    const Result<RegistryClient::Tags> tags =
        client.tags(subject.source, kTagsOfSubject * repository.subjects);
    if (!tags && !isOnlyNotGiven(tags.error())) {
        return tags.error();
    }
    repository.isAsked = true;
    if (tags && tags->areAll) {
        repository.tags.emplace();
        std::copy_if(tags->names.begin(), tags->names.end(),
                     std::inserter(*repository.tags, repository.tags->end()),
                     [](const QString &tag) { return ReferrerTag::isOne(tag); });
    }
    return repository.tags;
}

Result<std::optional<Manifest>> ReferrerResolver::tagged(const ReferrerSubject &subject, const QString &tag,
                                                         bool mayAsk, RegistryClient &client)
{
    const Result<std::optional<QSet<QString>>> tags = tagsOf(subject, client);
    if (!tags) {
        return tags.error();
    }
    if (*tags ? !(*tags)->contains(tag) : !mayAsk) {
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

Result<std::optional<Manifest>> ReferrerResolver::fetch(const Digest &digest, const ReferrerSubject &subject,
                                                        Search &search, RegistryClient &client)
{
    Result<Manifest> manifest = m_manifests.byDigest(subject.source, digest, client);
    if (manifest) {
        return std::optional(*std::move(manifest));
    }
    if (!canBeLeftOut(manifest.error())) {
        return manifest.error();
    }
    search.found.notes << Text::tr("%1@%2, which refers to %3, is left out (%4)")
                              .arg(subject.source.name.toString(), digest.toString(),
                                   subject.digest.toString(), manifest.error().sentence());
    return std::optional<Manifest>();
}

Status ReferrerResolver::take(const Manifest &manifest, const ReferrerSubject &subject, int depth,
                              TaggedManifests &into, Search &search, RegistryClient &client)
{
    if (into.has(manifest.digest())) {
        return {};
    }
    for (const Descriptor &descriptor :
         depth < Manifest::maxIndexDepth ? manifest.children() : std::vector<Descriptor>()) {
        const Result<std::optional<Manifest>> child = fetch(descriptor.digest, subject, search, client);
        if (!child) {
            return child.error();
        }
        if (Status taken = *child ? take(**child, subject, depth + 1, into, search, client) : Status();
            !taken) {
            return taken;
        }
    }
    into.take(manifest);
    return {};
}

void ReferrerResolver::keep(TaggedManifests tagged, const ReferrerSubject &subject, Search &search) const
{
    std::erase_if(tagged.blobs, [](const Descriptor &blob) { return blob.isForeign(); });
    tagged.isThere = m_pool && tagged.isWholeIn(*m_pool, subject.repository);
    for (const Manifest &manifest : tagged.manifests) {
        const bool isList = manifest.isIndex() && manifest.digest() == tagged.root;
        if (!isList && search.seen.insert(manifest.digest()).second) {
            search.next.push_back({subject.source, subject.repository, manifest.digest()});
        }
    }
    search.found.tags.push_back(std::move(tagged));
}

// By the API, and by the fallback tag. The tag's index stays as it is, byte for byte, as long as it names
// just what is taken: one with holes could not be pushed, and one that lacks something would hide it.
Status ReferrerResolver::findListed(const ReferrerSubject &subject, Search &search, RegistryClient &client)
{
    const Result<Listed> list = listed(subject, client);
    if (!list) {
        return list.error();
    }
    const QString tag = ReferrerTag{subject.digest, {}}.toString();
    const Result<std::optional<Manifest>> index = tagged(subject, tag, !*list, client);
    if (!index) {
        return index.error();
    }
    std::vector<Descriptor> wanted = *index ? (*index)->children() : std::vector<Descriptor>();
    const std::size_t inTag = wanted.size();
    for (const Descriptor &descriptor : *list ? **list : std::vector<Descriptor>()) {
        if (std::none_of(wanted.begin(), wanted.end(),
                         [&](const Descriptor &other) { return other.digest == descriptor.digest; })) {
            wanted.push_back(descriptor);
        }
    }
    TaggedManifests referrers;
    referrers.tag = tag;
    std::vector<Manifest> direct;
    for (const Descriptor &descriptor : wanted) {
        Result<std::optional<Manifest>> manifest = fetch(descriptor.digest, subject, search, client);
        if (!manifest) {
            return manifest.error();
        }
        if (!*manifest) {
            continue;
        }
        if (Status taken = take(**manifest, subject, 0, referrers, search, client); !taken) {
            return taken;
        }
        direct.push_back(**std::move(manifest));
    }
    if (direct.empty()) {
        return {};
    }
    const bool isAsItWas = *index && inTag == wanted.size() && direct.size() == wanted.size();
    const Manifest root = isAsItWas ? **index : referrersIndex(std::move(direct));
    referrers.root = root.digest();
    referrers.take(root);
    keep(std::move(referrers), subject, search);
    return {};
}

Status ReferrerResolver::findCosigns(const ReferrerSubject &subject, Search &search, RegistryClient &client)
{
    for (const QString &ending : ReferrerTag::cosignEndings()) {
        TaggedManifests signature;
        signature.tag = ReferrerTag{subject.digest, ending}.toString();
        const Result<std::optional<Manifest>> root = tagged(subject, signature.tag, true, client);
        if (!root && !canBeLeftOut(root.error())) {
            return root.error();
        }
        if (!root) {
            search.found.notes << Text::tr("%1:%2 is left out (%3)")
                                      .arg(subject.source.name.toString(), signature.tag,
                                           root.error().sentence());
        }
        if (!root || !*root) {
            continue;
        }
        if (Status taken = take(**root, subject, 0, signature, search, client); !taken) {
            return taken;
        }
        signature.root = (*root)->digest();
        keep(std::move(signature), subject, search);
    }
    return {};
}

qint64 referrersIn(const TaggedManifests &tagged)
{
    return std::count_if(tagged.manifests.begin(), tagged.manifests.end(), [&](const Manifest &manifest) {
        return !(manifest.isIndex() && manifest.digest() == tagged.root);
    });
}

Status addReferrers(ConvertPlan &plan, const std::optional<Pool> &pool, TransferCrew &crew,
                    const TaskContext &context)
{
    std::set<ReferrerSubject> unique;
    for (const ConvertImage &image : plan.images) {
        const std::vector<ReferrerSubject> own = subjectsOf(image);
        unique.insert(own.begin(), own.end());
    }
    const std::vector<ReferrerSubject> subjects(unique.begin(), unique.end());
    context.progress.setPhase(Text::tr("Asking for signatures"));
    ReferrerResolver resolver(pool, subjects);
    std::vector<std::optional<Result<Referrers>>> results(subjects.size());
    crew.forEach(subjects.size(), [&](std::size_t i, RegistryClient &client) {
        results[i] = resolver.resolve(subjects[i], client);
    });
    if (context.cancel.isCancelled()) {
        return cancelledError();
    }
    Found found;
    for (std::size_t i = 0; i < subjects.size(); ++i) {
        found.emplace(subjects[i], *std::move(results[i]));
    }
    std::vector<ConvertImage> whole;
    for (ConvertImage &image : plan.images) {
        if (const Status attached = attach(image, found, plan.notes); attached) {
            whole.push_back(std::move(image));
        } else {
            plan.failures.push_back({image.line, attached.error()});
        }
    }
    plan.images = std::move(whole);
    return {};
}

} // namespace layerpool
