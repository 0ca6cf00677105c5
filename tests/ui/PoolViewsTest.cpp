// SPDX-License-Identifier: Apache-2.0
#include "WindowTest.h"
#include "base/Digester.h"
#include "models/PoolModel.h"
#include "models/Roles.h"
#include "models/SpaceModel.h"
#include "views/pool/SpaceMapWidget.h"

#include <QLineEdit>
#include <QClipboard>
#include <QHeaderView>
#include <QToolButton>
#include <QToolTip>
#include <QPushButton>
#include <QTabBar>
#include <QTabWidget>
#include <QTreeView>
#include <QTreeWidget>

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

// The pool from above, from below and as a picture, and the ways between them.
class PoolViewsTest : public WindowTest
{
protected:
    void SetUp() override
    {
        WindowTest::SetUp();
        SampleRegistry pool(path(u"pool"_s));
        const ImageSpec onOneBase{.layers = 2, .layerSizes = {90'000, 8'000}, .sharedLayers = 1, .base = 0};
        const Sample calico = pool.add(u"calico/cni"_s, u"v1"_s, onOneBase);
        m_base = calico.amd64().layers[0];
        m_config = calico.amd64().config;
        pool.add(u"redis"_s, u"6"_s, onOneBase);
        m_window.open(pool.path(), {});
        ASSERT_NO_FATAL_FAILURE(waitForWholePool(2));
    }
    template <typename Widget>
    Widget *find(const QString &name) const
    {
        return m_window.findChild<Widget *>(name);
    }
    QTreeView *view(const QString &name) const { return find<QTreeView>(name); }
    int rows(const QString &name) const { return view(name)->model()->rowCount(); }
    void show(const QString &button, const QString &page)
    {
        ASSERT_NO_FATAL_FAILURE(click(find<QToolButton>(button)));
        ASSERT_TRUE(soon([&] { return find<QWidget>(page)->isVisible(); }));
    }
    /// The middle of a tile of the picture; null before it is drawn for the size that it has.
    QPoint placeOf(int tile) const
    {
        const auto *map = find<SpaceMapWidget>(u"spaceMap"_s);
        QRectF drawn;
        for (const SpaceMap::Frame &frame :
             map->map() ? map->map()->frames : std::vector<SpaceMap::Frame>()) {
            drawn |= frame.rect;
        }
        return drawn.toRect().size() == map->size()
                   ? map->map()->tiles[std::size_t(tile)].rect.center().toPoint()
                   : QPoint();
    }
    void clickHeader(const QString &name, int column)
    {
        const QHeaderView *header = view(name)->header();
        ASSERT_FALSE(header->isSectionHidden(column));
        click(header->viewport(), {header->sectionViewportPosition(column) + 20, header->height() / 2});
    }
    QString current(const QString &name) const
    {
        return view(name)->currentIndex().data(ReferenceRole).toString();
    }

    Digest m_base;
    Digest m_config; ///< of calico/cni:v1
};

TEST_F(PoolViewsTest, FromABlobToAnImageThatSharesIt)
{
    ASSERT_NO_FATAL_FAILURE(show(u"poolBlobsButton"_s, u"blobTree"_s));
    QTreeView *blobs = view(u"blobTree"_s);
    const QModelIndex base = blobs->model()->index(0, 0);
    EXPECT_EQ(base.data(DigestRole).toString(), m_base.toString()) << "the largest is on top";
    click(blobs->viewport(), blobs->visualRect(base).center());
    press(Qt::Key_Right);
    press(Qt::Key_Down);
    press(Qt::Key_Down);
    EXPECT_EQ(current(u"blobTree"_s), u"redis:6"_s);
    press(Qt::Key_Return);
    ASSERT_TRUE(soon([this] { return current(u"poolTree"_s) == u"redis:6"_s; }));
    EXPECT_TRUE(view(u"poolTree"_s)->isVisible());
    EXPECT_TRUE(view(u"poolTree"_s)->hasFocus());
}

TEST_F(PoolViewsTest, ThePictureByKeyboard)
{
    ASSERT_NO_FATAL_FAILURE(show(u"poolSpaceButton"_s, u"spaceMap"_s));
    auto *map = find<SpaceMapWidget>(u"spaceMap"_s);
    ASSERT_NO_FATAL_FAILURE(tabTo(map));
    press(Qt::Key_Home);
    EXPECT_EQ(map->currentTile(), 0);
    EXPECT_TRUE(map->accessibleDescription().startsWith(u"calico/cni: "_s));
    EXPECT_EQ(view(u"spaceTable"_s)->currentIndex().data(DigestRole).toString(), m_base.toString())
        << "the table follows";
    press(Qt::Key_Right);
    EXPECT_NE(map->currentTile(), 0);
    press(Qt::Key_Home);
    EXPECT_EQ(map->currentTile(), 0);
    press(Qt::Key_Return);
    ASSERT_TRUE(soon([this] { return current(u"poolTree"_s) == u"calico/cni:v1"_s; }));
}

