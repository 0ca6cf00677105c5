// SPDX-License-Identifier: Apache-2.0
#include "net/BodyWindow.h"

#include "core/net/NetTest.h"
#include "net/HttpClient.h"
#include "support/FakeRegistry.h"

#include <QBuffer>
#include <QFile>
#include <QTemporaryDir>

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

constexpr qint64 kSize = 2'000'000;

// A disk that gives so many bytes, and then an error.
class FailingFile : public QFile
{
public:
    FailingFile(const QString &name, qint64 good) : QFile(name), m_good(good) {}

protected:
    qint64 readData(char *data, qint64 most) override
    {
        if (m_good <= 0) {
            setErrorString(u"Input/output error"_s);
            return -1;
        }
        const qint64 read = QFile::readData(data, std::min(most, m_good));
        m_good -= read;
        return read;
    }

private:
    qint64 m_good;
};

class UnreadableBodyTest : public testing::Test
{
protected:
    void SetUp() override
    {
        m_fake.on("PUT", "/x").reply(FakeReply(201));
        QFile file(m_name);
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        ASSERT_EQ(file.write(QByteArray(kSize, 'x')), kSize);
    }

    Result<HttpResponse> send(QIODevice &body, qint64 length) const
    {
        EXPECT_TRUE(body.open(QIODevice::ReadOnly | QIODevice::Unbuffered));
        HttpRequest request;
        request.verb = "PUT";
        request.url = QUrl(m_fake.url(u"/x"_s));
        request.bodyDevice = &body;
        request.bodyLength = length;
        HttpClient client(networkOf({.tries = 1, .idleSeconds = 3600}), CancelToken());
        return client.send(request);
    }

    static void expectStorage(const Result<HttpResponse> &response, const QString &why)
    {
        ASSERT_TRUE(isError(response, ErrorKind::Storage));
        EXPECT_EQ(response.error().why, why);
    }

    QTemporaryDir m_directory;
    const QString m_name = m_directory.filePath(u"blob"_s);
    FakeRegistry m_fake;
};

TEST(BodyWindowTest, IsAPartOfTheFileAndIsReadOnce)
{
    QBuffer file;
    for (int i = 0; i < 1000; ++i) {
        file.buffer().append(static_cast<char>(i % 251));
    }
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    RateLimit noLimit(0);
    BodyWindow window(file, 100, 50, noLimit);
    EXPECT_FALSE(window.isSequential());
    EXPECT_EQ(window.size(), 50);
    EXPECT_TRUE(window.seek(0));
    EXPECT_EQ(window.read(10), file.data().sliced(100, 10));
    EXPECT_FALSE(window.seek(0));
    EXPECT_EQ(window.readAll(), file.data().sliced(110, 40));
    EXPECT_TRUE(window.atEnd());
    EXPECT_FALSE(window.fault());
}

TEST_F(UnreadableBodyTest, ADiskThatFailsIsNoSilenceOnTheLine)
{
    FailingFile atOnce(m_name, 0);
    expectStorage(send(atOnce, kSize), u"Input/output error"_s);
    FailingFile later(m_name, kSize / 2);
    expectStorage(send(later, kSize), u"Input/output error"_s);
}

TEST_F(UnreadableBodyTest, AFileThatHasBecomeShorterIsSaid)
{
    QFile file(m_name);
    expectStorage(send(file, kSize + 1), u"the file ends too early"_s);
}

} // namespace
} // namespace layerpool::test
