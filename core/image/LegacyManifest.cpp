// SPDX-License-Identifier: Apache-2.0
#include "image/LegacyManifest.h"

#include "base/Text.h"
#include "image/ManifestJson.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace layerpool::legacy {
namespace {

std::optional<QByteArray> fromBase64Url(const QString &text)
{
    const auto decoded = QByteArray::fromBase64Encoding(
        text.toLatin1(), QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    return decoded ? std::optional(*decoded) : std::nullopt;
}

// How many of the bytes were signed, and what came after them: the same in every signature.
std::optional<QByteArray> payloadOf(const QByteArray &bytes, const QString &protectedHeader)
{
    const std::optional<QByteArray> json = fromBase64Url(protectedHeader);
    const QJsonObject header = QJsonDocument::fromJson(json.value_or(QByteArray())).object();
    const qint64 length = header.value(QLatin1String("formatLength")).toInteger(-1);
    const std::optional<QByteArray> tail =
        fromBase64Url(header.value(QLatin1String("formatTail")).toString());
    if (length <= 0 || length >= bytes.size() || !tail || tail->isEmpty()) {
        return std::nullopt;
    }
    return bytes.first(length) + *tail;
}

} // namespace

Result<QByteArray> signedPayload(const QByteArray &bytes, const QJsonObject &object)
{
    const QJsonArray signatures = object.value(QLatin1String("signatures")).toArray();
    if (!object.contains(QLatin1String("signatures"))) {
        return bytes;
    }
    std::optional<QByteArray> payload;
    for (const QJsonValue &signature : signatures) {
        const auto found =
            payloadOf(bytes, signature.toObject().value(QLatin1String("protected")).toString());
        if (!found || (payload && *payload != *found)) {
            return unreadableManifest(Text::tr("its signature does not say what was signed"));
        }
        payload = found;
    }
    const QJsonObject inside = QJsonDocument::fromJson(payload.value_or(QByteArray())).object();
    QJsonObject expected = object;
    expected.remove(QLatin1String("signatures"));
    if (inside.isEmpty() || inside != expected) {
        return unreadableManifest(Text::tr("what was signed is not what it says"));
    }
    return *payload;
}

Result<std::vector<Descriptor>> layers(const QJsonObject &object)
{
    const QJsonArray sums = object.value(QLatin1String("fsLayers")).toArray();
    const QJsonArray history = object.value(QLatin1String("history")).toArray();
    const bool isNamed = object.value(QLatin1String("name")).isString() &&
                         object.value(QLatin1String("tag")).isString() &&
                         object.value(QLatin1String("architecture")).isString();
    const bool hasHistory = history.size() == sums.size() &&
                            std::all_of(history.begin(), history.end(), [](const QJsonValue &step) {
                                return step.toObject().value(QLatin1String("v1Compatibility")).isString();
                            });
    if (sums.isEmpty() || !isNamed || !hasHistory) {
        return unreadableManifest(Text::tr("it lacks what a manifest of Docker's schema 1 has"));
    }
    std::vector<Descriptor> layers;
    for (const QJsonValue &sum : sums) {
        const auto digest = Digest::parse(sum.toObject().value(QLatin1String("blobSum")).toString());
        if (!digest) {
            return unreadableManifest(Text::tr("it names no digest where one must be"));
        }
        layers.push_back({mediatype::dockerLayer, *digest, Descriptor::unknownSize});
    }
    std::reverse(layers.begin(), layers.end()); // it has the topmost first
    return layers;
}

std::optional<Platform> platform(const QJsonObject &object)
{
    const QString architecture = object.value(QLatin1String("architecture")).toString();
    const QJsonObject newest = object.value(QLatin1String("history")).toArray().first().toObject();
    const QJsonObject config =
        QJsonDocument::fromJson(newest.value(QLatin1String("v1Compatibility")).toString().toUtf8()).object();
    const QString os = config.value(QLatin1String("os")).toString(QStringLiteral("linux"));
    return architecture.isEmpty() ? std::nullopt : std::optional(Platform{os, architecture, {}});
}

} // namespace layerpool::legacy
