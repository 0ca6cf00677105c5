// SPDX-License-Identifier: Apache-2.0
#include "bundle/BundleSlice.h"

namespace layerpool {

BundleSlice::BundleSlice(BundleBytes bytes, qint64 offset, qint64 size)
    : m_bytes(std::move(bytes)), m_offset(offset), m_size(size)
{
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

qint64 BundleSlice::readData(char *data, qint64 most)
{
    const qint64 wanted = std::min(most, m_size - pos());
    if (wanted <= 0) {
        return 0;
    }
    m_bytes.seek(m_offset + pos());
    const Result<qint64> count = m_bytes.read(data, wanted);
    if (!count) {
        setErrorString(count.error().why);
        return -1;
    }
    return *count;
}

} // namespace layerpool
