// SPDX-License-Identifier: Apache-2.0
#include "WindowTest.h"
#include "models/ListModel.h"
#include "support/FakeRegistry.h"
#include "support/StockRegistry.h"
#include "views/list/ListTable.h"

#include <QHeaderView>
#include <QClipboard>
#include <QComboBox>
#include <QLineEdit>
#include <QTabBar>

// Lists as an operator handles them: dropped, pasted, edited, saved, filtered and looked for at their
// sources.

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

class ListsTest : public WindowTest
{
protected:
    template <typename Widget = QWidget>
    Widget *find(const QString &name) const
    {
        return m_window.findChild<Widget *>(name);
    }
    ListTable *table() const { return find<ListTable>(u"listTable"_s); }
    QAbstractItemModel &model() const { return *table()->model(); }
    QStringList images() const { return column(model(), ListModel::Image); }
    QStringList states() const { return column(model(), ListModel::State); }
    QTabBar *tabs() const { return find<QTabBar>(u"listTabs"_s); }
    QStringList tabTexts() const
    {
        QStringList texts;
        for (int i = 0; i < tabs()->count(); ++i) {
            texts.append(tabs()->tabText(i));
        }
        return texts;
    }
    QString totals() const { return find<QLabel>(u"listTotals"_s)->text(); }
    QString message() const
    {
        return find(u"messageBar"_s)->isVisible() ? find<QLabel>(u"messageText"_s)->text() : QString();
    }
    ListDocument *list() { return m_workspace.list(); }
    QByteArray content(const QString &name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(not there)");
    }

    void open(const QString &name, const QByteArray &text)
    {
        const int before = m_workspace.lists().count();
        ASSERT_NO_FATAL_FAILURE(dropFiles(&m_window, {writeList(name, text)}));
        ASSERT_TRUE(soon([&] { return m_workspace.lists().count() == before + 1; }));
    }
    void clickLine(int row)
    {
        click(table()->viewport(), table()->visualRect(model().index(row, ListModel::Image)).center());
        ASSERT_TRUE(table()->hasFocus());
    }
    /// Clicks where the pointer finds the link.
    void clickLink(QLabel *label, const QString &target)
    {
        const QSignalSpy hovered(label, &QLabel::linkHovered);
        for (int y = 2; y < label->height(); y += 4) {
            for (int x = 2; x < label->width(); x += 4) {
                QTest::mouseMove(m_window.windowHandle(), label->mapTo(&m_window, QPoint(x, y)));
                if (!hovered.isEmpty() && hovered.last().value(0) == target) {
                    click(label, {x, y});
                    return;
                }
            }
        }
        FAIL() << "no link to " << target.toStdString();
    }
    /// Types a line's new text into the editor that is open.
    void typeLine(const QString &text)
    {
        ASSERT_TRUE(find(u"listLineEdit"_s));
        press(Qt::Key_A, Qt::ControlModifier);
        type(text);
        press(Qt::Key_Return);
    }
};

TEST_F(ListsTest, SeveralThatAreDroppedOpenEachInATab)
{
    ASSERT_NO_FATAL_FAILURE(dropFiles(
        &m_window, {writeList(u"a.txt"_s, "redis:6\n"), writeList(u"b&c.txt"_s, "nginx:1\netcd:3\n")}));
    ASSERT_TRUE(soon([this] { return tabs()->count() == 2; }));
    EXPECT_EQ(tabTexts(), QStringList({u"a.txt"_s, u"b&&c.txt"_s}));
    EXPECT_EQ(tabs()->tabToolTip(0), path(u"a.txt"_s));
    EXPECT_EQ(images(), QStringList{u"redis:6"_s});
    click(tabs(), tabs()->tabRect(1).center() - QPoint(10, 0));
    EXPECT_EQ(images(), QStringList({u"nginx:1"_s, u"etcd:3"_s}));
    press(Qt::Key_Tab, Qt::ControlModifier);
    EXPECT_EQ(tabs()->currentIndex(), 0);
    press(Qt::Key_PageUp, Qt::ControlModifier);
    EXPECT_EQ(tabs()->currentIndex(), 1);
    EXPECT_EQ(m_settings.value(settings::openLists), QStringList({path(u"a.txt"_s), path(u"b&c.txt"_s)}));
    EXPECT_EQ(m_settings.value(settings::recentLists).size(), 2);
    press(Qt::Key_W, Qt::ControlModifier);
    EXPECT_EQ(tabTexts(), QStringList{u"a.txt"_s});
    EXPECT_EQ(m_settings.value(settings::openLists), QStringList{path(u"a.txt"_s)});
}

