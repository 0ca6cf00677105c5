// SPDX-License-Identifier: Apache-2.0
#include "sign/SecretKey.h"

#include <algorithm>
#include <sodium.h>

namespace layerpool {
namespace {

using Protected = minisign::SecretKeyBytes::Protected;

constexpr std::size_t kPublicHalf = 32; // where it begins

} // namespace

SecretKey SecretKey::generate()
{
    auto bytes = makeSecret<Protected>();
    minisign::Bytes<32> publicHalf{};
    ::crypto_sign_keypair(publicHalf.data(), bytes->key.data());
    ::randombytes_buf(bytes->id.data(), bytes->id.size());
    return SecretKey(std::move(bytes));
}

std::optional<SecretKey> SecretKey::of(Secret<Protected> bytes)
{
    minisign::Bytes<32> publicHalf{};
    const auto again = makeSecret<Protected>();
    ::crypto_sign_seed_keypair(publicHalf.data(), again->key.data(), bytes->key.data());
    if (::sodium_memcmp(again->key.data(), bytes->key.data(), bytes->key.size()) != 0) {
        return std::nullopt;
    }
    bytes->checksum = {};
    return SecretKey(std::move(bytes));
}

PublicKey SecretKey::publicKey() const
{
    minisign::PublicKeyBytes bytes{minisign::ed25519, m_bytes->id, {}};
    std::copy(m_bytes->key.begin() + kPublicHalf, m_bytes->key.end(), bytes.key.begin());
    return PublicKey(bytes);
}

minisign::Bytes<64> SecretKey::sign(QByteArrayView message) const
{
    minisign::Bytes<64> signature{};
    ::crypto_sign_detached(signature.data(), nullptr, reinterpret_cast<const unsigned char *>(message.data()),
                           static_cast<unsigned long long>(message.size()), m_bytes->key.data());
    return signature;
}

} // namespace layerpool
