// SPDX-License-Identifier: Apache-2.0
#include "base/DurableDirectory.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <algorithm>
#include <fcntl.h>
#include <sys/stat.h>

namespace layerpool {
namespace {

using namespace Qt::StringLiterals;
using test::isError;
using test::isOk;
using Published = DurableDirectory::Published;
using Linked = DurableDirectory::Linked;

constexpr qint64 kLimit = 1 << 20;

DurableDirectory opened(const QString &path)
{
    Result<DurableDirectory> directory = DurableDirectory::open(path);
    if (!directory) {
        qFatal("%s", qUtf8Printable(directory.error().sentence()));
    }
    return *std::move(directory);
}

class DurableDirectoryTest : public testing::Test
{
protected:
    QString path(const QString &name) const { return m_temporary.filePath(name); }

    QByteArray content(const QString &name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(not there)");
    }

    ino_t inode(const QString &name) const
    {
        struct stat info
        {
        };
        return ::lstat(QFile::encodeName(path(name)).constData(), &info) == 0 ? info.st_ino : 0;
    }

    // Somewhere outside of the directory under test, with a file in it.
    QString outside() const
    {
        QFile secret(m_outside.filePath(u"secret"_s));
        EXPECT_TRUE(secret.open(QIODevice::WriteOnly) && secret.write("secret") == 6);
        return m_outside.path();
    }

