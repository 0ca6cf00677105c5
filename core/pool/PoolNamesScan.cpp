// SPDX-License-Identifier: Apache-2.0
#include "pool/PoolNamesScan.h"

#include "base/Cores.h"
#include "base/Text.h"
#include "image/NamingRules.h"
#include "image/TagOrder.h"
#include "pool/PoolLayout.h"

#include <QSet>

#include <algorithm>
#include <iterator>
#include <limits>
#include <span>

namespace layerpool {
namespace {

Error stray(const QString &path, const QString &why)
{
    return {ErrorKind::Corrupt, Text::tr("%1 does not belong in a pool").arg(path), why,
            Text::tr("Look at it, and remove it")};
}

constexpr std::size_t kFirstFolders = 128; // more than the rows of one screen
constexpr std::size_t kAllFolders = std::numeric_limits<std::size_t>::max();

/// A folder below `repositories`, and what lies in it.
struct Folder
{
    QByteArray path;
    QString name; // as that of a repository; empty at the top
    std::vector<Folder> below = {};
    std::optional<PoolRepository> repository = {};
    std::vector<Error> damage = {};
    Status read = {};
};

void move(std::vector<Error> &from, std::vector<Error> &to)
{
    std::move(from.begin(), from.end(), std::back_inserter(to));
}

// Whatever lies among the tags is listed as one by a registry, and answers 404 or 500 where it is none.
void readTags(const DurableDirectory &files, Folder &folder)
{
    const auto name = RepositoryName::parse(folder.name);
    if (!name) {
        folder.damage.push_back(stray(files.pathOf(folder.path), Text::tr("it is no legal repository name")));
        return;
    }
    const QByteArray tags = layout::tags(*name);
    const auto entries = files.entries(tags);
    if (!entries) {
        folder.damage.push_back(entries.error());
        return;
    }
    PoolRepository &repository = folder.repository.emplace();
    repository.name = *name;
    repository.tags.reserve(entries->size());
    for (const DurableDirectory::Entry &entry : *entries) {
        QString tag = QString::fromUtf8(entry.name);
        if (entry.isDirectory && isTag(tag)) {
            repository.tags.push_back({repository.name, std::move(tag), {}});
        } else {
            folder.damage.push_back(stray(files.pathOf(tags + '/' + entry.name), Text::tr("it is no tag")));
        }
    }
    std::sort(repository.tags.begin(), repository.tags.end(),
              [](const PoolTag &a, const PoolTag &b) { return comesBefore(a.tag, b.tag); });
    repository.referrerTags = int(std::count_if(repository.tags.begin(), repository.tags.end(),
                                                [](const PoolTag &tag) { return tag.isReferrer(); }));
}

// A folder is a repository where it holds `_manifests`; repositories may lie in one another. In the order of
// their names, so that the first that are found are the first that are shown.
void lookInto(const DurableDirectory &files, Folder &folder)
{
    auto entries = files.entries(folder.path);
    if (!entries) {
        folder.read = entries.error();
        return;
    }
    std::sort(
        entries->begin(), entries->end(),
        [](const DurableDirectory::Entry &a, const DurableDirectory::Entry &b) { return a.name < b.name; });
    for (const DurableDirectory::Entry &entry : *entries) {
        if (entry.name == "_manifests" && !folder.name.isEmpty()) {
            readTags(files, folder);
        } else if (entry.isDirectory && !entry.name.startsWith('_')) {
            const QString part = QString::fromUtf8(entry.name);
            folder.below.push_back({folder.path + '/' + entry.name,
                                    folder.name.isEmpty() ? part : folder.name + QLatin1Char('/') + part});
        }
    }
}

// `latest` is the tag of many repositories: it need not lie in memory as often.
void share(std::vector<PoolTag> &tags, QSet<QString> &known)
{
    for (PoolTag &tag : tags) {
        tag.tag = *known.insert(tag.tag);
    }
}

Status take(std::span<Folder> folders, PoolNames &names, std::vector<Folder> &below, QSet<QString> &tags)
{
    for (Folder &folder : folders) {
        if (!folder.read) {
            return folder.read;
        }
        move(folder.damage, names.damage);
        if (folder.repository) {
            share(folder.repository->tags, tags);
            names.repositories.push_back(*std::move(folder.repository));
        }
        std::move(folder.below.begin(), folder.below.end(), std::back_inserter(below));
    }
    return {};
}

void readRevisions(const DurableDirectory &place, PoolRepository &repository, std::vector<Error> &damage)
{
    std::vector<Digest> digests;
    for (const Digest::Algorithm algorithm : Digest::algorithms) {
        const QByteArray kind = Digest::nameOf(algorithm);
        const auto revisions = place.entries("_manifests/revisions/" + kind);
        if (!revisions) {
            damage.push_back(revisions.error());
            return;
        }
        for (const DurableDirectory::Entry &revision : *revisions) {
            if (const auto digest = Digest::parse(QByteArrayView(kind + ':' + revision.name))) {
                digests.push_back(*digest);
            }
        }
    }
    repository.revisions = DigestSet(std::move(digests));
}

// Of one that points at nothing the digest stays null.
void readTag(const DurableDirectory &tags, PoolTag &tag, std::vector<Error> &damage)
{
    const QByteArray name = tag.tag.toLatin1();
    const Result<Digest> digest = Pool::readLink(tags, name + '/' + layout::tagCurrentLink);
    if (digest) {
        tag.digest = *digest;
    } else if (digest.error().kind == ErrorKind::NotFound) {
        damage.push_back(stray(tags.pathOf(name), Text::tr("the tag points at nothing")));
    } else {
        damage.push_back(digest.error());
    }
}

void readLinks(const Pool &pool, PoolRepository &repository, std::vector<Error> &damage)
{
    const auto place = pool.files().subdirectory(layout::repository(repository.name));
    const auto tags = place ? place->subdirectory("_manifests/tags") : place.error();
    if (place) {
        readRevisions(*place, repository, damage);
    }
    for (PoolTag &tag : repository.tags) {
        if (tags) {
            readTag(*tags, tag, damage);
        }
    }
    if (!tags && !repository.tags.empty()) {
        damage.push_back(tags.error());
    }
    std::erase_if(repository.tags, [](const PoolTag &tag) { return tag.digest.isNull(); });
    repository.referrerTags = int(std::count_if(repository.tags.begin(), repository.tags.end(),
                                                [](const PoolTag &tag) { return tag.isReferrer(); }));
}

// From the top down, of each level no more than so many folders. Returns whether that were all.
Result<bool> descend(const Pool &pool, const CancelToken &cancel, std::size_t most, PoolNames &names)
{
    QSet<QString> tags;
    bool areAll = true;
    std::vector<Folder> level{{layout::repositories, {}}};
    while (!level.empty()) {
        areAll = areAll && level.size() <= most;
        const std::span some = std::span(level).first(std::min(level.size(), most));
        forEachOnCores(some.size(), cancel, [&](std::size_t i) { lookInto(pool.files(), some[i]); });
        if (cancel.isCancelled()) {
            return cancelledError();
        }
        std::vector<Folder> below;
        if (Status taken = take(some, names, below, tags); !taken) {
            return taken.error();
        }
        level = std::move(below);
    }
    std::sort(names.repositories.begin(), names.repositories.end(),
              [](const PoolRepository &a, const PoolRepository &b) { return a.name < b.name; });
    return areAll;
}

} // namespace

Result<PoolNames> scanNames(const Pool &pool, const CancelToken &cancel, const OnPoolNames &onNames)
{
    PoolNames names;
    Result<bool> areAll = descend(pool, cancel, onNames ? kFirstFolders : kAllFolders, names);
    if (areAll && !*areAll) {
        onNames(names.repositories);
        names = {};
        areAll = descend(pool, cancel, kAllFolders, names);
    }
    if (!areAll) {
        return areAll.error();
    }
    if (onNames) {
        onNames(names.repositories);
    }
    return names;
}

Status scanLinks(const Pool &pool, PoolNames &names, const CancelToken &cancel)
{
    std::vector<std::vector<Error>> damage(names.repositories.size());
    forEachOnCores(names.repositories.size(), cancel,
                   [&](std::size_t i) { readLinks(pool, names.repositories[i], damage[i]); });
    for (std::vector<Error> &one : damage) {
        move(one, names.damage);
    }
    return cancel.isCancelled() ? Status(cancelledError()) : Status();
}

} // namespace layerpool
