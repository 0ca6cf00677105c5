// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDir>
#include <QStringList>

namespace layerpool {

// What a folder is that images may be taken in from, and what else lies in it. Looks at names alone.

bool isPoolFolder(const QDir &folder);
/// An OCI layout, or a folder or a tree of skopeo's, of which the first image tells.
bool isFolderOfOthers(QDir folder);

/// What lies directly in the folder and can be taken in by itself, by names: bundles and other archives,
/// pools and OCI layouts.
QStringList sourcesIn(const QDir &folder);
/// The same of folders and trees of skopeo's.
QStringList skopeoTreesIn(const QDir &folder);

/// The names in one phrase; of many only some.
QString namesOfSources(const QStringList &names);

} // namespace layerpool
