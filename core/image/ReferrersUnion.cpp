// SPDX-License-Identifier: Apache-2.0
#include "image/ReferrersUnion.h"

#include "image/JsonText.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <set>

namespace layerpool {
namespace {

using Kind = ReferrersUnion::Kind;

// What descriptors say, by value: the order of their members and the blanks between them don't count.
std::set<QByteArray> partsOf(const Manifest &manifest, QLatin1String list)
{
    std::set<QByteArray> parts;
    const QJsonObject object = QJsonDocument::fromJson(manifest.bytes()).object();
    for (const QJsonValue &part : object.value(list).toArray()) {
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
    const std::optional<JsonArrayText> before = arrayText(theirs.bytes(), "manifests");
    const std::optional<JsonArrayText> added = arrayText(ours.bytes(), "manifests");
    if (!before || !added || added->elements.size() != ours.children().size()) {
        return std::nullopt;
    }
    std::set<Digest> known;
    for (const Descriptor &child : theirs.children()) {
        known.insert(child.digest);
    }
    QByteArray more;
    for (std::size_t i = 0; i < ours.children().size(); ++i) {
        if (known.insert(ours.children()[i].digest).second) {
            more +=
                (before->elements.empty() && more.isEmpty() ? "" : ",") + added->elements[i].toByteArray();
        }
    }
    Result<Manifest> both = Manifest::parse(
        theirs.bytes().first(before->end) + more + theirs.bytes().sliced(before->end), theirs.mediaType());
    return both ? std::optional(*std::move(both)) : std::nullopt;
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
    const QLatin1String list("manifests");
    if (hasAll(partsOf(ours, list), partsOf(theirs, list))) {
        return {Kind::Ours, {}};
    }
    std::optional<Manifest> both = joined(theirs, ours);
    return both ? ReferrersUnion{Kind::Both, std::move(both)} : ReferrersUnion{Kind::Apart, {}};
}

ReferrersUnion uniteImages(const Manifest &theirs, const Manifest &ours)
{
    const QLatin1String list("layers");
    const std::set<QByteArray> there = partsOf(theirs, list);
    const std::set<QByteArray> here = partsOf(ours, list);
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
