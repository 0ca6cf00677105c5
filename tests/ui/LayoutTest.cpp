// SPDX-License-Identifier: Apache-2.0
#include "WindowTest.h"

#include "models/ListModel.h"
#include "models/PoolModel.h"
#include "views/ColumnRoom.h"

#include <QHeaderView>
#include <QScreen>
#include <QSplitter>
#include <QTreeWidget>

// How the window was left is how it comes back.

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

class LayoutTest : public WindowTest
{
protected:
    static QHeaderView *header(const QWidget &window, const QString &view)
    {
        if (const auto *tree = window.findChild<QTreeView *>(view)) {
            return tree->header();
        }
        return window.findChild<QTableView *>(view)->horizontalHeader();
    }
    static QStringList shownColumns(const QHeaderView &header)
    {
        QStringList titles;
        for (int section = 0; section < header.count(); ++section) {
            if (!header.isSectionHidden(section)) {
                titles << header.model()->headerData(section, Qt::Horizontal).toString();
            }
        }
        return titles;
    }
    /// Drags with the left button, by so much.
    static void drag(QWidget *widget, const QPoint &from, const QPoint &by)
    {
        QWindow *top = widget->window()->windowHandle();
        const QPoint start = widget->mapTo(widget->window(), from);
        QTest::mousePress(top, Qt::LeftButton, {}, start);
        QTest::mouseMove(top, start + by / 2);
        QTest::mouseMove(top, start + by);
        QTest::mouseRelease(top, Qt::LeftButton, {}, start + by);
    }
    void dragSplitter(const QString &name, const QPoint &by)
    {
        QSplitterHandle *handle = m_window.findChild<QSplitter *>(name)->handle(1);
        const QList<int> before = m_window.findChild<QSplitter *>(name)->sizes();
        drag(handle, handle->rect().center(), by);
        ASSERT_NE(m_window.findChild<QSplitter *>(name)->sizes(), before) << name.toStdString();
    }
    void dragColumn(const QString &view, int section, int by)
    {
        QHeaderView *columns = header(m_window, view);
        const int before = columns->sectionSize(section);
        const int edge = columns->sectionViewportPosition(section) + before - 1;
        drag(columns->viewport(), {edge, columns->height() / 2}, {by, 0});
        ASSERT_NE(columns->sectionSize(section), before) << view.toStdString();
    }
    void show(const QString &button)
    {
        ASSERT_NO_FATAL_FAILURE(click(m_window.findChild<QWidget *>(button)));
    }
};

// Whatever is looked at, and in the next session too.
TEST_F(LayoutTest, GroupsOfDetailsStayAsTheyWereLeft)
{
    ASSERT_NO_FATAL_FAILURE(openPoolAndList({u"calico/cni:v1"_s, u"redis:6"_s}, "redis:6\n"));
    ASSERT_NO_FATAL_FAILURE(waitForWholePool(2));
    const auto group = [](const QWidget &window, const QString &name) {
        const auto found =
            window.findChild<QTreeWidget *>(u"detailsFacts"_s)->findItems(name, Qt::MatchExactly);
        return found.isEmpty() ? nullptr : found.first();
    };
    const auto showFirst = [&](MainWindow &window) {
        auto *tree = window.findChild<QTreeView *>(u"poolTree"_s);
        ASSERT_TRUE(soon([&] { return tree->model()->rowCount() == 2; }));
        tree->setCurrentIndex(tree->model()->index(0, 0));
        ASSERT_TRUE(soon([&] { return group(window, u"Tags"_s) != nullptr; }));
    };
    ASSERT_NO_FATAL_FAILURE(showFirst(m_window));
    ASSERT_TRUE(group(m_window, u"Tags"_s)->isExpanded()) << "as it begins";
    auto *facts = m_window.findChild<QTreeWidget *>(u"detailsFacts"_s);
    facts->setFocus();
    facts->setCurrentItem(group(m_window, u"Tags"_s));
    QTest::keyClick(facts, Qt::Key_Left);
    ASSERT_FALSE(group(m_window, u"Tags"_s)->isExpanded());
    m_window.close();

    Workspace workspace;
    MainWindow again(workspace, m_dialogs, m_settings);
    again.show();
    again.open({}, {});
    ASSERT_NO_FATAL_FAILURE(showFirst(again));
    EXPECT_FALSE(group(again, u"Tags"_s)->isExpanded());
    EXPECT_TRUE(group(again, u"Summary"_s)->isExpanded());
}

