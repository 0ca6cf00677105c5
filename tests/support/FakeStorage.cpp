// SPDX-License-Identifier: Apache-2.0
#include "support/FakeStorage.h"

#include "base/Digester.h"
#include "image/Manifest.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrlQuery>

#include <algorithm>
#include <map>

namespace layerpool::test {
namespace {

struct Place // `/v2/NAME/KIND/REFERENCE`
{
    QByteArray repository;
    QByteArray kind; ///< manifests, blobs, blobs/uploads or tags
    QByteArray reference;
};

Place placeOf(const QByteArray &path)
{
    for (const QByteArray kind : {"blobs/uploads", "blobs", "manifests", "tags"}) {
        const qsizetype at = path.lastIndexOf('/' + kind + '/');
        if (at > 3 && path.startsWith("/v2/")) {
            return {path.sliced(4, at - 4), kind, path.sliced(at + kind.size() + 2)};
        }
    }
    return {};
}

std::optional<QByteArray> contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? std::optional(file.readAll()) : std::nullopt;
}

FakeReply manifestReply(const QByteArray &bytes)
{
    const Result<Manifest> manifest = Manifest::parse(bytes);
    return FakeReply::manifest(bytes, manifest ? manifest->mediaType() : QByteArray("application/json"));
}

FakeReply unknown(const QByteArray &code)
{
    return FakeReply::error(404, code, "not here");
}

struct Storage
{
    QString root;

    QString repository(const Place &place) const
    {
        return root + QStringLiteral("/repositories/") + QString::fromUtf8(place.repository);
    }
    std::optional<QByteArray> blob(const QByteArray &digest) const
    {
        const QString text = QString::fromLatin1(digest);
        const QString hex = text.section(QLatin1Char(':'), 1);
        return contentOf(root + QStringLiteral("/blobs/%1/%2/%3/data")
                                    .arg(text.section(QLatin1Char(':'), 0, 0), hex.left(2), hex));
    }
    std::optional<QByteArray> link(const Place &place, const QString &below) const
    {
        return contentOf(repository(place) + below + QStringLiteral("/link"));
    }

    FakeReply answer(const FakeRequest &request) const
    {
        const Place place = placeOf(request.path);
        const QString reference = QString::fromUtf8(place.reference);
        const bool isDigest = reference.contains(QLatin1Char(':'));
        const QString byDigest = QString(reference).replace(QLatin1Char(':'), QLatin1Char('/'));
        if (place.kind == "tags") {
            return tags(place);
        }
        if (place.kind == "blobs") {
            const auto digest = link(place, QStringLiteral("/_layers/") + byDigest);
            const auto bytes = digest ? blob(*digest) : std::nullopt;
            return bytes ? FakeReply::blob(*bytes) : unknown("BLOB_UNKNOWN");
        }
        const auto digest = isDigest
                                ? link(place, QStringLiteral("/_manifests/revisions/") + byDigest)
                                : link(place, QStringLiteral("/_manifests/tags/%1/current").arg(reference));
        const auto bytes = digest ? blob(*digest) : std::nullopt;
        return bytes ? manifestReply(*bytes) : unknown("MANIFEST_UNKNOWN");
    }

