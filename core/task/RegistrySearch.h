// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/BundleContent.h"
#include "image/ImagesList.h"
#include "image/RegistryAddress.h"
#include "task/TransferCrew.h"

namespace layerpool {

/// What a registry has of the images of a list.
struct RegistryFindings
{
    BundleContent content; ///< as of a pool: names are without the registry's prefix
    QStringList whole;     ///< images that are there with all that they need; a pattern stands for several
    QStringList absent;    ///< those that are not there
    QStringList damaged;   ///< whose manifests are there, but not all of their blobs
    std::vector<ImageFailure> failures; ///< lines that could not be asked for
    QStringList notes;                  ///< sentences

    /// That were looked for.
    qsizetype images() const
    {
        return whole.size() + absent.size() + damaged.size() + static_cast<qsizetype>(failures.size());
    }
};

/// Looks for each line where a push puts it: below the registry's prefix, under the names that it may have in
/// a pool. An image's manifests are fetched and parsed, each of its blobs is asked for by HEAD in its
/// repository, and so is whatever refers to images there by a tag, a thousand in each repository at the most.
/// A tag counts only where it stands for the digest that its line pins. What was not seen to be there is not
/// listed, and an image that lacks something has no tag in the list. Blocks; what a cancel leaves is no whole
/// answer.
RegistryFindings searchRegistry(const std::vector<ListLine> &lines, const RegistryAddress &registry,
                                TransferCrew &crew, const TaskContext &context);

} // namespace layerpool
