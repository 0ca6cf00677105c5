// SPDX-License-Identifier: Apache-2.0
#include "Menus.h"
#include "WindowTest.h"
#include "bundle/Inventory.h"
#include "models/PoolModel.h"
#include "models/Roles.h"
#include "support/ReadOnly.h"
#include "views/MessageBar.h"

#include <QLineEdit>
#include <QAction>
#include <QClipboard>
#include <QLabel>
#include <QTreeView>

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

QByteArray bytesOf(const QString &file)
{
    QFile opened(file);
    return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray();
}

// What leaves the pool as text, and a pool that nothing can be added to.
class PoolExportTest : public WindowTest
{
protected:
    void openPool()
    {
        m_window.open(m_pool, {});
        waitForWholePool(2);
    }
    QTreeView *tree() const { return m_window.findChild<QTreeView *>(u"poolTree"_s); }
    QModelIndex repository(int row) const { return tree()->model()->index(row, 0); }
    QAction *action(const QString &name) const { return m_window.findChild<QAction *>(name); }
    QString said() const { return m_window.findChild<MessageBar *>(u"messageBar"_s)->text(); }
    void exportTo(const QString &file)
    {
        m_dialogs.newFile = file;
        press(Qt::Key_X, Qt::ControlModifier | Qt::ShiftModifier);
    }
    QString dragged(const QModelIndexList &rows) const
    {
        const std::unique_ptr<QMimeData> mime(tree()->model()->mimeData(rows));
        return mime->text();
    }

    const QString m_pool =
        makePool(u"pool"_s, {u"calico/cni:v1"_s, u"calico/cni:v2"_s, u"library/redis:5"_s});
};

TEST_F(PoolExportTest, WritesTheTickedImagesAsAList)
{
    ASSERT_NO_FATAL_FAILURE(openPool());
    EXPECT_FALSE(action(u"exportTicksAction"_s)->isEnabled());
    ASSERT_NO_FATAL_FAILURE(clickBox(tree(), repository(0)));
    EXPECT_TRUE(tree()->actions().contains(action(u"exportTicksAction"_s))) << "in the context menu";
    const QString file = path(u"mine.txt"_s);
    exportTo(file);
    ASSERT_TRUE(soon([&] { return said().startsWith(u"2 image"_s); })) << said().toStdString();
    EXPECT_EQ(bytesOf(file), "calico/cni:v1\ncalico/cni:v2\n");
    EXPECT_TRUE(m_dialogs.questions.isEmpty());
    m_window.open({}, {file});
    EXPECT_TRUE(soon([this] { return m_workspace.list() && m_workspace.list()->isCompared(); }));
    EXPECT_EQ(m_workspace.list()->counts().here, 2) << "and it is a list";
}

TEST_F(PoolExportTest, AFileThatIsThereIsAddedToOrReplaced)
{
    ASSERT_NO_FATAL_FAILURE(openPool());
    ASSERT_NO_FATAL_FAILURE(clickBox(tree(), repository(0)));
    const QString file = writeList(u"mine.txt"_s, "# mine\nnginx:1\ncalico/cni:v1");
    m_dialogs.chosen = -1;
    exportTo(file);
    ASSERT_TRUE(soon([this] { return m_dialogs.questions.size() == 1; }));
    m_dialogs.chosen = 0;
    exportTo(file);
    ASSERT_TRUE(soon([&] { return said().startsWith(u"1 image"_s); })) << said().toStdString();
    EXPECT_EQ(bytesOf(file), "# mine\nnginx:1\ncalico/cni:v1\ncalico/cni:v2\n");
    m_dialogs.chosen = 1;
    exportTo(file);
    ASSERT_TRUE(soon([&] { return said().startsWith(u"2 image"_s); })) << said().toStdString();
    EXPECT_EQ(bytesOf(file), "calico/cni:v1\ncalico/cni:v2\n");
    EXPECT_EQ(QDir(QFileInfo(file).path()).entryList(QDir::Files | QDir::Hidden).filter(u"mine"_s).size(), 1)
        << "nothing is left beside it";
    exportTo(path(u"no/such/folder.txt"_s));
    EXPECT_TRUE(soon([&] { return said().contains(u"no/such"_s); })) << said().toStdString();
}

