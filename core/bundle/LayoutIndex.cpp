// SPDX-License-Identifier: Apache-2.0
#include "bundle/LayoutIndex.h"

#include "base/Text.h"
#include "bundle/OciLayout.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace layerpool {
namespace {

const QString kLayoutManifests = QStringLiteral("manifests");
const QString kLayoutDigest = QStringLiteral("digest");

QString refNameOf(const QJsonObject &descriptor)
{
    return descriptor.value(QLatin1String("annotations"))
        .toObject()
        .value(QLatin1String(ocilayout::refName))
        .toString();
}

Error noLayoutIndex(const DurableDirectory &folder, const QString &why)
{
    return {ErrorKind::Conflict, Text::tr("%1 is no OCI layout").arg(folder.path()), why,
            Text::tr("Choose an empty folder, or a new one")};
}

} // namespace

Result<LayoutIndex> LayoutIndex::read(const DurableDirectory &folder)
{
    LayoutIndex index;
    const Result<QByteArray> text = folder.readFile(ocilayout::indexFile, SourceFiles::mostListBytes);
    if (!text && text.error().kind == ErrorKind::NotFound) {
        index.m_rest.insert(QStringLiteral("schemaVersion"), 2);
        return index;
    }
    if (!text) {
        return text.error().kind == ErrorKind::Corrupt ? noLayoutIndex(folder, text.error().why)
                                                       : text.error();
    }
    const QJsonDocument json = QJsonDocument::fromJson(*text);
    if (!json.isObject() || !json.object().value(kLayoutManifests).isArray()) {
        return noLayoutIndex(folder, Text::tr("its index.json can't be read"));
    }
    index.m_rest = json.object();
    for (const QJsonValue &value : index.m_rest.take(kLayoutManifests).toArray()) {
        const QString name = refNameOf(value.toObject());
        if (!name.isEmpty()) {
            index.m_byName.insert_or_assign(name, index.m_descriptors.size());
        }
        index.m_descriptors.push_back(value.toObject());
    }
    return index;
}

std::optional<Digest> LayoutIndex::find(const QString &name) const
{
    const auto found = m_byName.find(name);
    return found != m_byName.end()
               ? Digest::parse(m_descriptors[found->second].value(kLayoutDigest).toString())
               : std::nullopt;
}

void LayoutIndex::set(const QString &name, const Descriptor &manifest)
{
    const auto [known, isNew] = m_byName.emplace(name, m_descriptors.size());
    if (isNew) {
        m_descriptors.emplace_back();
    }
    m_descriptors[known->second] = {
        {QStringLiteral("mediaType"), QString::fromLatin1(manifest.mediaType)},
        {kLayoutDigest, manifest.digest.toString()},
        {QStringLiteral("size"), manifest.size},
        {QStringLiteral("annotations"), QJsonObject{{QLatin1String(ocilayout::refName), name}}}};
}

QByteArray LayoutIndex::toJson() const
{
    QJsonArray descriptors;
    for (const QJsonObject &descriptor : m_descriptors) {
        descriptors.append(descriptor);
    }
    QJsonObject all = m_rest;
    all.insert(kLayoutManifests, descriptors);
    return QJsonDocument(all).toJson(QJsonDocument::Compact);
}

} // namespace layerpool
