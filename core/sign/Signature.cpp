// SPDX-License-Identifier: Apache-2.0
#include "sign/Signature.h"

#include "base/Text.h"

#include <sodium.h>

namespace layerpool {
namespace {

minisign::Bytes<64> blake2bOf(QByteArrayView message)
{
    minisign::Bytes<64> hash{};
    ::crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char *>(message.data()),
                         static_cast<unsigned long long>(message.size()), nullptr, 0);
    return hash;
}

Error notSigned(const QString &why)
{
    return {ErrorKind::Corrupt, {}, why, {}};
}

} // namespace

Signature Signature::of(QByteArrayView message, const SecretKey &key, const QByteArray &trustedComment)
{
    Signature signature;
    signature.m_bytes = {minisign::prehashed, key.id(), key.sign(minisign::viewOf(blake2bOf(message)))};
    signature.m_comment = trustedComment;
    signature.m_commentSignature = key.sign(signature.signedComment());
    return signature;
}

Result<Signature> Signature::parse(QByteArrayView text)
{
    const QList<QByteArrayView> lines = minisign::linesOf(text);
    Signature signature;
    if (lines.size() != 4 || !lines[0].startsWith(minisign::untrustedComment) ||
        !minisign::decode(lines[1], minisign::bytesOf(signature.m_bytes)) ||
        !lines[2].startsWith(minisign::trustedComment) ||
        !minisign::decode(lines[3], signature.m_commentSignature)) {
        return Error{ErrorKind::BadInput, {}, Text::tr("it has another form"), {}};
    }
    const minisign::Word algorithm = signature.m_bytes.algorithm;
    if (algorithm != minisign::prehashed && algorithm != minisign::ed25519) {
        return Error{ErrorKind::BadInput, {}, Text::tr("its algorithm is not known"), {}};
    }
    signature.m_comment = lines[2].sliced(sizeof minisign::trustedComment - 1).toByteArray();
    return signature;
}

QByteArray Signature::toFile() const
{
    return minisign::untrustedComment + QByteArray("signature from minisign secret key\n") +
           minisign::encoded(minisign::viewOf(m_bytes)) + '\n' + minisign::trustedComment + m_comment + '\n' +
           minisign::encoded(minisign::viewOf(m_commentSignature)) + '\n';
}

QByteArray Signature::signedComment() const
{
    return minisign::viewOf(m_bytes.signature).toByteArray() + m_comment;
}

Status Signature::verify(QByteArrayView message, const PublicKey &key) const
{
    startSodium();
    const bool isPrehashed = m_bytes.algorithm == minisign::prehashed;
    const minisign::Bytes<64> hash = isPrehashed ? blake2bOf(message) : minisign::Bytes<64>{};
    if (!key.verifies(m_bytes.signature, isPrehashed ? minisign::viewOf(hash) : message)) {
        return notSigned(Text::tr("what is there is not what was signed"));
    }
    return key.verifies(m_commentSignature, signedComment())
               ? Status()
               : notSigned(Text::tr("its comment is not the one that was signed"));
}

} // namespace layerpool