TEST_F(PoolExportTest, ANewListGetsAnEndingAndOneThatIsThereKeepsItsName)
{
    ASSERT_NO_FATAL_FAILURE(openPool());
    ASSERT_NO_FATAL_FAILURE(clickBox(tree(), repository(1)));
    exportTo(path(u"new"_s));
    ASSERT_TRUE(soon([this] { return QFileInfo::exists(path(u"new.txt"_s)); }));
    const QString file = writeList(u"mine"_s, "nginx:1\n");
    m_dialogs.chosen = 0;
    exportTo(file);
    ASSERT_TRUE(soon([&] { return said().contains(file); })) << said().toStdString();
    EXPECT_EQ(bytesOf(file), "nginx:1\nlibrary/redis:5\n");
}

TEST_F(PoolExportTest, WritesAnInventoryOfAllThatThePoolHas)
{
    EXPECT_FALSE(action(u"writeInventoryAction"_s)->isEnabled());
    m_settings.setValue(settings::bundlesFolder, folder(u"bundles"_s));
    ASSERT_NO_FATAL_FAILURE(openPool());
    ASSERT_NO_FATAL_FAILURE(clickBox(tree(), repository(1))); // a tick is no choice here
    const QString file = path(u"bundles/here.json"_s);
    m_dialogs.newFile = file;
    ASSERT_NO_FATAL_FAILURE(chooseInMenu(m_window, u"writeInventory"_s));
    EXPECT_EQ(m_dialogs.proposed, path(u"bundles/pool.inventory.json"_s));
    ASSERT_TRUE(soon([&] { return said().startsWith(file); })) << said().toStdString();
    const std::size_t blobs = m_workspace.pool()->blobs().size();
    EXPECT_TRUE(said().contains(u"2 repositories with %1 blob"_s.arg(blobs))) << said().toStdString();
    const Result<BundleContent> read = readInventory(file);
    ASSERT_TRUE(read) << read.error().sentence().toStdString();
    EXPECT_EQ(read->blobs.size(), blobs);
    const BundleContent::Repository *both = read->repository(*RepositoryName::parse(u"calico/cni"_s));
    ASSERT_TRUE(both);
    EXPECT_EQ(both->tags.size(), 2U);
}

TEST_F(PoolExportTest, AnInventoryReplacesAFileOnlyByAYes)
{
    ASSERT_NO_FATAL_FAILURE(openPool());
    const QString file = writeList(u"far.json"_s, "of yesterday");
    const auto writeTo = [this](const QString &path) {
        m_dialogs.newFile = path;
        press(Qt::Key_I, Qt::ControlModifier | Qt::ShiftModifier);
    };
    writeTo(file + u"/no/folder.json"_s);
    ASSERT_TRUE(soon([&] { return said().contains(u"far.json"_s); })) << said().toStdString();
    m_dialogs.saysYes = false;
    writeTo(path(u"far"_s)); // an ending is added, and there it is
    ASSERT_TRUE(soon([this] { return m_dialogs.questions.size() == 1; }));
    EXPECT_TRUE(m_dialogs.questions.first().startsWith(file)) << m_dialogs.questions.first().toStdString();
    EXPECT_EQ(m_dialogs.defaults, QList{Dialogs::Default::Cancel});
    EXPECT_EQ(bytesOf(file), "of yesterday");
    m_dialogs.saysYes = true;
    writeTo(file);
    ASSERT_TRUE(soon([&] { return said().contains(u"is written"_s); })) << said().toStdString();
    EXPECT_TRUE(readInventory(file));
}

