// SPDX-License-Identifier: Apache-2.0
#include "base/Digest.h"

#include <algorithm>
#include <mutex>
#include <set>

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

using LongBytes = std::array<char, 64>;

// Each once, so that equal digests have the same address.
const LongBytes *keep(QByteArrayView bytes)
{
    static std::mutex mutex;
    static auto &kept = *new std::set<LongBytes>; // for good: a digest may outlive any static object
    LongBytes wanted;
    std::copy_n(bytes.data(), wanted.size(), wanted.begin());
    const std::lock_guard lock(mutex);
    return &*kept.insert(wanted).first;
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
    : m_kind(algorithm == Algorithm::Sha256 ? Kind::Sha256 : Kind::Sha512)
{
    Q_ASSERT(bytes.size() == bytesOf(algorithm));
    if (m_kind == Kind::Sha256) {
        std::copy_n(bytes.data(), m_bytes.size(), m_bytes.begin());
    } else {
        const LongBytes *kept = keep(bytes);
        std::memcpy(m_bytes.data(), &kept, sizeof kept);
    }
}

QByteArrayView Digest::bytes() const
{
    switch (m_kind) {
    case Kind::Null:
        break;
    case Kind::Sha256:
        return {m_bytes.data(), qsizetype(m_bytes.size())};
    case Kind::Sha512: {
        const LongBytes *kept = nullptr;
        std::memcpy(&kept, m_bytes.data(), sizeof kept);
        return {kept->data(), qsizetype(kept->size())};
    }
    }
    return {};
}

int Digest::compareBytes(const Digest &other) const
{
    const QByteArrayView mine = bytes();
    return mine.isEmpty() ? 0 : std::memcmp(mine.data(), other.bytes().data(), std::size_t(mine.size()));
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
    return bytes().toByteArray().toHex();
}

QByteArray Digest::toByteArray() const
{
    return algorithmName() + ':' + hex();
}

QString Digest::shortHex() const
{
    return QString::fromLatin1(bytes().first(std::min<qsizetype>(bytes().size(), 6)).toByteArray().toHex());
}

} // namespace layerpool