    FakeReply tags(const Place &place) const
    {
        QByteArray names;
        const QDir folder(repository(place) + QStringLiteral("/_manifests/tags"));
        for (const QString &name : folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
            names += (names.isEmpty() ? "\"" : ",\"") + name.toUtf8() + '"';
        }
        return FakeReply::json(200, R"({"name":")" + place.repository + R"(","tags":[)" + names + "]}");
    }
};

class Memory
{
public:
    FakeReply answer(const FakeRequest &request)
    {
        const Place place = placeOf(request.path);
        if (place.kind == "blobs/uploads") {
            return upload(request, place);
        }
        const bool isManifest = place.kind == "manifests";
        if (isManifest && request.method == "PUT") {
            return putManifest(request, place);
        }
        const auto found = m_content.find(place.repository + ' ' + place.reference);
        if (found == m_content.end()) {
            return unknown(isManifest ? "MANIFEST_UNKNOWN" : "BLOB_UNKNOWN");
        }
        return isManifest ? manifestReply(found->second) : FakeReply::blob(found->second);
    }

private:
    FakeReply upload(const FakeRequest &request, const Place &place)
    {
        const QUrlQuery query(QString::fromUtf8(request.query));
        if (request.method == "POST") {
            const QByteArray mount = query.queryItemValue(QStringLiteral("mount")).toUtf8();
            const QByteArray from = query.queryItemValue(QStringLiteral("from")).toUtf8();
            if (const auto other = m_content.find(from + ' ' + mount); other != m_content.end()) {
                m_content[place.repository + ' ' + mount] = other->second;
                return created(place, mount);
            }
            const QByteArray id = QByteArray::number(++m_lastUpload);
            m_uploads[id].clear();
            return accepted(place, id);
        }
        const auto found = m_uploads.find(place.reference);
        if (found == m_uploads.end()) {
            return unknown("BLOB_UPLOAD_UNKNOWN");
        }
        if (request.method == "GET") {
            return accepted(place, place.reference, 204);
        }
        const QByteArray start = request.header("content-range").split('-').first();
        if (request.method == "PATCH" && !start.isEmpty() && start.toLongLong() != found->second.size()) {
            return accepted(place, place.reference, 416);
        }
        found->second += request.body;
        if (request.method == "PATCH") {
            return accepted(place, place.reference);
        }
        return finish(place, query.queryItemValue(QStringLiteral("digest"), QUrl::FullyDecoded).toUtf8());
    }

    FakeReply finish(const Place &place, const QByteArray &digest)
    {
        const QByteArray bytes = m_uploads.at(place.reference);
        const auto algorithm =
            digest.startsWith("sha512:") ? Digest::Algorithm::Sha512 : Digest::Algorithm::Sha256;
        if (Digester::of(bytes, algorithm).toByteArray() != digest) {
            return FakeReply::error(400, "DIGEST_INVALID", "provided digest did not match uploaded content");
        }
        m_uploads.erase(place.reference);
        m_content[place.repository + ' ' + digest] = bytes;
        return created(place, digest);
    }

    FakeReply putManifest(const FakeRequest &request, const Place &place)
    {
        const auto asked = Digest::parse(QByteArrayView(place.reference));
        const Result<Manifest> manifest =
            Manifest::parse(request.body, {}, asked ? asked->algorithm() : Digest::Algorithm::Sha256);
        if (!manifest) {
            return FakeReply::error(400, "MANIFEST_INVALID", "manifest invalid");
        }
        for (const Descriptor &part : manifest->isIndex() ? manifest->children() : manifest->blobs()) {
            if (part.urls.isEmpty() &&
                !m_content.contains(place.repository + ' ' + part.digest.toByteArray())) {
                return FakeReply::error(400, "MANIFEST_BLOB_UNKNOWN", part.digest.toByteArray());
            }
        }
        const QByteArray digest = manifest->digest().toByteArray();
        m_content[place.repository + ' ' + digest] = request.body;
        m_content[place.repository + ' ' + place.reference] = request.body;
        return FakeReply(201)
            .header("Location", "/v2/" + place.repository + "/manifests/" + digest)
            .header("Docker-Content-Digest", digest);
    }

    FakeReply accepted(const Place &place, const QByteArray &id, int status = 202) const
    {
        const qint64 size = m_uploads.at(id).size();
        return FakeReply(status)
            .header("Location", "/v2/" + place.repository + "/blobs/uploads/" + id + "?_state=" + id)
            .header("Docker-Upload-UUID", id)
            .header("Range", "0-" + QByteArray::number(std::max<qint64>(0, size - 1)));
    }

    static FakeReply created(const Place &place, const QByteArray &digest)
    {
        return FakeReply(201)
            .header("Location", "/v2/" + place.repository + "/blobs/" + digest)
            .header("Docker-Content-Digest", digest);
    }

    std::map<QByteArray, QByteArray> m_content; ///< by "repository reference"
    std::map<QByteArray, QByteArray> m_uploads;
    int m_lastUpload = 0;
};

} // namespace

FakeRegistry::Handler pullsFrom(const QString &storageDirectory)
{
    const Storage storage{QDir(storageDirectory).absolutePath() + QStringLiteral("/docker/registry/v2")};
    return [storage](const FakeRequest &request) { return storage.answer(request); };
}

FakeRegistry::Handler pushesIntoMemory()
{
    return
        [memory = std::make_shared<Memory>()](const FakeRequest &request) { return memory->answer(request); };
}

} // namespace layerpool::test
