// SPDX-License-Identifier: Apache-2.0
#include "bundle/BundleSlice.h"

namespace layerpool {

Result<std::unique_ptr<QIODevice>> BundleSlice::open(const QString &path, qint64 offset, qint64 bytes)
{
    Result<BundleBytes> file = BundleBytes::open(path);
    if (!file) {
        return file.error();
    }
    std::unique_ptr<QIODevice> slice(new BundleSlice(*std::move(file), offset, bytes));
    slice->open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    return slice;
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
