// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sign/SecretKey.h"

namespace layerpool {

/// A signature of minisign's form, with a comment that is signed too.
class Signature
{
public:
    /// What is signed is small: the sums of a bundle, not the bundle.
    static Signature of(QByteArrayView message, const SecretKey &key, const QByteArray &trustedComment);
    /// What its file holds. Error: BadInput (`why` is a phrase about it).
    static Result<Signature> parse(QByteArrayView text);

    const minisign::Bytes<8> &id() const { return m_bytes.id; } ///< of the key
    /// To be believed only once it is verified.
    const QByteArray &trustedComment() const { return m_comment; }
    QByteArray toFile() const;
    /// Corrupt where the message or the comment is not what that key signed; `why` is a phrase about it.
    Status verify(QByteArrayView message, const PublicKey &key) const;

private:
    QByteArray signedComment() const;

    minisign::SignatureBytes m_bytes{};
    QByteArray m_comment;
    minisign::Bytes<64> m_commentSignature{}; ///< of the signature and the comment
};

} // namespace layerpool
