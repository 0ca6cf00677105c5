// SPDX-License-Identifier: Apache-2.0
#include "WindowTest.h"

#include "AccessibleNames.h"
#include "models/TaskModel.h"
#include "work/ReportPdf.h"

#include <QPushButton>
#include <QToolButton>
#include <QTreeView>

using namespace Qt::Literals::StringLiterals;

// What can be done next with what a task has made.

namespace layerpool::test {
namespace {

/// Says that it has made something in that folder.
class MakingTask final : public Task
{
public:
    explicit MakingTask(const QString &folder) : m_folder(folder) {}
    QString title() const override { return u"Select"_s; }
    TaskResult run(const TaskContext &) override
    {
        TaskResult result;
        result.made = Made{m_folder, {}};
        return result;
    }

private:
    QString m_folder;
};

class MadeTest : public WindowTest
{
protected:
    QTreeView *tasks() const { return m_window.findChild<QTreeView *>(u"taskTree"_s); }
    QModelIndex newest(int column = 0) const { return tasks()->model()->index(0, column); }
    QToolButton *taskButton(const QString &name) const
    {
        const QWidget *buttons = tasks()->indexWidget(newest(TaskModel::Buttons));
        return buttons ? buttons->findChild<QToolButton *>(name) : nullptr;
    }
    bool isPossible(const QString &deed) const
    {
        return m_window.findChild<QAction *>(deed + u"Action"_s)->isEnabled();
    }
    /// Of the list's images, into that file or folder.
    void make(const QString &verb, const QString &target)
    {
        ASSERT_NO_FATAL_FAILURE(openPoolAndList({u"redis:6"_s}, "redis:6\n"));
        ASSERT_NO_FATAL_FAILURE(openPlan(verb));
        ASSERT_NO_FATAL_FAILURE(typeInto(inPlan(u"targetEdit"_s), target));
        ASSERT_NO_FATAL_FAILURE(start());
        ASSERT_TRUE(soon([this] { return taskButton(u"taskFolderButton"_s) != nullptr; }));
        ASSERT_NO_FATAL_FAILURE(bringToFront(&m_window));
    }
    void openResult()
    {
        ASSERT_NO_FATAL_FAILURE(click(taskButton(u"taskDetailsButton"_s)));
        ASSERT_NO_FATAL_FAILURE(waitFor(u"resultDialog"_s));
    }
    static QString said() { return textIn(u"resultDialog"_s, u"madeMessage"_s); }
    QByteArray bytesOf(const QString &name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
};

TEST_F(MadeTest, ABundleIsShownInItsFolderWithItsReport)
{
    ASSERT_NO_FATAL_FAILURE(make(u"tar"_s, path(u"out.tar"_s)));
    const QString folder = QFileInfo(path(u"out.tar"_s)).absolutePath();
    const QString report = path(u"out.report.html"_s);
    ASSERT_NO_FATAL_FAILURE(click(taskButton(u"taskFolderButton"_s)));
    ASSERT_NO_FATAL_FAILURE(click(taskButton(u"taskReportButton"_s)));
    EXPECT_EQ(m_dialogs.opened, (QStringList{folder, report}));

    m_dialogs.opened.clear();
    ASSERT_NO_FATAL_FAILURE(click(tasks()->viewport(), tasks()->visualRect(newest()).center()));
    EXPECT_TRUE(isPossible(u"showFolder"_s) && isPossible(u"openReport"_s));
    press(Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
    press(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_EQ(m_dialogs.opened, (QStringList{report, folder}));

    m_dialogs.opened.clear();
    ASSERT_NO_FATAL_FAILURE(openResult());
    EXPECT_EQ(namelessWidgets(*shown(u"resultDialog"_s)), QStringList());
    ASSERT_NO_FATAL_FAILURE(click(in(u"resultDialog"_s, u"openReportButton"_s)));
    ASSERT_NO_FATAL_FAILURE(click(in(u"resultDialog"_s, u"showFolderButton"_s)));
    EXPECT_EQ(m_dialogs.opened, (QStringList{report, folder}));
}

TEST_F(MadeTest, ItsReportIsSavedAsPdf)
{
    ASSERT_NO_FATAL_FAILURE(make(u"tar"_s, path(u"out.tar"_s)));
    ASSERT_NO_FATAL_FAILURE(openResult());
    auto *save = in<QPushButton>(u"resultDialog"_s, u"savePdfButton"_s);
    m_dialogs.newFile = path(u"for-them"_s);
    ASSERT_NO_FATAL_FAILURE(click(save));
    EXPECT_EQ(m_dialogs.proposed, path(u"out.report.pdf"_s));
    ASSERT_TRUE(soon([] { return said().contains(u"for-them.pdf"_s); })) << said().toStdString();
    EXPECT_TRUE(bytesOf(u"for-them.pdf"_s).startsWith("%PDF-"));

    m_dialogs.saysYes = false;
    m_dialogs.newFile = writeList(u"mine.pdf"_s, "mine");
    ASSERT_NO_FATAL_FAILURE(click(save));
    ASSERT_TRUE(soon([this] { return m_dialogs.questions.size() == 1; }));
    EXPECT_EQ(bytesOf(u"mine.pdf"_s), "mine") << "nothing is replaced unasked";
    EXPECT_EQ(m_dialogs.defaults, QList{Dialogs::Default::Cancel});

    ASSERT_TRUE(QFile::remove(path(u"out.report.html"_s)));
    m_dialogs.newFile = path(u"late.pdf"_s);
    ASSERT_NO_FATAL_FAILURE(click(save));
    EXPECT_TRUE(soon([] { return said().contains(u"Cannot read"_s); })) << said().toStdString();
    EXPECT_FALSE(QFileInfo::exists(path(u"late.pdf"_s)));
}

TEST_F(MadeTest, AReportThatIsSavedWhenTheDialogIsClosedIsToldInTheWindow)
{
    ASSERT_NO_FATAL_FAILURE(make(u"tar"_s, path(u"out.tar"_s)));
    ASSERT_NO_FATAL_FAILURE(openResult());
    m_dialogs.newFile = writeList(u"mine.pdf"_s, "mine");
    m_dialogs.meanwhile = [] { shown(u"resultDialog"_s)->close(); };
    ASSERT_NO_FATAL_FAILURE(click(in(u"resultDialog"_s, u"savePdfButton"_s)));
    const auto *told = m_window.findChild<QLabel *>(u"messageText"_s);
    EXPECT_TRUE(soon([&] { return told->text().contains(u"saved as"_s); })) << told->text().toStdString();
    EXPECT_TRUE(bytesOf(u"mine.pdf"_s).startsWith("%PDF-"));
}

TEST_F(MadeTest, ManyFoldersAreOpenedOnlyByAYesAndEachOnce)
{
    const auto add = [this](const QString &name) {
        m_workspace.queue().enqueue(std::make_unique<MakingTask>(path(name)));
    };
    for (const QString &name : {u"a"_s, u"b"_s, u"c"_s, u"a"_s}) {
        add(name);
    }
    ASSERT_TRUE(soon([this] { return !m_workspace.queue().hasWork() && tasks()->model()->rowCount() == 4; }));
    const auto openAll = [this] {
        tasks()->setFocus();
        press(Qt::Key_A, Qt::ControlModifier);
        press(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    };
    openAll();
    m_dialogs.opened.sort();
    EXPECT_EQ(m_dialogs.opened, (QStringList{path(u"a"_s), path(u"b"_s), path(u"c"_s)}));
    EXPECT_TRUE(m_dialogs.questions.isEmpty());

    add(u"d"_s);
    ASSERT_TRUE(soon([this] { return !m_workspace.queue().hasWork() && tasks()->model()->rowCount() == 5; }));
    m_dialogs.opened.clear();
    m_dialogs.saysYes = false;
    openAll();
    EXPECT_EQ(m_dialogs.questions.size(), 1);
    EXPECT_TRUE(m_dialogs.opened.isEmpty());
    m_dialogs.saysYes = true;
    openAll();
    EXPECT_EQ(m_dialogs.opened.size(), 4);
}

TEST_F(MadeTest, ASmallPoolHasAFolderAndNoReport)
{
    ASSERT_NO_FATAL_FAILURE(make(u"select"_s, path(u"small"_s)));
    EXPECT_FALSE(taskButton(u"taskReportButton"_s)->isVisible());
    ASSERT_NO_FATAL_FAILURE(click(taskButton(u"taskFolderButton"_s)));
    EXPECT_EQ(m_dialogs.opened, QStringList{path(u"small"_s)});
    ASSERT_NO_FATAL_FAILURE(openResult());
    EXPECT_FALSE(in(u"resultDialog"_s, u"savePdfButton"_s));
}

TEST_F(MadeTest, WhatHasMadeNothingShowsNothing)
{
    ASSERT_NO_FATAL_FAILURE(openPoolAndList({u"redis:6"_s}, "redis:6\n"));
    ASSERT_NO_FATAL_FAILURE(openPlan(u"verify"_s));
    ASSERT_NO_FATAL_FAILURE(start());
    ASSERT_TRUE(soon([this] { return taskButton(u"taskDetailsButton"_s) != nullptr; }));
    EXPECT_FALSE(taskButton(u"taskFolderButton"_s)->isVisible());
    EXPECT_FALSE(isPossible(u"showFolder"_s) || isPossible(u"openReport"_s));
}

TEST(ReportPdfTest, ALongPageIsSeveralOfPaper)
{
    const auto pagesOf = [](int rows) {
        const QString row = u"<tr><td>team/app:v1</td></tr>"_s;
        return reportPdf(u"<html><head><title>T</title></head><body><table>"_s + row.repeated(rows) +
                         u"</table></body></html>"_s)
            .count("/Type /Page\n");
    };
    EXPECT_EQ(pagesOf(1), 1);
    EXPECT_GT(pagesOf(200), 2);
}

} // namespace
} // namespace layerpool::test
