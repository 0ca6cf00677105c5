// SPDX-License-Identifier: Apache-2.0
#include "task/VerifyPlan.h"

#include "core/task/TaskTest.h"
#include "support/SampleImages.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace layerpool::test {
namespace {

class VerifyTaskTest : public testing::Test
{
protected:
    void SetUp() override
    {
        m_good = m_samples.add(QStringLiteral("good"), QStringLiteral("v1"), {.base = 0});
        m_hurt = m_samples.add(QStringLiteral("hurt"), QStringLiteral("v1"),
                               {.kind = SampleKind::OciIndex, .base = 1});
    }

    TaskResult verify()
    {
        VerifyTask task({readPool(m_directory.path())});
        return task.run(m_recorder.context());
    }

    // The same length, other bytes: what a failing disk gives.
    static void flipByte(const QString &path)
    {
        QFile file(path);
        ASSERT_TRUE(file.open(QIODevice::ReadWrite));
        char byte = 0;
        ASSERT_TRUE(file.getChar(&byte));
        ASSERT_TRUE(file.seek(0));
        ASSERT_TRUE(file.putChar(static_cast<char>(byte ^ 1)));
    }

    static void expectOnlyTheHurtImage(const TaskResult &result)
    {
        ASSERT_EQ(result.failures.size(), 1U);
        EXPECT_EQ(result.failures.front().image, QStringLiteral("hurt:v1"));
        EXPECT_EQ(result.imagesDone, 1);
        EXPECT_FALSE(result.isClean());
    }

    QTemporaryDir m_directory;
    SampleRegistry m_samples{m_directory.path()};
    Sample m_good;
    Sample m_hurt;
    Recorder m_recorder;
};

TEST_F(VerifyTaskTest, AWholePoolIsClean)
{
    const TaskResult result = verify();
    EXPECT_TRUE(result.isClean());
    EXPECT_EQ(result.imagesDone, 2);
    EXPECT_EQ(m_recorder.progress.bytesDone, m_samples.blobBytes()) << "every blob was read";
}

TEST_F(VerifyTaskTest, ADamagedLayerHurtsTheImagesThatNeedIt)
{
    flipByte(m_samples.blobPath(m_hurt.amd64().layers.back()));
    const TaskResult result = verify();
    expectOnlyTheHurtImage(result);
    ASSERT_EQ(result.findings.size(), 1U);
    EXPECT_TRUE(result.findings.front().what.contains(m_hurt.amd64().layers.back().toString()));
}

TEST_F(VerifyTaskTest, AMissingLayerIsFound)
{
    ASSERT_TRUE(QDir(QFileInfo(m_samples.blobPath(m_hurt.amd64().layers.back())).path()).removeRecursively());
    expectOnlyTheHurtImage(verify());
}

TEST_F(VerifyTaskTest, AMissingLayerLinkIsFound)
{
    ASSERT_TRUE(QFile::remove(m_samples.layerLinkPath(m_hurt.repository, m_hurt.amd64().layers.back())));
    expectOnlyTheHurtImage(verify());
}

TEST_F(VerifyTaskTest, ALinkWithANewlineIsFound)
{
    QFile link(m_samples.layerLinkPath(m_hurt.repository, m_hurt.amd64().config));
    ASSERT_TRUE(link.open(QIODevice::Append));
    link.write("\n");
    link.close();
    EXPECT_FALSE(verify().findings.empty())
        << "a registry's garbage collection of the whole pool stops at it";
}

TEST_F(VerifyTaskTest, ALinkToAnotherDigestIsFound)
{
    QFile link(m_samples.revisionLinkPath(m_hurt.repository, m_hurt.amd64().digest));
    ASSERT_TRUE(link.open(QIODevice::WriteOnly | QIODevice::Truncate));
    link.write(m_hurt.root.toByteArray());
    link.close();
    EXPECT_FALSE(verify().findings.empty());
}

TEST_F(VerifyTaskTest, ARepositoryWithoutItsLayersFolderIsFound)
{
    const QString layers =
        QFileInfo(m_samples.layerLinkPath(m_good.repository, m_good.amd64().config)).path() +
        QStringLiteral("/../..");
    ASSERT_TRUE(QDir(QDir::cleanPath(layers)).removeRecursively());
    EXPECT_FALSE(verify().findings.empty());
}

TEST_F(VerifyTaskTest, ACancelledRunSaysNothingOfThePool)
{
    m_recorder.cancel.cancel();
    const TaskResult result = verify();
    ASSERT_TRUE(result.stopped);
    EXPECT_EQ(result.stopped->kind, ErrorKind::Cancelled);
    EXPECT_TRUE(result.failures.empty());
}

} // namespace
} // namespace layerpool::test
