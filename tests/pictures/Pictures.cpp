// SPDX-License-Identifier: Apache-2.0
#include "Icons.h"
#include "Translations.h"
#include "models/TaskModel.h"
#include "support/StockRegistry.h"
#include "ui/WindowTest.h"
#include "views/pool/SpaceMapWidget.h"

#include <QCheckBox>
#include <QScreen>
#include <QTabWidget>
#include <QTableView>

// The pictures of the README: a real run of the window against the stock registry, photographed from the
// screen. packaging/screenshots.sh gives it a screen, in LAYERPOOL_PICTURES the folder that they go to, and
// in LAYERPOOL_FOLDER one with a short name, which is seen in them.

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

constexpr int kPatienceMilliseconds = 60'000;
constexpr int kFirstRelease = 34; // lines of the list
const QSize kWindow(1400, 860);
const QSize kFirstPage(1100, 620);

bool inTheEnd(const std::function<bool()> &isTrue)
{
    return QTest::qWaitFor(isTrue, kPatienceMilliseconds);
}

class Pictures : public WindowTest
{
protected:
    void SetUp() override
    {
        ASSERT_FALSE(m_pictures.isEmpty()) << "LAYERPOOL_PICTURES names no folder";
        ASSERT_TRUE(QDir().mkpath(m_folder)) << "LAYERPOOL_FOLDER names no folder";
        QFile file(QStringLiteral(LAYERPOOL_SOURCE_DIR "/tests/data/release-images-list.txt"));
        ASSERT_TRUE(file.open(QIODevice::ReadOnly));
        m_list = file.readAll();
        m_source.addForList(m_list, {.layers = 4, .layerSizes = {2'400'000, 700'000, 90'000, 12'000}});
        m_registry.emplace(m_source.path());
        ASSERT_TRUE(m_registry->isUp()) << m_registry->log().toStdString();
        m_settings.setValue(settings::source, m_registry->host());
        QGuiApplication::setApplicationDisplayName(u"Layerpool"_s);
        QApplication::setWindowIcon(programIcon());
        speak(*qApp);
        m_window.resize(kWindow);
        QCursor::setPos(m_window.screen()->geometry().bottomRight()); // where it lights nothing
        WindowTest::SetUp();
    }

    void TearDown() override { EXPECT_TRUE(QDir(poolPath()).removeRecursively()); }

    QString poolPath() const { return m_folder + u"/pool"_s; }
    template <typename Widget = QWidget>
    Widget *find(const QString &name) const
    {
        return m_window.findChild<Widget *>(name);
    }
    QTreeView *poolTree() const { return find<QTreeView>(u"poolTree"_s); }
    QTreeView *taskTree() const { return find<QTreeView>(u"taskTree"_s); }
    QModelIndex task(int column = TaskModel::Title) const { return taskTree()->model()->index(0, column); }

    /// Whether all that is shown has been found out.
    bool isAtRest()
    {
        const bool isListKnown =
            !m_workspace.list() || !m_workspace.pool() || m_workspace.list()->isCompared();
        return isListKnown && !m_workspace.isReadingPool() && m_workspace.workers().activeThreadCount() == 0;
    }
    /// The window as it is on the screen, with the dialog that lies over it.
    QImage look() { return m_window.screen()->grabWindow(0).toImage().copy(m_window.frameGeometry()); }
    void keep(const QString &name, const QImage &picture) const
    {
        EXPECT_TRUE(picture.save(QDir(m_pictures).filePath(name + u".png"_s))) << name.toStdString();
    }
    void photograph(const QString &name)
    {
        QImage seen;
        ASSERT_TRUE(inTheEnd([&] { // twice the same: what was found out has been laid out and painted, too
            const QImage before = seen;
            seen = look();
            return isAtRest() && seen == before;
        }));
        keep(name, seen);
    }

    /// A list of the first lines, and an empty pool for them.
    void openFirstRelease()
    {
        const QByteArrayList lines = m_list.split('\n').mid(0, kFirstRelease);
        const SampleRegistry pool(poolPath());
        ASSERT_NO_FATAL_FAILURE(
            dropFiles(&m_window, {pool.path(), writeList(u"release-3.3.txt"_s, lines.join('\n') + '\n')}));
        ASSERT_TRUE(inTheEnd([this] { return m_workspace.pool() && m_workspace.list(); }));
    }
    /// The next list: all of them, one that nobody has, one that is none, and one twice.
    void openSecondRelease()
    {
        QByteArray text = m_list;
        text.replace("lakeshore/sandbox:3.5\n",
                     "lakeshore/sandbox:3.6-rc1\nlakeshore/sandbox:3.4\nlakeshore/sandbox 3.5\n");
        ASSERT_NO_FATAL_FAILURE(dropFiles(&m_window, {writeList(u"release-3.4.txt"_s, text)}));
        ASSERT_TRUE(inTheEnd([this] {
            return m_workspace.list()->name().contains(u"3.4"_s) && m_workspace.list()->isCompared();
        }));
    }
    void convert()
    {
        ASSERT_NO_FATAL_FAILURE(openPlan(u"convert"_s));
        if (auto *leaveOut = inPlan<QCheckBox>(u"leaveOutCheck"_s); leaveOut->isVisible()) {
            leaveOut->setChecked(true);
        }
        ASSERT_TRUE(inTheEnd([] { return canStart(); }))
            << textIn(u"planDialog"_s, u"planMessage"_s).toStdString();
    }
    void startAndWait()
    {
        ASSERT_NO_FATAL_FAILURE(click(inPlan(u"planStartButton"_s)));
        ASSERT_TRUE(
            inTheEnd([this] { return !m_workspace.queue().hasWork() && !m_workspace.isReadingPool(); }));
        ASSERT_NO_FATAL_FAILURE(bringToFront(&m_window));
    }
    void fillPool()
    {
        ASSERT_NO_FATAL_FAILURE(openFirstRelease());
        ASSERT_NO_FATAL_FAILURE(convert());
        ASSERT_NO_FATAL_FAILURE(startAndWait());
    }
    void chooseFirstImage()
    {
        ASSERT_TRUE(inTheEnd([this] { // the rows come anew when the pool has been read
            const QModelIndex repository = poolTree()->model()->index(0, 0);
            poolTree()->expand(repository);
            const QModelIndex image = poolTree()->model()->index(0, 0, repository);
            poolTree()->expand(image);
            poolTree()->setCurrentIndex(image);
            return find<QTabWidget>(u"detailsTabs"_s)->isVisible();
        }));
    }

    /// The largest, with the images that need it.
    void chooseSharedBlob()
    {
        auto *blobs = find<QTreeView>(u"blobTree"_s);
        ASSERT_TRUE(inTheEnd([&] { return blobs->isVisible() && blobs->model()->rowCount() > 0; }));
        blobs->expand(blobs->model()->index(0, 0));
        blobs->setCurrentIndex(blobs->model()->index(0, 0));
    }

    QString m_pictures = qEnvironmentVariable("LAYERPOOL_PICTURES");
    QString m_folder = qEnvironmentVariable("LAYERPOOL_FOLDER");
    QByteArray m_list;
    SampleRegistry m_source{path(u"source"_s)};
    std::optional<StockRegistry> m_registry;
};

TEST_F(Pictures, FirstStart)
{
    m_window.resize(kFirstPage);
    photograph(u"welcome"_s);
}

TEST_F(Pictures, ListPoolSpaceAndDark)
{
    ASSERT_NO_FATAL_FAILURE(fillPool());
    ASSERT_NO_FATAL_FAILURE(openSecondRelease());
    ASSERT_NO_FATAL_FAILURE(chooseFirstImage());
    photograph(u"list"_s);
    ASSERT_NO_FATAL_FAILURE(click(find(u"poolBlobsButton"_s)));
    chooseSharedBlob();
    photograph(u"blobs"_s);
    ASSERT_NO_FATAL_FAILURE(click(find(u"poolSpaceButton"_s)));
    auto *map = find<SpaceMapWidget>(u"spaceMap"_s);
    ASSERT_TRUE(inTheEnd([map] { // drawn for the size that it has now
        return map->isVisible() && map->tileAt(map->rect().bottomRight() - QPoint(8, 8)) >= 0;
    }));
    map->setFocus();
    press(Qt::Key_Home);
    photograph(u"space"_s);
    ASSERT_NO_FATAL_FAILURE(click(find(u"poolTreeButton"_s)));
    m_window.findChild<QAction *>(u"darkThemeAction"_s)->trigger();
    photograph(u"dark"_s);
    m_window.findChild<QAction *>(u"systemThemeAction"_s)->trigger();
}

// Slow enough to be seen, and for long enough that it can be told how long is left: the first images are in
// the pool, others on their way.
TEST_F(Pictures, TasksAtWork)
{
    m_window.session()->connections.set(settings::bytesPerSecond, qint64(1'200'000));
    ASSERT_NO_FATAL_FAILURE(openFirstRelease());
    ASSERT_NO_FATAL_FAILURE(convert());
    ASSERT_NO_FATAL_FAILURE(click(inPlan(u"planStartButton"_s)));
    ASSERT_NO_FATAL_FAILURE(bringToFront(&m_window));
    ASSERT_TRUE(inTheEnd([this] { return task(TaskModel::Progress).data(FractionRole).toDouble() > 0; }));
    taskTree()->expand(task());
    ASSERT_NO_FATAL_FAILURE(click(taskTree()->viewport(), taskTree()->visualRect(task()).center()));
    ASSERT_TRUE(inTheEnd([this] {
        return task(TaskModel::Speed).data().toString().contains(u"left"_s) && !m_workspace.isReadingPool() &&
               poolTree()->isVisible() && poolTree()->model()->rowCount() > 1;
    })) << task(TaskModel::Speed).data().toString().toStdString();
    m_window.repaint(); // what is known by now is on the screen, too
    taskTree()->viewport()->repaint();
    keep(u"tasks"_s, look());
    m_workspace.queue().cancelAll();
    ASSERT_TRUE(inTheEnd([this] { return !m_workspace.queue().hasWork() && isAtRest(); }));
}

TEST_F(Pictures, PlanAndFailure)
{
    ASSERT_NO_FATAL_FAILURE(fillPool());
    ASSERT_NO_FATAL_FAILURE(openSecondRelease());
    ASSERT_NO_FATAL_FAILURE(convert());
    photograph(u"plan"_s);
    ASSERT_NO_FATAL_FAILURE(startAndWait());
    taskTree()->expand(task());
    ASSERT_NO_FATAL_FAILURE(click(taskTree()->viewport(), taskTree()->visualRect(task()).center()));
    const QModelIndex failed = taskTree()->model()->index(0, 0, task());
    taskTree()->expand(failed);
    taskTree()->scrollTo(task(), QAbstractItemView::PositionAtTop);
    photograph(u"failure"_s);
}

} // namespace
} // namespace layerpool::test
