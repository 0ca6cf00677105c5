// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/ImageSource.h"
#include "pool/Pool.h"
#include "pool/PoolLock.h"

#include <optional>

namespace layerpool {

/// All images of a pool, or of a registry's storage, as it lies in its folder. What no tag needs stays
/// behind.
class PoolFolderSource final : public ImageSource
{
public:
    /// Errors: NotFound, BadInput, Conflict (something that deletes holds the pool), Storage.
    static Result<std::unique_ptr<PoolFolderSource>> open(const QString &path, const CancelToken &cancel);

    Result<BundleContent> read(const OnBlob &onBlob) override;
    qint64 position() const override { return m_position; }
    /// Known once it is read.
    qint64 totalBytes() const override { return m_totalBytes; }

private:
    PoolFolderSource(Pool pool, PoolLock lock, CancelToken cancel)
        : m_pool(std::move(pool)), m_lock(std::move(lock)), m_cancel(std::move(cancel))
    {
    }

    Status handOver(const Descriptor &blob, const OnBlob &onBlob);

    Pool m_pool;
    PoolLock m_lock;
    CancelToken m_cancel;
    qint64 m_position = 0;
    qint64 m_totalBytes = 0;
};

} // namespace layerpool
