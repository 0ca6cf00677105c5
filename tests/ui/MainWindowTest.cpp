// SPDX-License-Identifier: Apache-2.0
#include "MainWindow.h"

#include "AccessibleNames.h"
#include "UiTest.h"
#include "models/Roles.h"
#include "settings/Settings.h"
#include "support/StockRegistry.h"
#include "views/DropOverlay.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QDragEnterEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QTableView>
#include <QToolButton>
#include <QTreeView>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

class MainWindowTest : public UiTest
{
protected:
    void SetUp() override { m_window.show(); }

    template <typename Widget = QWidget>
    Widget *find(const QString &name) const
    {
        return m_window.findChild<Widget *>(name);
    }
    bool isShown(const QString &name) const
    {
        const auto *widget = find<QWidget>(name);
        return widget && widget->isVisible();
    }
    void click(const QString &name) { QTest::mouseClick(find<QWidget>(name), Qt::LeftButton); }
    QAbstractItemModel &table() const { return *find<QTableView>(u"listTable"_s)->model(); }
    QTreeView &tree() const { return *find<QTreeView>(u"poolTree"_s); }

    void drag(const QStringList &paths)
    {
        m_mime.setUrls({});
        QList<QUrl> urls;
        for (const QString &each : paths) {
            urls.append(QUrl::fromLocalFile(each));
        }
        m_mime.setUrls(urls);
        QDragEnterEvent enter(m_window.rect().center(), Qt::CopyAction, &m_mime, Qt::LeftButton,
                              Qt::NoModifier);
        QApplication::sendEvent(&m_window, &enter);
        EXPECT_TRUE(enter.isAccepted());
    }
    void drop(const QStringList &paths)
    {
        drag(paths);
        QDropEvent drop(m_window.rect().center(), Qt::CopyAction, &m_mime, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&m_window, &drop);
    }
    bool hasPool() const
    {
        return soon([this] { return m_workspace.pool() != nullptr; });
    }
    bool hasList() const
    {
        return soon([this] { return m_workspace.list() != nullptr; });
    }

    void openBoth(const QByteArray &list, const QStringList &images)
    {
        drop({makePool(u"pool"_s, images), writeList(u"a.txt"_s, list)});
        EXPECT_TRUE(hasPool() && hasList());
        EXPECT_TRUE(soon([this] { return m_workspace.list()->isCompared(); }));
        EXPECT_TRUE(
            soon([&] { return tree().model()->rowCount() == int(images.size()) || images.isEmpty(); }));
    }

    Settings m_settings{path(u"settings.ini"_s)};
    AnsweringDialogs m_dialogs;
    Workspace m_workspace;
    MainWindow m_window{m_workspace, m_dialogs, m_settings};
    QMimeData m_mime;
};

TEST_F(MainWindowTest, TheFirstStartSaysWhatItIsAndWhereToBegin)
{
    EXPECT_TRUE(isShown(u"welcomePage"_s));
    const auto labels = find<QWidget>(u"welcomePage"_s)->findChildren<QLabel *>();
    EXPECT_TRUE(std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
        return label->isVisible() &&
               label->text() == u"Layerpool carries container images across an air gap."_s;
    }));
    const QList<std::pair<QString, QString>> beginnings{{u"welcomeOpenListButton"_s, u"Open list…"_s},
                                                        {u"welcomeOpenPoolButton"_s, u"Open pool…"_s},
                                                        {u"welcomeOpenBundleButton"_s, u"Open bundle…"_s}};
    for (const auto &[name, words] : beginnings) {
        EXPECT_TRUE(isShown(name)) << name.toStdString();
        EXPECT_EQ(find<QPushButton>(name)->text().remove(u'&'), words);
        EXPECT_TRUE(find<QPushButton>(name)->isEnabled()) << name.toStdString();
    }
    const auto *convert = m_window.findChild<QAction *>(u"convertAction"_s);
    EXPECT_FALSE(convert->isEnabled());
    EXPECT_EQ(convert->toolTip(), u"Open a list first."_s);
}