TEST_F(ListsTest, ALineIsEditedSavedAndTakenBack)
{
    ASSERT_NO_FATAL_FAILURE(openPoolAndList({u"redis:6"_s}, "# mine\r\nredis:5 # cache\r\n"));
    EXPECT_EQ(states(), QStringList({u""_s, u"Missing"_s}));
    ASSERT_NO_FATAL_FAILURE(clickLine(1));
    press(Qt::Key_F2);
    ASSERT_NO_FATAL_FAILURE(typeLine(u"redis:6 # cache"_s));
    EXPECT_TRUE(soon([this] { return states() == QStringList({u""_s, u"In pool"_s}); }));
    EXPECT_EQ(tabTexts(), QStringList{u"a.txt*"_s});
    EXPECT_EQ(m_workspace.listSubject().name, u"a.txt*"_s);
    press(Qt::Key_S, Qt::ControlModifier);
    EXPECT_TRUE(soon([this] { return tabTexts() == QStringList{u"a.txt"_s}; }));
    EXPECT_EQ(content(u"a.txt"_s), "# mine\r\nredis:6 # cache\r\n");
    press(Qt::Key_Z, Qt::ControlModifier);
    EXPECT_TRUE(soon([this] { return states() == QStringList({u""_s, u"Missing"_s}); }));
    EXPECT_EQ(tabTexts(), QStringList{u"a.txt*"_s});
    press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_EQ(tabTexts(), QStringList{u"a.txt"_s});
}

TEST_F(ListsTest, WhatIsBeingTypedStaysWhileStatesArrive)
{
    ASSERT_NO_FATAL_FAILURE(open(u"a.txt"_s, "redis:5\n"));
    ASSERT_NO_FATAL_FAILURE(clickLine(0));
    press(Qt::Key_F2);
    ASSERT_TRUE(find(u"listLineEdit"_s));
    Q_EMIT list()->statesChanged(); // all of the line is still chosen
    type(u"etcd"_s);
    Q_EMIT list()->statesChanged();
    type(u":3"_s);
    press(Qt::Key_Return);
    EXPECT_EQ(images(), QStringList{u"etcd:3"_s});
}

TEST_F(ListsTest, WhatIsBeingTypedIsSavedToo)
{
    ASSERT_NO_FATAL_FAILURE(open(u"a.txt"_s, "redis:5\n"));
    ASSERT_NO_FATAL_FAILURE(clickLine(0));
    press(Qt::Key_Return);
    ASSERT_TRUE(find(u"listLineEdit"_s));
    press(Qt::Key_End);
    type(u".1"_s);
    press(Qt::Key_S, Qt::ControlModifier);
    EXPECT_TRUE(soon([this] { return content(u"a.txt"_s) == "redis:5.1\n"; }))
        << content(u"a.txt"_s).toStdString();
}

