// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/BundleContent.h"
#include "bundle/BundleFormat.h"
#include "bundle/BundleOutput.h"
#include "pool/PoolReferrers.h"
#include "pool/Selection.h"

#include <QDateTime>

#include <map>
#include <vector>

namespace layerpool {

/// What the people who approve a transfer are told of a bundle. It lies beside the bundle, so that it may say
/// when that was made.
struct BundleReport
{
    struct Image
    {
        QString reference; ///< REPOSITORY:TAG, as it lies in the bundle
        QString line;      ///< as the list names it
        Digest digest;
        QStringList platforms;
        QDateTime created;                   ///< invalid where nobody says
        qint64 bytes = 0;                    ///< of all its parts
        qint64 newBytes = 0;                 ///< of those that the bundle brings
        int leftOutLayers = 0;               ///< that the far side must have
        std::vector<PoolReferrer> referrers; ///< signatures and the like, that come along
    };

    QString name; ///< of the bundle's file, without the number of a volume
    BundleFormat format = BundleFormat::Tar;
    Digest id; ///< its index's
    QDateTime made;
    QString pool;     ///< its folder's name
    QString contents; ///< the list's name, or what else was chosen
    std::vector<BundleOutput::File> files;
    QString signer = {};                 ///< the name of the key that signs its sums; empty where none does
    std::optional<BundleTool> tool = {}; ///< the program for the far side
    std::vector<Digest> base = {};       ///< the inventories of what the far side has, by their ids
    int unchanged = 0;                   ///< images that are there as they are here, and stay out

    std::vector<Image> images;
    std::vector<Selection::Absent> absent; ///< images that could not be packed
    qint64 referrers = 0;
    qint64 bytes = 0;    ///< of all blobs that the images need, each once
    qint64 newBytes = 0; ///< of those in the bundle, each once
    qint64 leftOutLayers = 0;

    bool isDifferential() const { return !base.empty(); }
    qint64 fileBytes() const;

    /// What the pool tells of these images; the rest is up to who made the bundle. `leftOut` are layers, with
    /// their bytes. Reads manifests from the disk.
    static BundleReport of(const PoolIndex &index, const Selection &selection,
                           const std::map<Digest, qint64> &leftOut);
};

} // namespace layerpool