TEST_F(MainWindowTest, OpensAListByItsButton)
{
    m_dialogs.files = {writeList(u"a.txt"_s, "redis:6\nbad:bad:bad\nredis:6\n")};
    click(u"openListButton"_s);
    ASSERT_TRUE(hasList());
    EXPECT_TRUE(isShown(u"listTable"_s));
    EXPECT_EQ(table().rowCount(), 3);
    EXPECT_TRUE(find<QLabel>(u"listTotals"_s)->text().contains(u"1 repeated · 1 bad"_s));
    EXPECT_TRUE(isShown(u"emptyOpenPoolButton"_s));
}

TEST_F(MainWindowTest, OpensAPoolByItsButton)
{
    m_dialogs.folder = makePool(u"pool"_s, {u"redis:6"_s, u"nginx:1"_s});
    click(u"openPoolButton"_s);
    ASSERT_TRUE(hasPool());
    EXPECT_TRUE(soon([this] { return isShown(u"poolTree"_s); }));
    EXPECT_EQ(tree().model()->rowCount(), 2);
    EXPECT_TRUE(isShown(u"emptyOpenListButton"_s));
    EXPECT_TRUE(find<QLabel>(u"poolTotals"_s)->text().startsWith(u"2 image"_s));
}

TEST_F(MainWindowTest, ADropSaysWhatItWillDoAndDoesIt)
{
    const QString list = writeList(u"a.txt"_s, "redis:6\n");
    drag({list});
    EXPECT_TRUE(isShown(u"dropOverlay"_s));
    const auto *overlay = find<DropOverlay>(u"dropOverlay"_s);
    EXPECT_EQ(overlay->sentence(), u"Looking at what it is …"_s) << "its disk may not answer";
    EXPECT_TRUE(soon([&] { return overlay->sentence() == u"Open a.txt as a list"_s; }));
    drop({list});
    EXPECT_FALSE(isShown(u"dropOverlay"_s));
    EXPECT_TRUE(hasList());
}

TEST_F(MainWindowTest, AnEmptyFolderIsMadeAPoolOnlyAfterAYes)
{
    m_dialogs.saysYes = false;
    m_window.open(path(u"new"_s), {});
    EXPECT_TRUE(soon([this] { return m_dialogs.questions.size() == 1; }));
    EXPECT_FALSE(QFile::exists(path(u"new"_s)));
    EXPECT_TRUE(isShown(u"welcomePage"_s));
    m_dialogs.saysYes = true;
    m_window.open(path(u"new"_s), {});
    EXPECT_TRUE(hasPool());
    EXPECT_TRUE(soon([this] { return isShown(u"emptyPoolConvertButton"_s); }));
}

TEST_F(MainWindowTest, WhatCannotBeOpenedIsSaidOnTop)
{
    m_window.open({}, {path(u"none.txt"_s)});
    EXPECT_TRUE(soon([this] { return isShown(u"messageBar"_s); }));
    EXPECT_FALSE(find<QLabel>(u"messageText"_s)->text().isEmpty());
    click(u"messageCloseButton"_s);
    EXPECT_FALSE(isShown(u"messageBar"_s));
}

TEST_F(MainWindowTest, EachThatCannotBeOpenedIsSaidAndStaysSaid)
{
    const QString pool = makePool(u"pool"_s, {u"redis:6"_s});
    writeList(u"a.txt"_s, QByteArray(3, '\0'));
    writeList(u"b.txt"_s, QByteArray(3, '\0'));
    m_window.open(pool, {path(u"a.txt"_s), path(u"b.txt"_s)});
    EXPECT_TRUE(hasPool());
    const auto *text = find<QLabel>(u"messageText"_s);
    EXPECT_TRUE(soon([&] { return text->text().contains(u"b.txt"_s); })) << text->text().toStdString();
    EXPECT_TRUE(text->text().contains(u"a.txt"_s));
    EXPECT_TRUE(isShown(u"messageBar"_s)) << "the pool was read meanwhile";
    m_workspace.openPool(makePool(u"other"_s, {u"redis:6"_s}));
    EXPECT_FALSE(isShown(u"messageBar"_s));
}