TEST_F(PoolViewsTest, ThePictureByMouse)
{
    ASSERT_NO_FATAL_FAILURE(show(u"poolSpaceButton"_s, u"spaceMap"_s));
    auto *map = find<SpaceMapWidget>(u"spaceMap"_s);
    ASSERT_TRUE(soon([&] { return placeOf(1) != QPoint(); })) << "drawn";
    QTreeView *table = view(u"spaceTable"_s);
    const QModelIndex repository = table->model()->index(1, 0);
    const QPoint place = placeOf(1); // of calico/cni, after the base
    QTest::mousePress(m_window.windowHandle(), Qt::LeftButton, {}, map->mapTo(&m_window, place));
    EXPECT_EQ(map->currentTile(), 1);
    EXPECT_EQ(table->currentIndex().parent().data(ReferenceRole).toString(), u"calico/cni"_s);
    QTest::mouseRelease(m_window.windowHandle(), Qt::LeftButton, {}, map->mapTo(&m_window, placeOf(0)));
    EXPECT_TRUE(map->isVisible()) << "left with the button down: not meant";
    table->scrollTo(repository);
    click(table->viewport(), table->visualRect(repository).center());
    EXPECT_EQ(map->currentTile(), -1) << "a repository is no tile";
    ASSERT_NO_FATAL_FAILURE(click(map, place));
    ASSERT_TRUE(soon([this] { return current(u"poolTree"_s) == u"calico/cni:v1"_s; }));
    EXPECT_TRUE(view(u"poolTree"_s)->hasFocus());
}

TEST_F(PoolViewsTest, ThePointerTellsWhatATileIsAndLightsItsUsers)
{
    ASSERT_NO_FATAL_FAILURE(show(u"poolSpaceButton"_s, u"spaceMap"_s));
    auto *map = find<SpaceMapWidget>(u"spaceMap"_s);
    ASSERT_TRUE(soon([&] { return placeOf(0) != QPoint(); }));
    const QImage before = map->grab().toImage();
    const QPoint base = map->mapTo(&m_window, placeOf(0));
    QTest::mouseMove(m_window.windowHandle(), base - QPoint(4, 4));
    QTest::mouseMove(m_window.windowHandle(), base);
    ASSERT_TRUE(soon([] { return QToolTip::isVisible(); }));
    EXPECT_EQ(QToolTip::text().section(u'\n', 0, 0), u"calico/cni: 90.3 kB"_s);
    EXPECT_TRUE(QToolTip::text().contains(u"shared by 2 image(s)"_s)) << QToolTip::text().toStdString();
    const QImage lit = map->grab().toImage();
    const auto framesThatChanged = [&] {
        QStringList changed;
        const SpaceMap &drawn = *map->map();
        for (int frame = 0; frame < int(drawn.frames.size()); ++frame) {
            const QRect rect = drawn.frames[std::size_t(frame)].rect.toRect();
            const QRect edge(rect.left(), rect.top(), rect.width(), 3); // above its tiles
            if (lit.copy(edge) != before.copy(edge)) {
                changed << frameName(drawn, frame);
            }
        }
        return changed;
    };
    EXPECT_EQ(framesThatChanged(), QStringList({u"calico/cni"_s, u"redis"_s})) << "both need it";
    QToolTip::hideText();
}

TEST_F(PoolViewsTest, WhatNoImageNeedsLeadsNowhere)
{
    QDir(path(u"pool/docker/registry/v2/repositories/redis"_s)).removeRecursively();
    m_workspace.refreshPool();
    ASSERT_TRUE(soon([this] { return rows(u"poolTree"_s) == 1; }));
    ASSERT_NO_FATAL_FAILURE(show(u"poolSpaceButton"_s, u"spaceMap"_s));
    auto *map = find<SpaceMapWidget>(u"spaceMap"_s);
    ASSERT_NO_FATAL_FAILURE(tabTo(map));
    press(Qt::Key_End);
    ASSERT_TRUE(map->accessibleDescription().startsWith(u"Needed by no image: "_s))
        << map->accessibleDescription().toStdString();
    press(Qt::Key_Return);
    ASSERT_NO_FATAL_FAILURE(click(map, placeOf(map->currentTile())));
    QCoreApplication::processEvents();
    EXPECT_TRUE(map->isVisible());
    EXPECT_TRUE(map->hasFocus());
}

