// SPDX-License-Identifier: Apache-2.0
#include "WindowTest.h"

#include "AccessibleNames.h"
#include "dialogs/TarForm.h"
#include "models/TaskModel.h"
#include "support/FakeRegistry.h"

#include <QClipboard>
#include <QComboBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>
#include <QTreeView>

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

// What is done about a task that is over.
class RetryTest : public WindowTest
{
protected:
    QTreeView *tasks() const { return m_window.findChild<QTreeView *>(u"taskTree"_s); }
    QModelIndex newest() const { return tasks()->model()->index(0, 0); }
    QString state() const { return newest().siblingAtColumn(TaskModel::State).data().toString(); }
    QToolButton *taskButton(const QString &name) const
    {
        const QWidget *buttons = tasks()->indexWidget(newest().siblingAtColumn(TaskModel::Buttons));
        return buttons ? buttons->findChild<QToolButton *>(name) : nullptr;
    }
    void clickRetry()
    {
        ASSERT_TRUE(taskButton(u"taskRetryButton"_s)->isVisible());
        ASSERT_NO_FATAL_FAILURE(click(taskButton(u"taskRetryButton"_s)));
        waitFor(u"planDialog"_s);
    }
    void openDetails()
    {
        ASSERT_NO_FATAL_FAILURE(click(taskButton(u"taskDetailsButton"_s)));
        waitFor(u"resultDialog"_s);
    }
    static QString subject()
    {
        for (const QLabel *label : shown(u"planDialog"_s)->findChildren<QLabel *>()) {
            if (label->isVisible() && label->text().contains(u"that failed"_s)) {
                return label->text();
            }
        }
        return {};
    }
    void pushTo(const QString &host)
    {
        ASSERT_NO_FATAL_FAILURE(openPlan(u"push"_s));
        ASSERT_NO_FATAL_FAILURE(typeInto(inPlan(u"targetEdit"_s), host));
        start();
    }
};

TEST_F(RetryTest, APushIsTriedAgainAtItsTargetWithWhatFailed)
{
    FakeRegistry target;
    target.acceptPushes();
    target.on("PUT", "/v2/nginx/manifests/*")
        .reply(FakeReply::error(403, "DENIED", "not today"))
        .thenAsUsual();
    ASSERT_NO_FATAL_FAILURE(openPoolAndList({u"nginx:1"_s, u"redis:6"_s}, "redis:6\nnginx:1\n"));
    ASSERT_NO_FATAL_FAILURE(pushTo(target.host()));
    ASSERT_TRUE(soon([this] { return state() == u"1 image(s) failed"_s; })) << state().toStdString();
    m_settings.setValue(settings::pushTarget, u"elsewhere.corp"_s);

    ASSERT_NO_FATAL_FAILURE(clickRetry());
    EXPECT_EQ(inPlan<QLineEdit>(u"targetEdit"_s)->text(), target.host()) << "that of the task";
    EXPECT_EQ(subject(), u"1 image(s) that failed"_s);
    ASSERT_NO_FATAL_FAILURE(start());
    EXPECT_TRUE(soon([this] { return state() == u"Done"_s; })) << state().toStdString();
    EXPECT_EQ(newest().data().toString(), tasks()->model()->index(1, 0).data().toString());
}

TEST_F(RetryTest, TheDetailsOfAPushHaveItsFailuresNumbersAndSettings)
{
    FakeRegistry target;
    target.acceptPushes();
    target.on("PUT", "/v2/nginx/manifests/*")
        .reply(FakeReply::error(403, "DENIED", "not today"))
        .thenAsUsual();
    ASSERT_NO_FATAL_FAILURE(openPoolAndList({u"nginx:1"_s, u"redis:6"_s}, "redis:6\nnginx:1\n"));
    ASSERT_NO_FATAL_FAILURE(pushTo(target.host()));
    ASSERT_NO_FATAL_FAILURE(openDetails());
    EXPECT_FALSE(shown(u"resultDialog"_s)->isModal());
    EXPECT_EQ(namelessWidgets(*shown(u"resultDialog"_s)), QStringList());
    ASSERT_NO_FATAL_FAILURE(click(taskButton(u"taskDetailsButton"_s)));
    EXPECT_EQ(m_window.findChildren<QDialog *>(u"resultDialog"_s).size(), 1)
        << "a second click opens no other";
    EXPECT_TRUE(textIn(u"resultDialog"_s, u"resultOutcome"_s).contains(u"1 problem(s)"_s));
    const QString problem = textIn(u"resultDialog"_s, u"resultProblem"_s);
    EXPECT_TRUE(problem.contains(u"not today"_s)) << problem.toStdString();
    EXPECT_TRUE(problem.contains(u"Check what this login is allowed"_s)) << problem.toStdString();
    const auto *files = in<QPlainTextEdit>(u"resultDialog"_s, u"resultSettings"_s);
    ASSERT_TRUE(files);
    EXPECT_TRUE(files->toPlainText().contains(target.host()));
    ASSERT_NO_FATAL_FAILURE(click(in(u"resultDialog"_s, u"copySettingsButton"_s)));
    EXPECT_EQ(QApplication::clipboard()->text(), files->toPlainText());
    ASSERT_NO_FATAL_FAILURE(click(in(u"resultDialog"_s, u"copyDetailsButton"_s)));
    EXPECT_TRUE(QApplication::clipboard()->text().contains(u"nginx:1"_s));
    ASSERT_NO_FATAL_FAILURE(click(in(u"resultDialog"_s, u"resultRetryButton"_s)));
    ASSERT_NO_FATAL_FAILURE(waitFor(u"planDialog"_s));
    EXPECT_FALSE(shown(u"resultDialog"_s));
}

