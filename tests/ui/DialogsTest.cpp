// SPDX-License-Identifier: Apache-2.0
#include "dialogs/CancelQuestion.h"
#include "dialogs/Dialogs.h"

#include "Gestures.h"
#include "UiTest.h"

#include <QFileDialog>
#include <QMessageBox>
#include <QPushButton>
#include <QThread>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

// The platform's own question boxes: what Enter means in them.

namespace layerpool::test {
namespace {

class TaskUntilCancelled final : public Task
{
public:
    QString title() const override { return u"Push a.txt"_s; }
    TaskResult run(const TaskContext &context) override
    {
        while (!context.cancel.isCancelled()) {
            QThread::yieldCurrentThread();
        }
        TaskResult result;
        result.stopped = cancelledError();
        return result;
    }
};

class DialogsTest : public testing::Test
{
protected:
    void SetUp() override
    {
        m_window.show();
        ASSERT_NO_FATAL_FAILURE(bringToFront(&m_window));
    }
    QDialog *asked() const
    {
        for (QDialog *dialog : m_window.findChildren<QDialog *>(Qt::FindDirectChildrenOnly)) {
            if (dialog->isVisible()) {
                return dialog;
            }
        }
        return nullptr;
    }
    QMessageBox *box() const { return qobject_cast<QMessageBox *>(asked()); }
    void waitForBox() const
    {
        ASSERT_TRUE(soon([this] { return box() != nullptr; }));
        ASSERT_NO_FATAL_FAILURE(waitForFront(box()));
    }
    static Dialogs::Question question(Dialogs::Default chosen)
    {
        return {u"Title"_s, u"Text"_s, u"Do it"_s, chosen, u"Keep it"_s};
    }
    /// What Enter does in a box that asks.
    int countYes(Dialogs::Default chosen)
    {
        int count = 0;
        m_dialogs.ask(&m_window, question(chosen), [&] { ++count; });
        waitForBox();
        press(Qt::Key_Return);
        EXPECT_TRUE(soon([this] { return !box(); }));
        return count;
    }
    Dialogs::Unsaved fateBy(Dialogs::Default chosen)
    {
        std::optional<Dialogs::Unsaved> fate;
        m_dialogs.askToSave(&m_window, question(chosen), [&](Dialogs::Unsaved said) { fate = said; });
        waitForBox();
        press(Qt::Key_Return);
        EXPECT_TRUE(soon([&] { return fate.has_value(); }));
        return *fate;
    }

