// SPDX-License-Identifier: Apache-2.0
#include "task/ReferrerResolver.h"

#include "base/Text.h"
#include "image/ReferrerTag.h"
#include "image/ReferrersUnion.h"
#include "task/ReferrersList.h"

#include <algorithm>
#include <deque>
#include <set>

namespace layerpool {
namespace {

constexpr int kMostSteps = 3;                // a signature on an SBOM on an image
constexpr std::size_t kMostReferrers = 1000; // of one manifest
constexpr qsizetype kMostNamed = 5;          // of those that are left out
// Bytes of manifests, which are held in memory until they are published.
constexpr qint64 kMostBytes = 8 * 1024 * 1024;       // of what refers to one image
constexpr qint64 kMostBytesOfAll = 64 * 1024 * 1024; // of what refers to any

QString nameOf(const ReferrerSubject &subject, const Digest &digest)
{
    return subject.source.name.toString() + QLatin1Char('@') + digest.toString();
}

} // namespace

struct ReferrerResolver::Search
{
    Referrers found;
    std::set<Digest> seen;            ///< manifests whose referrers were looked for, or will be
    std::deque<ReferrerSubject> next; ///< referrers, whose own are looked for in the next step
    std::size_t asked = 0;            ///< manifests of referrers
    bool hasMore = false;             ///< than may be asked for
    qint64 bytes = 0;                 ///< of the manifests that are taken
    int tooMany = 0;                  ///< manifests that are left out, as there are too many bytes
    QStringList leftOut;              ///< a sentence each

    std::size_t room() const { return tooMany > 0 ? 0 : kMostReferrers - asked; }

    /// Nothing where the error concerns this one alone: it is left out, and said to be.
    Result<std::optional<Manifest>> orLeaveOut(Result<std::optional<Manifest>> manifest, const QString &what)
    {
        if (manifest || !concernsReferrerAlone(manifest.error())) {
            return manifest;
        }
        leftOut << Text::tr("%1 is left out (%2)").arg(what, manifest.error().sentence());
        return std::optional<Manifest>();
    }

    Referrers take(const ReferrerSubject &subject)
    {
        found.notes += leftOut.mid(0, kMostNamed);
        if (leftOut.size() > kMostNamed) {
            found.notes << Text::tr("%n more referrer(s) of %1 left out", nullptr,
                                    static_cast<int>(leftOut.size() - kMostNamed))
                               .arg(nameOf(subject, subject.digest));
        }
        if (hasMore) {
            found.notes << Text::tr("More than %1 manifests refer to %2: the others are left out")
                               .arg(kMostReferrers)
                               .arg(nameOf(subject, subject.digest));
        }
        if (tooMany > 0) {
            found.notes << Text::tr("%n manifest(s) that refer to %1 left out: together they are too large",
                                    nullptr, tooMany)
                               .arg(nameOf(subject, subject.digest));
        }
        return std::move(found);
    }
};

bool concernsReferrerAlone(const Error &error)
{
    return error.kind == ErrorKind::NotFound || error.kind == ErrorKind::Unsupported ||
           error.kind == ErrorKind::Corrupt || error.kind == ErrorKind::Denied;
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
        }
    }
    return search.take(subject);
}

// The few before the many: a list that is too long takes no room from a signature.
Status ReferrerResolver::findOf(const ReferrerSubject &subject, Search &search, RegistryClient &client)
{
    if (search.room() == 0) {
        return {};
    }
    Status found = findCosigns(subject, search, client);
    return found && search.room() > 0 ? findListed(subject, search, client) : found;
}

std::optional<Manifest> ReferrerResolver::admitted(std::optional<Manifest> manifest, Search &search)
{
    if (!manifest) {
        return manifest;
    }
    const qint64 bytes = manifest->size();
    const bool fits = search.bytes + bytes <= kMostBytes;
    if (!fits || m_bytes.fetch_add(bytes) + bytes > kMostBytesOfAll) {
        if (fits) {
            m_bytes -= bytes;
        }
        ++search.tooMany;
        return std::nullopt;
    }
    search.bytes += bytes;
    return manifest;
}

Result<std::optional<Manifest>> ReferrerResolver::tagged(const ReferrerSubject &subject, const QString &tag,
                                                         ReferrerSource::Unlisted unlisted, Search &search,
                                                         RegistryClient &client)
{
    const QString name = subject.source.name.toString();
    Result<std::optional<Manifest>> manifest = m_source.tagged(subject, tag, unlisted, client);
    // To ask for a tag that is not there is forbidden at some: then it is said once, and not of each tag.
    if (!manifest && manifest.error().kind == ErrorKind::Denied) {
        const QString sentence = Text::tr("What refers to the images of %1 may not be looked for at %2 (%3)")
                                     .arg(name, subject.source.host, manifest.error().why);
        if (!search.leftOut.contains(sentence)) {
            search.leftOut << sentence;
        }
        return std::optional<Manifest>();
    }
    manifest = search.orLeaveOut(std::move(manifest), name + QLatin1Char(':') + tag);
    return manifest ? admitted(*std::move(manifest), search) : manifest;
}

