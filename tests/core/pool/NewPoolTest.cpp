// SPDX-License-Identifier: Apache-2.0
#include "pool/NewPool.h"

#include "pool/PoolWriter.h"

#include <QTemporaryDir>

#include <gtest/gtest.h>

// A pool that was made for nothing goes away again, and nothing else does.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

class NewPoolTest : public testing::Test
{
protected:
    QString path() const { return m_folder.filePath(u"a/b/pool"_s); }
    /// As a writer would that takes nothing.
    void write() const
    {
        const Result<Pool> pool = Pool::openOrCreate(path());
        ASSERT_TRUE(isOk(pool));
        ASSERT_TRUE(isOk(PoolWriter::begin(*pool)));
    }
    QStringList left() const
    {
        return QDir(m_folder.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }

    QTemporaryDir m_folder;
};

TEST_F(NewPoolTest, GoesWithAllFoldersThatWereMadeForIt)
{
    const NewPool place(path());
    ASSERT_NO_FATAL_FAILURE(write());
    place.takeBack();
    EXPECT_EQ(left(), QStringList());
    place.takeBack();
    EXPECT_EQ(left(), QStringList()) << "nothing there is fine";
}

TEST_F(NewPoolTest, LeavesAFolderThatWasThere)
{
    ASSERT_TRUE(QDir().mkpath(path()));
    const NewPool place(path());
    ASSERT_NO_FATAL_FAILURE(write());
    place.takeBack();
    EXPECT_TRUE(QDir(path()).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
    EXPECT_TRUE(QDir(path()).exists());
}

TEST_F(NewPoolTest, LeavesAPoolThatWasThere)
{
    ASSERT_NO_FATAL_FAILURE(write());
    const NewPool place(path());
    place.takeBack();
    EXPECT_TRUE(isOk(Pool::open(path())));
}

TEST_F(NewPoolTest, LeavesWhatOthersHoldOrFill)
{
    const NewPool place(path());
    ASSERT_NO_FATAL_FAILURE(write());
    {
        const Result<Pool> pool = Pool::open(path());
        ASSERT_TRUE(isOk(pool));
        const Result<PoolLock> held = PoolLock::share(*pool);
        ASSERT_TRUE(isOk(held));
        place.takeBack();
        EXPECT_TRUE(isOk(Pool::open(path())));
    }
    QFile staged(path() + u"/.layerpool/staging/partial/begun"_s);
    ASSERT_TRUE(staged.open(QIODevice::WriteOnly));
    place.takeBack();
    EXPECT_TRUE(isOk(Pool::open(path())));
    EXPECT_TRUE(staged.exists());
    ASSERT_TRUE(staged.remove());
    ASSERT_TRUE(QDir(path()).mkpath(u"docker/registry/v2/repositories/team/a"_s));
    place.takeBack();
    EXPECT_TRUE(QDir(path() + u"/.layerpool"_s).exists()) << "a registry has begun to fill it";
}

// What is left where taking it back was cut off, or another program locks it meanwhile.
TEST_F(NewPoolTest, ItsOwnFolderAloneIsNoPoolAndBecomesOne)
{
    ASSERT_NO_FATAL_FAILURE(write());
    ASSERT_TRUE(QDir(path() + u"/docker"_s).removeRecursively());
    EXPECT_TRUE(isError(Pool::open(path()), ErrorKind::BadInput));
    EXPECT_TRUE(Pool::wouldCreate(path()));
    ASSERT_NO_FATAL_FAILURE(write());
    EXPECT_TRUE(isOk(Pool::open(path())));
}

} // namespace
} // namespace layerpool::test
