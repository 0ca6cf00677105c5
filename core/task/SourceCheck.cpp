// SPDX-License-Identifier: Apache-2.0
#include "task/SourceCheck.h"

#include "base/Text.h"
#include "task/ConvertLines.h"
#include "task/TaggedManifests.h"
#include "task/TransferCrew.h"

#include <algorithm>

namespace layerpool {
namespace {

using Kind = SourceFinding::Kind;

/// Checks lines for any number of workers.
class SourceChecker
{
public:
    explicit SourceChecker(const SourceCheckRequest &request)
        : m_request(request)
        , m_pool(request.pool ? std::optional(request.pool->pool()) : std::nullopt)
        , m_manifests(m_pool)
    {
    }

    SourceFinding check(const ListLine &line, RegistryClient &client)
    {
        SourceFinding finding =
            line.reference.pattern ? checkPattern(line, client) : checkImage(line.reference, client);
        if (line.reference.pattern) {
            finding.tagsThen = m_request.pool ? int(m_request.pool->findAll(line.reference).size()) : 0;
        } else if (const PoolTag *tag = inPool(line.reference)) {
            finding.than = tag->digest;
        }
        return finding;
    }

private:
    SourceFinding checkPattern(const ListLine &line, RegistryClient &client);
    SourceFinding checkImage(const ImageReference &reference, RegistryClient &client);
    Result<SourceFinding> checkAt(const ImageReference &reference, const RemoteRepository &source,
                                  RegistryClient &client) const;
    Result<SourceFinding> isThere(const RemoteRepository &source, const QString &reference,
                                  RegistryClient &client) const;
    Result<SourceFinding> compare(const Manifest &root, const Digest &wanted, const RemoteRepository &source,
                                  RegistryClient &client) const;
    Result<bool> standsFor(const Manifest &root, const Digest &wanted, int depth,
                           const RemoteRepository &source, RegistryClient &client) const;
    const PoolTag *inPool(const ImageReference &reference) const
    {
        return m_request.pool ? m_request.pool->find(reference) : nullptr;
    }
    SourceFinding failed(const ImageReference &reference, const Error &error) const
    {
        const bool isAbsent = error.kind == ErrorKind::NotFound;
        SourceFinding finding{isAbsent ? Kind::Absent : Kind::Failed, m_request.naming.registryOf(reference)};
        finding.error = isAbsent ? std::nullopt : std::optional(error);
        return finding;
    }

    const SourceCheckRequest &m_request;
    std::optional<Pool> m_pool;
    SourceManifests m_manifests;
    TagLists m_tags;
};

SourceFinding SourceChecker::checkPattern(const ListLine &line, RegistryClient &client)
{
    const Result<TagMatches> matches = matchTags(line, m_request.naming, m_tags, client);
    if (!matches) {
        return failed(line.reference, matches.error());
    }
    SourceFinding all{Kind::There, matches->host};
    for (const QString &tag : matches->tags) {
        const ImageReference one = line.reference.withTag(tag);
        if (!inPool(one)) {
            ++all.newTags;
            continue;
        }
        SourceFinding finding = checkImage(one, client);
        if (finding.kind == Kind::Moved || finding.kind == Kind::Failed) {
            finding.newTags = all.newTags;
            all = std::move(finding);
        }
    }
    return all;
}

// Mirrors first; what one of them lacks, the next may have.
SourceFinding SourceChecker::checkImage(const ImageReference &reference, RegistryClient &client)
{
    const Result<std::vector<RemoteRepository>> sources = m_request.naming.remotes(reference);
    if (!sources) {
        return failed(reference, sources.error());
    }
    std::optional<Error> failure;
    for (const RemoteRepository &source : *sources) {
        Result<SourceFinding> finding = checkAt(reference, source, client);
        if (finding) {
            return *std::move(finding);
        }
        if (!failure || finding.error().kind != ErrorKind::NotFound) {
            failure = finding.error();
        }
    }
    return failed(reference, *failure);
}

Result<SourceFinding> SourceChecker::checkAt(const ImageReference &reference, const RemoteRepository &source,
                                             RegistryClient &client) const
{
    const PoolTag *tag = inPool(reference);
    if (reference.tag.isEmpty()) {
        return isThere(source, reference.digest->toString(), client);
    }
    if (!reference.digest && tag == nullptr) {
        return isThere(source, reference.tag, client);
    }
    const Result<Manifest> root =
        tag ? m_manifests.byTag(source, reference.tag, tag->repository, tag->tag, client)
            : client.manifest(source, reference.tag);
    if (!root) {
        const bool isGone = reference.digest && root.error().kind == ErrorKind::NotFound;
        return isGone ? isThere(source, reference.digest->toString(), client) : root.error();
    }
    return compare(*root, reference.digest ? *reference.digest : tag->digest, source, client);
}

Result<SourceFinding> SourceChecker::isThere(const RemoteRepository &source, const QString &reference,
                                             RegistryClient &client) const
{
    const Result<std::optional<Digest>> now = client.manifestDigest(source, reference);
    if (!now) {
        return now.error();
    }
    return *now ? Result<SourceFinding>(SourceFinding{Kind::There, source.host})
                : Error{ErrorKind::NotFound, {}, {}, {}};
}

Result<SourceFinding> SourceChecker::compare(const Manifest &root, const Digest &wanted,
                                             const RemoteRepository &source, RegistryClient &client) const
{
    const Result<bool> isSame = standsFor(root, wanted, 0, source, client);
    if (!isSame) {
        return isSame.error();
    }
    return *isSame ? SourceFinding{Kind::There, source.host}
                   : SourceFinding{Kind::Moved, source.host, root.digest()};
}

// The pool's tag may name one platform's manifest, of the index that the source has.
Result<bool> SourceChecker::standsFor(const Manifest &root, const Digest &wanted, int depth,
                                      const RemoteRepository &source, RegistryClient &client) const
{
    const std::vector<Descriptor> &children = root.children();
    const auto isWanted = [&](const Descriptor &child) { return child.digest == wanted; };
    if (root.digest() == wanted || std::any_of(children.begin(), children.end(), isWanted)) {
        return true;
    }
    for (const Descriptor &child : children) {
        if (!mediatype::isIndex(child.mediaType) || depth >= Manifest::maxIndexDepth) {
            continue;
        }
        const Result<Manifest> nested = m_manifests.byDigest(source, child.digest, client);
        const Result<bool> found =
            nested ? standsFor(*nested, wanted, depth + 1, source, client) : Result<bool>(nested.error());
        if (!found || *found) {
            return found;
        }
    }
    return false;
}

} // namespace

Result<std::vector<SourceFinding>> checkAtSource(const SourceCheckRequest &request,
                                                 const TaskContext &context)
{
    const Result<std::unique_ptr<RegistryAccess>> access = RegistryAccess::create(request.registry);
    if (!access) {
        return access.error();
    }
    context.progress.setPhase(Text::tr("Asking the sources"));
    context.progress.imagesTotal = static_cast<qint64>(request.lines.size());
    std::vector<SourceFinding> findings(request.lines.size());
    SourceChecker checker(request);
    TransferCrew crew(**access, context);
    crew.forEach(request.lines.size(), [&](std::size_t i, RegistryClient &client) {
        findings[i] = checker.check(request.lines[i], client);
        ++context.progress.imagesDone;
    });
    if (context.cancel.isCancelled()) {
        return cancelledError();
    }
    return findings;
}

} // namespace layerpool
