// SPDX-License-Identifier: Apache-2.0
#include "bundle/BundleIndex.h"

#include "base/Digester.h"
#include "base/Text.h"
#include "bundle/BundlePath.h"
#include "image/JsonSkim.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <set>

namespace layerpool {
namespace {

using Repository = BundleContent::Repository;

constexpr int kVersion = 1;
constexpr QLatin1String kVersionKey{"version"};
constexpr QLatin1String kId{"id"};
constexpr QLatin1String kRepositories{"repositories"};
constexpr QLatin1String kName{"name"};
constexpr QLatin1String kTags{"tags"};
constexpr QLatin1String kManifests{"manifests"};
constexpr QLatin1String kLayers{"layers"};
constexpr QLatin1String kBlobs{"blobs"};
constexpr QLatin1String kLeftOut{"leftOut"};
constexpr QLatin1String kBase{"base"};
constexpr QLatin1String kTool{"tool"};
constexpr QLatin1String kDigest{"digest"};
constexpr QLatin1String kSize{"size"};

QJsonArray arrayOf(const DigestSet &digests)
{
    QJsonArray array;
    for (const Digest &digest : digests) {
        array.append(digest.toString());
    }
    return array;
}

QJsonObject objectOf(const RepositoryName &name, const Repository &repository)
{
    QJsonObject tags;
    for (const auto &[tag, digest] : repository.tags) {
        tags.insert(tag, digest.toString());
    }
    return {{kName, name.toString()},
            {kTags, tags},
            {kManifests, arrayOf(repository.revisions)},
            {kLayers, arrayOf(repository.layers)}};
}

template <typename Blobs>
QJsonArray blobsOf(const Blobs &unsorted)
{
    std::vector<std::pair<Digest, qint64>> blobs(unsorted.begin(), unsorted.end());
    std::sort(blobs.begin(), blobs.end());
    QJsonArray array;
    for (const auto &[digest, size] : blobs) {
        array.append(QJsonObject{{kDigest, digest.toString()}, {kSize, size}});
    }
    return array;
}

QJsonArray leftOutOf(const BundleContent &content)
{
    QJsonArray array;
    for (const auto &[digest, size] : content.leftOut) {
        QJsonArray repositories;
        const auto found = content.leftOutIn.find(digest);
        for (const RepositoryName &name :
             found != content.leftOutIn.end() ? found->second : std::vector<RepositoryName>()) {
            repositories.append(name.toString());
        }
        array.append(QJsonObject{{kDigest, digest.toString()}, {kSize, size}, {kRepositories, repositories}});
    }
    return array;
}

// Of two values under one name each reader takes another.
bool hasNamesOnce(JsonSkim &json, int depth = 0)
{
    std::set<QByteArray> names;
    return json.object([&](QByteArrayView name) {
        if (!names.insert(name.toByteArray()).second) {
            return false;
        }
        const bool isList =
            depth == 0 && (name == QByteArrayView("repositories") || name == QByteArrayView("blobs") ||
                           name == QByteArrayView("leftOut"));
        if (isList) {
            return json.array([&] { return hasNamesOnce(json, 1); });
        }
        const bool isObject =
            (depth == 0 && name == QByteArrayView("tool")) || (depth == 1 && name == QByteArrayView("tags"));
        return isObject ? hasNamesOnce(json, 2) : json.value();
    });
}

QJsonObject withoutId(const BundleContent &content)
{
    QJsonArray repositories;
    for (const auto &[name, repository] : content.repositories) {
        repositories.append(objectOf(name, repository));
    }
    QJsonObject index{
        {kVersionKey, kVersion}, {kRepositories, repositories}, {kBlobs, blobsOf(content.blobs)}};
    if (!content.base.empty()) {
        index.insert(kBase, arrayOf(DigestSet(content.base)));
        index.insert(kLeftOut, leftOutOf(content));
    }
    if (content.tool) {
        index.insert(kTool, QJsonObject{{kName, QString::fromLatin1(content.tool->name)},
                                        {kSize, content.tool->bytes},
                                        {kDigest, content.tool->digest.toString()}});
    }
    return index;
}

Digest idOf(const QJsonObject &index)
{
    return Digester::of(QJsonDocument(index).toJson(QJsonDocument::Compact));
}

Error unreadable(const QString &why)
{
    return {ErrorKind::BadInput, {}, why, {}};
}

std::optional<Digest> digestOf(const QJsonValue &value)
{
    return Digest::parse(QByteArrayView(value.toString().toLatin1()));
}

std::optional<DigestSet> digestsOf(const QJsonValue &value)
{
    std::vector<Digest> digests;
    for (const QJsonValue each : value.toArray()) {
        const std::optional<Digest> digest = digestOf(each);
        if (!digest) {
            return std::nullopt;
        }
        digests.push_back(*digest);
    }
    return DigestSet(std::move(digests));
}

template <typename Blobs>
bool readBlobs(const QJsonValue &json, Blobs &blobs)
{
    for (const QJsonValue blob : json.toArray()) {
        const std::optional<Digest> digest = digestOf(blob[kDigest]);
        const qint64 size = blob[kSize].toInteger(-1);
        if (!digest || size < 0 || !blobs.emplace(*digest, size).second) {
            return false;
        }
    }
    return true;
}

// Where the layers of `leftOut` are.
bool readOwners(const QJsonValue &json, BundleContent &content)
{
    for (const QJsonValue blob : json.toArray()) {
        for (const QJsonValue repository : blob[kRepositories].toArray()) {
            const auto name = RepositoryName::parse(repository.toString());
            if (!name) {
                return false;
            }
            content.leftOutIn[*digestOf(blob[kDigest])].push_back(*name);
        }
    }
    return true;
}

Status readRepository(const QJsonObject &json, BundleContent &content)
{
    const auto name = RepositoryName::parse(json.value(kName).toString());
    std::optional<DigestSet> layers = digestsOf(json.value(kLayers));
    std::optional<DigestSet> manifests = digestsOf(json.value(kManifests));
    if (!name || !layers || !manifests) {
        return unreadable(Text::tr("it lists a repository that is none"));
    }
    Repository &repository = content.repositories[*name];
    repository = {*std::move(layers), *std::move(manifests), {}};
    const QJsonObject tags = json.value(kTags).toObject();
    for (auto tag = tags.begin(); tag != tags.end(); ++tag) {
        const std::optional<Digest> digest = digestOf(tag.value());
        if (!isTag(tag.key()) || !digest) {
            return unreadable(Text::tr("it lists a tag that is none"));
        }
        repository.tags.emplace(tag.key(), *digest);
    }
    return {};
}

bool readToolOf(const QJsonValue &json, std::optional<BundleTool> &tool)
{
    if (json.isUndefined()) {
        return true;
    }
    const std::optional<Digest> digest = digestOf(json[kDigest]);
    const qint64 size = json[kSize].toInteger(-1);
    const QByteArray name = json[kName].toString().toLatin1();
    if (!digest || size < 0 || !isToolName(name)) {
        return false;
    }
    tool = {name, size, *digest};
    return true;
}

QString differenceOf(const RepositoryName &name, const Repository &listed, const Repository &held)
{
    for (const auto &[one, other] : {std::pair(&listed, &held), std::pair(&held, &listed)}) {
        for (const auto &[tag, digest] : one->tags) {
            const auto found = other->tags.find(tag);
            if (found == other->tags.end() || found->second != digest) {
                return Text::tr("it has another tag %1:%2").arg(name.toString(), tag);
            }
        }
        for (const auto &[all, others] :
             {std::pair(&one->revisions, &other->revisions), std::pair(&one->layers, &other->layers)}) {
            const auto lacking =
                std::find_if(all->begin(), all->end(),
                             [others = others](const Digest &digest) { return !others->contains(digest); });
            if (lacking != all->end()) {
                return Text::tr("it has another link of %1 to %2").arg(name.toString(), lacking->toString());
            }
        }
    }
    return {};
}

} // namespace

QByteArray writeBundleIndex(const BundleContent &content)
{
    QJsonObject index = withoutId(content);
    index.insert(kId, idOf(index).toString());
    return QJsonDocument(index).toJson();
}

Digest idOf(const BundleContent &content)
{
    return idOf(withoutId(content));
}

Result<BundleContent> readBundleIndex(const QByteArray &json)
{
    const QJsonObject index = QJsonDocument::fromJson(json).object();
    if (index.isEmpty()) {
        return unreadable(Text::tr("it is no JSON"));
    }
    if (index.value(kVersionKey).toInt() != kVersion) {
        return unreadable(Text::tr("it is of a version that this program does not know"));
    }
    if (JsonSkim skim(json); !hasNamesOnce(skim) || !skim.isAtEnd()) {
        return unreadable(Text::tr("a name stands in it twice, or it is not plain JSON"));
    }
    if (!index.value(kRepositories).isArray() || !index.value(kBlobs).isArray()) {
        return unreadable(Text::tr("it lists no repositories and blobs"));
    }
    BundleContent content;
    for (const QJsonValue repository : index.value(kRepositories).toArray()) {
        if (Status read = readRepository(repository.toObject(), content); !read) {
            return read.error();
        }
    }
    if (!readBlobs(index.value(kBlobs), content.blobs) ||
        !readBlobs(index.value(kLeftOut), content.leftOut)) {
        return unreadable(Text::tr("it lists a blob that is none, or one twice"));
    }
    if (!readOwners(index.value(kLeftOut), content)) {
        return unreadable(Text::tr("it lists a repository that is none"));
    }
    for (const auto &[digest, size] : content.blobs) {
        content.blobBytes += size;
    }
    const std::optional<DigestSet> base = digestsOf(index.value(kBase));
    if (!base) {
        return unreadable(Text::tr("it names a base that is none"));
    }
    content.base = {base->begin(), base->end()};
    if (!readToolOf(index.value(kTool), content.tool)) {
        return unreadable(Text::tr("it lists a program that is none"));
    }
    content.id = digestOf(index.value(kId)).value_or(Digest());
    return content;
}

QString differenceOf(const BundleContent &listed, const BundleContent &held)
{
    static const Repository none;
    for (const auto &[one, other] : {std::pair(&listed, &held), std::pair(&held, &listed)}) {
        for (const auto &[digest, size] : one->blobs) {
            const auto found = other->blobs.find(digest);
            if (found == other->blobs.end()) {
                return one == &listed ? Text::tr("it lists the blob %1, and the bundle has it not")
                                            .arg(digest.toString())
                                      : Text::tr("the bundle has the blob %1, and it does not list it")
                                            .arg(digest.toString());
            }
            if (found->second != size) {
                return Text::tr("it lists the blob %1 with another size").arg(digest.toString());
            }
        }
        for (const auto &[name, repository] : one->repositories) {
            const Repository *found = other->repository(name);
            const QString difference = differenceOf(name, repository, found ? *found : none);
            if (!difference.isEmpty()) {
                return difference;
            }
        }
    }
    return {};
}

} // namespace layerpool
