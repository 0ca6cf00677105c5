// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

namespace layerpool::test {

/// A certificate authority that nobody knows, and a server's certificate for 127.0.0.1 and localhost that it
/// signed; made by openssl in a directory. All are PEM files.
struct TestAuthority
{
    explicit TestAuthority(const QString &directory);
    QString authority; ///< `ca.crt`, as certs.d has it
    QString certificate;
    QString key;
};

/// The bytes of a PEM file; empty where it can't be read.
QByteArray pemIn(const QString &path);

} // namespace layerpool::test
