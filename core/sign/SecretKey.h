// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sign/PublicKey.h"
#include "sign/Secret.h"

namespace layerpool {

/// A secret key of minisign's form: makes signatures. Its bytes are kept in locked memory.
class SecretKey
{
public:
    static SecretKey generate();
    /// Nothing where its two halves do not belong together.
    static std::optional<SecretKey> of(Secret<minisign::SecretKeyBytes::Protected> bytes);

    const minisign::Bytes<8> &id() const { return m_bytes->id; }
    PublicKey publicKey() const;
    minisign::Bytes<64> sign(QByteArrayView message) const;
    /// As its file has them, without a checksum.
    const minisign::SecretKeyBytes::Protected &bytes() const { return *m_bytes; }

private:
    explicit SecretKey(Secret<minisign::SecretKeyBytes::Protected> bytes) : m_bytes(std::move(bytes)) {}

    Secret<minisign::SecretKeyBytes::Protected> m_bytes;
};

} // namespace layerpool