Result<std::optional<Manifest>> ReferrerResolver::fetch(const Digest &digest, const ReferrerSubject &subject,
                                                        Search &search, RegistryClient &client)
{
    if (search.tooMany > 0) {
        ++search.tooMany;
        return std::optional<Manifest>();
    }
    if (search.room() == 0) {
        search.hasMore = true;
        return std::optional<Manifest>();
    }
    ++search.asked;
    Result<Manifest> fetched = m_source.manifest(subject, digest, client);
    Result<std::optional<Manifest>> manifest = search.orLeaveOut(
        fetched ? Result<std::optional<Manifest>>(*std::move(fetched)) : fetched.error(),
        Text::tr("%1, which refers to %2,").arg(nameOf(subject, digest), subject.digest.toString()));
    return manifest ? admitted(*std::move(manifest), search) : manifest;
}

Status ReferrerResolver::take(const Manifest &manifest, const ReferrerSubject &subject, int depth,
                              TaggedManifests &into, Search &search, RegistryClient &client)
{
    if (into.has(manifest.digest())) {
        return {};
    }
    for (const Descriptor &descriptor :
         depth < Manifest::maxIndexDepth ? manifest.children() : std::vector<Descriptor>()) {
        if (into.has(descriptor.digest)) {
            continue;
        }
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

// The pool may be signed at a registry that runs over it, or be filled from several sources.
void ReferrerResolver::noteLoss(const TaggedManifests &tagged, const ReferrerSubject &subject,
                                Search &search) const
{
    const Result<std::optional<Digest>> before = m_pool && !tagged.isThere
                                                     ? m_pool->tagDigest(subject.repository, tagged.tag)
                                                     : Result<std::optional<Digest>>(std::nullopt);
    const auto root =
        std::find_if(tagged.manifests.begin(), tagged.manifests.end(),
                     [&](const Manifest &manifest) { return manifest.digest() == tagged.root; });
    if (!before || !*before || root == tagged.manifests.end()) {
        return;
    }
    const Result<Manifest> theirs = m_pool->manifest(**before);
    if (theirs && unite(*theirs, *root).kind != ReferrersUnion::Kind::Ours) {
        search.found.notes
            << Text::tr("%1 moves in the pool from %2 to %3: what was signed in the pool alone is no longer "
                        "found by it",
                        "a tag of signatures; two digests")
                   .arg(subject.repository.toString() + QLatin1Char(':') + tagged.tag,
                        theirs->digest().toString(), tagged.root.toString());
    }
}

void ReferrerResolver::keep(TaggedManifests tagged, const ReferrerSubject &subject, Search &search) const
{
    std::erase_if(tagged.blobs, [](const Descriptor &blob) { return blob.isForeign(); });
    tagged.isThere = m_pool && tagged.isWholeIn(*m_pool, subject.repository);
    noteLoss(tagged, subject, search);
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
    using List = RegistryClient::ReferrerList;
    Result<List> list = m_source.listed(subject, search.room(), client);
    if (!list && !concernsReferrerAlone(list.error())) {
        return list.error();
    }
    if (!list) {
        search.leftOut << Text::tr("The list of what refers to %1 is left out (%2)")
                              .arg(nameOf(subject, subject.digest), list.error().sentence());
        list = List();
    }
    search.hasMore = search.hasMore || !list->areAll;
    const QString tag = ReferrerTag{subject.digest, {}}.toString();
    const auto unlisted = list->support == List::Support::Given ? ReferrerSource::Unlisted::Pass
                                                                : ReferrerSource::Unlisted::Ask;
    const Result<std::optional<Manifest>> index = tagged(subject, tag, unlisted, search, client);
    if (!index) {
        return index.error();
    }
    std::set<Digest> unique;
    std::vector<Digest> wanted;
    const auto want = [&](const std::vector<Descriptor> &descriptors) {
        for (const Descriptor &descriptor : descriptors) {
            if (unique.insert(descriptor.digest).second) {
                wanted.push_back(descriptor.digest);
            }
        }
    };
    if (*index) {
        want((*index)->children());
    }
    const std::size_t inTag = wanted.size();
    want(list->descriptors);

    TaggedManifests referrers;
    referrers.tag = tag;
    std::vector<Manifest> direct;
    for (const Digest &digest : wanted) {
        Result<std::optional<Manifest>> manifest = fetch(digest, subject, search, client);
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
    if (*index && inTag == wanted.size() && direct.size() == wanted.size()) { // it stays as it was
        referrers.root = (*index)->digest();
        referrers.take(**index);
        keep(std::move(referrers), subject, search);
    } else if (std::optional<TaggedManifests> listed =
                   listedAnew(referrers, direct, nameOf(subject, subject.digest), search.found.notes)) {
        keep(*std::move(listed), subject, search);
    }
    return {};
}

Status ReferrerResolver::findCosigns(const ReferrerSubject &subject, Search &search, RegistryClient &client)
{
    for (const QString &ending : ReferrerTag::cosignEndings()) {
        TaggedManifests signature;
        signature.tag = ReferrerTag{subject.digest, ending}.toString();
        const Result<std::optional<Manifest>> root =
            tagged(subject, signature.tag, ReferrerSource::Unlisted::Ask, search, client);
        if (!root) {
            return root.error();
        }
        if (!*root) {
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

} // namespace layerpool
