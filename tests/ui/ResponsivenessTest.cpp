// SPDX-License-Identifier: Apache-2.0
#include "EventWatch.h"
#include "WindowTest.h"

#include "models/PoolModel.h"
#include "support/FakeRegistry.h"
#include "support/Run.h"
#include "support/SampleHugePool.h"

#include <QFile>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QToolButton>

#include <cstdio>
#include <filesystem>
#include <memory>

// How long the window's thread is busy at a time. The tables are for people: 16 ms is a frame. Nothing here
// fails for being slow; what is asserted is that it works at that size.

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

constexpr int kPatienceMilliseconds = 60'000;

bool inTheEnd(const std::function<bool()> &isTrue)
{
    return QTest::qWaitFor(isTrue, kPatienceMilliseconds);
}

class ResponsivenessTest : public WindowTest
{
protected:
    static WatchingApplication &watch() { return WatchingApplication::instance(); }

    static void report(const QByteArray &of)
    {
        std::printf("%s\n%s", of.constData(),
                    WatchingApplication::tableOf(watch().stopWatching()).constData());
    }

    QTreeView *tree() const { return m_window.findChild<QTreeView *>(u"poolTree"_s); }
};

TEST_F(ResponsivenessTest, AConvertOf500ImagesLeavesTheWindowFree)
{
    constexpr int images = 500;
    FakeRegistry registry;
    SampleRegistry source(path(u"source"_s));
    QByteArray list;
    for (int i = 0; i < images; ++i) {
        const QString name = u"team-%1/app-%2"_s.arg(i % 20).arg(i);
        source.add(name, u"v1"_s, {.layers = 2, .layerBytes = 2000, .base = quint64(i % 5)});
        list += registry.host().toUtf8() + '/' + name.toUtf8() + ":v1\n";
    }
    registry.serve(source.path());
    ASSERT_NO_FATAL_FAILURE(openPoolAndList({u"busybox:1"_s}, list));

    watch().startWatching();
    ASSERT_NO_FATAL_FAILURE(openPlan(u"convert"_s));
    ASSERT_TRUE(inTheEnd([] { return canStart(); }));
    ASSERT_NO_FATAL_FAILURE(click(inPlan(u"planStartButton"_s)));
    ASSERT_TRUE(inTheEnd([&] { return m_workspace.pool()->totals().images == images + 1; }));
    ASSERT_TRUE(inTheEnd([&] { return m_workspace.list()->counts().here == images; }));
    report("A convert of 500 images: the longest events");
}

/// All of its images fail, one after the other.
class FailingTask final : public Task
{
public:
    explicit FailingTask(int images)
    {
        for (int i = 0; i < images; ++i) {
            m_lines.append(u"team-%1/app-%2:v1"_s.arg(i % 20).arg(i));
        }
    }

    QString title() const override { return u"Convert what nobody has"_s; }
    TaskResult run(const TaskContext &context) override
    {
        context.progress.setWork(std::make_shared<TaskWork>(m_lines));
        TaskResult result;
        for (const QString &line : m_lines) {
            const Error error{ErrorKind::NotFound, u"%1 is not there"_s.arg(line), u"404"_s,
                              u"Check its name"_s};
            context.report({TaskEvent::Kind::ImageFailed, line, error});
            result.failures.push_back({line, error});
        }
        return result;
    }

private:
    QStringList m_lines;
};

TEST_F(ResponsivenessTest, TenThousandFailuresLeaveTheWindowFree)
{
    constexpr int images = 10'000;
    const auto *tasks = m_window.findChild<QTreeView *>(u"taskTree"_s);
    watch().startWatching();
    m_workspace.queue().enqueue(std::make_unique<FailingTask>(images));
    ASSERT_TRUE(inTheEnd([this] { return !m_workspace.queue().hasWork(); }));
    report("10,000 images that fail: the longest events");
    const QModelIndex task = tasks->model()->index(0, 0);
    EXPECT_EQ(tasks->model()->rowCount(task), images);
    EXPECT_TRUE(tasks->isExpanded(task));
}

// Of this process since it was last forgotten; nothing where the system does not tell.
void forgetPeak()
{
    QFile file(u"/proc/self/clear_refs"_s);
    if (file.open(QIODevice::WriteOnly)) {
        file.write("5");
    }
}

double peakMegabytes()
{
    QFile file(u"/proc/self/status"_s);
    if (file.open(QIODevice::ReadOnly)) {
        for (const QByteArray &line : file.readAll().split('\n')) {
            if (line.startsWith("VmHWM:")) {
                return line.sliced(6).trimmed().split(' ').front().toDouble() * 1024 / 1e6;
            }
        }
    }
    return 0;
}

class HugePoolTest : public ResponsivenessTest
{
protected:
    // Made once: at full size it is of 1.3 million files and folders.
    static void SetUpTestSuite()
    {
        const int wanted = qEnvironmentVariableIntValue("LAYERPOOL_HUGE_REPOSITORIES");
        s_spec.repositories = wanted > 0 ? wanted : 500;
        s_folder = std::make_unique<QTemporaryDir>();
        makeHugePool(pool(), s_spec);
    }
    static void TearDownTestSuite()
    {
        std::filesystem::remove_all(pool().toStdString()); // QTemporaryDir looks at each file twice
        s_folder.reset();
    }
    void SetUp() override
    {
        forgetPeak();
        WindowTest::SetUp();
    }

