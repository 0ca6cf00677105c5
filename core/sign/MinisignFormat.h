// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <array>
#include <span>

/// The bytes of minisign's files (https://jedisct1.github.io/minisign/, "Key format", "Signature format"), as
/// they stand in the base64 of their lines.
namespace layerpool::minisign {

template <std::size_t Size>
using Bytes = std::array<unsigned char, Size>;
using Word = Bytes<2>;

inline constexpr Word ed25519{'E', 'd'};   ///< a key; a signature of the file itself
inline constexpr Word prehashed{'E', 'D'}; ///< a signature of the file's BLAKE2b
inline constexpr Word scrypt{'S', 'c'};
inline constexpr Word noPassword{};
inline constexpr Word blake2b{'B', '2'};

struct PublicKeyBytes
{
    Word algorithm;
    Bytes<8> id;
    Bytes<32> key;
};
static_assert(sizeof(PublicKeyBytes) == 42);

struct SecretKeyBytes
{
    struct Protected ///< by the password
    {
        Bytes<8> id;
        Bytes<64> key;
        Bytes<32> checksum; ///< of the algorithm, the id and the key; zeros without a password
    };
    Word algorithm;
    Word derivation;
    Word checksumAlgorithm;
    Bytes<32> salt;
    Bytes<8> operations; ///< of scrypt, the lowest byte first
    Bytes<8> memory;     ///< in bytes, likewise
    Protected secret;
};
static_assert(sizeof(SecretKeyBytes) == 158);

struct SignatureBytes
{
    Word algorithm;
    Bytes<8> id;
    Bytes<64> signature;
};
static_assert(sizeof(SignatureBytes) == 74);

inline constexpr char untrustedComment[] = "untrusted comment: ";
inline constexpr char trustedComment[] = "trusted comment: ";

template <typename T>
std::span<unsigned char, sizeof(T)> bytesOf(T &value)
{
    return std::span<unsigned char, sizeof(T)>(reinterpret_cast<unsigned char *>(&value), sizeof(T));
}

template <typename T>
QByteArrayView viewOf(const T &value)
{
    return {reinterpret_cast<const unsigned char *>(&value), static_cast<qsizetype>(sizeof(T))};
}

/// Without their ends; they stay as long as the text.
QList<QByteArrayView> linesOf(QByteArrayView text);
/// Whether the text is the base64 of just so many bytes.
bool decode(QByteArrayView base64, std::span<unsigned char> bytes);
QByteArray encoded(QByteArrayView bytes);

} // namespace layerpool::minisign
