// SPDX-License-Identifier: Apache-2.0
#include "SmallRegistryTest.h"

#include <QFile>
#include <QJsonObject>

#include <sys/stat.h>

// Hard links end at the border of a file system: there blobs are copied, and it is said.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

struct stat statusOf(const QString &path)
{
    struct stat status
    {
    };
    ::stat(QFile::encodeName(path).constData(), &status);
    return status;
}

class SelectCopyTest : public SmallRegistryTest
{
protected:
    void SetUp() override
    {
        SmallRegistryTest::SetUp();
        if (statusOf(m_other.path({})).st_dev == statusOf(path({})).st_dev) {
            GTEST_SKIP() << "temporary files and memory lie on one file system here";
        }
        fillPool();
    }

    Outcome select(const QString &target, const QStringList &more = {}) const
    {
        return m_place.run(QStringList{u"select"_s, pool(), target, u"--list"_s, path(u"images.txt"_s)} +
                           more);
    }

    const Workplace m_other{Workplace::Medium::Disk}; // the pool lies in memory
};

TEST_F(SelectCopyTest, BlobsAreCopiedToAnotherFileSystem)
{
    const QString target = m_other.path(u"small"_s);
    const Outcome outcome = select(target);
    ASSERT_EQ(outcome.exitStatus, 0) << outcome;
    EXPECT_TRUE(outcome.err.contains("another file system or mount: blobs are copied, not linked"))
        << outcome;
    EXPECT_TRUE(outcome.out.contains("copied, because hard links are not possible there")) << outcome;
    EXPECT_TRUE(isVerified(m_place, target));
    EXPECT_TRUE(hasNoGarbage(target));
    for (const auto &[name, bytes] : treeOf(target)) {
        if (name.endsWith(u"/data"_s)) {
            EXPECT_EQ(statusOf(target + u'/' + name).st_nlink, 1U) << name.toStdString();
        }
    }
}

TEST_F(SelectCopyTest, ACopyIsThePoolThatLinksMake)
{
    ASSERT_EQ(select(m_other.path(u"copied"_s)).exitStatus, 0);
    const Outcome linked = select(path(u"linked"_s));
    ASSERT_EQ(linked.exitStatus, 0);
    EXPECT_TRUE(linked.out.contains("shared by hard links")) << linked;
    EXPECT_TRUE(isSame(treeOf(m_other.path(u"copied/docker"_s)), treeOf(path(u"linked/docker"_s))));
}

TEST_F(SelectCopyTest, ASecondSelectCopiesNothing)
{
    const QString target = m_other.path(u"small"_s);
    const Outcome first = select(target, {u"--json"_s});
    const auto written = [](const Outcome &outcome) {
        return outcome.result().value(u"bytes"_s).toObject().value(u"written"_s).toInt(-1);
    };
    EXPECT_GT(written(first), 0) << first;
    const Tree before = treeOf(target);
    const Outcome second = select(target, {u"--json"_s});
    EXPECT_EQ(second.exitStatus, 0) << second;
    EXPECT_EQ(written(second), 0) << second;
    EXPECT_TRUE(isSame(treeOf(target), before));
}

} // namespace
} // namespace layerpool::test
