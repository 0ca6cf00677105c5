// SPDX-License-Identifier: Apache-2.0
#include "WindowTest.h"
#include "models/PoolModel.h"
#include "models/Roles.h"

#include <QLineEdit>
#include <QScrollBar>
#include <QTabWidget>
#include <QToolButton>
#include <QTreeView>
#include <QTreeWidget>

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

// The pool is read anew while somebody looks at it: what is open, chosen and in sight stays.
class PoolPlaceTest : public WindowTest
{
protected:
    void SetUp() override
    {
        WindowTest::SetUp();
        m_pool.add(u"calico/cni"_s, u"v1"_s, onOneBase());
        m_pool.add(u"calico/cni"_s, u"v2"_s, onOneBase());
        m_pool.add(u"redis"_s, u"6"_s, onOneBase());
        m_window.open(m_pool.path(), {});
        ASSERT_NO_FATAL_FAILURE(waitForWholePool(2));
    }
    static ImageSpec onOneBase()
    {
        return {.layers = 2, .layerSizes = {90'000, 8'000}, .sharedLayers = 1, .base = 0};
    }
    QTreeView *tree(const QString &name = u"poolTree"_s) const
    {
        return m_window.findChild<QTreeView *>(name);
    }
    static QString texts(const QModelIndexList &rows)
    {
        QStringList texts;
        for (const QModelIndex &row : rows) {
            texts << row.data().toString();
        }
        texts.sort();
        return texts.join(u", "_s);
    }
    static QString chosen(const QTreeView *tree) { return texts(tree->selectionModel()->selectedRows()); }
    static QString top(const QTreeView *tree) { return tree->indexAt({0, 0}).data().toString(); }
    /// Reads the pool anew, with another image in front of all others.
    void addInFront(const QString &repository = u"aaa"_s)
    {
        const int before = tree()->model()->rowCount();
        m_pool.add(repository, u"1"_s, onOneBase());
        m_workspace.refreshPool();
        ASSERT_TRUE(soon([&] { return tree()->model()->rowCount() == before + 1; }));
    }
    void filter(const QString &text)
    {
        auto *field = m_window.findChild<QLineEdit *>(u"poolFilter"_s);
        QTest::keyClicks(field, text);
        const auto *model = qobject_cast<PoolModel *>(tree()->model());
        ASSERT_TRUE(soon([&] { return model->rows().query.text == text; }));
    }
    /// By keys, down to the layers of calico/cni:v1, the first two of which are chosen then.
    void openToLayers()
    {
        ASSERT_NO_FATAL_FAILURE(
            click(tree()->viewport(), tree()->visualRect(tree()->model()->index(0, 0)).center()));
        for (int level = 0; level < 3; ++level) {
            press(Qt::Key_Right);
            press(Qt::Key_Down);
        }
        press(Qt::Key_Down);
        press(Qt::Key_Down, Qt::ShiftModifier);
        ASSERT_EQ(chosen(tree()), u"Layer 1, Layer 2"_s);
    }

    SampleRegistry m_pool{path(u"pool"_s)};
};

TEST_F(PoolPlaceTest, TheTreeStaysAsItIs)
{
    ASSERT_NO_FATAL_FAILURE(openToLayers());
    ASSERT_NO_FATAL_FAILURE(addInFront());
    EXPECT_EQ(chosen(tree()), u"Layer 1, Layer 2"_s);
    EXPECT_EQ(tree()->currentIndex().data().toString(), u"Layer 2"_s);
    EXPECT_TRUE(tree()->isExpanded(tree()->currentIndex().parent()));
    EXPECT_TRUE(tree()->visualRect(tree()->currentIndex()).isValid()) << "all above it is open";
    EXPECT_TRUE(tree()->hasFocus());
    press(Qt::Key_Up);
    EXPECT_EQ(tree()->currentIndex().data().toString(), u"Layer 1"_s) << "keys go on from there";
}

TEST_F(PoolPlaceTest, AFilterLeavesWhatItShowsAsItIs)
{
    ASSERT_NO_FATAL_FAILURE(openToLayers());
    ASSERT_NO_FATAL_FAILURE(filter(u"cal"_s));
    EXPECT_EQ(tree()->model()->rowCount(), 1);
    EXPECT_EQ(chosen(tree()), u"Layer 1, Layer 2"_s);
    EXPECT_TRUE(tree()->visualRect(tree()->currentIndex()).isValid());
}

