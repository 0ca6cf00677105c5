// SPDX-License-Identifier: Apache-2.0
#include "image/ImagesList.h"

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <thread>

#include <sys/stat.h>

namespace layerpool {
namespace {

using namespace Qt::StringLiterals;
using test::isError;
using test::isOk;

const QString kName = u"list.txt"_s;

class ImagesListTest : public testing::Test
{
protected:
    QStringList images() const
    {
        QStringList found;
        for (const ListLine &line : m_list.images()) {
            found << line.reference.toString();
        }
        return found;
    }

    QString write(const QString &name, const QByteArray &bytes) const
    {
        const QString path = m_directory.filePath(name);
        QFile file(path);
        EXPECT_TRUE(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
        return path;
    }

    QTemporaryDir m_directory;
    ImagesList m_list;
};

TEST_F(ImagesListTest, ReadsOneImageALine)
{
    ASSERT_TRUE(isOk(m_list.addText("a/b:1\nc\n\n  d:2  \n", kName)));
    EXPECT_EQ(images(), (QStringList{u"a/b:1"_s, u"c:latest"_s, u"d:2"_s}));
    EXPECT_EQ(m_list.images().at(2).number, 4);
    EXPECT_EQ(m_list.images().at(2).file, kName);
    EXPECT_TRUE(m_list.images().at(1).reference.isTagImplied);
}

TEST_F(ImagesListTest, LeavesCommentsOut)
{
    ASSERT_TRUE(
        isOk(m_list.addText("##k8s-images\n# one\na:1 # why\n\t# indented\nb:1\t#why\n#\n#c:1\n", kName)));
    EXPECT_EQ(images(), (QStringList{u"a:1"_s, u"b:1"_s}));
    EXPECT_EQ(m_list.lines().size(), 2U);
}

TEST_F(ImagesListTest, AHashInsideAWordIsReportedAndNotCutOff)
{
    ASSERT_TRUE(isOk(m_list.addText("a:1\nb:1#2\n", kName)));
    const auto bad = m_list.ofKind(ListLine::Kind::Bad);
    ASSERT_EQ(bad.size(), 1U);
    EXPECT_EQ(bad[0].number, 2);
    EXPECT_EQ(bad[0].text, u"b:1#2"_s);
}

TEST_F(ImagesListTest, MindsNoByteOrderMarkNoCrlfAndNoMissingNewline)
{
    ASSERT_TRUE(isOk(m_list.addText("\xef\xbb\xbf"
                                    "a:1\r\nb:1\r\n\r\nc:1",
                                    kName)));
    EXPECT_EQ(images(), (QStringList{u"a:1"_s, u"b:1"_s, u"c:1"_s}));
    EXPECT_TRUE(m_list.ofKind(ListLine::Kind::Bad).empty());
}

TEST_F(ImagesListTest, AnEmptyListIsAList)
{
    ASSERT_TRUE(isOk(m_list.addText("", kName)));
    ASSERT_TRUE(isOk(m_list.addText("\n\n# nothing\n", kName)));
    EXPECT_TRUE(m_list.lines().empty());
}

TEST_F(ImagesListTest, CountsARepeatedLineOnceAndSaysWhichItRepeats)
{
    ASSERT_TRUE(isOk(m_list.addText("a:1\nb\na:1\nb:latest\n", kName)));
    ASSERT_TRUE(isOk(m_list.addText("a:1\nA.io/x:1\na.io/x:1\n", u"other.txt"_s)));
    EXPECT_EQ(images(), (QStringList{u"a:1"_s, u"b:latest"_s, u"a.io/x:1"_s}));
    const auto repeated = m_list.ofKind(ListLine::Kind::Repeated);
    ASSERT_EQ(repeated.size(), 4U);
    EXPECT_EQ(repeated[0].problem, u"repeats line 1"_s);
    EXPECT_EQ(repeated[1].problem, u"repeats line 2"_s);
    EXPECT_EQ(repeated[2].problem, u"repeats line 1 of list.txt"_s);
    EXPECT_EQ(repeated[2].file, u"other.txt"_s);
    EXPECT_EQ(repeated[3].problem, u"repeats line 2"_s);
}

TEST_F(ImagesListTest, ReportsBadLinesWithNumberAndReason)
{
    ASSERT_TRUE(isOk(m_list.addText("a:1\nB:1\nb c\n\nhttps://d\ne:1\n", kName)));
    EXPECT_EQ(images(), (QStringList{u"a:1"_s, u"e:1"_s}));
    const auto bad = m_list.ofKind(ListLine::Kind::Bad);
    ASSERT_EQ(bad.size(), 3U);
    EXPECT_EQ(bad[0].number, 2);
    EXPECT_EQ(bad[0].text, u"B:1"_s);
    EXPECT_EQ(bad[0].problem, u"capital letters are not allowed in a name"_s);
    EXPECT_EQ(bad[1].number, 3);
    EXPECT_EQ(bad[1].problem, u"there is a blank inside"_s);
    EXPECT_EQ(bad[2].number, 5);
}

TEST_F(ImagesListTest, RefusesWhatIsNoText)
{
    EXPECT_TRUE(isError(m_list.addText(QByteArray("a:1\0b:1\n", 8), kName), ErrorKind::BadInput));
    EXPECT_TRUE(isError(m_list.addText("a:1\n\xff\xfe\n", kName), ErrorKind::BadInput));
    EXPECT_TRUE(isError(m_list.addText("a:1\xe2\x82", kName), ErrorKind::BadInput)); // cut inside a character
    const QByteArray utf16("\xff\xfe"
                           "a\0:\0001\0\n\0",
                           10);
    EXPECT_TRUE(isError(m_list.addText(utf16, kName), ErrorKind::BadInput));
    const Status failed = m_list.addText(QByteArray(4, '\0'), kName);
    ASSERT_FALSE(failed);
    EXPECT_TRUE(failed.error().sentence().contains(kName));
    EXPECT_TRUE(m_list.lines().empty());
}

TEST_F(ImagesListTest, ReadsFilesAndFolders)
{
    write(u"2.txt"_s, "b:1\na:1\n");
    write(u"1.list"_s, "a:1\n");
    write(u"3.md"_s, "no list\n");
    ASSERT_TRUE(QDir(m_directory.path()).mkdir(u"4.txt"_s));
    write(u"bundle.tar.README.txt"_s, "no list\n");
    ASSERT_TRUE(isOk(m_list.addPath(m_directory.path())));
    EXPECT_EQ(images(), (QStringList{u"a:1"_s, u"b:1"_s}));
    EXPECT_EQ(m_list.ofKind(ListLine::Kind::Repeated).size(), 1U);
    EXPECT_EQ(m_list.images().at(0).file, m_directory.filePath(u"1.list"_s));
    ImagesList one;
    ASSERT_TRUE(isOk(one.addPath(m_directory.filePath(u"3.md"_s)))); // named outright, any ending will do
    EXPECT_EQ(one.ofKind(ListLine::Kind::Bad).size(), 1U);
}

TEST_F(ImagesListTest, SaysWhyAPathIsNoList)
{
    EXPECT_TRUE(isError(m_list.addPath(m_directory.filePath(u"none.txt"_s)), ErrorKind::BadInput));
    EXPECT_TRUE(isError(m_list.addPath(m_directory.path()), ErrorKind::BadInput)); // no list in it
    EXPECT_TRUE(isError(m_list.addPath(u"/dev/null"_s), ErrorKind::BadInput));
    QFile large(m_directory.filePath(u"large.txt"_s));
    ASSERT_TRUE(large.open(QIODevice::WriteOnly) && large.resize(17 * 1024 * 1024));
    EXPECT_TRUE(isError(m_list.addPath(large.fileName()), ErrorKind::BadInput));
}

TEST_F(ImagesListTest, ReadsAPipeToItsEnd)
{
    const QString pipe = m_directory.filePath(u"pipe"_s);
    ASSERT_EQ(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
    std::thread writer([&] {
        QFile end(pipe);
        EXPECT_TRUE(end.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
        for (const QByteArray &part : {QByteArray("a:1\nb"), QByteArray(":1\nc:1\n")}) {
            EXPECT_EQ(end.write(part), part.size());
        }
    });
    EXPECT_TRUE(isOk(m_list.addPath(pipe)));
    writer.join();
    EXPECT_EQ(images(), (QStringList{u"a:1"_s, u"b:1"_s, u"c:1"_s}));
}

TEST_F(ImagesListTest, WhatIsTooLongIsRefusedAndNotCut)
{
    QByteArray text(17 * 1024 * 1024, '\n');
    QBuffer endless(&text);
    ASSERT_TRUE(endless.open(QIODevice::ReadOnly));
    const Status failed = m_list.addDevice(endless, u"standard input"_s);
    ASSERT_TRUE(isError(failed, ErrorKind::BadInput));
    EXPECT_TRUE(failed.error().why.contains(u"larger than any list"_s));
}

} // namespace
} // namespace layerpool