// A shape, not a colour alone: what is shared has a second ink, what is not has one.
TEST_F(PoolViewsTest, SharedTilesAreHatched)
{
    ASSERT_NO_FATAL_FAILURE(show(u"poolSpaceButton"_s, u"spaceMap"_s));
    auto *map = find<SpaceMapWidget>(u"spaceMap"_s);
    ASSERT_TRUE(soon([&] { return placeOf(1) != QPoint(); }));
    const QImage picture = map->grab().toImage();
    const auto inks = [&](int tile) {
        QRect corner = map->map()->tiles[std::size_t(tile)].rect.toRect().adjusted(3, 3, -3, -3);
        corner.setSize(corner.size().boundedTo(QSize(12, 12))); // beside what is written in its middle
        QSet<QRgb> colours;
        for (int y = corner.top(); y <= corner.bottom(); ++y) {
            for (int x = corner.left(); x <= corner.right(); ++x) {
                colours.insert(picture.pixel(x, y));
            }
        }
        return colours.size();
    };
    ASSERT_TRUE(map->map()->isShared(0));
    EXPECT_GT(inks(0), 1);
    ASSERT_FALSE(map->map()->isShared(1));
    EXPECT_EQ(inks(1), 1);
}

TEST_F(PoolViewsTest, SpaceTicksAllThatIsChosen)
{
    ASSERT_NO_FATAL_FAILURE(show(u"poolTreeButton"_s, u"poolTree"_s));
    view(u"poolTree"_s)->setFocus();
    press(Qt::Key_Home);
    press(Qt::Key_A, Qt::ControlModifier);
    press(Qt::Key_Space);
    EXPECT_EQ(m_workspace.ticks().count(), 2);
    press(Qt::Key_Space);
    EXPECT_EQ(m_workspace.ticks().count(), 0);
}

TEST_F(PoolViewsTest, AFilterHoldsInEachViewAndIsLiftedForWhatItHides)
{
    auto *filter = find<QLineEdit>(u"poolFilter"_s);
    QTest::keyClicks(filter, u"redis"_s);
    ASSERT_TRUE(soon([this] { return rows(u"poolTree"_s) == 1; }));
    ASSERT_NO_FATAL_FAILURE(show(u"poolBlobsButton"_s, u"blobTree"_s));
    EXPECT_EQ(rows(u"blobTree"_s), 4) << "manifest, config and two layers";
    QTreeView *blobs = view(u"blobTree"_s);
    const QModelIndex calico = blobs->model()->index(0, 0, blobs->model()->index(0, 0));
    EXPECT_EQ(calico.data().toString(), u"calico/cni:v1"_s);
    blobs->setCurrentIndex(calico);
    blobs->setFocus();
    press(Qt::Key_Return);
    ASSERT_TRUE(soon([this] { return current(u"poolTree"_s) == u"calico/cni:v1"_s; }));
    EXPECT_TRUE(filter->text().isEmpty());
}

TEST_F(PoolViewsTest, AFilterThatKnowsOnlyTheBlobIsLiftedToo)
{
    auto *filter = find<QLineEdit>(u"poolFilter"_s);
    QTest::keyClicks(filter, m_base.shortHex());
    ASSERT_NO_FATAL_FAILURE(show(u"poolBlobsButton"_s, u"blobTree"_s));
    ASSERT_TRUE(soon([this] { return rows(u"blobTree"_s) == 1; }));
    QTreeView *blobs = view(u"blobTree"_s);
    blobs->setCurrentIndex(blobs->model()->index(1, 0, blobs->model()->index(0, 0)));
    blobs->setFocus();
    press(Qt::Key_Return);
    ASSERT_TRUE(soon([this] { return current(u"poolTree"_s) == u"redis:6"_s; }));
    EXPECT_TRUE(view(u"poolTree"_s)->isVisible());
}

