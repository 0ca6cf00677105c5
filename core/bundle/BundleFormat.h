// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <optional>

namespace layerpool {

/// How a bundle is written.
enum class BundleFormat {
    Tar,     ///< the registry's layout as it is
    TarGzip, ///< the same, packed
    TarZstd,
    Zip, ///< stored, not packed
};

/// By the ending of its name; nothing where it has none of these.
std::optional<BundleFormat> formatOf(const QString &path);

/// The path without such an ending: what lies beside a bundle is named by it.
QString withoutEnding(const QString &path);

/// The ending that makes it so, such as ".tar.gz".
QString endingOf(BundleFormat format);

/// Those endings, as a filter and a sentence name them: ".tar, .tar.gz, …".
QString bundleEndings();

} // namespace layerpool
