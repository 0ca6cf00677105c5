// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/BundleBytes.h"

#include <QIODevice>

namespace layerpool {

/// Some bytes of a bundle, to be read at any place of them. For one thread.
class BundleSlice final : public QIODevice
{
public:
    /// Open for reading.
    BundleSlice(BundleBytes bytes, qint64 offset, qint64 size);

    bool isSequential() const override { return false; }
    qint64 size() const override { return m_size; }

protected:
    qint64 readData(char *data, qint64 most) override;
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    BundleBytes m_bytes;
    qint64 m_offset;
    qint64 m_size;
};

} // namespace layerpool
