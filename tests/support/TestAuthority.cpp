// SPDX-License-Identifier: Apache-2.0
#include "support/TestAuthority.h"

#include "support/Run.h"

#include <QFile>
#include <QDir>

namespace layerpool::test {
namespace {

void makeCertificate(const QString &words, const QString &key, const QString &certificate)
{
    const QString all =
        QStringLiteral("req -x509 -newkey rsa:2048 -nodes -days 2 -keyout %1 -out %2 ") + words;
    const Outcome made = run(QStringLiteral("openssl"), all.arg(key, certificate).split(QLatin1Char(' ')));
    if (made.exitStatus != 0) {
        qFatal("openssl makes no certificate: %s", made.err.constData());
    }
}

} // namespace

TestAuthority::TestAuthority(const QString &directory)
    : authority(QDir(directory).filePath(QStringLiteral("ca.crt")))
    , certificate(QDir(directory).filePath(QStringLiteral("server.pem")))
    , key(QDir(directory).filePath(QStringLiteral("server-private.pem")))
{
    const QString authorityKey = QDir(directory).filePath(QStringLiteral("ca-private.pem"));
    makeCertificate(QStringLiteral("-subj /CN=Harbour-Authority"), authorityKey, authority);
    makeCertificate(QStringLiteral("-CA %1 -CAkey %2 -subj /CN=127.0.0.1 -addext basicConstraints=CA:FALSE "
                                   "-addext subjectAltName=IP:127.0.0.1,DNS:localhost")
                        .arg(authority, authorityKey),
                    key, certificate);
}

QByteArray pemIn(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace layerpool::test
