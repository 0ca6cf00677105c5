// SPDX-License-Identifier: Apache-2.0
#include "sign/SecretKeyFile.h"

#include "base/Secrecy.h"
#include "base/Text.h"
#include "base/OutputFiles.h"
#include "sign/SmallFile.h"

#include <QFileInfo>

#include <sodium.h>

namespace layerpool {
namespace {

using minisign::SecretKeyBytes;
using Protected = SecretKeyBytes::Protected;

// What a file may ask for: four times what minisign writes.
constexpr quint64 kMostOperations = quint64(1) << 27;
constexpr quint64 kMostMemory = quint64(1) << 32;

quint64 numberOf(const minisign::Bytes<8> &bytes)
{
    quint64 number = 0;
    for (std::size_t i = bytes.size(); i > 0; --i) {
        number = number << 8 | bytes.at(i - 1);
    }
    return number;
}

minisign::Bytes<8> bytesOfNumber(quint64 number)
{
    minisign::Bytes<8> bytes{};
    for (unsigned char &byte : bytes) {
        byte = static_cast<unsigned char>(number & 0xff);
        number >>= 8;
    }
    return bytes;
}

minisign::Bytes<32> checksumOf(const SecretKeyBytes &bytes)
{
    minisign::Bytes<32> checksum{};
    crypto_generichash_state state{};
    ::crypto_generichash_init(&state, nullptr, 0, checksum.size());
    ::crypto_generichash_update(&state, bytes.algorithm.data(), bytes.algorithm.size());
    ::crypto_generichash_update(&state, bytes.secret.id.data(), bytes.secret.id.size());
    ::crypto_generichash_update(&state, bytes.secret.key.data(), bytes.secret.key.size());
    ::crypto_generichash_final(&state, checksum.data(), checksum.size());
    ::sodium_memzero(&state, sizeof state);
    return checksum;
}

// The same once more decrypts.
Status encrypt(SecretKeyBytes &bytes, QByteArrayView password)
{
    const auto stream = makeSecret<minisign::Bytes<sizeof(Protected)>>();
    if (::crypto_pwhash_scryptsalsa208sha256(
            stream->data(), stream->size(), password.data(), static_cast<unsigned long long>(password.size()),
            bytes.salt.data(), numberOf(bytes.operations), numberOf(bytes.memory)) != 0) {
        return Error{ErrorKind::NoSpace, Text::tr("The password cannot be tried"),
                     Text::tr("it takes %1 of memory").arg(formatBytes(qint64(numberOf(bytes.memory)))),
                     Text::tr("Close other programs, and try again")};
    }
    const auto secret = minisign::bytesOf(bytes.secret);
    for (std::size_t i = 0; i < secret.size(); ++i) {
        secret[i] ^= stream->at(i);
    }
    return {};
}

Error noSecretKey(const QString &path, const QString &why)
{
    return {ErrorKind::BadInput,
            Text::tr("%1 is no secret key").arg(path),
            why,
            Text::tr("A key to sign with is made by minisign, or here", "the command is shown beside it"),
            {},
            {},
            {QStringLiteral("key new FILE")}};
}

bool isKnown(const SecretKeyBytes &bytes)
{
    return bytes.algorithm == minisign::ed25519 && bytes.checksumAlgorithm == minisign::blake2b &&
           (bytes.derivation == minisign::noPassword ||
            (bytes.derivation == minisign::scrypt && numberOf(bytes.operations) <= kMostOperations &&
             numberOf(bytes.memory) <= kMostMemory));
}

QByteArray fileOf(const SecretKeyBytes &bytes)
{
    QByteArray base64 = minisign::encoded(minisign::viewOf(bytes));
    QByteArray text;
    text.reserve(2 * base64.size()); // no copy is left behind
    text.append(minisign::untrustedComment)
        .append(bytes.derivation == minisign::scrypt ? "minisign encrypted secret key\n"
                                                     : "minisign secret key\n")
        .append(base64)
        .append('\n');
    wipe(base64);
    return text;
}

} // namespace

Result<SecretKeyFile> SecretKeyFile::read(const QString &path)
{
    Result<QByteArray> text = readSmallFile(path, Text::tr("Cannot read the secret key %1").arg(path));
    if (!text) {
        return text.error();
    }
    auto bytes = makeSecret<SecretKeyBytes>();
    const QList<QByteArrayView> lines = minisign::linesOf(*text);
    const bool isWhole = lines.size() == 2 && lines.front().startsWith(minisign::untrustedComment) &&
                         minisign::decode(lines.back(), minisign::bytesOf(*bytes));
    wipe(*text);
    if (!isWhole) {
        return noSecretKey(path, Text::tr("it has another form"));
    }
    return isKnown(*bytes) ? Result<SecretKeyFile>(SecretKeyFile(path, std::move(bytes)))
                           : noSecretKey(path, Text::tr("its algorithm is not known"));
}

Result<SecretKey> SecretKeyFile::open(QByteArrayView password) const
{
    auto bytes = makeSecret<SecretKeyBytes>();
    *bytes = *m_bytes;
    if (isEncrypted()) {
        if (Status decrypted = encrypt(*bytes, password); !decrypted) {
            return decrypted.error();
        }
        if (checksumOf(*bytes) != bytes->secret.checksum) {
            return Error{ErrorKind::BadInput, Text::tr("The secret key %1 cannot be opened").arg(m_path),
                         Text::tr("it has another password, or is damaged"), Text::tr("Try again")};
        }
    }
    auto secret = makeSecret<Protected>();
    *secret = bytes->secret;
    std::optional<SecretKey> key = SecretKey::of(std::move(secret));
    return key ? Result<SecretKey>(*std::move(key))
               : noSecretKey(m_path, Text::tr("it is damaged: its halves do not belong together"));
}

Status SecretKeyFile::checkNew(const QString &path)
{
    for (const QString &name : {path, publicPathOf(path)}) {
        if (QFileInfo::exists(name)) {
            Error taken = nameTaken(name);
            taken.hint = Text::tr("Choose another name: a key that is lost cannot be made again");
            taken.options.clear();
            return taken;
        }
    }
    return {};
}

Status SecretKeyFile::writePair(const QString &path, const SecretKey &key,
                                const std::optional<QByteArrayView> &password, Cost cost)
{
    if (Status isNew = checkNew(path); !isNew) {
        return isNew;
    }
    auto bytes = makeSecret<SecretKeyBytes>();
    bytes->algorithm = minisign::ed25519;
    bytes->checksumAlgorithm = minisign::blake2b;
    bytes->secret = key.bytes();
    if (password) {
        bytes->derivation = minisign::scrypt;
        ::randombytes_buf(bytes->salt.data(), bytes->salt.size());
        bytes->operations = bytesOfNumber(cost.operations);
        bytes->memory = bytesOfNumber(cost.memory);
        bytes->secret.checksum = checksumOf(*bytes);
        if (Status encrypted = encrypt(*bytes, *password); !encrypted) {
            return encrypted;
        }
    }
    Result<OutputFiles> files = OutputFiles::create(QFileInfo(path).absolutePath());
    if (!files) {
        return files.error();
    }
    QByteArray text = fileOf(*bytes);
    Status added = files->addSecret(QFileInfo(path).fileName(), text);
    wipe(text);
    added = added ? files->add(QFileInfo(publicPathOf(path)).fileName(), key.publicKey().toFile()) : added;
    return added ? files->publish(false) : added;
}

} // namespace layerpool