    QTemporaryDir m_temporary;
    QTemporaryDir m_outside;
    DurableDirectory m_directory = opened(m_temporary.path());
};

TEST_F(DurableDirectoryTest, OpensOnlyWhatIsThereAndCreatesTheRest)
{
    EXPECT_TRUE(isError(DurableDirectory::open(path(u"a/b"_s)), ErrorKind::NotFound));
    const auto created = DurableDirectory::create(path(u"a/b"_s));
    ASSERT_TRUE(isOk(created));
    EXPECT_EQ(created->path(), path(u"a/b"_s));
    EXPECT_TRUE(isOk(DurableDirectory::create(path(u"a/b"_s))));
    ASSERT_TRUE(isOk(m_directory.writeFile("file", "x")));
    EXPECT_FALSE(DurableDirectory::create(path(u"file/b"_s)));
    EXPECT_FALSE(DurableDirectory::open(path(u"file"_s)));
}

TEST_F(DurableDirectoryTest, AFolderBelowIsAPlaceOfItsOwn)
{
    ASSERT_TRUE(isOk(m_directory.makeDirectories("a/b")));
    ASSERT_TRUE(isOk(m_directory.writeFile("a/b/file", "bytes")));
    const auto below = m_directory.subdirectory("a");
    ASSERT_TRUE(isOk(below));
    EXPECT_EQ(below->path(), path(u"a"_s));
    EXPECT_EQ(*below->readFile("b/file", kLimit), "bytes");
    EXPECT_EQ(below->fileSizeInKnown("b/file"), 5);
    EXPECT_EQ(below->fileSizeInKnown("b"), std::nullopt) << "no file";
    EXPECT_EQ(below->fileSizeInKnown("b/other"), std::nullopt);
    EXPECT_TRUE(isError(m_directory.subdirectory("c"), ErrorKind::NotFound));
    EXPECT_FALSE(below->openFile("../a/b/file")) << "nothing leads out of it";
    ASSERT_TRUE(QFile::link(outside(), path(u"a/link"_s)));
    EXPECT_FALSE(m_directory.subdirectory("a/link"));
}

TEST_F(DurableDirectoryTest, ListsMoreThanFitsIntoOnePiece)
{
    constexpr int files = 2000;
    for (int i = 0; i < files; ++i) {
        ASSERT_TRUE(isOk(m_directory.writeFile("a-name-that-takes-some-room-" + QByteArray::number(i), "")));
    }
    ASSERT_TRUE(isOk(m_directory.makeDirectories("folder")));
    const auto entries = m_directory.entries({});
    ASSERT_TRUE(isOk(entries));
    EXPECT_EQ(entries->size(), std::size_t(files) + 1);
    EXPECT_EQ(
        std::count_if(entries->begin(), entries->end(), [](const auto &entry) { return entry.isDirectory; }),
        1);
}

TEST_F(DurableDirectoryTest, WritesAndReadsBack)
{
    ASSERT_TRUE(isOk(m_directory.makeDirectories("a/b/c")));
    ASSERT_TRUE(isOk(m_directory.makeDirectories("a/b/c")));
    EXPECT_TRUE(m_directory.isDirectory("a/b/c"));
    ASSERT_TRUE(isOk(m_directory.writeFile("a/b/c/file", "bytes")));
    EXPECT_EQ(content(u"a/b/c/file"_s), "bytes");
    EXPECT_EQ(*m_directory.readFile("a/b/c/file", kLimit), "bytes");
    EXPECT_EQ(m_directory.fileSize("a/b/c/file"), 5);
    EXPECT_EQ(m_directory.fileSize("a/b/c"), std::nullopt);
    EXPECT_EQ(m_directory.fileSize("a/b/none"), std::nullopt);
    EXPECT_FALSE(m_directory.isDirectory("a/b/c/file"));
    EXPECT_TRUE(isOk(m_directory.sync()));
    EXPECT_GT(*m_directory.freeBytes(), 0);
}

TEST_F(DurableDirectoryTest, SaysWhatKindOfFailureItWas)
{
    EXPECT_TRUE(isError(m_directory.readFile("none", kLimit), ErrorKind::NotFound));
    EXPECT_TRUE(isError(m_directory.readFile("none/none", kLimit), ErrorKind::NotFound));
    ASSERT_TRUE(isOk(m_directory.writeFile("file", "old")));
    EXPECT_TRUE(isError(m_directory.writeFile("file", "new"), ErrorKind::Conflict));
    EXPECT_EQ(content(u"file"_s), "old");
    EXPECT_FALSE(m_directory.makeDirectories("file/below"));
    EXPECT_FALSE(m_directory.makeDirectories("file"));
    const Status failed = m_directory.writeFile("none/file", "x");
    ASSERT_FALSE(failed);
    EXPECT_TRUE(failed.error().sentence().contains(path(u"none/file"_s)));
}

TEST_F(DurableDirectoryTest, ReadsNothingLongerThanTheLimit)
{
    ASSERT_TRUE(isOk(m_directory.writeFile("file", "12345")));
    EXPECT_EQ(*m_directory.readFile("file", 5), "12345");
    EXPECT_TRUE(isError(m_directory.readFile("file", 4), ErrorKind::Corrupt));
    ASSERT_TRUE(isOk(m_directory.writeFile("empty", {})));
    EXPECT_EQ(*m_directory.readFile("empty", 0), "");
}

TEST_F(DurableDirectoryTest, PublishNeverReplaces)
{
    ASSERT_TRUE(isOk(m_directory.writeFile("first", "first")));
    ASSERT_TRUE(isOk(m_directory.writeFile("second", "second")));
    EXPECT_EQ(*m_directory.publish("first", "final"), Published::Now);
    EXPECT_EQ(content(u"final"_s), "first");
    EXPECT_FALSE(QFile::exists(path(u"first"_s)));
    EXPECT_EQ(*m_directory.publish("second", "final"), Published::WasThere);
    EXPECT_EQ(content(u"final"_s), "first");
    EXPECT_EQ(content(u"second"_s), "second");
    EXPECT_TRUE(isError(m_directory.publish("none", "other"), ErrorKind::NotFound));
    EXPECT_FALSE(m_directory.publish("second", "none/final"));
}

TEST_F(DurableDirectoryTest, PublishTakesWholeFoldersAndReplacesNone)
{
    ASSERT_TRUE(isOk(m_directory.makeDirectories("staged/index")));
    ASSERT_TRUE(isOk(m_directory.makeDirectories("again")));
    EXPECT_EQ(*m_directory.publish("staged", "tag"), Published::Now);
    EXPECT_TRUE(m_directory.isDirectory("tag/index"));
    EXPECT_EQ(*m_directory.publish("again", "tag"), Published::WasThere);
    ASSERT_TRUE(isOk(m_directory.makeDirectories("empty")));
    EXPECT_EQ(*m_directory.publish("tag", "empty"), Published::WasThere); // rename would have replaced it
}

TEST_F(DurableDirectoryTest, ReplaceTakesThePlace)
{
    ASSERT_TRUE(isOk(m_directory.writeFile("old", "old")));
    ASSERT_TRUE(isOk(m_directory.writeFile("new", "new")));
    ASSERT_TRUE(isOk(m_directory.replace("new", "old")));
    EXPECT_EQ(content(u"old"_s), "new");
    EXPECT_FALSE(QFile::exists(path(u"new"_s)));
    EXPECT_TRUE(isError(m_directory.replace("none", "old"), ErrorKind::NotFound));
}

TEST_F(DurableDirectoryTest, UpdatesKeepWhatIsThere)
{
    ASSERT_TRUE(isOk(m_directory.writeFile("partial", "12345")));
    const auto fd = m_directory.openForUpdate("partial");
    ASSERT_TRUE(isOk(fd));
    ASSERT_TRUE(isOk(writeAll(fd->get(), "ab", u"partial"_s)));
    EXPECT_EQ(content(u"partial"_s), "ab345");
    ASSERT_TRUE(isOk(m_directory.openForUpdate("made")));
    EXPECT_EQ(content(u"made"_s), "");
}

TEST_F(DurableDirectoryTest, HardLinksShareTheBytes)
{
    ASSERT_TRUE(isOk(m_directory.makeDirectories("other")));
    const DurableDirectory other = opened(path(u"other"_s));
    ASSERT_TRUE(isOk(m_directory.writeFile("data", "bytes")));
    EXPECT_EQ(*other.hardLink(m_directory, "data", "data"), Linked::Now);
    EXPECT_EQ(inode(u"other/data"_s), inode(u"data"_s));
    EXPECT_EQ(*other.hardLink(m_directory, "data", "data"), Linked::WasThere);
    EXPECT_TRUE(isError(other.hardLink(m_directory, "none", "none"), ErrorKind::NotFound));
    EXPECT_FALSE(other.hardLink(m_directory, "data", "none/data"));
}

TEST_F(DurableDirectoryTest, ALinkToAnotherFileSystemIsNotPossible)
{
    const QTemporaryDir memory(u"/dev/shm/layerpool-test-XXXXXX"_s);
    struct stat here
    {
    };
    struct stat there
    {
    };
    if (!memory.isValid() || ::stat(QFile::encodeName(m_temporary.path()).constData(), &here) != 0 ||
        ::stat(QFile::encodeName(memory.path()).constData(), &there) != 0 || here.st_dev == there.st_dev) {
        GTEST_SKIP() << "/dev/shm is no other file system here";
    }
    ASSERT_TRUE(isOk(m_directory.writeFile("data", "bytes")));
    const DurableDirectory other = opened(memory.path());
    EXPECT_EQ(*other.hardLink(m_directory, "data", "data"), Linked::NotPossible);
    EXPECT_FALSE(QFile::exists(memory.filePath(u"data"_s)));
}

TEST_F(DurableDirectoryTest, ASymbolicLinkInTheWayIsRefusedForWriting)
{
    ASSERT_TRUE(QFile::link(outside(), path(u"planted"_s)));
    ASSERT_TRUE(isOk(m_directory.writeFile("file", "x")));
    const Status written = m_directory.writeFile("planted/new", "x");
    ASSERT_FALSE(written);
    EXPECT_TRUE(written.error().why.contains(u"symbolic link"_s)) << written.error().sentence().toStdString();
    EXPECT_FALSE(m_directory.makeDirectories("planted/new"));
    EXPECT_FALSE(m_directory.createFile("planted/new"));
    EXPECT_FALSE(m_directory.openForUpdate("planted/secret"));
    EXPECT_FALSE(m_directory.publish("file", "planted/new"));
    EXPECT_FALSE(m_directory.replace("file", "planted/secret"));
    EXPECT_FALSE(m_directory.hardLink(m_directory, "file", "planted/new"));
    EXPECT_FALSE(m_directory.remove("planted/secret"));
    EXPECT_EQ(QDir(m_outside.path()).entryList(QDir::Files), QStringList{u"secret"_s});
}

TEST_F(DurableDirectoryTest, ASymbolicLinkInTheWayIsRefusedForReading)
{
    ASSERT_TRUE(QFile::link(outside(), path(u"planted"_s)));
    ASSERT_TRUE(QFile::link(outside() + u"/secret"_s, path(u"file"_s)));
    EXPECT_FALSE(m_directory.readFile("planted/secret", kLimit));
    EXPECT_FALSE(m_directory.readFile("file", kLimit));
    EXPECT_FALSE(m_directory.openForUpdate("file"));
    EXPECT_EQ(m_directory.fileSize("planted/secret"), std::nullopt);
    EXPECT_EQ(m_directory.fileSize("file"), std::nullopt);
    EXPECT_FALSE(m_directory.isDirectory("planted"));
    EXPECT_FALSE(m_directory.entries("planted"));
    EXPECT_FALSE(m_directory.hardLink(m_directory, "planted/secret", "copy"));
}

TEST_F(DurableDirectoryTest, ASymbolicLinkIsNeverLinkedOn)
{
    ASSERT_TRUE(QFile::link(outside() + u"/secret"_s, path(u"data"_s)));
    EXPECT_FALSE(m_directory.hardLink(m_directory, "data", "copy"));
    EXPECT_FALSE(QFileInfo(path(u"copy"_s)).isSymLink()) << "a planted link went on into another directory";
}

TEST_F(DurableDirectoryTest, NothingAboveIsReached)
{
    ASSERT_TRUE(isOk(m_directory.makeDirectories("below")));
    ASSERT_TRUE(isOk(m_directory.writeFile("above", "x")));
    const DurableDirectory below = opened(path(u"below"_s));
    EXPECT_FALSE(below.readFile("../above", kLimit));
    EXPECT_FALSE(below.writeFile("../new", "x"));
    EXPECT_FALSE(below.remove("../above"));
    EXPECT_FALSE(below.readFile(QFile::encodeName(path(u"above"_s)), kLimit));
    EXPECT_EQ(content(u"above"_s), "x");
}

// The writer that the test holds open keeps a FIFO from blocking; in a pool there would be none.
TEST_F(DurableDirectoryTest, OnlyRegularFilesAreRead)
{
    const QByteArray fifo = QFile::encodeName(path(u"fifo"_s));
    ASSERT_EQ(::mkfifo(fifo.constData(), 0600), 0);
    const UniqueFd writer(::open(fifo.constData(), O_RDWR | O_CLOEXEC));
    ASSERT_TRUE(writer);
    EXPECT_FALSE(m_directory.readFile("fifo", kLimit));
    EXPECT_EQ(m_directory.fileSize("fifo"), std::nullopt);
    ASSERT_TRUE(isOk(m_directory.makeDirectories("folder")));
    EXPECT_FALSE(m_directory.readFile("folder", kLimit));
}

TEST_F(DurableDirectoryTest, ListsNamesOfAnyBytes)
{
    ASSERT_TRUE(isOk(m_directory.writeFile("\xff\xfe", "x")));
    ASSERT_TRUE(isOk(m_directory.writeFile(".hidden", "x")));
    ASSERT_TRUE(isOk(m_directory.makeDirectories("folder")));
    auto entries = m_directory.entries("");
    ASSERT_TRUE(isOk(entries));
    std::sort(entries->begin(), entries->end(), [](const auto &a, const auto &b) { return a.name < b.name; });
    ASSERT_EQ(entries->size(), 3U);
    EXPECT_EQ(entries->at(0).name, ".hidden");
    EXPECT_EQ(entries->at(1).name, "folder");
    EXPECT_TRUE(entries->at(1).isDirectory);
    EXPECT_EQ(entries->at(2).name, "\xff\xfe");
    EXPECT_FALSE(entries->at(2).isDirectory);
    EXPECT_TRUE(m_directory.entries("none")->empty());
    EXPECT_TRUE(isOk(m_directory.remove("\xff\xfe"))); // QTemporaryDir cannot name it
}

TEST_F(DurableDirectoryTest, RemovesFilesAndTrees)
{
    ASSERT_TRUE(isOk(m_directory.makeDirectories("tree/a/b")));
    ASSERT_TRUE(isOk(m_directory.writeFile("tree/a/b/file", "x")));
    ASSERT_TRUE(isOk(m_directory.writeFile("keep", "x")));
    ASSERT_TRUE(QFile::link(outside(), path(u"tree/planted"_s)));
    EXPECT_TRUE(isOk(m_directory.removeTree("tree")));
    EXPECT_FALSE(QFile::exists(path(u"tree"_s)));
    EXPECT_TRUE(QFile::exists(m_outside.filePath(u"secret"_s))); // the link went, not what it points at
    EXPECT_TRUE(isOk(m_directory.removeTree("tree")));
    EXPECT_TRUE(isOk(m_directory.remove("keep")));
    EXPECT_TRUE(isOk(m_directory.remove("keep")));
    EXPECT_FALSE(QFile::exists(path(u"keep"_s)));
}

TEST_F(DurableDirectoryTest, RemovingWhatWasNeverThereIsNoFailure)
{
    EXPECT_TRUE(isOk(m_directory.remove("none")));
    EXPECT_TRUE(isOk(m_directory.removeTree("none")));
    EXPECT_TRUE(isOk(m_directory.remove("none/file")));
    EXPECT_TRUE(isOk(m_directory.removeTree("none/tree")));
}

TEST_F(DurableDirectoryTest, AFullDiskIsSaidToBeFull)
{
    const UniqueFd full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
    if (!full) {
        GTEST_SKIP() << "there is no /dev/full here";
    }
    EXPECT_TRUE(isError(writeAll(full.get(), "x", u"x"_s), ErrorKind::NoSpace));
}

} // namespace
} // namespace layerpool
