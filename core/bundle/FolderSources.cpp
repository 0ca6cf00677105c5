// SPDX-License-Identifier: Apache-2.0
#include "bundle/FolderSources.h"

#include "bundle/BundleFormat.h"
#include "bundle/BundleVolumes.h"
#include "bundle/OciLayout.h"
#include "bundle/SkopeoDirs.h"
#include "pool/PoolLayout.h"

#include <QFileInfo>

namespace layerpool {
namespace {

constexpr qsizetype kMostSources = 4;

QStringList foldersIn(const QDir &folder)
{
    return folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks, QDir::Name);
}

bool isLayoutFolder(const QDir &folder)
{
    return folder.exists(QLatin1String(ocilayout::markFile));
}

} // namespace

bool isPoolFolder(const QDir &folder)
{
    return QFileInfo(folder.filePath(QLatin1String(layout::root))).isDir();
}

// Of a tree, the first image tells: REGISTRY/NAME:TAG has a few parts.
bool isFolderOfOthers(QDir folder)
{
    constexpr int mostParts = 12;
    if (isLayoutFolder(folder)) {
        return true;
    }
    for (int part = 0; part < mostParts; ++part) {
        if (folder.exists(QLatin1String(skopeodir::manifestFile)) &&
            folder.exists(QLatin1String(skopeodir::versionFile))) {
            return true;
        }
        const QStringList below = folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks);
        if (below.isEmpty() || !folder.cd(below.first())) {
            return false;
        }
    }
    return false;
}

QStringList sourcesIn(const QDir &folder)
{
    QStringList names;
    for (const QString &file : folder.entryList(QDir::Files, QDir::Name)) {
        if (formatOf(bundleNamedBy(file))) {
            names << bundleNamedBy(file);
        }
    }
    names.removeDuplicates(); // each has its volumes
    for (const QString &name : foldersIn(folder)) {
        const QDir below(folder.filePath(name));
        if (isPoolFolder(below) || isLayoutFolder(below)) {
            names << name + QLatin1Char('/');
        }
    }
    return names;
}

QStringList skopeoTreesIn(const QDir &folder)
{
    QStringList names;
    for (const QString &name : foldersIn(folder)) {
        const QDir below(folder.filePath(name));
        if (!isPoolFolder(below) && !isLayoutFolder(below) && isFolderOfOthers(below)) {
            names << name + QLatin1Char('/');
        }
    }
    return names;
}

QString namesOfSources(const QStringList &names)
{
    const QString some = QStringList(names.mid(0, kMostSources)).join(QStringLiteral(", "));
    return names.size() > kMostSources ? some + QStringLiteral(", …") : some;
}

} // namespace layerpool