TEST_F(ListsTest, LinesAreAddedRemovedAndCommentedByKeys)
{
    ASSERT_NO_FATAL_FAILURE(open(u"a.txt"_s, "redis:6\nnginx:1\n"));
    ASSERT_NO_FATAL_FAILURE(clickLine(0));
    press(Qt::Key_Insert);
    ASSERT_NO_FATAL_FAILURE(typeLine(u"etcd:3"_s));
    EXPECT_EQ(images(), QStringList({u"redis:6"_s, u"etcd:3"_s, u"nginx:1"_s}));
    EXPECT_TRUE(table()->hasFocus());
    press(Qt::Key_Insert);
    press(Qt::Key_Escape);
    EXPECT_EQ(images().size(), 3) << "nothing was typed into it";
    ASSERT_NO_FATAL_FAILURE(clickLine(1));
    press(Qt::Key_Slash, Qt::ControlModifier);
    EXPECT_EQ(images(), QStringList({u"redis:6"_s, u"# etcd:3"_s, u"nginx:1"_s}));
    press(Qt::Key_Down, Qt::ShiftModifier);
    press(Qt::Key_Delete);
    EXPECT_EQ(images(), QStringList{u"redis:6"_s});
    press(Qt::Key_Z, Qt::ControlModifier);
    press(Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(images(), QStringList({u"redis:6"_s, u"etcd:3"_s, u"nginx:1"_s}));
}

TEST_F(ListsTest, ABadLineIsKeptWithItsReasonAndOneStepAway)
{
    QByteArray text;
    for (int i = 0; i < 200; ++i) {
        text += "redis:" + QByteArray::number(i) + '\n';
    }
    ASSERT_NO_FATAL_FAILURE(open(u"a.txt"_s, text + "two words\n"));
    auto *problems = find<QLabel>(u"listProblems"_s);
    EXPECT_TRUE(problems->isVisible());
    EXPECT_TRUE(problems->text().contains(u"line 201: there is a blank inside"_s))
        << problems->text().toStdString();
    problems->setFocus();
    press(Qt::Key_Tab);
    press(Qt::Key_Return);
    EXPECT_TRUE(table()->hasFocus());
    EXPECT_EQ(table()->currentLine(), 200);
    EXPECT_TRUE(table()->viewport()->rect().contains(table()->visualRect(table()->currentIndex()).center()));
    press(Qt::Key_F2);
    ASSERT_NO_FATAL_FAILURE(typeLine(u"redis:200"_s));
    EXPECT_TRUE(soon([&] { return !problems->isVisible(); }));
    EXPECT_TRUE(totals().startsWith(u"201 line(s)"_s));
}

TEST_F(ListsTest, AClickOnAProblemGoesToItsLine)
{
    ASSERT_NO_FATAL_FAILURE(
        open(u"a.txt"_s, "redis:6\none two\nredis:7\nthree four\nfive six\nseven eight\nnine ten\n"));
    auto *problems = find<QLabel>(u"listProblems"_s);
    ASSERT_TRUE(problems->isVisible());
    EXPECT_TRUE(problems->text().contains(u"5 problem(s)"_s));
    EXPECT_TRUE(problems->text().contains(u"and 2 more"_s)) << "three are named";
    ASSERT_NO_FATAL_FAILURE(clickLink(problems, u"3"_s));
    EXPECT_TRUE(table()->hasFocus());
    EXPECT_EQ(table()->currentLine(), 3);
    ASSERT_NO_FATAL_FAILURE(clickLink(problems, u"all"_s));
    EXPECT_TRUE(soon([this] { return images().size() == 5; })) << "the lines with problems";
    EXPECT_EQ(find<QComboBox>(u"listStateCombo"_s)->currentText(), u"Problems"_s);
}

TEST_F(ListsTest, TheTotalsSayHowMuchIsThere)
{
    SampleRegistry pool(path(u"pool"_s));
    pool.add(u"redis"_s, u"6"_s);
    removeBlob(pool, pool.add(u"nginx"_s, u"1"_s).amd64().layers.back());
    ASSERT_NO_FATAL_FAILURE(dropFiles(
        &m_window, {pool.path(), writeList(u"a.txt"_s, "redis:6\nredis:6\nnginx:1\netcd:3\netcd:4\n")}));
    ASSERT_TRUE(soon([this] { return list() && list()->isCompared(); }));
    EXPECT_TRUE(soon([this] {
        return totals() == u"5 line(s) · 1 repeated\n1 here · 1 partly · 2 missing"_s;
    })) << totals().toStdString();
}

TEST_F(ListsTest, DroppedTextIsAListOfItsOwn)
{
    QMimeData text;
    text.setText(u"redis:6\nnginx:1\n"_s);
    ASSERT_NO_FATAL_FAILURE(dropOn(&m_window, text));
    ASSERT_TRUE(soon([this] { return tabs()->count() == 1; }));
    EXPECT_EQ(images(), QStringList({u"redis:6"_s, u"nginx:1"_s}));
    EXPECT_TRUE(table()->isVisible());
    QMimeData address;
    address.setUrls({QUrl(u"https://example.org/list.txt"_s)});
    ASSERT_NO_FATAL_FAILURE(dropOn(&m_window, address));
    EXPECT_TRUE(soon([this] { return message().contains(u"is not on this machine"_s); }));
    EXPECT_EQ(tabs()->count(), 1);
}

TEST_F(ListsTest, PastedTextIsAListOfItsOwn)
{
    QGuiApplication::clipboard()->setText(u"redis:6\nnginx:1\n"_s);
    press(Qt::Key_V, Qt::ControlModifier);
    ASSERT_TRUE(soon([this] { return tabs()->count() == 1; }));
    EXPECT_EQ(tabTexts(), QStringList{u"Untitled 1*"_s});
    EXPECT_EQ(images(), QStringList({u"redis:6"_s, u"nginx:1"_s}));
    m_dialogs.newFile = path(u"new.txt"_s);
    press(Qt::Key_S, Qt::ControlModifier);
    EXPECT_TRUE(soon([this] { return tabTexts() == QStringList{u"new.txt"_s}; }));
    EXPECT_EQ(content(u"new.txt"_s), "redis:6\nnginx:1\n");
    EXPECT_EQ(m_settings.value(settings::openLists), QStringList{path(u"new.txt"_s)});

    ASSERT_NO_FATAL_FAILURE(clickLine(0));
    press(Qt::Key_Insert, Qt::ShiftModifier);
    EXPECT_EQ(images(), QStringList({u"redis:6"_s, u"redis:6"_s, u"nginx:1"_s, u"nginx:1"_s}));
    QGuiApplication::clipboard()->setText(u"Dear all, it is attached."_s);
    press(Qt::Key_V, Qt::ControlModifier);
    EXPECT_TRUE(soon([this] { return message() == u"The text names no image"_s; }));
}

TEST_F(ListsTest, AFilterShowsWhatItSaysAndHasAWayOut)
{
    ASSERT_NO_FATAL_FAILURE(openPoolAndList({u"redis:6"_s}, "redis:6\nredis:7\nnginx:1\n"));
    ASSERT_NO_FATAL_FAILURE(clickLine(2));
    press(Qt::Key_F, Qt::ControlModifier);
    EXPECT_TRUE(find(u"listFilter"_s)->hasFocus());
    type(u"redis"_s);
    EXPECT_TRUE(soon([this] { return images() == QStringList({u"redis:6"_s, u"redis:7"_s}); }));
    auto *combo = find<QComboBox>(u"listStateCombo"_s);
    ASSERT_NO_FATAL_FAILURE(tabTo(combo));
    press(Qt::Key_Down);
    EXPECT_EQ(combo->currentText(), u"Missing"_s);
    EXPECT_TRUE(soon([this] { return images() == QStringList{u"redis:7"_s}; }));
    ASSERT_NO_FATAL_FAILURE(typeInto(find(u"listFilter"_s), u"etcdd"_s));
    EXPECT_TRUE(soon([this] { return find(u"clearListFilterButton"_s)->isVisible(); }));
    ASSERT_NO_FATAL_FAILURE(click(find(u"clearListFilterButton"_s)));
    EXPECT_TRUE(soon([this] { return images().size() == 3; }));
    ASSERT_NO_FATAL_FAILURE(typeInto(find(u"listFilter"_s), u"nginx"_s));
    EXPECT_TRUE(soon([this] { return images() == QStringList{u"nginx:1"_s}; }));
    press(Qt::Key_Escape);
    EXPECT_TRUE(soon([this] { return images().size() == 3; }));
    EXPECT_TRUE(table()->hasFocus());
}

TEST_F(ListsTest, AHeaderSortsAndEditsGoToTheirLines)
{
    ASSERT_NO_FATAL_FAILURE(open(u"a.txt"_s, "# head\nredis:6\nnginx:1\netcd:3\n"));
    const auto *header = table()->horizontalHeader();
    click(header->viewport(), {header->sectionViewportPosition(ListModel::Image) + 20, header->height() / 2});
    EXPECT_TRUE(soon([this] {
        return images() == QStringList({u"etcd:3"_s, u"nginx:1"_s, u"redis:6"_s, u"# head"_s});
    }));
    ASSERT_NO_FATAL_FAILURE(clickLine(0));
    press(Qt::Key_F2);
    ASSERT_NO_FATAL_FAILURE(typeLine(u"zk:3"_s));
    EXPECT_TRUE(soon([this] {
        return images() == QStringList({u"nginx:1"_s, u"redis:6"_s, u"zk:3"_s, u"# head"_s});
    }));
    EXPECT_EQ(table()->currentLine(), 3) << "it stays chosen";
    EXPECT_EQ(list()->text().toBytes(), "# head\nredis:6\nnginx:1\nzk:3\n");
}

TEST_F(ListsTest, NothingUnsavedIsLostUnasked)
{
    ASSERT_NO_FATAL_FAILURE(open(u"a.txt"_s, "redis:6\n"));
    list()->setText(0, u"redis:7"_s);
    ASSERT_NO_FATAL_FAILURE(click(find(u"closeListButton"_s)));
    EXPECT_EQ(m_dialogs.questions, QStringList{u"a.txt has changes that are not saved."_s});
    EXPECT_EQ(tabs()->count(), 1);
    m_dialogs.fate = Dialogs::Unsaved::Save;
    press(Qt::Key_W, Qt::ControlModifier);
    EXPECT_TRUE(soon([this] { return tabs()->count() == 0; }));
    EXPECT_EQ(content(u"a.txt"_s), "redis:7\n");

    ASSERT_NO_FATAL_FAILURE(open(u"a.txt"_s, "redis:6\n"));
    list()->setText(0, u"redis:8"_s);
    m_dialogs.fate = Dialogs::Unsaved::Discard;
    press(Qt::Key_W, Qt::ControlModifier);
    EXPECT_EQ(tabs()->count(), 0);
    EXPECT_EQ(content(u"a.txt"_s), "redis:6\n");
}

TEST_F(ListsTest, QuittingAsksForAllThatIsUnsaved)
{
    ASSERT_NO_FATAL_FAILURE(open(u"a.txt"_s, "redis:6\n"));
    ASSERT_NO_FATAL_FAILURE(open(u"b.txt"_s, "redis:6\n"));
    for (int i = 0; i < 2; ++i) {
        m_workspace.lists().at(i)->setText(0, u"redis:7"_s);
    }
    press(Qt::Key_Q, Qt::ControlModifier);
    EXPECT_EQ(m_dialogs.questions, QStringList{u"2 list(s) have changes that are not saved: a.txt, b.txt"_s});
    EXPECT_TRUE(m_window.isVisible());
    m_dialogs.fate = Dialogs::Unsaved::Save;
    press(Qt::Key_Q, Qt::ControlModifier);
    EXPECT_TRUE(soon([this] { return !m_window.isVisible(); }));
    EXPECT_EQ(content(u"a.txt"_s), "redis:7\n");
    EXPECT_EQ(content(u"b.txt"_s), "redis:7\n");
}

TEST_F(ListsTest, WhatIsDiscardedGoesWithTheWindow)
{
    ASSERT_NO_FATAL_FAILURE(open(u"a.txt"_s, "redis:6\n"));
    list()->setText(0, u"redis:7"_s);
    m_dialogs.fate = Dialogs::Unsaved::Discard;
    m_window.close();
    EXPECT_TRUE(soon([this] { return !m_window.isVisible(); }));
    EXPECT_EQ(content(u"a.txt"_s), "redis:6\n");
}

TEST_F(ListsTest, AFileThatAnotherProgramChangedIsAskedAbout)
{
    ASSERT_NO_FATAL_FAILURE(open(u"a.txt"_s, "redis:6\n"));
    list()->setText(0, u"redis:7"_s);
    writeList(u"a.txt"_s, "redis:8\n");
    m_dialogs.saysYes = false;
    press(Qt::Key_S, Qt::ControlModifier);
    EXPECT_TRUE(soon([this] { return m_dialogs.questions.size() == 1; }));
    EXPECT_TRUE(m_dialogs.questions.first().contains(u"was changed by another program"_s));
    EXPECT_EQ(content(u"a.txt"_s), "redis:8\n");
    m_dialogs.saysYes = true;
    press(Qt::Key_S, Qt::ControlModifier);
    EXPECT_TRUE(soon([this] { return content(u"a.txt"_s) == "redis:7\n"; }));
}

TEST_F(ListsTest, TheListsThatWereOpenAreOpenAgain)
{
    ASSERT_NO_FATAL_FAILURE(open(u"a.txt"_s, "redis:6\n"));
    ASSERT_NO_FATAL_FAILURE(open(u"b.txt"_s, "nginx:1\n"));
    m_window.close();
    ASSERT_TRUE(QFile::exists(path(u"a.txt"_s)));
    Workspace workspace;
    MainWindow again(workspace, m_dialogs, m_settings);
    again.open({}, {});
    ASSERT_TRUE(soon([&] { return workspace.lists().count() == 2; }));
    EXPECT_EQ(workspace.list()->name(), u"b.txt"_s);
}

TEST_F(ListsTest, ANewListIsWrittenByHand)
{
    press(Qt::Key_T, Qt::ControlModifier);
    ASSERT_TRUE(soon([this] { return find(u"emptyAddLineButton"_s)->hasFocus(); }));
    press(Qt::Key_Return);
    ASSERT_NO_FATAL_FAILURE(typeLine(u"redis:6"_s));
    EXPECT_EQ(images(), QStringList{u"redis:6"_s});
    EXPECT_EQ(tabTexts(), QStringList{u"Untitled 1*"_s});
}

TEST_F(ListsTest, WhatIsBeingTypedIsKeptWhereTheMouseLeavesTheList)
{
    ASSERT_NO_FATAL_FAILURE(open(u"a.txt"_s, "redis:5\n"));
    ASSERT_NO_FATAL_FAILURE(open(u"b.txt"_s, "nginx:1\n"));
    const auto typeOn = [this](const QString &text) {
        ASSERT_NO_FATAL_FAILURE(clickLine(0));
        press(Qt::Key_F2);
        ASSERT_TRUE(find(u"listLineEdit"_s));
        press(Qt::Key_End);
        type(text);
    };
    ASSERT_NO_FATAL_FAILURE(typeOn(u".1"_s));
    click(tabs(), tabs()->tabRect(0).center() - QPoint(10, 0));
    EXPECT_EQ(tabTexts(), QStringList({u"a.txt"_s, u"b.txt*"_s}));
    EXPECT_EQ(m_workspace.lists().at(1)->text().toBytes(), "nginx:1.1\n");

    m_dialogs.fate = Dialogs::Unsaved::Keep;
    ASSERT_NO_FATAL_FAILURE(typeOn(u".2"_s));
    click(tabs()->tabButton(0, QTabBar::RightSide));
    EXPECT_EQ(m_dialogs.questions.size(), 1) << "it would be lost";
    EXPECT_EQ(images(), QStringList{u"redis:5.2"_s});

    ASSERT_NO_FATAL_FAILURE(typeOn(u".3"_s));
    m_window.close();
    EXPECT_EQ(m_dialogs.questions.size(), 2);
    EXPECT_EQ(images(), QStringList{u"redis:5.2.3"_s});
}

TEST_F(ListsTest, ALineThatWasAddedIsTakenBackInOneStep)
{
    ASSERT_NO_FATAL_FAILURE(open(u"a.txt"_s, "redis:6\nnginx:1\n"));
    ASSERT_NO_FATAL_FAILURE(clickLine(0));
    press(Qt::Key_Insert);
    ASSERT_NO_FATAL_FAILURE(typeLine(u"etcd:3"_s));
    press(Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(images(), QStringList({u"redis:6"_s, u"nginx:1"_s}));
    press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_EQ(images(), QStringList({u"redis:6"_s, u"etcd:3"_s, u"nginx:1"_s}));
}

TEST_F(ListsTest, DialogsStartInTheFolderOfTheSettings)
{
    ASSERT_NO_FATAL_FAILURE(open(u"a.txt"_s, "redis:6\n"));
    m_settings.setValue(settings::listsFolder, path(u"lists"_s));
    press(Qt::Key_O, Qt::ControlModifier);
    EXPECT_EQ(m_dialogs.proposed, path(u"lists"_s));
    press(Qt::Key_T, Qt::ControlModifier);
    press(Qt::Key_S, Qt::ControlModifier);
    EXPECT_EQ(m_dialogs.proposed, path(u"lists/Untitled 1.txt"_s));
}

TEST_F(ListsTest, ListsOnADiskThatIsNotThereAreOpenedWhenItIs)
{
    const QString gone = path(u"disk/gone.txt"_s);
    m_settings.setValue(settings::openLists, QStringList({gone, writeList(u"a.txt"_s, "redis:6\n")}));
    m_window.open({}, {});
    EXPECT_TRUE(soon([this] { return tabTexts() == QStringList{u"a.txt"_s}; }));
    EXPECT_TRUE(m_settings.value(settings::openLists).contains(gone));
}

TEST_F(ListsTest, NoSourceIsAskedBeforeItWasNamed)
{
    FakeRegistry registry;
    ASSERT_NO_FATAL_FAILURE(open(u"a.txt"_s, "redis:6\n" + registry.host().toUtf8() + "/team/app:1\n"));
    m_dialogs.saysYes = false;
    press(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    ASSERT_EQ(m_dialogs.questions.size(), 1);
    EXPECT_TRUE(m_dialogs.questions.first().startsWith(u"1 line(s) name no registry: docker.io is asked"_s))
        << m_dialogs.questions.first().toStdString();
    EXPECT_FALSE(find(u"sourceCheckProgress"_s)->isVisible());
    EXPECT_TRUE(registry.requests().empty());
}

TEST_F(ListsTest, ASourceTellsWhichTagsHaveMoved)
{
    SampleRegistry source(path(u"source"_s));
    for (const QString &name : {u"same"_s, u"moved"_s}) {
        source.add(name, u"1"_s);
    }
    const QString pool = makePool(u"pool"_s, {u"same:1"_s, u"moved:1"_s});
    source.add(u"moved"_s, u"1"_s, {.seed = 2});
    const StockRegistry registry(source.path(), {.isReadOnly = true});
    ASSERT_TRUE(registry.isUp()) << registry.log().toStdString();
    m_settings.setValue(settings::source, registry.host());
    ASSERT_NO_FATAL_FAILURE(dropFiles(&m_window, {pool, writeList(u"a.txt"_s, "same:1\nmoved:1\nnone:1\n")}));
    ASSERT_TRUE(soon([this] { return list() && list()->isCompared(); }));
    EXPECT_EQ(states(), QStringList({u"In pool"_s, u"In pool"_s, u"Missing"_s}));

    ASSERT_NO_FATAL_FAILURE(click(find(u"checkListButton"_s)));
    EXPECT_TRUE(soon([this] {
        return states() == QStringList({u"In pool"_s, u"Moved"_s, u"Not found"_s});
    })) << testing::PrintToString(states());
    EXPECT_TRUE(totals().contains(u"1 moved · 1 not found"_s)) << totals().toStdString();
    EXPECT_EQ(message(), u"3 image(s) of a.txt looked for at their sources · 1 moved · 1 not found"_s);
    EXPECT_FALSE(find(u"sourceCheckProgress"_s)->isVisible());

    auto *combo = find<QComboBox>(u"listStateCombo"_s);
    combo->setCurrentText(u"Moved"_s);
    EXPECT_TRUE(soon([this] { return images() == QStringList{u"moved:1"_s}; }));
    QDir(pool + u"/docker/registry/v2/repositories/moved"_s).removeRecursively();
    m_workspace.refreshPool();
    EXPECT_TRUE(soon([this] { return list()->counts().moved == 0; }))
        << "what the pool has is another by now";
}

TEST_F(ListsTest, ACheckCanBeLeft)
{
    FakeRegistry slow;
    std::atomic_bool isAsked = false;
    slow.intercept([&](const FakeRequest &) -> std::optional<FakeReply> {
        isAsked = true;
        return FakeReply::silence();
    });
    m_settings.setValue(settings::source, slow.host());
    ASSERT_NO_FATAL_FAILURE(open(u"a.txt"_s, "redis:6\n"));
    press(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    ASSERT_TRUE(soon([&] { return isAsked.load(); }));
    EXPECT_TRUE(find(u"sourceCheckProgress"_s)->isVisible());
    ASSERT_NO_FATAL_FAILURE(click(find(u"sourceCheckCancelButton"_s)));
    EXPECT_FALSE(find(u"sourceCheckProgress"_s)->isVisible());
    EXPECT_FALSE(list()->counts().absent);
}

} // namespace
} // namespace layerpool::test
