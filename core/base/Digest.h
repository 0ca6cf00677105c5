// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QHashFunctions>
#include <QString>

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>

namespace layerpool {

/// A content address, `sha256:<64 lower-case hex digits>` or `sha512:<128>`, kept as bytes so that
/// nothing but a well-formed digest can ever become part of a path (OCI image-spec, "Digests"). 33 bytes: a
/// pool has hundreds of thousands of them, and hardly ever one of sha512, whose bytes are kept once for all
/// until the program ends. Any thread.
class Digest
{
public:
    enum class Algorithm : std::uint8_t { Sha256, Sha512 };
    static constexpr std::array algorithms{Algorithm::Sha256, Algorithm::Sha512};
    /// "sha256", "sha512".
    static QByteArray nameOf(Algorithm algorithm);

    /// A null digest, equal to no real one.
    Digest() = default;
    /// `bytes` must be 32 or 64 long, as the algorithm asks.
    Digest(Algorithm algorithm, QByteArrayView bytes);

    /// Reads `algorithm:hex`; nothing where it is not exactly that.
    static std::optional<Digest> parse(QByteArrayView text);
    static std::optional<Digest> parse(QStringView text);

    bool isNull() const { return m_kind == Kind::Null; }
    Algorithm algorithm() const { return m_kind == Kind::Sha512 ? Algorithm::Sha512 : Algorithm::Sha256; }
    QByteArray algorithmName() const { return nameOf(algorithm()); }
    QByteArray hex() const;
    /// `algorithm:hex`.
    QByteArray toByteArray() const;
    QString toString() const { return QString::fromLatin1(toByteArray()); }
    /// The first 12 hex digits, as people read them.
    QString shortHex() const;

    friend bool operator==(const Digest &, const Digest &) = default;
    /// That of their digits, those of sha256 first.
    friend std::strong_ordering operator<=>(const Digest &a, const Digest &b)
    {
        return a.m_kind != b.m_kind ? a.m_kind <=> b.m_kind : a.compareBytes(b) <=> 0;
    }
    std::size_t hashValue() const
    {
        // The bytes are uniformly spread already: the first eight are as good a hash as any.
        std::size_t value = 0;
        std::memcpy(&value, m_bytes.data(), sizeof value);
        return value;
    }

private:
    enum class Kind : std::uint8_t { Null, Sha256, Sha512 };

    QByteArrayView bytes() const;
    int compareBytes(const Digest &other) const;

    Kind m_kind = Kind::Null;
    std::array<char, 32> m_bytes{}; ///< of sha512, the address of its bytes
};

inline size_t qHash(const Digest &digest, size_t seed = 0)
{
    return digest.hashValue() ^ seed;
}

} // namespace layerpool

template <>
struct std::hash<layerpool::Digest>
{
    std::size_t operator()(const layerpool::Digest &digest) const noexcept { return digest.hashValue(); }
};
