// SPDX-License-Identifier: Apache-2.0
#include "base/ReplaceFile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>

namespace layerpool {
namespace {

using namespace Qt::StringLiterals;
using test::isError;
using test::isOk;

class ReplaceFileTest : public testing::Test
{
protected:
    QString path(const QString &name) const { return m_directory.filePath(name); }
    void write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(path(name));
        EXPECT_TRUE(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    }
    QByteArray content(const QString &name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(not there)");
    }
    QStringList files() const { return QDir(m_directory.path()).entryList(QDir::Files | QDir::Hidden); }

    QTemporaryDir m_directory;
};

TEST_F(ReplaceFileTest, MakesAFileAndReplacesIt)
{
    EXPECT_TRUE(isOk(replaceFile(path(u"a.txt"_s), "one")));
    EXPECT_TRUE(isOk(replaceFile(path(u"a.txt"_s), "two")));
    EXPECT_EQ(content(u"a.txt"_s), "two");
    EXPECT_EQ(files(), QStringList{u"a.txt"_s});
}

TEST_F(ReplaceFileTest, KeepsPermissionsAndLinks)
{
    write(u"a.txt"_s, "one");
    ASSERT_EQ(::chmod(QFile::encodeName(path(u"a.txt"_s)).constData(), 0640), 0);
    ASSERT_TRUE(QFile::link(path(u"a.txt"_s), path(u"link.txt"_s)));
    EXPECT_TRUE(isOk(replaceFile(path(u"link.txt"_s), "two")));
    EXPECT_EQ(content(u"a.txt"_s), "two");
    EXPECT_TRUE(QFileInfo(path(u"link.txt"_s)).isSymLink());
    struct stat there
    {
    };
    ASSERT_EQ(::stat(QFile::encodeName(path(u"a.txt"_s)).constData(), &there), 0);
    EXPECT_EQ(there.st_mode & 07777, 0640U);
}

TEST_F(ReplaceFileTest, AFailureLeavesWhatWasThere)
{
    write(u"a.txt"_s, "one");
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{1024, before.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const Status failed = replaceFile(path(u"a.txt"_s), QByteArray(4096, 'x'));
    ::setrlimit(RLIMIT_FSIZE, &before);
    ASSERT_TRUE(isError(failed, ErrorKind::Storage));
    EXPECT_EQ(failed.error().what, u"Cannot save %1"_s.arg(path(u"a.txt"_s)));
    EXPECT_EQ(content(u"a.txt"_s), "one");
    EXPECT_EQ(files(), QStringList{u"a.txt"_s});
}

TEST_F(ReplaceFileTest, SaysWhatCannotBeWritten)
{
    const Status failed = replaceFile(path(u"none/a.txt"_s), "x");
    ASSERT_TRUE(isError(failed, ErrorKind::NotFound));
    EXPECT_EQ(failed.error().what, u"Cannot save %1"_s.arg(path(u"none/a.txt"_s)));
}

} // namespace
} // namespace layerpool
