// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Result.h"
#include "sign/MinisignFormat.h"

#include <QString>

namespace layerpool {

/// A public key of minisign's form: whose signatures can be checked.
class PublicKey
{
public:
    explicit PublicKey(const minisign::PublicKeyBytes &bytes) : m_bytes(bytes) {}

    /// What a file of it holds, or the base64 in that alone. Error: BadInput (`why` is a phrase about it).
    static Result<PublicKey> parse(QByteArrayView text);
    /// A file, or the base64 itself. Errors: NotFound, BadInput, Storage.
    static Result<PublicKey> read(const QString &fileOrBase64);
    /// As people read the number of a key: "2293CF367D70AD0F".
    static QString nameOf(const minisign::Bytes<8> &id);

    const minisign::Bytes<8> &id() const { return m_bytes.id; }
    QString name() const { return nameOf(m_bytes.id); }
    QString base64() const { return QString::fromLatin1(minisign::encoded(minisign::viewOf(m_bytes))); }
    /// What its file holds.
    QByteArray toFile() const;
    /// Whether these 64 bytes are this key's signature of the message.
    bool verifies(const minisign::Bytes<64> &signature, QByteArrayView message) const;

    friend bool operator==(const PublicKey &a, const PublicKey &b)
    {
        return a.m_bytes.id == b.m_bytes.id && a.m_bytes.key == b.m_bytes.key;
    }

private:
    minisign::PublicKeyBytes m_bytes;
};

} // namespace layerpool
