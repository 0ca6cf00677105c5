// SPDX-License-Identifier: Apache-2.0
#include "base/Digest.h"

#include <algorithm>

namespace layerpool {
namespace {

constexpr qsizetype bytesOf(Digest::Algorithm algorithm)
{
    return algorithm == Digest::Algorithm::Sha256 ? 32 : 64;
}

// -1 for what is no lower-case digit.
constexpr int valueOfHex(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

constexpr QByteArrayView nameViewOf(Digest::Algorithm algorithm)
{
    return algorithm == Digest::Algorithm::Sha256 ? QByteArrayView("sha256") : QByteArrayView("sha512");
}

std::optional<Digest> fromHex(Digest::Algorithm algorithm, QByteArrayView hex)
{
    std::array<char, 64> bytes{};
    const auto length = static_cast<std::size_t>(bytesOf(algorithm));
    if (hex.size() != 2 * bytesOf(algorithm)) {
        return std::nullopt;
    }
    for (std::size_t i = 0; i < length; ++i) {
        const int high = valueOfHex(hex[qsizetype(2 * i)]);
        const int low = valueOfHex(hex[qsizetype(2 * i + 1)]);
        if (high < 0 || low < 0) {
            return std::nullopt;
        }
        bytes[i] = static_cast<char>(high * 16 + low);
    }
    return Digest(algorithm, QByteArrayView(bytes.data(), bytesOf(algorithm)));
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
        const QByteArrayView name = nameViewOf(algorithm);
        if (text.startsWith(name) && text.size() > name.size() && text[name.size()] == ':') {
            return fromHex(algorithm, text.sliced(name.size() + 1));
        }
    }
    return std::nullopt;
}

std::optional<Digest> Digest::parse(QStringView text)
{
    return parse(QByteArrayView(text.toUtf8()));
}

QByteArray Digest::nameOf(Algorithm algorithm)
{
    return nameViewOf(algorithm).toByteArray();
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