TEST_F(LayoutTest, SizeSplittersAndColumnsComeBack)
{
    const QSize screen = m_window.screen()->availableSize();
    m_window.resize(screen * 9 / 10);
    ASSERT_NO_FATAL_FAILURE(openPoolAndList({u"calico/cni:v1"_s, u"redis:6"_s}, "redis:6\nnginx:1\n"));
    ASSERT_NO_FATAL_FAILURE(waitForWholePool(2));
    ASSERT_NO_FATAL_FAILURE(dragSplitter(u"panesSplitter"_s, {40, 0}));
    ASSERT_NO_FATAL_FAILURE(dragSplitter(u"tasksSplitter"_s, {0, 30}));
    ASSERT_NO_FATAL_FAILURE(dragColumn(u"listTable"_s, ListModel::State, 15));
    ASSERT_NO_FATAL_FAILURE(dragColumn(u"poolTree"_s, PoolModel::Size, 12));
    ASSERT_NO_FATAL_FAILURE(show(u"poolBlobsButton"_s));
    ASSERT_TRUE(soon([this] { return m_window.findChild<QWidget *>(u"blobTree"_s)->isVisible(); }));
    header(m_window, u"blobTree"_s)->resizeSection(2, 99);
    header(m_window, u"blobTree"_s)->setSortIndicator(3, Qt::AscendingOrder);
    ASSERT_NO_FATAL_FAILURE(show(u"poolSpaceButton"_s));
    auto *space = m_window.findChild<QTreeView *>(u"spaceTable"_s);
    ASSERT_TRUE(soon([&] { return space->isVisible(); }));
    ASSERT_NO_FATAL_FAILURE(dragSplitter(u"spaceSplitter"_s, {0, -20}));
    header(m_window, u"spaceTable"_s)->resizeSection(1, 95);
    header(m_window, u"detailsFacts"_s)->resizeSection(0, 101);
    header(m_window, u"logLines"_s)->resizeSection(0, 103);
    header(m_window, u"taskTree"_s)->resizeSection(1, 107);

    const QSize size = m_window.size();
    QHash<QString, QList<int>> splitters;
    for (const QSplitter *splitter : m_window.findChildren<QSplitter *>()) {
        splitters.insert(splitter->objectName(), splitter->sizes());
    }
    EXPECT_EQ(splitters.size(), 3) << "each has a name";
    QHash<QString, QList<int>> widths;
    const auto widthsIn = [](const QHeaderView &columns) {
        QList<int> sizes;
        for (int section = 0; section < columns.count(); ++section) {
            const bool isFixed = columns.sectionResizeMode(section) == QHeaderView::Interactive;
            sizes << (isFixed ? columns.sectionSize(section) : -1); // the others follow from the window
        }
        return sizes;
    };
    for (const ColumnRoom *table : m_window.findChildren<ColumnRoom *>()) {
        widths.insert(table->viewName(), widthsIn(*header(m_window, table->viewName())));
    }
    EXPECT_EQ(widths.size(), 7) << "each has a name";
    m_window.close();

    Workspace workspace;
    MainWindow again(workspace, m_dialogs, m_settings);
    again.show();
    again.open({}, {});
    ASSERT_TRUE(soon([&] { return again.findChild<QWidget *>(u"spaceTable"_s)->isVisible(); }))
        << "the view of the pool, too";
    EXPECT_EQ(again.size(), size);
    for (const QSplitter *splitter : again.findChildren<QSplitter *>()) {
        EXPECT_EQ(splitter->sizes(), splitters[splitter->objectName()])
            << splitter->objectName().toStdString();
    }
    for (auto each = widths.begin(); each != widths.end(); ++each) {
        EXPECT_EQ(widthsIn(*header(again, each.key())), each.value()) << each.key().toStdString();
    }
    EXPECT_EQ(header(again, u"blobTree"_s)->sortIndicatorSection(), 3);
    EXPECT_EQ(header(again, u"listTable"_s)->sortIndicatorSection(), -1) << "as its file has it";
}

// At the size of a small laptop the list says how much of an image is there, and the pool what the drawing of
// the window has.
TEST_F(LayoutTest, ASmallLaptopShowsTheColumnsThatTellMost)
{
    m_window.resize(1366, 768);
    QByteArray release;
    for (int line = 0; line < 150; ++line) { // their numbers and a scroll bar want room, too
        release += "calico/node:v" + QByteArray::number(line) + '\n';
    }
    ASSERT_NO_FATAL_FAILURE(openPoolAndList({u"calico/cni:v1"_s, u"redis:6"_s}, release));
    ASSERT_TRUE(soon([this] { return m_window.width() == 1366; }));
    EXPECT_EQ(shownColumns(*header(m_window, u"listTable"_s)),
              QStringList({u"State"_s, u"Image"_s, u"Size"_s}));
    EXPECT_EQ(shownColumns(*header(m_window, u"poolTree"_s)),
              QStringList({u"Name"_s, u"Size"_s, u"Unique"_s, u"Shared"_s, u"Created"_s}));
}

} // namespace
} // namespace layerpool::test
