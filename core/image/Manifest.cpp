// SPDX-License-Identifier: Apache-2.0
#include "image/Manifest.h"

#include "base/Digester.h"
#include "base/Text.h"
#include "image/MediaType.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>

namespace layerpool {
namespace {

Error corrupt(const QString &why)
{
    return {ErrorKind::Corrupt, Text::tr("The manifest cannot be read"), why, {}};
}

QByteArray stringOf(const QJsonObject &object, QLatin1String key)
{
    return object.value(key).toString().toUtf8();
}

// The kind that the bytes speak of themselves; a manifest without `mediaType` is told by its members, as the
// OCI spec has it optional.
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
    if (object.value(QLatin1String("schemaVersion")).toInt() == 2 && hasChildren != hasConfig) {
        return hasChildren ? mediatype::ociIndex : mediatype::ociManifest;
    }
    return told;
}

Result<Descriptor> readDescriptor(const QJsonValue &value)
{
    const QJsonObject object = value.toObject();
    const std::optional<Digest> digest = Digest::parse(stringOf(object, QLatin1String("digest")));
    if (!digest) {
        return corrupt(Text::tr("it names no digest where one must be"));
    }
    const double size = object.value(QLatin1String("size")).toDouble(-1);
    constexpr double limit = 1LL << 53; // from there on JSON's numbers are not exact
    if (!(size >= 0 && size < limit) || std::floor(size) != size) {
        return corrupt(Text::tr("the size of %1 is no size").arg(digest->toString()));
    }
    Descriptor descriptor;
    descriptor.mediaType = stringOf(object, QLatin1String("mediaType"));
    descriptor.digest = *digest;
    descriptor.size = static_cast<qint64>(size);
    if (const QJsonObject platform = object.value(QLatin1String("platform")).toObject();
        !platform.isEmpty()) {
        descriptor.platform = Platform{platform.value(QLatin1String("os")).toString(),
                                       platform.value(QLatin1String("architecture")).toString(),
                                       platform.value(QLatin1String("variant")).toString()};
    }
    return descriptor;
}

Result<std::vector<Descriptor>> readDescriptors(const QJsonObject &object, QLatin1String key)
{
    const QJsonValue value = object.value(key);
    if (!value.isArray()) {
        return corrupt(Text::tr("it has no list of %1").arg(key));
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

} // namespace

Result<Manifest> Manifest::parse(QByteArray bytes, const QByteArray &contentType)
{
    if (bytes.size() > maxBytes) {
        return corrupt(Text::tr("it has %1 bytes, and a registry takes 4 MiB at the most").arg(bytes.size()));
    }
    const QJsonDocument document = QJsonDocument::fromJson(bytes);
    if (!document.isObject()) {
        return corrupt(Text::tr("it is no JSON object"));
    }
    const QJsonObject object = document.object();

    // What one program reads as an index and the next as an image is neither (CVE-2021-41190).
    if (object.contains(QLatin1String("manifests")) &&
        (object.contains(QLatin1String("config")) || object.contains(QLatin1String("layers")))) {
        return corrupt(Text::tr("it is an index and an image at once"));
    }

    Manifest manifest;
    manifest.m_mediaType = kindOf(object, contentType);
    if (mediatype::isIndex(manifest.m_mediaType)) {
        Result<std::vector<Descriptor>> children = readDescriptors(object, QLatin1String("manifests"));
        if (!children) {
            return children.error();
        }
        manifest.m_isIndex = true;
        manifest.m_children = *std::move(children);
    } else if (mediatype::isManifest(manifest.m_mediaType)) {
        Result<Descriptor> config = readDescriptor(object.value(QLatin1String("config")));
        Result<std::vector<Descriptor>> layers = readDescriptors(object, QLatin1String("layers"));
        if (!config || !layers) {
            return config ? layers.error() : config.error();
        }
        manifest.m_config = *std::move(config);
        manifest.m_layers = *std::move(layers);
    } else {
        const QString type =
            QString::fromUtf8(manifest.m_mediaType.isEmpty() ? "none" : manifest.m_mediaType);
        return Error{ErrorKind::Unsupported,
                     Text::tr("This kind of manifest cannot be kept in a pool"),
                     Text::tr("its media type is %1").arg(type),
                     {}};
    }
    manifest.m_digest = Digester::of(bytes);
    manifest.m_bytes = std::move(bytes);
    return manifest;
}

} // namespace layerpool