TEST_F(PoolViewsTest, TheDetailsFollowWhatIsChosen)
{
    m_window.resize(1366, 768);
    auto *facts = find<QTreeWidget>(u"detailsFacts"_s);
    EXPECT_FALSE(facts->isVisible()) << "nothing is chosen yet";
    QTreeView *tree = view(u"poolTree"_s);
    click(tree->viewport(), tree->visualRect(tree->model()->index(0, 0)).center());
    ASSERT_TRUE(soon([&] { return facts->isVisible() && facts->topLevelItemCount() == 2; }));
    EXPECT_EQ(facts->topLevelItem(0)->child(0)->text(1), u"calico/cni"_s);
    press(Qt::Key_Right);
    press(Qt::Key_Right);
    ASSERT_TRUE(soon([&] { return facts->topLevelItem(0)->child(0)->text(1) == u"calico/cni:v1"_s; }));
    auto *tabs = find<QTabWidget>(u"detailsTabs"_s);
    ASSERT_NO_FATAL_FAILURE(click(tabs->tabBar(), tabs->tabBar()->tabRect(1).center()));
    ASSERT_NO_FATAL_FAILURE(click(find<QPushButton>(u"manifestCopyButton"_s)));
    EXPECT_EQ(Digester::of(QGuiApplication::clipboard()->text().toUtf8()).toString(),
              tree->currentIndex().data(DigestRole).toString())
        << "the exact bytes have the digest";
    ASSERT_NO_FATAL_FAILURE(click(tabs->tabBar(), tabs->tabBar()->tabRect(2).center()));
    ASSERT_NO_FATAL_FAILURE(click(find<QPushButton>(u"configCopyButton"_s)));
    EXPECT_EQ(Digester::of(QGuiApplication::clipboard()->text().toUtf8()), m_config);
}

TEST_F(PoolViewsTest, EachViewCopiesThePullLineOfAnImage)
{
    m_window.resize(1366, 768);
    const auto copied = [] { return QGuiApplication::clipboard()->text(); };
    const auto copy = [&](QTreeView *view, const QModelIndex &row) {
        QGuiApplication::clipboard()->clear();
        ASSERT_NO_FATAL_FAILURE(click(view->viewport(), view->visualRect(row).center()));
        press(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    };
    QTreeView *tree = view(u"poolTree"_s);
    ASSERT_NO_FATAL_FAILURE(copy(tree, tree->model()->index(1, 0)));
    EXPECT_EQ(copied(), u"docker pull redis:6"_s);
    QTreeView *facts = view(u"detailsFacts"_s);
    const auto tag = [&] { return facts->model()->index(0, 0, facts->model()->index(1, 0)); };
    ASSERT_TRUE(soon([&] { return tag().data().toString() == u"6"_s; }));
    ASSERT_NO_FATAL_FAILURE(copy(facts, tag()));
    EXPECT_EQ(copied(), u"docker pull redis:6"_s);
    ASSERT_NO_FATAL_FAILURE(show(u"poolSpaceButton"_s, u"spaceMap"_s));
    QTreeView *table = view(u"spaceTable"_s);
    ASSERT_TRUE(soon([&] { return table->model()->rowCount() == 2; }));
    ASSERT_NO_FATAL_FAILURE(copy(table, table->model()->index(1, 0)));
    EXPECT_EQ(copied(), u"docker pull redis:6"_s);
}

TEST_F(PoolViewsTest, TheDetailsCanBeHidden)
{
    auto *pane = find<QWidget>(u"detailsPane"_s);
    EXPECT_TRUE(pane->isVisible());
    press(Qt::Key_F9);
    EXPECT_FALSE(pane->isVisible());
    EXPECT_FALSE(m_settings.value(settings::showsDetails));
    press(Qt::Key_F9);
    EXPECT_TRUE(pane->isVisible());
}

TEST_F(PoolViewsTest, SortsByItsHeader)
{
    QTreeView *tree = view(u"poolTree"_s);
    EXPECT_EQ(tree->model()->index(0, 0).data().toString(), u"calico/cni"_s);
    ASSERT_NO_FATAL_FAILURE(clickHeader(u"poolTree"_s, PoolModel::Name));
    ASSERT_TRUE(soon([&] { return tree->model()->index(0, 0).data().toString() == u"redis"_s; }));
}

TEST_F(PoolViewsTest, SortsByWhatIsShared)
{
    SampleRegistry(path(u"pool"_s)).add(u"alone"_s, u"v1"_s, {.sharedLayers = 0});
    m_workspace.refreshPool();
    ASSERT_TRUE(soon([this] { return rows(u"poolTree"_s) == 3; }));
    m_window.resize(1600, 800);
    const auto names = [this] { return column(*view(u"poolTree"_s)->model(), PoolModel::Name); };
    ASSERT_TRUE(soon([this] { return !view(u"poolTree"_s)->header()->isSectionHidden(PoolModel::Shared); }));
    ASSERT_NO_FATAL_FAILURE(clickHeader(u"poolTree"_s, PoolModel::Shared));
    ASSERT_NO_FATAL_FAILURE(clickHeader(u"poolTree"_s, PoolModel::Shared));
    EXPECT_TRUE(soon([&] {
        return names() == QStringList({u"calico/cni"_s, u"redis"_s, u"alone"_s});
    })) << testing::PrintToString(names());
}

} // namespace
} // namespace layerpool::test
