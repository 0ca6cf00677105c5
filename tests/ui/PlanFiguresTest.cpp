// SPDX-License-Identifier: Apache-2.0
#include "Menus.h"
#include "WindowTest.h"

#include "models/TaskModel.h"
#include "support/FakeRegistry.h"

#include <QComboBox>
#include <QDirIterator>
#include <QLineEdit>
#include <QStorageInfo>

using namespace Qt::Literals::StringLiterals;

// What a plan says in numbers is what the task then does.

namespace layerpool::test {
namespace {

constexpr qint64 kOthersMayWrite = 256'000'000; // on the same disk, between a plan and its end

qint64 bytesBelow(const QString &folder)
{
    qint64 bytes = 0;
    for (QDirIterator each(folder, QDir::Files, QDirIterator::Subdirectories); each.hasNext();) {
        each.next();
        bytes += each.fileInfo().size();
    }
    return bytes;
}

class PlanFiguresTest : public WindowTest
{
protected:
    /// Opens a pool of two images that share a layer, and a list.
    void openSamples(const QByteArray &list = "team/a:v1\n")
    {
        m_pool.add(u"team/a"_s, u"v1"_s, m_spec);
        m_pool.add(u"team/b"_s, u"v1"_s, m_spec);
        ASSERT_NO_FATAL_FAILURE(dropFiles(&m_window, {m_pool.path(), writeList(u"a.txt"_s, list)}));
        ASSERT_NO_FATAL_FAILURE(waitForWholePool(2));
        ASSERT_TRUE(soon([this] { return m_workspace.list() && m_workspace.list()->isCompared(); }));
    }
    void chooseWholePool()
    {
        ASSERT_NO_FATAL_FAILURE(tabTo(inPlan(u"subjectCombo"_s)));
        press(Qt::Key_End);
    }
    static void waitForFigures()
    {
        ASSERT_TRUE(soon([] { return canStart(); }))
            << textIn(u"planDialog"_s, u"planMessage"_s).toStdString();
    }
    /// In bytes, as the plan shows it now.
    static qint64 figure(const QString &name)
    {
        const auto *label = inPlan<QLabel>(name + u"Figure"_s);
        EXPECT_TRUE(label && label->isVisible()) << name.toStdString();
        return label ? QLocale().toLongLong(label->toolTip().section(u' ', 0, 0)) : -1;
    }
    /// Starts what is planned.
    TaskResult result()
    {
        EXPECT_NO_FATAL_FAILURE(start());
        EXPECT_NO_FATAL_FAILURE(bringToFront(&m_window));
        const auto *tasks =
            qobject_cast<TaskModel *>(m_window.findChild<QTreeView *>(u"taskTree"_s)->model());
        const TaskResult *result = tasks->resultOf(tasks->index(0, 0));
        EXPECT_TRUE(result && result->isClean());
        return result ? *result : TaskResult();
    }
    static void expectFree(qint64 said, const QString &folder)
    {
        EXPECT_LT(std::abs(QStorageInfo(folder).bytesAvailable() - said), kOthersMayWrite);
    }

