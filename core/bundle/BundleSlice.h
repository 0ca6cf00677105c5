// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/BundleBytes.h"

#include <QIODevice>

#include <memory>

namespace layerpool {

/// Some bytes of a bundle, to be read at any place of them. For one thread.
class BundleSlice final : public QIODevice
{
public:
    /// Open. Errors: those of BundleBytes.
    static Result<std::unique_ptr<QIODevice>> open(const QString &path, qint64 offset, qint64 bytes);

    bool isSequential() const override { return false; }
    qint64 size() const override { return m_size; }

protected:
    qint64 readData(char *data, qint64 most) override;
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    BundleSlice(BundleBytes bytes, qint64 offset, qint64 size)
        : m_bytes(std::move(bytes)), m_offset(offset), m_size(size)
    {
    }

    BundleBytes m_bytes;
    qint64 m_offset;
    qint64 m_size;
};

} // namespace layerpool
