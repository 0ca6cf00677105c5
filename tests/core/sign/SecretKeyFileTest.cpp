// SPDX-License-Identifier: Apache-2.0
#include "sign/SecretKeyFile.h"

#include "core/sign/StockKey.h"
#include "sign/Signature.h"

#include <gtest/gtest.h>

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include <sys/stat.h>

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

constexpr SecretKeyFile::Cost kCheap{32768, 16 * 1024 * 1024};

class SecretKeyFileTest : public testing::Test
{
protected:
    QString path(const QString &name) const { return m_folder.filePath(name); }
    QString write(const QByteArray &text) const
    {
        QFile file(path(u"written.key"_s));
        EXPECT_TRUE(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
        return file.fileName();
    }
    QByteArray bytesOf(const QString &name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    QString writePair(const SecretKey &key, const std::optional<QByteArrayView> &password) const
    {
        EXPECT_TRUE(isOk(SecretKeyFile::writePair(path(u"our.key"_s), key, password, kCheap)));
        return path(u"our.key"_s);
    }

    QTemporaryDir m_folder;
};

TEST_F(SecretKeyFileTest, AStockKeySigns)
{
    const Result<SecretKeyFile> file = SecretKeyFile::read(write(stock::secretKey));
    ASSERT_TRUE(isOk(file));
    EXPECT_FALSE(file->isEncrypted());
    const Result<SecretKey> key = file->open({});
    ASSERT_TRUE(isOk(key));
    EXPECT_EQ(key->publicKey().toFile(), stock::publicKey);
}

TEST_F(SecretKeyFileTest, OnlyItsPasswordOpensIt)
{
    const SecretKey key = SecretKey::generate();
    const Result<SecretKeyFile> file = SecretKeyFile::read(writePair(key, "s3cret"));
    ASSERT_TRUE(isOk(file));
    EXPECT_TRUE(file->isEncrypted());
    const Result<SecretKey> opened = file->open("s3cret");
    ASSERT_TRUE(isOk(opened));
    EXPECT_EQ(opened->publicKey(), key.publicKey());
    EXPECT_TRUE(isOk(Signature::of("text", *opened, "c").verify("text", key.publicKey())));
    for (const QByteArrayView other : {"s3cret ", "S3cret", ""}) {
        const Result<SecretKey> refused = file->open(other);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().kind, ErrorKind::BadInput);
    }
    const Result<PublicKey> published = PublicKey::read(SecretKeyFile::publicPathOf(path(u"our.key"_s)));
    ASSERT_TRUE(isOk(published));
    EXPECT_EQ(*published, key.publicKey());
}

TEST_F(SecretKeyFileTest, OnlyItsOwnerReadsIt)
{
    const mode_t before = ::umask(0);
    const QString file = writePair(SecretKey::generate(), std::nullopt);
    ::umask(before);
    struct stat info
    {
    };
    ASSERT_EQ(::stat(QFile::encodeName(file).constData(), &info), 0);
    EXPECT_EQ(info.st_mode & 07777, mode_t{0600});
}

TEST_F(SecretKeyFileTest, NoKeyIsReplaced)
{
    const SecretKey key = SecretKey::generate();
    writePair(key, std::nullopt);
    const QByteArray before = bytesOf(u"our.key"_s);
    const auto again = [&] {
        return SecretKeyFile::writePair(path(u"our.key"_s), SecretKey::generate(), std::nullopt, kCheap);
    };
    Status refused = again();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Conflict);
    EXPECT_EQ(bytesOf(u"our.key"_s), before);
    ASSERT_TRUE(QFile::remove(path(u"our.key"_s)));
    refused = again();
    ASSERT_FALSE(refused) << "its public half is there";
    EXPECT_EQ(refused.error().kind, ErrorKind::Conflict);
    EXPECT_TRUE(bytesOf(u"our.key"_s).isEmpty());
}

TEST_F(SecretKeyFileTest, WhatIsNoKeyIsRefused)
{
    const QByteArray good = bytesOf(QFileInfo(writePair(SecretKey::generate(), "p")).fileName());
    for (qsizetype length = 0; length < good.size() - 1; length += 7) {
        EXPECT_FALSE(SecretKeyFile::read(write(good.first(length)))) << length;
    }
    EXPECT_FALSE(SecretKeyFile::read(write(stock::publicKey)));
    EXPECT_FALSE(SecretKeyFile::read(write(QByteArray(100'000, 'x'))));
    EXPECT_EQ(SecretKeyFile::read(path(u"none.key"_s)).error().kind, ErrorKind::NotFound);
    EXPECT_EQ(SecretKeyFile::read(m_folder.path()).error().kind, ErrorKind::BadInput) << "a folder";
    QByteArray damaged = stock::secretKey;
    damaged.replace("1vvG7zCR", "2vvG7zCR"); // of its public half
    const Result<SecretKeyFile> file = SecretKeyFile::read(write(damaged));
    ASSERT_TRUE(isOk(file));
    EXPECT_EQ(file->open({}).error().kind, ErrorKind::BadInput) << "its halves differ";
}

// A file may not make us use more memory than any machine has.
TEST_F(SecretKeyFileTest, AnAbsurdCostIsRefused)
{
    const QByteArray good = bytesOf(QFileInfo(writePair(SecretKey::generate(), "p")).fileName());
    QByteArray raw = QByteArray::fromBase64(good.split('\n').value(1));
    raw[50] = '\x7f'; // the highest byte but two of the memory's
    EXPECT_FALSE(SecretKeyFile::read(write("untrusted comment: x\n" + raw.toBase64() + '\n')));
}

} // namespace
} // namespace layerpool::test