    const ImageSpec m_spec{.layerBytes = 300'000, .base = 7};
    SampleRegistry m_pool{path(u"pool"_s)};
};

TEST_F(PlanFiguresTest, OfConvert)
{
    SampleRegistry source(path(u"source"_s));
    const Sample a = source.add(u"team/c"_s, u"v1"_s, m_spec); // its base is in the pool
    const Sample b = source.add(u"team/d"_s, u"v1"_s, m_spec);
    FakeRegistry registry;
    registry.serve(source.path());
    ASSERT_NO_FATAL_FAILURE(openSamples("team/c:v1\nteam/d:v1\n"));
    ASSERT_NO_FATAL_FAILURE(openPlan(u"convert"_s));
    ASSERT_NO_FATAL_FAILURE(typeInto(inPlan(u"sourceEdit"_s), registry.host()));
    ASSERT_NO_FATAL_FAILURE(waitForFigures());
    const qint64 fetch = figure(u"fetch"_s);
    const qint64 reuse = figure(u"reuse"_s);
    const qint64 write = figure(u"write"_s);
    const qint64 free = figure(u"free"_s);
    const qint64 before = bytesBelow(m_pool.path() + u"/docker/registry/v2/blobs"_s);
    qint64 manifests = 0; // they came with the plan
    for (const Sample &image : {a, b}) {
        manifests += image.bytes.size();
    }
    EXPECT_EQ(fetch + manifests, write);
    EXPECT_GT(reuse, 300'000);
    const TaskResult result = this->result();
    EXPECT_EQ(result.bytesTransferred, fetch);
    EXPECT_EQ(result.bytesReused, reuse);
    EXPECT_EQ(result.bytesWritten, write);
    EXPECT_EQ(bytesBelow(m_pool.path() + u"/docker/registry/v2/blobs"_s) - before, write);
    expectFree(free, m_pool.path());
}

TEST_F(PlanFiguresTest, OfSelect)
{
    ASSERT_NO_FATAL_FAILURE(openSamples());
    ASSERT_NO_FATAL_FAILURE(openPlan(u"select"_s));
    ASSERT_NO_FATAL_FAILURE(typeInto(inPlan(u"targetEdit"_s), path(u"small"_s)));
    ASSERT_NO_FATAL_FAILURE(waitForFigures());
    const qint64 selected = figure(u"selected"_s);
    const qint64 write = figure(u"write"_s);
    const qint64 free = figure(u"free"_s);
    EXPECT_EQ(figure(u"reuse"_s), 0);
    const TaskResult result = this->result();
    EXPECT_EQ(result.bytesReused, selected) << "by hard links";
    EXPECT_EQ(bytesBelow(path(u"small"_s) + u"/docker/registry/v2/blobs"_s), selected);
    EXPECT_EQ(result.bytesWritten, write);
    expectFree(free, path(u"small"_s));

    ASSERT_NO_FATAL_FAILURE(openPlan(u"select"_s)); // the other joins it
    ASSERT_NO_FATAL_FAILURE(typeInto(inPlan(u"targetEdit"_s), path(u"small"_s)));
    ASSERT_NO_FATAL_FAILURE(chooseWholePool());
    ASSERT_NO_FATAL_FAILURE(waitForFigures());
    EXPECT_EQ(figure(u"reuse"_s), selected);
    EXPECT_EQ(figure(u"selected"_s), m_workspace.pool()->totals().storedBytes);
}

TEST_F(PlanFiguresTest, OfExport)
{
    ASSERT_NO_FATAL_FAILURE(openSamples());
    const auto planAgain = [this] {
        ASSERT_NO_FATAL_FAILURE(chooseInMenu(m_window, u"export"_s));
        ASSERT_NO_FATAL_FAILURE(waitFor(u"planDialog"_s));
        ASSERT_NO_FATAL_FAILURE(typeInto(inPlan(u"targetEdit"_s), path(u"out"_s)));
        ASSERT_NO_FATAL_FAILURE(waitForFigures());
    };
    ASSERT_NO_FATAL_FAILURE(planAgain());
    const qint64 selected = figure(u"selected"_s);
    EXPECT_EQ(figure(u"reuse"_s), 0);
    EXPECT_EQ(figure(u"write"_s), 0) << "by hard links";
    const TaskResult result = this->result();
    EXPECT_EQ(result.bytesWritten, 0);
    const qint64 manifest = SampleRegistry(path(u"same"_s)).add(u"team/a"_s, u"v1"_s, m_spec).bytes.size();
    EXPECT_EQ(result.bytesReused, selected - manifest);

    ASSERT_NO_FATAL_FAILURE(planAgain());
    EXPECT_EQ(figure(u"reuse"_s), selected - manifest);
    ASSERT_NO_FATAL_FAILURE(chooseWholePool());
    ASSERT_NO_FATAL_FAILURE(waitForFigures());
    EXPECT_EQ(figure(u"selected"_s), m_workspace.pool()->totals().storedBytes);
    EXPECT_LT(figure(u"reuse"_s), selected - manifest)
        << "the base that they share lacks in the other's folder";
}

TEST_F(PlanFiguresTest, OfTar)
{
    ASSERT_NO_FATAL_FAILURE(openSamples());
    ASSERT_NO_FATAL_FAILURE(openPlan(u"tar"_s));
    ASSERT_NO_FATAL_FAILURE(typeInto(inPlan(u"targetEdit"_s), path(u"all.tar"_s)));
    ASSERT_NO_FATAL_FAILURE(chooseWholePool());
    ASSERT_NO_FATAL_FAILURE(waitForFigures());
    EXPECT_EQ(figure(u"selected"_s), m_workspace.pool()->totals().storedBytes);
    const qint64 write = figure(u"write"_s);
    const qint64 free = figure(u"free"_s);
    const TaskResult result = this->result();
    EXPECT_EQ(result.bytesWritten, QFileInfo(path(u"all.tar"_s)).size());
    EXPECT_GE(write, result.bytesWritten) << "it is never less than said";
    EXPECT_LT(write, result.bytesWritten + result.bytesWritten / 20);
    expectFree(free, path(u"all.tar"_s));
}

TEST_F(PlanFiguresTest, OfImport)
{
    ASSERT_NO_FATAL_FAILURE(openSamples());
    ASSERT_NO_FATAL_FAILURE(openPlan(u"tar"_s));
    ASSERT_NO_FATAL_FAILURE(typeInto(inPlan(u"targetEdit"_s), path(u"all.tar"_s)));
    ASSERT_NO_FATAL_FAILURE(chooseWholePool());
    ASSERT_NO_FATAL_FAILURE(waitForFigures());
    result();

    SampleRegistry there(path(u"there"_s));
    there.add(u"team/a"_s, u"v1"_s, m_spec); // one of the two is there already
    m_workspace.openPool(there.path());
    ASSERT_TRUE(soon([&] { return m_workspace.pool()->path() == there.path(); }));
    ASSERT_NO_FATAL_FAILURE(dropFiles(&m_window, {path(u"all.tar"_s)}));
    ASSERT_NO_FATAL_FAILURE(importFromPage());
    ASSERT_NO_FATAL_FAILURE(waitForFigures());
    const qint64 write = figure(u"write"_s);
    const qint64 reuse = figure(u"reuse"_s);
    const qint64 free = figure(u"free"_s);
    EXPECT_EQ(write + reuse, m_pool.blobBytes());
    const TaskResult result = this->result();
    EXPECT_EQ(result.bytesWritten, write);
    EXPECT_EQ(result.bytesReused, reuse);
    expectFree(free, there.path());
}

TEST_F(PlanFiguresTest, OfPushAndOfTheVerifyAfterIt)
{
    FakeRegistry registry;
    registry.acceptPushes();
    ASSERT_NO_FATAL_FAILURE(openSamples());
    for (const bool isWhole : {false, true}) {
        ASSERT_NO_FATAL_FAILURE(openPlan(u"push"_s));
        ASSERT_NO_FATAL_FAILURE(typeInto(inPlan(u"targetEdit"_s), registry.host()));
        if (isWhole) { // the first image is there, and the other shares its base
            ASSERT_NO_FATAL_FAILURE(chooseWholePool());
        }
        ASSERT_NO_FATAL_FAILURE(waitForFigures());
        const qint64 send = figure(u"send"_s);
        const qint64 mount = figure(u"mount"_s);
        const qint64 reuse = figure(u"reuse"_s);
        EXPECT_EQ(mount > 0, isWhole);
        EXPECT_EQ(reuse > 0, isWhole);
        const PoolIndex &pool = *m_workspace.pool();
        const qint64 other = isWhole ? pool.sizeOf(pool.allTags().at(1)) : 0;
        EXPECT_EQ(send + mount + reuse, pool.sizeOf(pool.allTags().at(0)) + other)
            << "what is needed in each repository, once";
        const TaskResult result = this->result();
        EXPECT_EQ(result.bytesTransferred, send);
        EXPECT_EQ(result.bytesReused, mount + reuse);
    }

    ASSERT_NO_FATAL_FAILURE(openPlan(u"verify"_s));
    ASSERT_NO_FATAL_FAILURE(waitForFigures());
    EXPECT_EQ(figure(u"read"_s), bytesBelow(m_pool.path() + u"/docker/registry/v2/blobs"_s));
    ASSERT_NO_FATAL_FAILURE(tabTo(inPlan(u"verifyCombo"_s)));
    press(Qt::Key_End);
    ASSERT_NO_FATAL_FAILURE(typeInto(inPlan(u"targetEdit"_s), registry.host()));
    ASSERT_NO_FATAL_FAILURE(chooseWholePool());
    ASSERT_NO_FATAL_FAILURE(waitForFigures());
    EXPECT_EQ(figure(u"compare"_s), m_workspace.pool()->totals().storedBytes);
    EXPECT_EQ(figure(u"fetch"_s), 0);
    EXPECT_EQ(result().bytesTransferred, 0);
}

} // namespace
} // namespace layerpool::test