TEST_F(PoolExportTest, RowsThatAreDraggedOutLeaveTheirNames)
{
    ASSERT_NO_FATAL_FAILURE(openPool());
    EXPECT_TRUE(tree()->dragEnabled());
    EXPECT_EQ(dragged({repository(0)}), u"calico/cni:v1\ncalico/cni:v2\n"_s);
    const QModelIndex tag = tree()->model()->index(1, 0, repository(0));
    EXPECT_EQ(dragged({tag, tag.siblingAtColumn(PoolModel::Size)}), u"calico/cni:v2\n"_s);
    EXPECT_TRUE(tree()->model()->hasChildren(tag));
    EXPECT_GT(tree()->model()->rowCount(tag), 0);
    const QModelIndex platform = tree()->model()->index(0, 0, tag);
    EXPECT_EQ(dragged({platform}), u"calico/cni@%1\n"_s.arg(platform.data(DigestRole).toString()));
    EXPECT_GT(tree()->model()->rowCount(platform), 0);
    const QModelIndex part = tree()->model()->index(0, 0, platform);
    EXPECT_EQ(dragged({part}), part.data(DigestRole).toString() + u'\n') << "no image, so by its digest";
    ASSERT_NO_FATAL_FAILURE(clickBox(tree(), repository(1)));
    EXPECT_EQ(dragged({tag}), u"calico/cni:v2\n"_s) << "it is not among the ticked ones";
    EXPECT_EQ(dragged({repository(1)}), u"library/redis:5\n"_s);
    tree()->model()->setData(tag, Qt::Checked, Qt::CheckStateRole);
    EXPECT_EQ(dragged({tag}), u"calico/cni:v2\nlibrary/redis:5\n"_s) << "all ticked ones go together";
}

TEST_F(PoolExportTest, SeveralRowsAreCopiedAtOnce)
{
    ASSERT_NO_FATAL_FAILURE(openPool());
    tree()->setFocus();
    tree()->expand(repository(0));
    tree()->setCurrentIndex(tree()->model()->index(0, 0, repository(0)));
    press(Qt::Key_Down, Qt::ShiftModifier);
    press(Qt::Key_C, Qt::ControlModifier);
    EXPECT_EQ(QGuiApplication::clipboard()->text(), u"calico/cni:v1\ncalico/cni:v2"_s);
    press(Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_EQ(QGuiApplication::clipboard()->text().count(u"sha256:"_s), 2);
}

TEST_F(PoolExportTest, AReadOnlyPoolSaysSoAndWhatWorksOnIt)
{
    m_window.open(m_pool, {writeList(u"a.txt"_s, "calico/cni:v1\n")});
    ASSERT_TRUE(soon(
        [this] { return m_workspace.pool() && tree()->model()->rowCount() == 2 && m_workspace.list(); }));
    auto *badge = m_window.findChild<QLabel *>(u"poolReadOnly"_s);
    EXPECT_FALSE(badge->isVisible());
    EXPECT_TRUE(action(u"convertAction"_s)->isEnabled());
    {
        const ReadOnly disk(m_pool);
        if (!disk.isOne()) {
            GTEST_SKIP() << "nobody may mount here";
        }
        press(Qt::Key_F5);
        ASSERT_TRUE(soon([&] { return badge->isVisible(); }));
        EXPECT_TRUE(badge->toolTip().contains(u"read-only"_s)) << badge->toolTip().toStdString();
        EXPECT_FALSE(action(u"convertAction"_s)->isEnabled());
        EXPECT_TRUE(action(u"convertAction"_s)->toolTip().startsWith(u"This pool is read-only"_s))
            << action(u"convertAction"_s)->toolTip().toStdString();
        for (const QString &works :
             {u"select"_s, u"tar"_s, u"export"_s, u"push"_s, u"verify"_s, u"serve"_s}) {
            EXPECT_TRUE(action(works + u"Action"_s)->isEnabled()) << works.toStdString();
        }
        m_workspace.server().start(m_workspace.pool()->pool());
        EXPECT_TRUE(soon([this] { return !m_workspace.server().address().isEmpty(); }));
        m_workspace.server().stop();
        EXPECT_TRUE(soon([this] { return m_workspace.server().state() == PoolServer::State::Stopped; }));
        ASSERT_NO_FATAL_FAILURE(openPlan(u"select"_s));
        inPlan<QLineEdit>(u"targetEdit"_s)->setText(path(u"small"_s));
        ASSERT_NO_FATAL_FAILURE(start());
        EXPECT_TRUE(indexOf(path(u"small"_s)));
    }
    ASSERT_NO_FATAL_FAILURE(bringToFront(&m_window));
    press(Qt::Key_F5);
    EXPECT_TRUE(soon([&] { return !badge->isVisible(); }));
    EXPECT_TRUE(action(u"convertAction"_s)->isEnabled());
}

} // namespace
} // namespace layerpool::test
