// SPDX-License-Identifier: Apache-2.0
#include "image/ReferrersIndex.h"

#include "image/MediaType.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace layerpool {
namespace {

// The spec's rule: a manifest without a type of its own has its config's.
QJsonValue artifactTypeOf(const QJsonObject &manifest)
{
    const QJsonValue own = manifest.value(QLatin1String("artifactType"));
    return own.isString()
               ? own
               : manifest.value(QLatin1String("config")).toObject().value(QLatin1String("mediaType"));
}

QJsonObject descriptorOf(const Manifest &manifest)
{
    const QJsonObject object = QJsonDocument::fromJson(manifest.bytes()).object();
    QJsonObject descriptor{{QStringLiteral("mediaType"), QString::fromUtf8(manifest.mediaType())},
                           {QStringLiteral("digest"), manifest.digest().toString()},
                           {QStringLiteral("size"), manifest.size()}};
    if (const QJsonValue type = artifactTypeOf(object); type.isString()) {
        descriptor.insert(QStringLiteral("artifactType"), type);
    }
    if (const QJsonValue notes = object.value(QLatin1String("annotations")); notes.isObject()) {
        descriptor.insert(QStringLiteral("annotations"), notes);
    }
    return descriptor;
}

} // namespace

Manifest referrersIndex(std::vector<Manifest> referrers)
{
    std::sort(referrers.begin(), referrers.end(),
              [](const Manifest &a, const Manifest &b) { return a.digest() < b.digest(); });
    QJsonArray descriptors;
    for (const Manifest &manifest : referrers) {
        descriptors.append(descriptorOf(manifest));
    }
    const QJsonObject index{{QStringLiteral("schemaVersion"), 2},
                            {QStringLiteral("mediaType"), QString::fromLatin1(mediatype::ociIndex)},
                            {QStringLiteral("manifests"), descriptors}};
    // An object of Qt's writes its members in the order of their names.
    return *Manifest::parse(QJsonDocument(index).toJson(QJsonDocument::Compact));
}

} // namespace layerpool
