// SPDX-License-Identifier: Apache-2.0
#include "bundle/BundleStream.h"

#include "bundle/PackedStream.h"

#include <algorithm>

namespace layerpool {
namespace {

class PlainStream final : public BundleStream
{
public:
    explicit PlainStream(BundleBytes bytes) : BundleStream(bytes.size()), m_bytes(std::move(bytes)) {}

    Result<QByteArrayView> next() override
    {
        const Result<qint64> count = m_bytes.read(m_piece.data(), m_piece.size());
        if (!count) {
            return count.error();
        }
        return QByteArrayView(m_piece.constData(), *count);
    }

    // Not beyond the end: a file that is cut short would look like a whole one.
    qint64 skip(qint64 bytes) override
    {
        const qint64 there = std::clamp<qint64>(m_bytes.size() - m_bytes.position(), 0, bytes);
        m_bytes.seek(m_bytes.position() + there);
        return there;
    }

    bool isPlain() const override { return true; }
    qint64 position() const override { return m_bytes.position(); }

private:
    BundleBytes m_bytes;
    QByteArray m_piece = QByteArray(pieceBytes, Qt::Uninitialized);
};

} // namespace

qint64 BundleStream::skip(qint64)
{
    return 0;
}

Result<std::unique_ptr<BundleStream>> BundleStream::over(const QString &path, BundleBytes bytes)
{
    if (const auto packing = PackedStream::packingOf(bytes.magic())) {
        return PackedStream::create(path, std::move(bytes), *packing);
    }
    return std::unique_ptr<BundleStream>(new PlainStream(std::move(bytes)));
}

} // namespace layerpool
