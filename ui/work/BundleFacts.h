// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/BundlePool.h"
#include "bundle/BundleSignature.h"
#include "pool/PoolIndex.h"

#include <memory>
#include <vector>

namespace layerpool {

/// What is seen of a bundle before anything is taken in. A value, read in a worker.
struct BundleFacts
{
    struct File
    {
        QString name;
        qint64 bytes = 0;
    };

    std::vector<File> files; ///< the bundle's own, in their order
    std::shared_ptr<const PoolIndex> index;
    Digest id; ///< null where it says none
    SignatureCheck signature;

    qint64 fileBytes() const;
    /// Looks at the signature, and then reads all names and manifests. Blocks. Errors: those of openBundle,
    /// and BadInput where a signature does not verify.
    static Result<std::shared_ptr<const BundleFacts>> read(const QString &path, const CancelToken &cancel,
                                                           const OnBundleRead &onRead = {});
};

} // namespace layerpool
