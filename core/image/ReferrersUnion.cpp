// SPDX-License-Identifier: Apache-2.0
#include "image/ReferrersUnion.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <set>

namespace layerpool {
namespace {

using Kind = ReferrersUnion::Kind;

const QLatin1String kManifests("manifests");
const QLatin1String kLayers("layers");

QJsonArray arrayOf(const Manifest &manifest, QLatin1String list)
{
    return QJsonDocument::fromJson(manifest.bytes()).object().value(list).toArray();
}

QString digestOf(const QJsonValue &descriptor)
{
    return descriptor.toObject().value(QLatin1String("digest")).toString();
}

// What descriptors say, by value: the order of their members and the blanks between them don't count.
std::set<QByteArray> partsOf(const Manifest &manifest, QLatin1String list)
{
    std::set<QByteArray> parts;
    for (const QJsonValue &part : arrayOf(manifest, list)) {
        parts.insert(QJsonDocument(part.toObject()).toJson(QJsonDocument::Compact));
    }
    return parts;
}

bool hasAll(const std::set<QByteArray> &all, const std::set<QByteArray> &some)
{
    return std::includes(all.begin(), all.end(), some.begin(), some.end());
}

// Nothing where it would be larger than registries take.
std::optional<Manifest> joined(const Manifest &theirs, const Manifest &ours)
{
    QJsonObject index = QJsonDocument::fromJson(theirs.bytes()).object();
    QJsonArray both = index.value(kManifests).toArray();
    std::set<QString> known;
    for (const QJsonValue &descriptor : std::as_const(both)) {
        known.insert(digestOf(descriptor));
    }
    for (const QJsonValue &descriptor : arrayOf(ours, kManifests)) {
        if (known.insert(digestOf(descriptor)).second) {
            both.append(descriptor);
        }
    }
    index.insert(kManifests, both);
    Result<Manifest> made =
        Manifest::parse(QJsonDocument(index).toJson(QJsonDocument::Compact), theirs.mediaType());
    return made ? std::optional(*std::move(made)) : std::nullopt;
}

bool namesAll(const Manifest &all, const Manifest &some)
{
    std::set<Digest> named;
    for (const Descriptor &child : all.children()) {
        named.insert(child.digest);
    }
    return std::all_of(some.children().begin(), some.children().end(),
                       [&](const Descriptor &child) { return named.contains(child.digest); });
}

ReferrersUnion uniteIndexes(const Manifest &theirs, const Manifest &ours)
{
    if (namesAll(theirs, ours)) {
        return {Kind::Theirs, {}};
    }
    if (hasAll(partsOf(ours, kManifests), partsOf(theirs, kManifests))) {
        return {Kind::Ours, {}};
    }
    std::optional<Manifest> both = joined(theirs, ours);
    return both ? ReferrersUnion{Kind::Both, std::move(both)} : ReferrersUnion{Kind::Apart, {}};
}

ReferrersUnion uniteImages(const Manifest &theirs, const Manifest &ours)
{
    const std::set<QByteArray> there = partsOf(theirs, kLayers);
    const std::set<QByteArray> here = partsOf(ours, kLayers);
    const Kind kind = hasAll(there, here) ? Kind::Theirs : hasAll(here, there) ? Kind::Ours : Kind::Apart;
    return {kind, {}};
}

} // namespace

ReferrersUnion unite(const Manifest &theirs, const Manifest &ours)
{
    if (theirs.digest() == ours.digest()) {
        return {Kind::Theirs, {}};
    }
    if (theirs.isIndex() != ours.isIndex() || theirs.isLegacy() || ours.isLegacy()) {
        return {Kind::Apart, {}};
    }
    return ours.isIndex() ? uniteIndexes(theirs, ours) : uniteImages(theirs, ours);
}

} // namespace layerpool
