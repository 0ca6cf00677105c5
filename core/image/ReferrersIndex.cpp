// SPDX-License-Identifier: Apache-2.0
#include "image/ReferrersIndex.h"

#include "image/MediaType.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <numeric>

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

const QString kAnnotations = QStringLiteral("annotations");

QJsonObject descriptorOf(const Manifest &manifest)
{
    const QJsonObject object = QJsonDocument::fromJson(manifest.bytes()).object();
    QJsonObject descriptor{{QStringLiteral("mediaType"), QString::fromUtf8(manifest.mediaType())},
                           {QStringLiteral("digest"), manifest.digest().toString()},
                           {QStringLiteral("size"), manifest.size()}};
    if (const QJsonValue type = artifactTypeOf(object); type.isString()) {
        descriptor.insert(QStringLiteral("artifactType"), type);
    }
    if (const QJsonValue notes = object.value(kAnnotations); notes.isObject()) {
        descriptor.insert(kAnnotations, notes);
    }
    return descriptor;
}

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

struct Entry
{
    Digest digest;
    QJsonObject descriptor;
    qint64 bytes = 0; ///< in the index, with a comma

    void weigh() { bytes = compact(descriptor).size() + 1; }
};

constexpr qint64 kAround = 1024; // bytes, and more than stands around the descriptors

bool fit(const std::vector<Entry> &entries)
{
    return std::accumulate(entries.begin(), entries.end(), kAround, [](qint64 sum, const Entry &entry) {
               return sum + entry.bytes;
           }) <= Manifest::maxBytes;
}

std::vector<Entry> entriesOf(std::vector<Manifest> referrers)
{
    std::sort(referrers.begin(), referrers.end(),
              [](const Manifest &a, const Manifest &b) { return a.digest() < b.digest(); });
    std::vector<Entry> entries;
    for (const Manifest &manifest : referrers) {
        entries.push_back({manifest.digest(), descriptorOf(manifest)});
        entries.back().weigh();
    }
    return entries;
}

void leaveAnnotationsOut(std::vector<Entry> &entries)
{
    for (Entry &entry : entries) {
        entry.descriptor.remove(kAnnotations);
        entry.weigh();
    }
}

// So that one which says too much displaces no other.
Digest leaveLargestOut(std::vector<Entry> &entries)
{
    const auto largest = std::max_element(entries.begin(), entries.end(),
                                          [](const Entry &a, const Entry &b) { return a.bytes < b.bytes; });
    const Digest digest = largest->digest;
    entries.erase(largest);
    return digest;
}

} // namespace

Result<ReferrersIndex> referrersIndex(std::vector<Manifest> referrers)
{
    ReferrersIndex made;
    std::vector<Entry> entries = entriesOf(std::move(referrers));
    if (!fit(entries)) {
        leaveAnnotationsOut(entries);
        made.lacksAnnotations = true;
    }
    while (!fit(entries)) {
        made.leftOut.push_back(leaveLargestOut(entries));
    }
    QJsonArray descriptors;
    for (const Entry &entry : entries) {
        descriptors.append(entry.descriptor);
    }
    const QJsonObject index{{QStringLiteral("schemaVersion"), 2},
                            {QStringLiteral("mediaType"), QString::fromLatin1(mediatype::ociIndex)},
                            {QStringLiteral("manifests"), descriptors}};
    // An object of Qt's writes its members in the order of their names.
    Result<Manifest> manifest = Manifest::parse(compact(index));
    if (!manifest) {
        return manifest.error();
    }
    made.index = *std::move(manifest);
    return made;
}

} // namespace layerpool
