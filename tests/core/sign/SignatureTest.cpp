// SPDX-License-Identifier: Apache-2.0
#include "sign/Signature.h"

#include "core/sign/StockKey.h"

#include <gtest/gtest.h>

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

const QByteArray kMessage("hello\n");

PublicKey keyOf(const QByteArray &text)
{
    const Result<PublicKey> key = PublicKey::parse(text);
    EXPECT_TRUE(isOk(key));
    return *key;
}

Signature signatureOf(const QByteArray &text)
{
    const Result<Signature> signature = Signature::parse(text);
    EXPECT_TRUE(isOk(signature));
    return *signature;
}

TEST(SignatureTest, AKeyIsNamedAsMinisignNamesIt)
{
    EXPECT_EQ(PublicKey::nameOf({0x38, 0x22, 0xA5, 0xE5, 0x35, 0xC9, 0x2E, 0x01}), u"12EC935E5A52238"_s);
    EXPECT_EQ(PublicKey::nameOf({}), u"0"_s);
}

TEST(SignatureTest, BothFormsOfMinisignsVerify)
{
    const PublicKey key = keyOf(stock::publicKey);
    EXPECT_EQ(key.name(), u"2293CF367D70AD0F"_s);
    EXPECT_EQ(key.toFile(), stock::publicKey);
    for (const QByteArray &text : {stock::signature, stock::legacySignature}) {
        const Signature signature = signatureOf(text);
        EXPECT_EQ(signature.id(), key.id());
        EXPECT_TRUE(isOk(signature.verify(kMessage, key)));
        EXPECT_EQ(signature.toFile(), text);
        const Status other = signature.verify("hello", key);
        ASSERT_FALSE(other);
        EXPECT_EQ(other.error().kind, ErrorKind::Corrupt);
    }
}

TEST(SignatureTest, WhatIsSignedHereVerifiesOnlyAsItWas)
{
    const SecretKey key = SecretKey::generate();
    const SecretKey other = SecretKey::generate();
    const Signature made = Signature::of(kMessage, key, "timestamp:1\tfile:f.txt\thashed");
    const Signature read = signatureOf(made.toFile());
    EXPECT_EQ(read.trustedComment(), "timestamp:1\tfile:f.txt\thashed");
    EXPECT_TRUE(isOk(read.verify(kMessage, key.publicKey())));
    EXPECT_FALSE(read.verify(kMessage, other.publicKey()));
    EXPECT_FALSE(read.verify("hello ", key.publicKey()));
    EXPECT_FALSE(read.verify({}, key.publicKey()));
}

TEST(SignatureTest, AnAlteredCommentDoesNotVerify)
{
    for (const QByteArray &text : {stock::signature, stock::legacySignature}) {
        const Status altered =
            signatureOf(QByteArray(text).replace("f.txt", "g.txt")).verify(kMessage, keyOf(stock::publicKey));
        ASSERT_FALSE(altered);
        EXPECT_TRUE(altered.error().why.contains(u"comment"_s)) << altered.error().why.toStdString();
    }
    QByteArray swapped = stock::signature;
    swapped.replace("timestamp:1795917981\tfile:f.txt\thashed", "timestamp:1795917981\tfile:f.txt");
    EXPECT_FALSE(signatureOf(swapped).verify(kMessage, keyOf(stock::publicKey)));
}

TEST(SignatureTest, EveryFlippedCharacterIsFound)
{
    const PublicKey key = keyOf(stock::publicKey);
    for (qsizetype at = QByteArrayView("untrusted comment: signature from minisign secret key\n").size();
         at < stock::signature.size() - 1; ++at) {
        QByteArray text = stock::signature;
        text[at] = text[at] == 'A' ? 'B' : 'A';
        const Result<Signature> signature = Signature::parse(text);
        EXPECT_FALSE(signature && signature->id() == key.id() && signature->verify(kMessage, key)) << at;
    }
}

TEST(SignatureTest, EveryShorterTextIsRefused)
{
    for (qsizetype length = 0; length < stock::signature.size() - 1; ++length) {
        const Result<Signature> signature = Signature::parse(QByteArrayView(stock::signature).first(length));
        EXPECT_FALSE(signature && signature->verify(kMessage, keyOf(stock::publicKey))) << length;
    }
    EXPECT_FALSE(Signature::parse(stock::signature + "more\n"));
    EXPECT_TRUE(Signature::parse(QByteArray(stock::signature).replace("\n", "\r\n")));
}

TEST(SignatureTest, APublicKeyIsAFileOrItsBase64)
{
    EXPECT_EQ(keyOf(stock::publicKey), keyOf(stock::publicBase64));
    for (const QByteArray &text :
         {QByteArray(), QByteArray("x"), stock::publicBase64.chopped(4), stock::publicBase64 + "AAAA",
          QByteArray("untrusted comment: x\n"), stock::signature, "no comment\n" + stock::publicBase64}) {
        const Result<PublicKey> key = PublicKey::parse(text);
        ASSERT_FALSE(key) << text.toStdString();
        EXPECT_EQ(key.error().kind, ErrorKind::BadInput);
    }
}

} // namespace
} // namespace layerpool::test