TEST_F(MainWindowTest, AFilterThatMatchesNothingCanBeCleared)
{
    openBoth("redis:6\n", {u"redis:6"_s});
    QTest::keyClicks(find<QLineEdit>(u"poolFilter"_s), u"etcdd"_s);
    ASSERT_TRUE(soon([this] { return isShown(u"clearFilterButton"_s); }));
    EXPECT_FALSE(isShown(u"poolTree"_s));
    click(u"clearFilterButton"_s);
    EXPECT_TRUE(soon([this] { return isShown(u"poolTree"_s); }));
}

TEST_F(MainWindowTest, AReadingAnewKeepsWhatWasOpenAndTicked)
{
    openBoth("redis:6\n", {u"nginx:1"_s, u"redis:6"_s});
    QAbstractItemModel &model = *tree().model();
    tree().expand(model.index(1, 0));
    tree().setCurrentIndex(model.index(0, 0, model.index(1, 0)));
    model.setData(model.index(1, 0), Qt::Checked, Qt::CheckStateRole);
    SampleRegistry(path(u"pool"_s)).add(u"alpine"_s, u"3"_s);
    m_window.findChild<QAction *>(u"refreshPoolAction"_s)->trigger();
    EXPECT_TRUE(soon([&] { return model.rowCount() == 3; }));
    EXPECT_TRUE(tree().isExpanded(model.index(2, 0)));
    EXPECT_EQ(tree().currentIndex().data(ReferenceRole).toString(), u"redis:6"_s);
    EXPECT_EQ(model.index(2, 0).data(Qt::CheckStateRole).toInt(), Qt::Checked);
}

TEST_F(MainWindowTest, CopiesReferencesAndDigests)
{
    openBoth("redis:6\n", {u"redis:6"_s});
    QAbstractItemModel &model = *tree().model();
    tree().setCurrentIndex(model.index(0, 0, model.index(0, 0)));
    const QList<QAction *> actions = tree().actions();
    ASSERT_GE(actions.size(), 2);
    actions[0]->trigger();
    EXPECT_EQ(QApplication::clipboard()->text(), u"redis:6"_s);
    actions[1]->trigger();
    EXPECT_TRUE(QApplication::clipboard()->text().startsWith(u"sha256:"_s));
}

TEST_F(MainWindowTest, ConvertsADroppedListByClicks)
{
    SampleRegistry source(path(u"source"_s));
    source.add(u"calico/cni"_s, u"v1"_s);
    const StockRegistry registry(source.path(), {.isReadOnly = true});
    ASSERT_TRUE(registry.isUp());
    openBoth("calico/cni:v1\ncalico/none:v1\n", {u"redis:6"_s});
    click(u"convertButton"_s);
    auto *dialog = find<QWidget>(u"planDialog"_s);
    ASSERT_TRUE(dialog);
    dialog->findChild<QLineEdit *>(u"sourceEdit"_s)->setText(registry.host());
    auto *start = dialog->findChild<QPushButton *>(u"planStartButton"_s);
    ASSERT_TRUE(soon([&] { return start->isEnabled(); }))
        << dialog->findChild<QLabel *>(u"planMessage"_s)->text().toStdString();
    QTest::mouseClick(start, Qt::LeftButton);

    EXPECT_TRUE(soon([&] { return m_workspace.list()->counts().here == 1; }));
    EXPECT_EQ(tree().model()->rowCount(), 2);
    EXPECT_EQ(m_settings.value(settings::source), registry.host());
    const auto *tasks = find<QTreeView>(u"taskTree"_s);
    EXPECT_TRUE(tasks->isVisible());
    EXPECT_EQ(column(*tasks->model(), 0, tasks->model()->index(0, 0)).value(1), u"calico/cni:v1"_s);
    EXPECT_TRUE(isShown(u"taskRetryButton"_s));
    click(u"taskRetryButton"_s);
    EXPECT_TRUE(soon([this] { return isShown(u"planDialog"_s); }));
}

