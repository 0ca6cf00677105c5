// SPDX-License-Identifier: Apache-2.0
#include "sign/PublicKey.h"

#include "base/Text.h"
#include "sign/Secret.h"
#include "sign/SmallFile.h"

#include <QFileInfo>

#include <sodium.h>

namespace layerpool {
namespace {

Error noKey(const QString &why)
{
    return {ErrorKind::BadInput, {}, why, {}};
}

} // namespace

Result<PublicKey> PublicKey::parse(QByteArrayView text)
{
    const QList<QByteArrayView> lines = minisign::linesOf(text);
    const bool isFile = lines.size() == 2 && lines.front().startsWith(minisign::untrustedComment);
    minisign::PublicKeyBytes bytes{};
    if ((!isFile && lines.size() != 1) || !minisign::decode(lines.back(), minisign::bytesOf(bytes))) {
        return noKey(Text::tr("it has another form"));
    }
    if (bytes.algorithm != minisign::ed25519) {
        return noKey(Text::tr("its algorithm is not known"));
    }
    return PublicKey(bytes);
}

Result<PublicKey> PublicKey::read(const QString &fileOrBase64)
{
    if (!QFileInfo::exists(fileOrBase64)) {
        if (Result<PublicKey> key = parse(fileOrBase64.toLatin1())) {
            return key;
        }
    }
    const Result<QByteArray> text =
        readSmallFile(fileOrBase64, Text::tr("Cannot read the public key %1").arg(fileOrBase64));
    if (!text) {
        return text.error();
    }
    Result<PublicKey> key = parse(*text);
    if (key) {
        return key;
    }
    return Error{ErrorKind::BadInput, Text::tr("%1 is no public key").arg(fileOrBase64), key.error().why,
                 Text::tr("A public key of minisign's is a file of two lines, or the second of them")};
}

QString PublicKey::nameOf(const minisign::Bytes<8> &id)
{
    quint64 number = 0;
    for (auto byte = id.rbegin(); byte != id.rend(); ++byte) {
        number = number << 8 | *byte;
    }
    return QString::number(number, 16).toUpper(); // no zeros in front, as minisign writes it
}

QByteArray PublicKey::toFile() const
{
    return minisign::untrustedComment + QByteArray("minisign public key ") + name().toLatin1() + '\n' +
           base64().toLatin1() + '\n';
}

bool PublicKey::verifies(const minisign::Bytes<64> &signature, QByteArrayView message) const
{
    startSodium();
    return ::crypto_sign_verify_detached(
               signature.data(), reinterpret_cast<const unsigned char *>(message.data()),
               static_cast<unsigned long long>(message.size()), m_bytes.key.data()) == 0;
}

} // namespace layerpool
