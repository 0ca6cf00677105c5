// SPDX-License-Identifier: Apache-2.0
#include "image/SparseIndex.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace layerpool {
namespace {

const QString kChildren = QStringLiteral("manifests");
const QString kDigest = QStringLiteral("digest");
const QString kSize = QStringLiteral("size");

} // namespace

Result<Manifest> rewrittenIndex(const Manifest &index, const std::map<Digest, Descriptor> &kept)
{
    QJsonObject object = QJsonDocument::fromJson(index.bytes()).object();
    QJsonArray children;
    for (const QJsonValue &value : object.value(kChildren).toArray()) {
        QJsonObject child = value.toObject();
        const std::optional<Digest> digest = Digest::parse(child.value(kDigest).toString().toUtf8());
        const auto known = digest ? kept.find(*digest) : kept.end();
        if (known != kept.end()) {
            child.insert(kDigest, known->second.digest.toString());
            child.insert(kSize, known->second.size);
            children.append(child);
        }
    }
    object.insert(kChildren, children);
    // Qt writes an object's members by name: the order does not depend on how they came.
    return Manifest::parse(QJsonDocument(object).toJson(QJsonDocument::Compact), index.mediaType());
}

QString childTag(const QString &tag, const Descriptor &child)
{
    const std::optional<Platform> &platform = child.platform;
    if (!platform || platform->isUnknown()) {
        return tag + QLatin1Char('-') + child.digest.shortHex();
    }
    QStringList words{tag, platform->os, platform->architecture, platform->variant};
    words.removeAll(QString());
    return words.join(QLatin1Char('-'));
}

} // namespace layerpool
