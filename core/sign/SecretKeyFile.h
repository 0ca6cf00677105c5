// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sign/SecretKey.h"

namespace layerpool {

/// The file of a secret key, as minisign writes and reads it: encrypted by a password, or readable for
/// whoever can read the file.
class SecretKeyFile
{
public:
    /// What trying one password costs, by scrypt. A file says what its own is.
    struct Cost
    {
        quint64 operations = quint64(1) << 23; ///< two seconds
        quint64 memory = quint64(1) << 28;     ///< bytes: a small jump host has them to spare
    };

    /// Errors: NotFound, BadInput, Storage.
    static Result<SecretKeyFile> read(const QString &path);

    bool isEncrypted() const { return m_bytes->derivation == minisign::scrypt; }
    /// Blocks for seconds, and uses as much memory as the file says. `password` is not looked at for a file
    /// without one. Errors: BadInput (another password, or damaged), NoSpace (too little memory).
    Result<SecretKey> open(QByteArrayView password) const;

    /// Whether both names of a new pair are free: Conflict where one is not.
    static Status checkNew(const QString &path);
    /// Makes `path`, which only its owner may read, and `path`.pub. Blocks as `open`. Neither replaces a
    /// file: Conflict; else Storage, NoSpace.
    static Status writePair(const QString &path, const SecretKey &key,
                            const std::optional<QByteArrayView> &password, Cost cost);
    static QString publicPathOf(const QString &path) { return path + QStringLiteral(".pub"); }

private:
    SecretKeyFile(QString path, Secret<minisign::SecretKeyBytes> bytes)
        : m_path(std::move(path)), m_bytes(std::move(bytes))
    {
    }

    QString m_path;
    Secret<minisign::SecretKeyBytes> m_bytes;
};

} // namespace layerpool
