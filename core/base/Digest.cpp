// SPDX-License-Identifier: Apache-2.0
#include "base/Digest.h"

#include <algorithm>

namespace layerpool {
namespace {

constexpr qsizetype bytesOf(Digest::Algorithm algorithm)
{
    return algorithm == Digest::Algorithm::Sha256 ? 32 : 64;
}

bool isLowerHex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

} // namespace

Digest::Digest(Algorithm algorithm, QByteArrayView bytes)
    : m_algorithm(algorithm), m_length(static_cast<std::uint8_t>(bytesOf(algorithm)))
{
    Q_ASSERT(bytes.size() == bytesOf(algorithm));
    std::copy_n(bytes.data(), m_length, m_bytes.begin());
}

std::optional<Digest> Digest::parse(QByteArrayView text)
{
    for (const Algorithm algorithm : algorithms) {
        const QByteArray prefix = nameOf(algorithm) + ':';
        if (!text.startsWith(prefix)) {
            continue;
        }
        const QByteArrayView hex = text.sliced(prefix.size());
        if (hex.size() != 2 * bytesOf(algorithm) || !std::all_of(hex.begin(), hex.end(), isLowerHex)) {
            return std::nullopt;
        }
        return Digest(algorithm, QByteArray::fromHex(hex.toByteArray()));
    }
    return std::nullopt;
}

std::optional<Digest> Digest::parse(QStringView text)
{
    return parse(QByteArrayView(text.toUtf8()));
}

QByteArray Digest::nameOf(Algorithm algorithm)
{
    return algorithm == Algorithm::Sha256 ? "sha256" : "sha512";
}

QByteArray Digest::hex() const
{
    return QByteArray(m_bytes.data(), m_length).toHex();
}

QByteArray Digest::toByteArray() const
{
    return algorithmName() + ':' + hex();
}

QString Digest::shortHex() const
{
    return QString::fromLatin1(QByteArray(m_bytes.data(), std::min<int>(m_length, 6)).toHex());
}

} // namespace layerpool