TEST_F(MainWindowTest, SelectsTheTickedImages)
{
    openBoth("redis:6\n", {u"nginx:1"_s, u"redis:6"_s});
    tree().model()->setData(tree().model()->index(0, 0), Qt::Checked, Qt::CheckStateRole);
    click(u"selectButton"_s);
    auto *dialog = find<QWidget>(u"planDialog"_s);
    ASSERT_TRUE(dialog);
    EXPECT_EQ(dialog->findChild<QComboBox *>(u"subjectCombo"_s)->count(), 3);
    dialog->findChild<QLineEdit *>(u"targetEdit"_s)->setText(path(u"small"_s));
    auto *start = dialog->findChild<QPushButton *>(u"planStartButton"_s);
    ASSERT_TRUE(soon([&] { return start->isEnabled(); }));
    QTest::mouseClick(start, Qt::LeftButton);
    EXPECT_TRUE(soon([this] { return !m_workspace.queue().hasWork(); }));
    const auto small = indexOf(path(u"small"_s));
    ASSERT_TRUE(small);
    ASSERT_EQ(small->repositories().size(), 1U);
    EXPECT_EQ(small->repositories().front().name.toString(), u"nginx"_s);
}

TEST_F(MainWindowTest, OpensWhatWasOpenLast)
{
    openBoth("redis:6\n", {u"nginx:1"_s, u"redis:6"_s});
    tree().expand(tree().model()->index(1, 0));
    m_window.findChild<QToolButton *>(u"poolBlobsButton"_s)->click();
    auto *blobs = m_window.findChild<QTreeView *>(u"blobTree"_s);
    EXPECT_TRUE(soon([&] { return blobs->model()->rowCount() > 1; }));
    blobs->expand(blobs->model()->index(1, 0));
    m_window.findChild<QToolButton *>(u"poolTreeButton"_s)->click();
    m_window.close();
    Workspace workspace;
    MainWindow again(workspace, m_dialogs, m_settings);
    again.open({}, {});
    EXPECT_TRUE(soon([&] { return workspace.pool() && workspace.list(); }));
    const auto *reopened = again.findChild<QTreeView *>(u"poolTree"_s);
    EXPECT_TRUE(soon([&] { return reopened->isExpanded(reopened->model()->index(1, 0)); }));
    EXPECT_FALSE(reopened->isExpanded(reopened->model()->index(0, 0)));
    again.findChild<QToolButton *>(u"poolBlobsButton"_s)->click();
    const auto *blobsAgain = again.findChild<QTreeView *>(u"blobTree"_s);
    EXPECT_TRUE(soon([&] { return blobsAgain->isExpanded(blobsAgain->model()->index(1, 0)); }));
    EXPECT_FALSE(blobsAgain->isExpanded(blobsAgain->model()->index(0, 0)));
}

TEST_F(MainWindowTest, EveryWidgetHasAnAccessibleName)
{
    openBoth("redis:6\nbad:bad:bad\n", {u"redis:6"_s});
    EXPECT_EQ(namelessWidgets(m_window), QStringList());
    for (const char *action :
         {"convertAction", "selectAction", "tarAction", "exportAction", "pushAction", "verifyAction"}) {
        m_window.findChild<QAction *>(QString::fromLatin1(action))->trigger();
        auto *dialog = find<QDialog>(u"planDialog"_s);
        ASSERT_TRUE(dialog) << action;
        EXPECT_EQ(namelessWidgets(*dialog), QStringList()) << action;
        delete dialog;
    }
}

} // namespace
} // namespace layerpool::test
