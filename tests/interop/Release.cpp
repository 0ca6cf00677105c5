// SPDX-License-Identifier: Apache-2.0
#include "Release.h"

#include <QFileInfo>

#include <algorithm>

namespace layerpool::test {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kStep = 13; // no multiple of the number of kinds, so that all of them are met

} // namespace

Release::Release(const QString &listFile)
    : m_place(Workplace::Medium::Memory)
    , m_list(QFileInfo(listFile).canonicalFilePath())
    , m_storage(m_place.path(u"source"_s))
{
    ImageSpec spec;
    spec.layers = 4;
    spec.sharedLayers = 2;
    spec.layerBytes = 2048;
    m_samples = m_storage.addForList(bytesOf(m_list), spec);
    m_registry = std::make_unique<StockRegistry>(m_storage.path());
    m_converted = convert(u"pool"_s);
}

Outcome Release::convert(const QString &name, const QStringList &more, const QString &list) const
{
    return m_place.run(QStringList{u"convert"_s, path(name), u"--list"_s, list.isEmpty() ? m_list : list,
                                   u"--source"_s, m_registry->host()} +
                       more);
}

Manifests Release::convertNext(const QString &name)
{
    QByteArray list;
    for (const QString &reference : references()) {
        list += reference.toUtf8() + "-next\n";
    }
    ImageSpec spec;
    spec.layers = 3;
    spec.sharedLayers = 2;
    spec.layerBytes = 2048;
    const std::vector<Sample> samples = m_storage.addForList(list, spec);
    const Outcome converted = convert(name, {}, m_place.write(u"next.txt"_s, list));
    EXPECT_EQ(converted.exitStatus, 0) << converted;
    Manifests manifests;
    for (const Sample &sample : samples) {
        manifests.emplace(sample.reference(), sample.amd64().bytes);
    }
    return manifests;
}

QStringList Release::lines() const
{
    QStringList lines = QString::fromUtf8(bytesOf(m_list)).split(u'\n', Qt::SkipEmptyParts);
    lines.removeIf([](const QString &line) { return line.startsWith(u'#'); });
    return lines;
}

QStringList Release::references() const
{
    QStringList references;
    for (const Sample &sample : m_samples) {
        references << sample.reference();
    }
    return references;
}

QStringList Release::chosen() const
{
    QStringList rest = references();
    const auto isOnePart = [](const QString &reference) { return !reference.contains(u'/'); };
    QStringList chosen{*std::find_if(rest.begin(), rest.end(), isOnePart)};
    rest.removeIf(isOnePart);
    for (qsizetype i = 1; i < chosenLines; ++i) {
        chosen << rest.at(i * kStep % rest.size());
    }
    return chosen;
}

QString Release::chosenList() const
{
    return m_place.write(u"chosen.txt"_s, chosen().join(u'\n').toUtf8());
}

Manifests Release::amd64Manifests(const QStringList &references) const
{
    Manifests manifests;
    for (const Sample &sample : m_samples) {
        if (references.contains(sample.reference())) {
            manifests.emplace(sample.reference(), sample.amd64().bytes);
        }
    }
    return manifests;
}

Manifests Release::wholeManifests() const
{
    Manifests manifests;
    for (const Sample &sample : m_samples) {
        manifests.emplace(sample.reference(), sample.bytes);
    }
    return manifests;
}

Manifests Release::manifestsIn(const QString &pool) const
{
    Manifests manifests;
    for (const Sample &sample : m_samples) {
        manifests.emplace(sample.reference(), tagManifest(pool, sample.repository, sample.tag));
    }
    return manifests;
}

} // namespace layerpool::test