    void open()
    {
        m_workspace.openPool(pool());
        ASSERT_TRUE(inTheEnd([this] { return m_workspace.pool() && shows(s_spec.repositories); }));
        ASSERT_TRUE(inTheEnd([this] { return sizeOfFirst() != u"…"_s; }));
    }
    void filterAndSortBlobs();
    QString sizeOfFirst() const { return tree()->model()->index(0, PoolModel::Size).data().toString(); }
    bool shows(int repositories) const { return tree()->model()->rowCount() == repositories; }
    QLineEdit *filter() const { return m_window.findChild<QLineEdit *>(u"poolFilter"_s); }

    static QString pool() { return s_folder->filePath(u"huge"_s); }

    inline static std::unique_ptr<QTemporaryDir> s_folder;
    inline static HugePoolSpec s_spec;
};

TEST_F(HugePoolTest, ItsNamesAreShownBeforeItsFigures)
{
    QElapsedTimer clock;
    clock.start();
    ASSERT_EQ(run(u"find"_s, {pool(), u"-type"_s, u"f"_s, u"-printf"_s, QString()}).exitStatus, 0);
    const qint64 find = clock.elapsed();
    qint64 firstRows = -1;
    qint64 allRows = -1;
    QString size;
    QObject::connect(tree()->model(), &QAbstractItemModel::modelReset, &m_window, [&] {
        if (firstRows < 0 && tree()->model()->rowCount() > 0) {
            firstRows = clock.elapsed();
        }
        if (allRows < 0 && shows(s_spec.repositories)) {
            allRows = clock.elapsed();
            size = sizeOfFirst();
            EXPECT_EQ(m_workspace.pool(), nullptr);
        }
    });
    watch().startWatching();
    clock.start();
    ASSERT_NO_FATAL_FAILURE(open());
    std::printf(
        "first rows after %lld ms, all rows after %lld ms, figures after %lld ms, find after %lld ms\n",
        static_cast<long long>(firstRows), static_cast<long long>(allRows),
        static_cast<long long>(clock.elapsed()), static_cast<long long>(find));
    EXPECT_LT(firstRows, allRows) << "one screen first";
    EXPECT_EQ(size, u"…"_s);
    EXPECT_EQ(m_workspace.pool()->totals().images, s_spec.tags());
    report("Opening a huge pool");
}

void HugePoolTest::filterAndSortBlobs()
{
    ASSERT_NO_FATAL_FAILURE(click(m_window.findChild<QWidget *>(u"poolBlobsButton"_s)));
    const auto *blobs = m_window.findChild<QTreeView *>(u"blobTree"_s);
    const int all = blobs->model()->rowCount();
    watch().startWatching();
    ASSERT_NO_FATAL_FAILURE(click(filter()));
    type(u"gateway"_s);
    ASSERT_TRUE(inTheEnd([&] { return blobs->model()->rowCount() < all; }));
    filter()->clear();
    ASSERT_TRUE(inTheEnd([&] { return blobs->model()->rowCount() == all; }));
    const QSignalSpy sorted(blobs->model(), &QAbstractItemModel::modelReset);
    blobs->header()->setSortIndicator(0, Qt::AscendingOrder);
    ASSERT_TRUE(inTheEnd([&] { return sorted.count() > 0; }));
    report("Filtering and sorting blobs");
    ASSERT_NO_FATAL_FAILURE(click(m_window.findChild<QWidget *>(u"poolTreeButton"_s)));
    ASSERT_TRUE(inTheEnd([this] { return tree()->isVisible(); }));
}

TEST_F(HugePoolTest, NothingThatIsDoneInItHoldsTheWindow)
{
    ASSERT_NO_FATAL_FAILURE(open());
    watch().startWatching();
    ASSERT_NO_FATAL_FAILURE(click(filter()));
    type(u"gateway"_s);
    ASSERT_TRUE(inTheEnd([this] { return shows(s_spec.repositories / 10); }));
    filter()->clear();
    ASSERT_TRUE(inTheEnd([this] { return shows(s_spec.repositories); }));
    report("Filtering");

    watch().startWatching();
    for (const int column : {PoolModel::Size, PoolModel::Unique, PoolModel::Created, PoolModel::Name}) {
        const QSignalSpy sorted(tree()->model(), &QAbstractItemModel::modelReset);
        tree()->header()->setSortIndicator(column, Qt::DescendingOrder);
        ASSERT_TRUE(inTheEnd([&] { return sorted.count() > 0; }));
    }
    report("Sorting");

    for (const char *view : {"poolBlobsButton", "poolSpaceButton", "poolTreeButton"}) {
        watch().startWatching();
        const auto *button = m_window.findChild<QToolButton *>(QLatin1String(view));
        const QSignalSpy shown(m_window.findChild<QWidget *>(u"poolPane"_s)->findChild<QStackedWidget *>(),
                               &QStackedWidget::currentChanged);
        ASSERT_NO_FATAL_FAILURE(click(m_window.findChild<QWidget *>(QLatin1String(view))));
        ASSERT_TRUE(inTheEnd([&] { return button->isChecked() && shown.count() > 0; }));
        QTest::qWait(0);
        report(view);
    }
    ASSERT_NO_FATAL_FAILURE(filterAndSortBlobs());

    watch().startWatching();
    ASSERT_NO_FATAL_FAILURE(click(tree()->viewport(), tree()->viewport()->rect().center()));
    press(Qt::Key_A, Qt::ControlModifier);
    press(Qt::Key_C, Qt::ControlModifier);
    report("Choosing and copying all");
    std::printf("memory: %.0f MB at the most\n", peakMegabytes());
}

} // namespace
} // namespace layerpool::test
