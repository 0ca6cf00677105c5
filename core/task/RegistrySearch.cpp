// SPDX-License-Identifier: Apache-2.0
#include "task/RegistrySearch.h"

#include "base/Text.h"
#include "bundle/SelectionContent.h"
#include "image/ReferrerTag.h"
#include "task/TaggedManifests.h"
#include "task/TagLists.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <set>
#include <tuple>

namespace layerpool {
namespace {

constexpr int kReferrerPages = 1000;                       // of tags
constexpr qsizetype kMostOfRepository = 1000;              // signatures and the like, of a repository
constexpr qint64 kMostBytesOfReferrers = 64 * 1024 * 1024; // of the manifests of all of them

/// An image, or what refers to one, that is looked for.
struct Wanted
{
    QString line;                      ///< empty of a referrer: nobody named it
    std::vector<RepositoryName> names; ///< as in a pool, in the order in which to look
    QStringList references;            ///< tag and digest: the first that is there counts
    std::optional<Digest> pin = {};    ///< what the tag has to stand for
};

struct RemoteImage : TaggedManifests
{
    QString line;
    RepositoryName repository; ///< as in a pool
    bool isDamaged = false;    ///< a blob of it is not there
    std::optional<Error> failure;
};

// What of the images could be referred to: also a child that only its index names.
QSet<QString> subjectDigestsOf(const std::vector<RemoteImage> &images)
{
    QSet<QString> subjects;
    for (const RemoteImage &image : images) {
        for (const Manifest &manifest : image.manifests) {
            subjects.insert(manifest.digest().toString());
            for (const Descriptor &child : manifest.children()) {
                subjects.insert(child.digest.toString());
            }
        }
    }
    return subjects;
}

// Where there are too many, those of the images that were found come first.
qsizetype dropSurplus(QStringList &tags, const QSet<QString> &subjects)
{
    std::sort(tags.begin(), tags.end());
    std::stable_partition(tags.begin(), tags.end(), [&](const QString &tag) {
        const std::optional<ReferrerTag> referrer = ReferrerTag::parse(tag);
        return referrer && subjects.contains(referrer->subject.toString());
    });
    const qsizetype leftOut = std::max<qsizetype>(0, tags.size() - kMostOfRepository);
    tags.resize(tags.size() - leftOut);
    return leftOut;
}

/// Asks one registry, round by round.
class RegistrySearch
{
public:
    RegistrySearch(const RegistryAddress &registry, TransferCrew &crew, const TaskContext &context)
        : m_registry(registry), m_crew(crew), m_context(context)
    {
    }

    RegistryFindings run(const std::vector<ListLine> &lines)
    {
        const std::vector<Wanted> images = wantedOf(lines);
        m_context.progress.imagesTotal = static_cast<qint64>(images.size());
        m_context.progress.setPhase(Text::tr("Asking for manifests"));
        readAll(images);
        m_context.progress.setPhase(Text::tr("Asking for signatures"));
        readAll(referrers());
        m_context.progress.setPhase(Text::tr("Asking for blobs"));
        askForBlobs();
        settle();
        return std::move(m_findings);
    }

private:
    using Place = std::pair<RepositoryName, Digest>;

    /// Nothing where the prefix makes the name too long: no push has put anything there.
    std::optional<RemoteRepository> at(const RepositoryName &name) const
    {
        const std::optional<RepositoryName> full = name.below(m_registry.prefix);
        return full ? std::optional(RemoteRepository{m_registry.host, *full}) : std::nullopt;
    }

    std::vector<Wanted> wantedOf(const std::vector<ListLine> &lines);
    std::vector<Wanted> matchesOf(const ListLine &line, RegistryClient &client);
    void readAll(const std::vector<Wanted> &wanted);
    void keep(RemoteImage image);
    Result<std::optional<RemoteImage>> read(const Wanted &wanted, RegistryClient &client) const;
    Status take(const Manifest &manifest, const RemoteRepository &source, int depth, RemoteImage &image,
                RegistryClient &client) const;
    std::vector<Wanted> referrers();
    void askForBlobs();
    void settle();
    void fail(const QString &line, const Error &error);
    /// What refers to images may be more than fits into memory. Any thread.
    bool hasRoomFor(const RemoteImage &referrer);

