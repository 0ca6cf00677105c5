// SPDX-License-Identifier: Apache-2.0
#include "image/Manifest.h"

#include "base/Digester.h"
#include "base/Text.h"
#include "image/LegacyManifest.h"
#include "image/ManifestJson.h"
#include "image/ManifestSkim.h"
#include "image/MediaType.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>
#include <cmath>
#include <set>

namespace layerpool {
namespace {

QByteArray stringOf(const QJsonObject &object, QLatin1String key)
{
    return object.value(key).toString().toUtf8();
}

// The kind that the bytes speak of themselves; a manifest without `mediaType` is told by its members: the OCI
// spec has it optional, and Docker's schema 1 has none.
QByteArray kindOf(const QJsonObject &object, const QByteArray &contentType)
{
    const QByteArray own = stringOf(object, QLatin1String("mediaType"));
    if (!own.isEmpty()) {
        return own;
    }
    const QByteArray told = contentType.split(';').first().trimmed();
    const bool hasChildren = object.value(QLatin1String("manifests")).isArray();
    const bool hasConfig = object.value(QLatin1String("config")).isObject();
    if ((hasChildren && mediatype::isIndex(told)) || (hasConfig && mediatype::isManifest(told))) {
        return told;
    }
    const int version = object.value(QLatin1String("schemaVersion")).toInt();
    if (version == 1 && object.value(QLatin1String("fsLayers")).isArray()) {
        return object.contains(QLatin1String("signatures")) ? mediatype::signedLegacyManifest
                                                            : mediatype::legacyManifest;
    }
    if (version == 2 && hasChildren != hasConfig) {
        return hasChildren ? mediatype::ociIndex : mediatype::ociManifest;
    }
    return told;
}

bool isText(const QJsonValue &value)
{
    return value.isString() || value.isNull() || value.isUndefined();
}

bool isTexts(const QJsonValue &value)
{
    const QJsonArray array = value.toArray();
    return value.isNull() || value.isUndefined() ||
           (value.isArray() && std::all_of(array.begin(), array.end(), isText));
}

bool isTextMap(const QJsonValue &value)
{
    const QJsonObject object = value.toObject();
    return value.isNull() || value.isUndefined() ||
           (value.isObject() && std::all_of(object.begin(), object.end(), isText));
}

// A registry reads these into fields of fixed types, and its garbage collection of the whole pool stops at
// what does not fit.
bool fitsARegistry(const QJsonObject &object)
{
    const QJsonValue platform = object.value(QLatin1String("platform"));
    const QJsonObject words = platform.toObject();
    const auto text = [&](const char *key) { return isText(words.value(QLatin1String(key))); };
    const auto texts = [&](const char *key) { return isTexts(words.value(QLatin1String(key))); };
    return isText(object.value(QLatin1String("mediaType"))) &&
           isText(object.value(QLatin1String("artifactType"))) &&
           isText(object.value(QLatin1String("data"))) && isTexts(object.value(QLatin1String("urls"))) &&
           isTextMap(object.value(QLatin1String("annotations"))) &&
           (platform.isObject() || platform.isNull() || platform.isUndefined()) && text("os") &&
           text("architecture") && text("variant") && text("os.version") && texts("os.features") &&
           texts("features");
}

std::optional<Platform> readPlatform(const QJsonObject &object)
{
    const auto word = [&](const char *key) { return object.value(QLatin1String(key)).toString(); };
    return object.isEmpty() ? std::nullopt
                            : std::optional(Platform{word("os"), word("architecture"), word("variant"),
                                                     word("os.version")});
}

Result<Descriptor> readDescriptor(const QJsonValue &value)
{
    const QJsonObject object = value.toObject();
    const std::optional<Digest> digest = Digest::parse(stringOf(object, QLatin1String("digest")));
    if (!digest) {
        return unreadableManifest(Text::tr("it names no digest where one must be"));
    }
    const double size = object.value(QLatin1String("size")).toDouble(-1);
    constexpr double limit = 1LL << 53; // from there on JSON's numbers are not exact
    if (!(size >= 0 && size < limit) || std::floor(size) != size) {
        return unreadableManifest(Text::tr("the size of %1 is no size").arg(digest->toString()));
    }
    if (!fitsARegistry(object)) {
        return unreadableManifest(
            Text::tr("what it says of %1 is of another kind than it must be").arg(digest->toString()));
    }
    Descriptor descriptor{stringOf(object, QLatin1String("mediaType")), *digest, static_cast<qint64>(size)};
    descriptor.platform = readPlatform(object.value(QLatin1String("platform")).toObject());
    for (const QJsonValue &url : object.value(QLatin1String("urls")).toArray()) {
        descriptor.urls << url.toString();
    }
    return descriptor;
}

Result<std::vector<Descriptor>> readDescriptors(const QJsonObject &object, QLatin1String key)
{
    const QJsonValue value = object.value(key);
    if (!value.isArray()) {
        return unreadableManifest(Text::tr("it has no list of %1").arg(key));
    }
    const QJsonArray array = value.toArray();
    std::vector<Descriptor> descriptors;
    descriptors.reserve(static_cast<std::size_t>(array.size()));
    for (const QJsonValue &element : array) {
        Result<Descriptor> descriptor = readDescriptor(element);
        if (!descriptor) {
            return descriptor.error();
        }
        descriptors.push_back(*std::move(descriptor));
    }
    return descriptors;
}

Status readInto(std::vector<Descriptor> &descriptors, Result<std::vector<Descriptor>> read)
{
    if (!read) {
        return read.error();
    }
    descriptors = *std::move(read);
    return {};
}

} // namespace

Result<Manifest> Manifest::parse(QByteArray bytes, const QByteArray &contentType, Digest::Algorithm algorithm)
{
    if (bytes.size() > maxBytes) {
        return unreadableManifest(
            Text::tr("it has %1 bytes, and a registry takes 4 MiB at the most").arg(bytes.size()));
    }
    Manifest manifest;
    if (std::optional<SkimmedManifest> skimmed = skimManifest(bytes)) {
        manifest.m_mediaType = std::move(skimmed->mediaType);
        manifest.m_isIndex = mediatype::isIndex(manifest.m_mediaType);
        manifest.m_config = std::move(skimmed->config);
        manifest.m_layers = std::move(skimmed->layers);
        manifest.m_children = std::move(skimmed->children);
        manifest.m_digest = Digester::of(bytes, algorithm);
        manifest.m_bytes = std::move(bytes);
        return manifest;
    }
    const Result<QJsonObject> object = readManifestJson(bytes);
    if (!object) {
        return object.error();
    }
    manifest.m_mediaType = kindOf(*object, contentType);
    if (Status read = manifest.read(*object); !read) {
        return read.error();
    }
    if (manifest.m_isLegacy) {
        Result<QByteArray> payload = legacy::signedPayload(bytes, *object);
        if (!payload) {
            return payload.error();
        }
        bytes = *std::move(payload);
    }
    manifest.m_digest = Digester::of(bytes, algorithm);
    manifest.m_bytes = std::move(bytes);
    return manifest;
}

Status Manifest::read(const QJsonObject &object)
{
    m_isIndex = mediatype::isIndex(m_mediaType);
    m_isLegacy = mediatype::isLegacyManifest(m_mediaType);
    if (!m_isIndex && !m_isLegacy && !mediatype::isManifest(m_mediaType)) {
        const QString type = QString::fromUtf8(m_mediaType.isEmpty() ? "none" : m_mediaType);
        return Error{ErrorKind::Unsupported,
                     Text::tr("This kind of manifest cannot be kept in a pool"),
                     Text::tr("its media type is %1").arg(type),
                     {}};
    }
    // What one program reads as an index and the next as an image is neither (CVE-2021-41190).
    const bool hasParts =
        object.contains(QLatin1String("config")) || object.contains(QLatin1String("layers"));
    const bool hasLegacyParts = object.contains(QLatin1String("fsLayers"));
    if (int(object.contains(QLatin1String("manifests"))) + int(hasParts) + int(hasLegacyParts) > 1) {
        return unreadableManifest(Text::tr("it is two kinds of manifest at once"));
    }
    const int version = m_isLegacy ? 1 : 2;
    if (object.value(QLatin1String("schemaVersion")) != version) {
        return unreadableManifest(Text::tr("its schemaVersion is not %1, as its kind has it").arg(version));
    }
    if (m_isLegacy) {
        m_platform = legacy::platform(object);
        return readInto(m_layers, legacy::layers(object));
    }
    if (!isTextMap(object.value(QLatin1String("annotations"))) ||
        !isText(object.value(QLatin1String("artifactType")))) {
        return unreadableManifest(Text::tr("its annotations are no texts"));
    }
    if (m_isIndex) {
        return readInto(m_children, readDescriptors(object, QLatin1String("manifests")));
    }
    Result<Descriptor> config = readDescriptor(object.value(QLatin1String("config")));
    if (!config) {
        return config.error();
    }
    m_config = *std::move(config);
    return readInto(m_layers, readDescriptors(object, QLatin1String("layers")));
}

std::vector<Descriptor> Manifest::blobs() const
{
    std::vector<Descriptor> blobs;
    std::set<Digest> seen;
    if (!m_config.digest.isNull()) {
        seen.insert(m_config.digest);
        blobs.push_back(m_config);
    }
    std::copy_if(m_layers.begin(), m_layers.end(), std::back_inserter(blobs),
                 [&](const Descriptor &layer) { return seen.insert(layer.digest).second; });
    return blobs;
}

} // namespace layerpool