    QWidget m_window;
    PlatformDialogs m_platform;
    Dialogs &m_dialogs = m_platform;
};

TEST_F(DialogsTest, EnterMeansWhatTheQuestionSays)
{
    EXPECT_EQ(countYes(Dialogs::Default::Yes), 1);
    EXPECT_EQ(countYes(Dialogs::Default::Cancel), 0);
}

TEST_F(DialogsTest, TheNameOfAListIsNoMarkup)
{
    const Dialogs::Question marked{u"Title"_s, u"Discard <b>a.txt</b>?"_s, u"Do it"_s};
    const auto expectPlain = [this] {
        ASSERT_NO_FATAL_FAILURE(waitForBox());
        EXPECT_EQ(box()->textFormat(), Qt::PlainText);
        press(Qt::Key_Escape);
        ASSERT_TRUE(soon([this] { return !box(); }));
    };
    m_dialogs.ask(&m_window, marked, [] {});
    ASSERT_NO_FATAL_FAILURE(expectPlain());
    m_dialogs.askToSave(&m_window, marked, [](Dialogs::Unsaved) {});
    ASSERT_NO_FATAL_FAILURE(expectPlain());
    m_dialogs.choose(&m_window, {marked.title, marked.text, {u"Do it"_s}}, [](int) {});
    expectPlain();
}

TEST_F(DialogsTest, EnterSavesOrStays)
{
    EXPECT_EQ(fateBy(Dialogs::Default::Yes), Dialogs::Unsaved::Save);
    EXPECT_EQ(fateBy(Dialogs::Default::Cancel), Dialogs::Unsaved::Keep);
}

TEST_F(DialogsTest, TheFirstOfSeveralVerbsIsTheDefault)
{
    int chosen = -1;
    m_dialogs.choose(&m_window, {u"Title"_s, u"Text"_s, {u"Add"_s, u"Replace"_s}},
                     [&](int verb) { chosen = verb; });
    ASSERT_NO_FATAL_FAILURE(waitForBox());
    press(Qt::Key_Return);
    EXPECT_TRUE(soon([&] { return chosen == 0; }));
}

TEST_F(DialogsTest, ANoIsToldToo)
{
    int noes = 0;
    m_dialogs.ask(
        &m_window, question(Dialogs::Default::Cancel), [] {}, [&] { ++noes; });
    ASSERT_TRUE(soon([this] { return asked() != nullptr; }));
    QTest::keyClick(asked(), Qt::Key_Escape);
    EXPECT_EQ(noes, 1);
    ASSERT_TRUE(soon([this] { return asked() == nullptr; }));
    m_dialogs.saveFile(
        &m_window, {}, [](const QString &) {}, [&] { ++noes; });
    ASSERT_TRUE(soon([this] { return asked() != nullptr; }));
    QTest::keyClick(asked(), Qt::Key_Escape);
    EXPECT_TRUE(soon([&] { return noes == 2; }));
}

TEST_F(DialogsTest, TheButtonThatKeepsSaysSo)
{
    m_dialogs.ask(&m_window, question(Dialogs::Default::Cancel), [] {});
    ASSERT_NO_FATAL_FAILURE(waitForBox());
    EXPECT_EQ(box()->defaultButton()->text(), u"Keep it"_s);
    press(Qt::Key_Escape);
    EXPECT_TRUE(soon([this] { return !box(); }));
}

TEST_F(DialogsTest, WhoIsAskedCanStillUseTheWindow)
{
    auto *button = new QPushButton(&m_window);
    button->setGeometry(0, 0, 50, 20);
    button->show();
    int clicks = 0;
    QObject::connect(button, &QPushButton::clicked, &m_window, [&] { ++clicks; });
    const std::vector<std::function<void()>> ways{
        [this] {
            m_dialogs.openFolder(&m_window, {u"A folder"_s, {}, {}}, [](const QString &) {});
        },
        [this] { m_dialogs.ask(&m_window, question(Dialogs::Default::Cancel), [] {}); },
        [this] {
            m_dialogs.askToSave(&m_window, question(Dialogs::Default::Cancel), [](Dialogs::Unsaved) {});
        },
        [this] {
            m_dialogs.choose(&m_window, {u"Title"_s, u"Text"_s, {u"Add"_s}}, [](int) {});
        },
    };
    for (const auto &ask : ways) {
        clicks = 0;
        ask();
        ASSERT_TRUE(soon([this] { return asked() != nullptr; }));
        EXPECT_EQ(QApplication::activeModalWidget(), nullptr);
        QTest::mouseClick(m_window.windowHandle(), Qt::LeftButton, {}, button->geometry().center());
        EXPECT_EQ(clicks, 1);
        asked()->reject();
        ASSERT_TRUE(soon([this] { return asked() == nullptr; }));
    }
}

TEST_F(DialogsTest, AQuestionThatIsAskedAgainTakesThePlaceOfTheFirst)
{
    QStringList answers;
    const auto ask = [&](const QString &text, const QString &subject, const QString &name) {
        m_dialogs.ask(
            &m_window, {u"Title"_s, text, u"Do it"_s, Dialogs::Default::Yes, {}, subject},
            [&answers, name] { answers << name + u" yes"_s; },
            [&answers, name] { answers << name + u" no"_s; });
    };
    const auto countShown = [this] {
        int shown = 0;
        for (const QMessageBox *box : m_window.findChildren<QMessageBox *>(Qt::FindDirectChildrenOnly)) {
            shown += box->isVisible() ? 1 : 0;
        }
        return shown;
    };
    ask(u"Cancel 2 tasks?"_s, u"tasks"_s, u"first"_s);
    ask(u"Cancel 1 task?"_s, u"tasks"_s, u"second"_s);
    EXPECT_EQ(answers, QStringList{u"first no"_s});
    EXPECT_EQ(countShown(), 1);
    ask(u"Close a.txt?"_s, {}, u"third"_s);
    EXPECT_EQ(countShown(), 2) << "it is about something else";
    ask(u"Close a.txt?"_s, {}, u"fourth"_s);
    EXPECT_EQ(countShown(), 2);
    ASSERT_TRUE(soon([&] { return asked() != nullptr; }));
    answers.clear();
    for (QMessageBox *box : m_window.findChildren<QMessageBox *>(Qt::FindDirectChildrenOnly)) {
        if (box->isVisible()) {
            box->defaultButton()->click();
        }
    }
    EXPECT_EQ(answers, (QStringList{u"second yes"_s, u"fourth yes"_s}));
}

TEST_F(DialogsTest, TheQuestionWhetherToCancelFollowsTasksThatEndMeanwhile)
{
    TaskQueue queue;
    std::vector<TaskId> tasks;
    for (int i = 0; i < 3; ++i) {
        tasks.push_back(queue.enqueue(std::make_unique<TaskUntilCancelled>()));
    }
    const auto says = [this](int count) {
        const QString task = u"%1 task(s)"_s.arg(count);
        return box() && box()->text().startsWith(task) &&
               std::ranges::any_of(box()->buttons(), [&](const QAbstractButton *button) {
                   return button->text().contains(u"Cancel "_s + task);
               });
    };
    askToCancel(tasks, queue, m_dialogs, &m_window);
    ASSERT_NO_FATAL_FAILURE(waitForBox());
    EXPECT_TRUE(says(3)) << box()->text().toStdString();
    queue.cancel(tasks[1]);
    EXPECT_TRUE(soon([&] { return says(2); }));
    queue.cancel(tasks[0]);
    EXPECT_TRUE(soon([&] { return says(1); }));
    queue.cancel(tasks[2]);
    EXPECT_TRUE(soon([this] { return !box(); })) << "there is nothing left to ask for";
}

TEST_F(DialogsTest, AFileDialogThatIsOpenIsNotOpenedTwice)
{
    int noes = 0;
    const auto ask = [&](const QString &title) {
        m_dialogs.saveFile(
            &m_window, {title, {}, {}}, [](const QString &) {}, [&] { ++noes; });
    };
    ask(u"Save a.txt as"_s);
    EXPECT_EQ(noes, 0);
    ask(u"Save a.txt as"_s);
    EXPECT_EQ(noes, 1) << "the second asking is told no";
    ask(u"Save b.txt as"_s);
    EXPECT_EQ(noes, 1);
    EXPECT_EQ(m_window.findChildren<QFileDialog *>(Qt::FindDirectChildrenOnly).size(), 2);
}

TEST_F(DialogsTest, WhatIsNotThereAnyMoreIsSaidAndNotOpened)
{
    m_dialogs.openOutside(&m_window, u"/nowhere/at.all"_s);
    ASSERT_NO_FATAL_FAILURE(waitForBox());
    EXPECT_TRUE(box()->text().contains(u"/nowhere/at.all: it is not there any more"_s))
        << box()->text().toStdString();
    press(Qt::Key_Return);
    EXPECT_TRUE(soon([this] { return !box(); }));
}

} // namespace
} // namespace layerpool::test