    const RegistryAddress &m_registry;
    TransferCrew &m_crew;
    const TaskContext &m_context;
    TagLists m_tags;
    std::mutex m_mutex; ///< guards all below while workers run
    std::vector<RemoteImage> m_images;
    std::set<std::tuple<RepositoryName, QString, Digest>> m_known; ///< of them: a pattern may name one again
    qint64 m_referrerBytes = 0;
    qsizetype m_leftOut = 0;         ///< of what refers to images
    std::map<Place, qint64> m_blobs; ///< that are there, with their bytes
    RegistryFindings m_findings;
};

void RegistrySearch::fail(const QString &line, const Error &error)
{
    if (!line.isEmpty() && error.kind != ErrorKind::Cancelled) {
        m_findings.failures.push_back({line, error});
    }
}

// In the order of the list.
std::vector<Wanted> RegistrySearch::wantedOf(const std::vector<ListLine> &lines)
{
    std::vector<std::vector<Wanted>> ofLines(lines.size());
    m_context.progress.setPhase(Text::tr("Asking for tags"));
    m_crew.forEach(lines.size(), [&](std::size_t i, RegistryClient &client) {
        const ImageReference &reference = lines[i].reference;
        if (reference.pattern) {
            ofLines[i] = matchesOf(lines[i], client);
            return;
        }
        Wanted wanted{lines[i].text, poolCandidates(reference), {poolTag(reference)}, reference.digest};
        if (reference.digest) { // one that no push of ours has brought
            wanted.references << reference.digest->toString();
        }
        ofLines[i] = {std::move(wanted)};
    });
    m_tags.forgetImages();
    std::vector<Wanted> all;
    for (std::vector<Wanted> &some : ofLines) {
        std::move(some.begin(), some.end(), std::back_inserter(all));
    }
    return all;
}

std::vector<Wanted> RegistrySearch::matchesOf(const ListLine &line, RegistryClient &client)
{
    std::vector<Wanted> matches;
    std::optional<Error> trouble;
    for (const RepositoryName &name : poolCandidates(line.reference)) {
        const std::optional<RemoteRepository> source = at(name);
        if (!source) {
            continue;
        }
        const Result<QStringList> tags = m_tags.images(*source, client);
        if (!tags) {
            trouble = tags.error().kind == ErrorKind::NotFound ? trouble : tags.error();
            continue;
        }
        for (const QString &tag : *tags) {
            if (line.reference.pattern->matches(tag)) {
                matches.push_back({line.reference.withTag(tag).toString(), {name}, {tag}});
            }
        }
        if (!matches.empty()) {
            return matches;
        }
    }
    const std::lock_guard lock(m_mutex);
    if (trouble) {
        fail(line.text, *trouble);
    } else {
        m_findings.absent << line.text;
    }
    return {};
}

void RegistrySearch::readAll(const std::vector<Wanted> &wanted)
{
    std::vector<std::optional<Result<std::optional<RemoteImage>>>> read(wanted.size());
    m_crew.forEach(wanted.size(), [&](std::size_t i, RegistryClient &client) {
        read[i] = this->read(wanted[i], client);
        if (wanted[i].line.isEmpty() && *read[i] && **read[i] && !hasRoomFor(***read[i])) {
            read[i].emplace(std::optional<RemoteImage>());
        }
        m_context.progress.imagesDone += wanted[i].line.isEmpty() ? 0 : 1;
    });
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (!read[i]) { // cancelled before its turn
            return;
        }
        Result<std::optional<RemoteImage>> &result = *read[i];
        if (!result) {
            fail(wanted[i].line, result.error());
        } else if (*result) {
            keep(**std::move(result));
        } else if (!wanted[i].line.isEmpty()) {
            m_findings.absent << wanted[i].line;
        }
    }
}

void RegistrySearch::keep(RemoteImage image)
{
    if (m_known.emplace(image.repository, image.tag, image.root).second) {
        m_images.push_back(std::move(image));
    }
}

bool RegistrySearch::hasRoomFor(const RemoteImage &referrer)
{
    const std::lock_guard lock(m_mutex);
    for (const Manifest &manifest : referrer.manifests) {
        m_referrerBytes += manifest.size();
    }
    const bool hasRoom = m_referrerBytes <= kMostBytesOfReferrers;
    m_leftOut += hasRoom ? 0 : 1;
    return hasRoom;
}

// A name that may not be asked for tells nothing of the others: some registries deny what is not there.
Result<std::optional<RemoteImage>> RegistrySearch::read(const Wanted &wanted, RegistryClient &client) const
{
    std::optional<Error> denied;
    for (const RepositoryName &name : wanted.names) {
        const std::optional<RemoteRepository> source = at(name);
        for (const QString &reference : source ? wanted.references : QStringList()) {
            const Result<Manifest> root = client.manifest(*source, reference);
            if (root && wanted.pin && root->digest() != *wanted.pin) {
                continue;
            }
            if (root) {
                RemoteImage image;
                image.line = wanted.line;
                image.repository = name;
                image.tag = isTag(reference) ? reference : QString();
                image.root = root->digest();
                const Status taken = take(*root, *source, 0, image, client);
                return taken ? Result<std::optional<RemoteImage>>(std::move(image)) : taken.error();
            }
            if (root.error().kind == ErrorKind::NotFound) {
                continue;
            }
            if (root.error().kind != ErrorKind::Denied) {
                return root.error();
            }
            denied = denied ? denied : root.error();
        }
    }
    return denied ? Result<std::optional<RemoteImage>>(*denied) : std::optional<RemoteImage>();
}

// An index may be sparse there: a child that is not there is no part of it, nor is one that nobody could
// read.
Status RegistrySearch::take(const Manifest &manifest, const RemoteRepository &source, int depth,
                            RemoteImage &image, RegistryClient &client) const
{
    for (const Descriptor &child : manifest.children()) {
        if (depth > Manifest::maxIndexDepth || image.has(child.digest)) {
            continue;
        }
        const Result<Manifest> read = client.manifest(source, child.digest.toString());
        const Status taken = read ? take(*read, source, depth + 1, image, client) : Status(read.error());
        if (!taken && taken.error().kind != ErrorKind::NotFound) {
            return taken;
        }
    }
    image.take(manifest);
    return {};
}

// All of a repository's: they may be made on an index of which the registry has just one child.
std::vector<Wanted> RegistrySearch::referrers()
{
    std::set<RepositoryName> names;
    for (const RemoteImage &image : m_images) {
        names.insert(image.repository);
    }
    const QSet<QString> subjects = subjectDigestsOf(m_images);
    const std::vector<RepositoryName> asked(names.begin(), names.end());
    std::vector<std::vector<Wanted>> found(asked.size());
    m_crew.forEach(asked.size(), [&](std::size_t i, RegistryClient &client) {
        const auto listed = m_tags.referrers(*at(asked[i]), kReferrerPages, client);
        QStringList tags = listed && *listed ? (*listed)->values() : QStringList();
        const qsizetype leftOut = dropSurplus(tags, subjects);
        for (const QString &tag : tags) {
            found[i].push_back({{}, {asked[i]}, {tag}});
        }
        const std::lock_guard lock(m_mutex);
        m_leftOut += leftOut;
    });
    std::vector<Wanted> all;
    for (std::vector<Wanted> &some : found) {
        std::move(some.begin(), some.end(), std::back_inserter(all));
    }
    return all;
}

// Each is asked for once in each repository.
void RegistrySearch::askForBlobs()
{
    struct Asked
    {
        Descriptor descriptor;
        std::vector<std::size_t> images; ///< that are not whole without it
    };
    std::map<Place, Asked> table;
    for (std::size_t i = 0; i < m_images.size(); ++i) {
        for (const Descriptor &blob : m_images[i].blobs) {
            Asked &entry = table[{m_images[i].repository, blob.digest}];
            entry.descriptor = blob;
            if (!blob.isForeign()) {
                entry.images.push_back(i);
            }
        }
    }
    const std::vector<std::pair<Place, Asked>> blobs(table.begin(), table.end());
    m_crew.forEach(blobs.size(), [&](std::size_t i, RegistryClient &client) {
        const auto &[place, asked] = blobs[i];
        const Result<std::optional<qint64>> size = client.blobSize(*at(place.first), place.second);
        const qint64 bytes = size ? size->value_or(asked.descriptor.size) : Descriptor::unknownSize;
        const bool isThere = size && asked.descriptor.fits(bytes);
        const bool isAbsent = size || size.error().kind == ErrorKind::NotFound;
        const std::lock_guard lock(m_mutex);
        if (isThere && bytes != Descriptor::unknownSize) {
            m_blobs.emplace(place, bytes);
        }
        for (const std::size_t user : isThere ? std::vector<std::size_t>() : asked.images) {
            m_images[user].isDamaged |= isAbsent;
            m_images[user].failure = isAbsent ? m_images[user].failure : size.error();
        }
    });
}

void RegistrySearch::settle()
{
    std::vector<ImageLinks> links;
    std::vector<Descriptor> blobs;
    for (const RemoteImage &image : m_images) {
        ImageLinks of = image.links(image.repository);
        std::erase_if(of.blobs, [&](const Digest &blob) { return !m_blobs.contains({of.repository, blob}); });
        of.tag = image.isDamaged || image.failure ? QString() : of.tag;
        links.push_back(std::move(of));
        for (const Manifest &manifest : image.manifests) {
            blobs.push_back({manifest.mediaType(), manifest.digest(), manifest.size()});
        }
        if (image.failure) {
            fail(image.line, *image.failure);
        } else if (!image.line.isEmpty()) {
            (image.isDamaged ? m_findings.damaged : m_findings.whole) << image.line;
        }
    }
    for (const auto &[place, bytes] : m_blobs) {
        blobs.push_back({{}, place.second, bytes});
    }
    if (m_leftOut > 0) {
        m_findings.notes << Text::tr("%n signature(s) and other referrer(s) too many: left out", nullptr,
                                     static_cast<int>(m_leftOut));
    }
    m_findings.content = contentOf(std::move(links), blobs);
}

} // namespace

RegistryFindings searchRegistry(const std::vector<ListLine> &lines, const RegistryAddress &registry,
                                TransferCrew &crew, const TaskContext &context)
{
    return RegistrySearch(registry, crew, context).run(lines);
}

} // namespace layerpool
