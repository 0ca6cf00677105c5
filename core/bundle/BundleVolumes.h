// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Result.h"

#include <QStringList>

#include <optional>

namespace layerpool {

// A bundle in volumes: NAME.tar.001, NAME.tar.002 … are its bytes one after another, so that
// `cat NAME.tar.*[0-9]` is the tar. All have the same number of digits: three, more only where they are
// needed.

/// More can't be numbered.
inline constexpr qint64 mostVolumes = 999'999;

/// In bytes: 0 for no text, which means one file. BadInput where it is no size, or a very small one.
Result<qint64> volumeBytesOf(const QString &text);

/// The name of volume `number`, from 1, of `count`.
QString volumeName(const QString &bundle, std::size_t number, std::size_t count);

/// What such a name tells.
struct VolumeName
{
    QString bundle; ///< its path, without the number
    int number = 0; ///< from 1
    int digits = 0;

    /// Nothing where it is no volume's name.
    static std::optional<VolumeName> parse(const QString &path);
};

/// The path of the bundle's volume of that number, where it lies there; else empty.
QString volumeThere(const QString &bundle, int number);
/// All volumes of the bundle that lie there, with gaps between them or not, and also of two sets whose
/// numbers have not the same digits.
QStringList volumesBeside(const QString &bundle);
/// The path of the bundle by that of any of its volumes; that of a whole one as it is.
QString bundleNamedBy(const QString &file);

/// The volumes of a bundle that lie there, from the first one on without a gap. They need not be all.
QStringList volumesOf(const QString &bundle);

/// The volume that would follow the last one that is there; empty where the path names no volumes.
QString volumeAfterLast(const QString &path);

/// The names of the volumes that lack in front of one that is there; ten at the most. Empty where all of them
/// are there, or where the path names no volumes.
QStringList missingVolumes(const QString &path);

/// The files that make up a bundle, in their order: the file itself, or all volumes of the one that is named
/// by any of them, or by the bundle's own name where there is no such file. NotFound where one lacks, which
/// is named; BadInput where two sizes of the others differ.
Result<QStringList> bundleFiles(const QString &path);

} // namespace layerpool
