// SPDX-License-Identifier: Apache-2.0
#include "WindowTest.h"
#include "base/Digester.h"
#include "models/Roles.h"
#include "views/pool/SpaceMapWidget.h"

#include <QLineEdit>
#include <QClipboard>
#include <QHeaderView>
#include <QToolButton>
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
        m_base = pool.add(u"calico/cni"_s, u"v1"_s, onOneBase).amd64().layers[0];
        pool.add(u"redis"_s, u"6"_s, onOneBase);
        m_window.open(pool.path(), {});
        ASSERT_TRUE(soon([this] { return rows(u"poolTree"_s) == 2; }));
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
    QString current(const QString &name) const
    {
        return view(name)->currentIndex().data(ReferenceRole).toString();
    }

    Digest m_base;
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
    map->setFocus(Qt::TabFocusReason);
    press(Qt::Key_Home);
    EXPECT_EQ(map->currentTile(), 0);
    EXPECT_TRUE(map->accessibleDescription().startsWith(u"calico/cni: "_s));
    EXPECT_EQ(view(u"spaceTable"_s)->currentIndex().data(DigestRole).toString(), m_base.toString())
        << "the table follows";
    press(Qt::Key_Right);
    const int right = map->currentTile();
    EXPECT_NE(right, 0);
    press(Qt::Key_Left);
    EXPECT_EQ(map->currentTile(), 0);
    press(Qt::Key_Return);
    ASSERT_TRUE(soon([this] { return current(u"poolTree"_s) == u"calico/cni:v1"_s; }));
}

TEST_F(PoolViewsTest, ThePictureByMouse)
{
    ASSERT_NO_FATAL_FAILURE(show(u"poolSpaceButton"_s, u"spaceMap"_s));
    auto *map = find<SpaceMapWidget>(u"spaceMap"_s);
    const QPoint place(map->width() / 4, map->height() / 2);
    ASSERT_TRUE(soon([&] { return map->tileAt(place) >= 0; })) << "drawn, and for this size";
    click(map, place);
    EXPECT_EQ(map->currentTile(), map->tileAt(place));
    QTreeView *table = view(u"spaceTable"_s);
    const QModelIndex repository = table->model()->index(1, 0);
    table->scrollTo(repository);
    click(table->viewport(), table->visualRect(repository).center());
    EXPECT_EQ(map->currentTile(), -1) << "a repository is no tile";
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

TEST_F(PoolViewsTest, TheDetailsFollowWhatIsChosen)
{
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
    click(tree->header()->viewport(),
          QPoint(tree->header()->sectionViewportPosition(0) + 30, tree->header()->height() / 2));
    ASSERT_TRUE(soon([&] { return tree->model()->index(0, 0).data().toString() == u"redis"_s; }));
}

} // namespace
} // namespace layerpool::test