// What is made anew after a pause may break off before any image is known.
TEST_F(RetryTest, APushThatBreaksOffAfterAPauseIsTriedAgainWhole)
{
    auto target = std::make_unique<FakeRegistry>();
    target->acceptPushes();
    target->on("PUT", "/v2/nginx/manifests/*").reply(FakeReply::silence()).thenAsUsual();
    const QString host = target->host();
    ASSERT_NO_FATAL_FAILURE(openPoolAndList({u"nginx:1"_s, u"redis:6"_s}, "redis:6\nnginx:1\n"));
    ASSERT_NO_FATAL_FAILURE(openPlan(u"push"_s));
    ASSERT_NO_FATAL_FAILURE(typeInto(inPlan(u"targetEdit"_s), host));
    ASSERT_TRUE(soon([] { return canStart(); }));
    ASSERT_NO_FATAL_FAILURE(click(inPlan(u"planStartButton"_s)));
    ASSERT_TRUE(soon([&] { return target->count("PUT", "/v2/nginx/manifests/1") == 1; }));
    ASSERT_NO_FATAL_FAILURE(click(taskButton(u"taskPauseButton"_s)));
    ASSERT_TRUE(soon([this] { return state() == u"Paused"_s; })) << state().toStdString();
    target.reset();
    ASSERT_NO_FATAL_FAILURE(click(taskButton(u"taskPauseButton"_s)));
    ASSERT_TRUE(soon([this] { return state() == u"Stopped"_s; })) << state().toStdString();
    ASSERT_NO_FATAL_FAILURE(clickRetry());
    EXPECT_EQ(inPlan<QLineEdit>(u"targetEdit"_s)->text(), host);
    EXPECT_TRUE(textIn(u"planDialog"_s, u"onlySubject"_s).startsWith(u"2 image(s)"_s))
        << textIn(u"planDialog"_s, u"onlySubject"_s).toStdString();
}

TEST_F(RetryTest, ASelectIsTriedAgainIntoItsFolder)
{
    ASSERT_NO_FATAL_FAILURE(openPoolAndList({u"redis:6"_s}, "redis:6\nnginx:1\n"));
    ASSERT_NO_FATAL_FAILURE(openPlan(u"select"_s));
    ASSERT_NO_FATAL_FAILURE(typeInto(inPlan(u"targetEdit"_s), path(u"small"_s)));
    ASSERT_NO_FATAL_FAILURE(start());
    SampleRegistry(path(u"pool"_s)).add(u"nginx"_s, u"1"_s);
    m_workspace.refreshPool();
    ASSERT_TRUE(soon([this] { return m_workspace.pool()->totals().images == 2; }));

    ASSERT_NO_FATAL_FAILURE(clickRetry());
    EXPECT_EQ(inPlan<QLineEdit>(u"targetEdit"_s)->text(), path(u"small"_s));
    ASSERT_NO_FATAL_FAILURE(start());
    const auto small = indexOf(path(u"small"_s));
    ASSERT_TRUE(small);
    EXPECT_EQ(small->totals().images, 2);
}

