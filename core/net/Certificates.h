// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Result.h"

#include <QSslCertificate>
#include <QSslError>
#include <QSslKey>

namespace layerpool {

/// The certificates of a PEM file, at least one. Errors: BadInput.
Result<QList<QSslCertificate>> readAuthorities(const QString &file);

/// What a client proves itself with.
struct ClientCertificate
{
    QList<QSslCertificate> chain; ///< its own first
    QSslKey key;

    /// From PEM files; the key without a password. Errors: BadInput, also where the two do not belong
    /// together.
    static Result<ClientCertificate> read(const QString &certificateFile, const QString &keyFile);
};

/// Why a certificate was not accepted, in words for a person.
QString reasonOf(const QSslError &error);

/// SHA-256 over a certificate, as browsers and `openssl x509 -fingerprint -sha256` print it.
QString fingerprintOf(const QSslCertificate &certificate);

} // namespace layerpool
