// SPDX-License-Identifier: Apache-2.0
#include "support/TokenServer.h"

#include "support/TestAuthority.h"

#include <QDateTime>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSslCertificate>
#include <QUrlQuery>

#include <openssl/evp.h>
#include <openssl/pem.h>

namespace layerpool::test {

using namespace Qt::StringLiterals;

namespace {

QByteArray base64Url(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

QByteArray jsonPart(const QJsonObject &object)
{
    return base64Url(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518's RS256).
QByteArray signedBy(const QByteArray &pemKey, const QByteArray &bytes)
{
    const std::unique_ptr<BIO, decltype(&BIO_free)> file(
        BIO_new_mem_buf(pemKey.constData(), static_cast<int>(pemKey.size())), &BIO_free);
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
        PEM_read_bio_PrivateKey(file.get(), nullptr, nullptr, nullptr), &EVP_PKEY_free);
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    const auto *data = reinterpret_cast<const unsigned char *>(bytes.constData());
    const auto size = static_cast<std::size_t>(bytes.size());
    std::size_t length = 0;
    if (EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) != 1 ||
        EVP_DigestSign(context.get(), nullptr, &length, data, size) != 1) {
        qFatal("cannot sign a token");
    }
    QByteArray signature(static_cast<qsizetype>(length), Qt::Uninitialized);
    EVP_DigestSign(context.get(), reinterpret_cast<unsigned char *>(signature.data()), &length, data, size);
    return signature.first(static_cast<qsizetype>(length));
}

// What is granted of `scope=repository:NAME:pull,push`, which may come several times.
QJsonArray accessFor(const QUrlQuery &query, bool mayPush)
{
    QJsonArray access;
    for (const QString &scope : query.allQueryItemValues(u"scope"_s, QUrl::FullyDecoded)) {
        QJsonArray actions;
        for (const QString &action : scope.section(u':', -1).split(u',')) {
            if (mayPush || action == "pull"_L1) {
                actions.append(action);
            }
        }
        access.append(QJsonObject{{u"type"_s, scope.section(u':', 0, 0)},
                                  {u"name"_s, scope.section(u':', 1, -2)},
                                  {u"actions"_s, actions}});
    }
    return access;
}

} // namespace

TokenServer::TokenServer(const QString &directory, const QByteArray &user, const QByteArray &password)
    : m_certificate(directory), m_login("Basic " + (user + ':' + password).toBase64())
{
    m_server.on("GET", "/token").replyWith([this](const FakeRequest &request) { return answer(request); });
}

FakeReply TokenServer::answer(const FakeRequest &request) const
{
    const QByteArray login = request.header("Authorization");
    if (!login.isEmpty() && login != m_login) {
        return FakeReply::unauthorized("Basic realm=\"token server\"");
    }
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    const QString certificate =
        QString::fromLatin1(QSslCertificate(pemIn(m_certificate.certificate)).toDer().toBase64());
    const QJsonObject head{{u"typ"_s, u"JWT"_s}, {u"alg"_s, u"RS256"_s}, {u"x5c"_s, QJsonArray{certificate}}};
    const QJsonObject claims{
        {u"iss"_s, QLatin1StringView(issuer)},
        {u"sub"_s, login.isEmpty() ? QString() : u"user"_s},
        {u"aud"_s, QLatin1StringView(service)},
        {u"exp"_s, now + m_lifetime},
        {u"nbf"_s, now - 10},
        {u"iat"_s, now},
        {u"access"_s, accessFor(QUrlQuery(QString::fromUtf8(request.query)), !login.isEmpty())}};
    const QByteArray unsignedToken = jsonPart(head) + '.' + jsonPart(claims);
    const QByteArray signature = signedBy(pemIn(m_certificate.key), unsignedToken);
    return FakeReply::token(unsignedToken + '.' + base64Url(signature), static_cast<int>(m_lifetime));
}

} // namespace layerpool::test