TEST_F(PoolPlaceTest, WhatIsClosedStaysClosed)
{
    ASSERT_NO_FATAL_FAILURE(openToLayers());
    const auto repository = [this] { return tree()->model()->index(tree()->model()->rowCount() - 2, 0); };
    tree()->collapse(repository()); // with what is chosen in it
    ASSERT_NO_FATAL_FAILURE(addInFront());
    EXPECT_FALSE(tree()->isExpanded(repository()));

    ASSERT_NO_FATAL_FAILURE(filter(u":"_s)); // finds all tags, and so few that it opens them
    EXPECT_TRUE(tree()->isExpanded(repository()));
    tree()->collapse(repository());
    ASSERT_NO_FATAL_FAILURE(addInFront(u"bbb"_s));
    EXPECT_FALSE(tree()->isExpanded(repository()));
}

TEST_F(PoolPlaceTest, TheRowOnTopStaysOnTop)
{
    for (int i = 0; i < 60; ++i) {
        m_pool.add(u"many/r%1"_s.arg(i), u"1"_s, {.layers = 1});
    }
    m_workspace.refreshPool();
    ASSERT_TRUE(soon([this] { return tree()->model()->rowCount() == 62; }));
    tree()->verticalScrollBar()->setValue(20);
    const QString before = top(tree());
    ASSERT_NO_FATAL_FAILURE(addInFront());
    EXPECT_EQ(top(tree()), before);
    tree()->verticalScrollBar()->setValue(0);
    tree()->sortByColumn(PoolModel::Name, Qt::DescendingOrder);
    ASSERT_TRUE(soon([this] { return tree()->model()->index(0, 0).data().toString() == u"redis"_s; }));
    EXPECT_EQ(top(tree()), u"redis"_s) << "another order is looked at from its beginning";
}

TEST_F(PoolPlaceTest, TheBlobsStayAsTheyAre)
{
    ASSERT_NO_FATAL_FAILURE(click(m_window.findChild<QWidget *>(u"poolBlobsButton"_s)));
    QTreeView *blobs = tree(u"blobTree"_s);
    ASSERT_TRUE(soon([&] { return blobs->isVisible(); }));
    ASSERT_NO_FATAL_FAILURE(
        click(blobs->viewport(), blobs->visualRect(blobs->model()->index(0, 0)).center()));
    press(Qt::Key_Right);
    press(Qt::Key_Down);
    press(Qt::Key_Down, Qt::ShiftModifier);
    ASSERT_EQ(chosen(blobs), u"calico/cni:v1, calico/cni:v2"_s);
    m_pool.add(u"aaa"_s, u"1"_s, onOneBase());
    m_workspace.refreshPool();
    ASSERT_TRUE(soon([&] { return blobs->model()->rowCount(blobs->model()->index(0, 0)) == 4; }));
    EXPECT_EQ(chosen(blobs), u"calico/cni:v1, calico/cni:v2"_s);
    EXPECT_EQ(blobs->currentIndex().data().toString(), u"calico/cni:v2"_s);
    EXPECT_TRUE(blobs->isExpanded(blobs->model()->index(0, 0)));
}

TEST_F(PoolPlaceTest, WhoReadsTheDetailsReadsOn)
{
    m_window.resize(1366, 768);
    ASSERT_NO_FATAL_FAILURE(openToLayers());
    press(Qt::Key_Left); // the platform
    auto *facts = m_window.findChild<QTreeWidget *>(u"detailsFacts"_s);
    const auto group = [&](const QString &name) {
        const QList<QTreeWidgetItem *> found = facts->findItems(name, Qt::MatchExactly);
        return found.isEmpty() ? nullptr : found.first();
    };
    ASSERT_TRUE(soon([&] { return group(u"Layers"_s) && group(u"History"_s); }));
    group(u"Summary"_s)->setExpanded(false);
    QTreeWidgetItem *read = group(u"History"_s)->child(0);
    facts->setCurrentItem(read);
    const QTreeWidgetItem *base = group(u"Layers"_s)->child(0);
    ASSERT_TRUE(base->text(1).contains(u"3 image(s)"_s)) << base->text(1).toStdString();
    ASSERT_NO_FATAL_FAILURE(addInFront());
    ASSERT_TRUE(soon([&] { return group(u"Layers"_s)->child(0)->text(1).contains(u"4 image(s)"_s); }));
    EXPECT_EQ(facts->currentItem(), read);
    EXPECT_FALSE(group(u"Summary"_s)->isExpanded());
    EXPECT_TRUE(group(u"History"_s)->isExpanded());
}

} // namespace
} // namespace layerpool::test
