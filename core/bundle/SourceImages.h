// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/SourceFiles.h"
#include "image/Manifest.h"

#include <QStringList>

#include <unordered_map>

namespace layerpool {

/// Which images a source of others' making has, and where their bytes are.
struct SourceImages
{
    struct Image
    {
        RepositoryName repository; ///< as a pool has it
        QString tag;
        Digest root;
        QByteArray entry; ///< that names it
    };
    std::vector<Image> images;
    std::unordered_map<Digest, QByteArray> files; ///< which one has a blob's bytes; not yet checked
    std::unordered_map<Digest, QByteArray> made;  ///< manifests that the source lacks, their bytes
    QStringList notes;                            ///< for the plan; sentences
};

/// Errors: BadInput (it can't be read, or is not what its digest says), NotFound, Storage.
Result<Manifest> manifestOf(const SourceFiles &files, const SourceImages &images, const Digest &digest);

} // namespace layerpool