TEST_F(RetryTest, IntoAnotherPoolThanTheOpenOneNothingIsFetchedAgain)
{
    SampleRegistry samples(path(u"source"_s));
    samples.add(u"busybox"_s, u"1"_s);
    FakeRegistry source;
    source.serve(samples.path());
    ASSERT_NO_FATAL_FAILURE(openPoolAndList({u"redis:6"_s}, "busybox:1\nnginx:1\n"));
    ASSERT_NO_FATAL_FAILURE(openPlan(u"convert"_s));
    ASSERT_NO_FATAL_FAILURE(typeInto(inPlan(u"sourceEdit"_s), source.host()));
    ASSERT_NO_FATAL_FAILURE(start());
    m_workspace.openPool(makePool(u"other"_s, {u"redis:6"_s}));
    ASSERT_TRUE(soon([this] { return m_workspace.pool()->path() == path(u"other"_s); }));
    ASSERT_NO_FATAL_FAILURE(click(taskButton(u"taskRetryButton"_s)));
    const auto *said = m_window.findChild<QLabel *>(u"messageText"_s);
    EXPECT_TRUE(soon([&] { return said->isVisible() && said->text().contains(path(u"pool"_s)); }));
    EXPECT_FALSE(shown(u"planDialog"_s));
}

TEST_F(RetryTest, ThatAFileMayBeReplacedIsAskedAnew)
{
    TarForm form(m_settings, m_workspace.workers(), m_dialogs);
    form.findChild<QLineEdit *>(u"targetEdit"_s)->setText(u"/x/a.tar"_s);
    form.findChild<QCheckBox *>(u"replaceCheck"_s)->setChecked(true);
    TarForm again(m_settings, m_workspace.workers(), m_dialogs);
    again.choose(form.choices());
    EXPECT_EQ(again.findChild<QLineEdit *>(u"targetEdit"_s)->text(), u"/x/a.tar"_s);
    EXPECT_FALSE(again.findChild<QCheckBox *>(u"replaceCheck"_s)->isChecked());
}

TEST_F(RetryTest, ADamagedPoolIsVerifiedAgainAsAWhole)
{
    SampleRegistry pool(path(u"pool"_s));
    pool.add(u"redis"_s, u"6"_s);
    const Sample nginx = pool.add(u"nginx"_s, u"1"_s);
    removeBlob(pool, nginx.root);
    ASSERT_NO_FATAL_FAILURE(dropFiles(&m_window, {pool.path()}));
    ASSERT_TRUE(soon([this] { return m_workspace.pool() != nullptr; }));
    ASSERT_NO_FATAL_FAILURE(openPlan(u"verify"_s));
    ASSERT_NO_FATAL_FAILURE(start());
    ASSERT_NO_FATAL_FAILURE(clickRetry());
    EXPECT_EQ(subject(), QString());
    EXPECT_TRUE(soon([] { return canStart(); }));
}

TEST_F(RetryTest, ARegistryIsVerifiedAgainstThePool)
{
    FakeRegistry target;
    target.acceptPushes();
    ASSERT_NO_FATAL_FAILURE(openPoolAndList({u"nginx:1"_s, u"redis:6"_s}, "redis:6\n"));
    ASSERT_NO_FATAL_FAILURE(pushTo(target.host()));
    ASSERT_NO_FATAL_FAILURE(openPlan(u"verify"_s));
    auto *subjects = inPlan<QComboBox>(u"subjectCombo"_s);
    EXPECT_FALSE(subjects->isEnabled()) << "a pool is read as a whole";
    EXPECT_TRUE(subjects->currentText().startsWith(u"The whole pool"_s));
    EXPECT_FALSE(inPlan(u"targetEdit"_s)->isVisible());
    ASSERT_NO_FATAL_FAILURE(tabTo(inPlan(u"verifyCombo"_s)));
    press(Qt::Key_Down);
    EXPECT_TRUE(subjects->isEnabled());
    EXPECT_EQ(inPlan<QLineEdit>(u"targetEdit"_s)->text(), target.host()) << "where it was pushed last";
    EXPECT_TRUE(subjects->currentText().startsWith(u"The list a.txt"_s));
    ASSERT_NO_FATAL_FAILURE(start());
    EXPECT_TRUE(soon([this] { return state() == u"Done"_s; })) << state().toStdString();

    ASSERT_NO_FATAL_FAILURE(openPlan(u"verify"_s));
    ASSERT_NO_FATAL_FAILURE(tabTo(inPlan(u"verifyCombo"_s)));
    press(Qt::Key_Down);
    subjects = inPlan<QComboBox>(u"subjectCombo"_s);
    ASSERT_NO_FATAL_FAILURE(tabTo(subjects));
    press(Qt::Key_End);
    ASSERT_NO_FATAL_FAILURE(start());
    EXPECT_TRUE(soon([this] { return state() == u"1 image(s) failed"_s; })) << "nginx was not pushed";
}

} // namespace
} // namespace layerpool::test
