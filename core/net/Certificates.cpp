// SPDX-License-Identifier: Apache-2.0
#include "net/Certificates.h"

#include "base/Digester.h"
#include "base/Text.h"

#include <QFile>
#include <QLocale>

#include <openssl/pem.h>
#include <openssl/x509.h>

#include <memory>

namespace layerpool {
namespace {

constexpr qint64 kLongestFile = 4 * 1024 * 1024; // a whole system's bundle is a quarter megabyte

template <auto function>
struct Free
{
    template <typename T>
    void operator()(T *object) const
    {
        function(object);
    }
};
using Bio = std::unique_ptr<BIO, Free<BIO_free>>;
using Certificate = std::unique_ptr<X509, Free<X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;

Result<QByteArray> contentOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{ErrorKind::BadInput, Text::tr("Cannot read %1").arg(path), file.errorString(), {}};
    }
    return file.read(kLongestFile);
}

Bio readerOf(const QByteArray &bytes)
{
    return Bio(BIO_new_mem_buf(bytes.constData(), static_cast<int>(bytes.size())));
}

// Without it OpenSSL asks on the terminal.
int noPassword(char *, int, int, void *)
{
    return 0;
}

QSslKey keyOf(const QByteArray &pem)
{
    for (const QSsl::KeyAlgorithm algorithm : {QSsl::Rsa, QSsl::Ec, QSsl::Dsa}) {
        if (QSslKey key(pem, algorithm); !key.isNull()) {
            return key;
        }
    }
    return {};
}

} // namespace

Result<QList<QSslCertificate>> readAuthorities(const QString &file)
{
    const Result<QByteArray> pem = contentOf(file);
    if (!pem) {
        return pem.error();
    }
    QList<QSslCertificate> found = QSslCertificate::fromData(*pem, QSsl::Pem);
    if (found.isEmpty()) {
        return Error{ErrorKind::BadInput,
                     Text::tr("Cannot use the authorities in %1").arg(file),
                     Text::tr("it holds no certificate (PEM)"),
                     {}};
    }
    return found;
}

Result<ClientCertificate> ClientCertificate::read(const QString &certificateFile, const QString &keyFile)
{
    const Result<QByteArray> certificatePem = contentOf(certificateFile);
    const Result<QByteArray> keyPem = contentOf(keyFile);
    if (!certificatePem || !keyPem) {
        return certificatePem ? keyPem.error() : certificatePem.error();
    }
    const Certificate certificate(
        PEM_read_bio_X509(readerOf(*certificatePem).get(), nullptr, noPassword, nullptr));
    ClientCertificate read{QSslCertificate::fromData(*certificatePem, QSsl::Pem), keyOf(*keyPem)};
    if (!certificate || read.chain.isEmpty()) {
        return Error{ErrorKind::BadInput,
                     Text::tr("Cannot use the certificate in %1").arg(certificateFile),
                     Text::tr("it holds no certificate (PEM)"),
                     {}};
    }
    const Key key(PEM_read_bio_PrivateKey(readerOf(*keyPem).get(), nullptr, noPassword, nullptr));
    if (!key || read.key.isNull()) {
        return Error{ErrorKind::BadInput, Text::tr("Cannot use the key in %1").arg(keyFile),
                     Text::tr("it holds no key (PEM), or one with a password"),
                     Text::tr("Write it without a password: openssl pkey -in FILE -out NEWFILE")};
    }
    if (X509_check_private_key(certificate.get(), key.get()) != 1) {
        return Error{ErrorKind::BadInput,
                     Text::tr("Cannot use the certificate in %1").arg(certificateFile),
                     Text::tr("the key in %1 belongs to another one").arg(keyFile),
                     {}};
    }
    return read;
}

QString reasonOf(const QSslError &error)
{
    const QSslCertificate certificate = error.certificate();
    const QLocale locale;
    switch (error.error()) {
    case QSslError::SelfSignedCertificate:
    case QSslError::SelfSignedCertificateInChain:
        return Text::tr("nobody that this machine trusts has signed its certificate (it is self-signed)");
    case QSslError::UnableToGetIssuerCertificate:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::CertificateUntrusted:
        return Text::tr("its certificate was issued by “%1”, which this machine does not know")
            .arg(certificate.issuerDisplayName());
    case QSslError::CertificateExpired:
        return Text::tr("its certificate ended on %1")
            .arg(locale.toString(certificate.expiryDate(), QLocale::ShortFormat));
    case QSslError::CertificateNotYetValid:
        return Text::tr("its certificate begins on %1, later than this machine's clock")
            .arg(locale.toString(certificate.effectiveDate(), QLocale::ShortFormat));
    case QSslError::HostNameMismatch: {
        QStringList names = certificate.subjectAlternativeNames().values();
        names = names.isEmpty() ? certificate.subjectInfo(QSslCertificate::CommonName) : names;
        names.sort();
        return Text::tr("its certificate is that of %1").arg(names.join(QStringLiteral(", ")));
    }
    default:
        return error.errorString();
    }
}

QString fingerprintOf(const QSslCertificate &certificate)
{
    const QByteArray hex = Digester::of(certificate.toDer()).hex();
    return QString::fromLatin1(QByteArray::fromHex(hex).toHex(':').toUpper());
}

} // namespace layerpool
