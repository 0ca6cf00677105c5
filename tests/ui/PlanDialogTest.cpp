// SPDX-License-Identifier: Apache-2.0
#include "dialogs/PlanDialog.h"

#include "Gestures.h"
#include "UiTest.h"
#include "dialogs/ConvertForm.h"
#include "dialogs/PushForm.h"
#include "dialogs/TarForm.h"
#include "settings/Settings.h"

#include <QTreeWidget>

#include <atomic>

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

/// A form with one field, whose plan is whatever the test says.
class ScriptedForm final : public PlanForm
{
public:
    std::function<Result<PreparedTask>(const TaskContext &)> plan;
    QString missing;
    QString source; ///< that waits for a word
    bool destroys = false;

    Verb verb() const override { return Verb::Convert; }
    QString obstacle() const override { return missing; }
    QString unconfirmed(const Subject &) const override { return source; }
    void confirm() override
    {
        source.clear();
        Q_EMIT edited();
    }
    bool isDestructive() const override { return destroys; }
    PlanMaker maker(const Subject &) const override { return plan; }
};

PlanSummary summary()
{
    PlanSummary summary;
    summary.sentence = u"Fetch 44 images into /data/pool"_s;
    summary.verb = u"Fetch 44 images"_s;
    summary.images = 44;
    summary.figures = {{u"To fetch"_s, 1'900'000'000, u"fetch"_s}, {u"There already"_s, 42, u"reuse"_s}};
    return summary;
}

class PlanDialogTest : public UiTest
{
protected:
    void SetUp() override
    {
        auto form = std::make_unique<ScriptedForm>();
        m_form = form.get();
        m_form->plan = [](const TaskContext &) -> Result<PreparedTask> {
            return PreparedTask{Verb::Convert, summary(), nullptr};
        };
        m_pendingForm = std::move(form);
    }

    void open(const QByteArray &list = "redis:6\n")
    {
        auto lines = std::make_shared<ImagesList>();
        ASSERT_TRUE(lines->addText(list, u"a.txt"_s));
        Subject subject;
        subject.kind = Subject::Kind::List;
        subject.list = std::move(lines);
        subject.text = u"The list a.txt"_s;
        m_dialog = std::make_unique<PlanDialog>(std::move(m_pendingForm), std::vector{subject}, m_workers);
        m_dialog->show();
    }

    template <typename Widget>
    Widget *find(const QString &name) const
    {
        return m_dialog->findChild<Widget *>(name);
    }
    QPushButton *startButton() const { return find<QPushButton>(u"planStartButton"_s); }
    bool isPlanned() const
    {
        return soon([this] { return startButton()->isEnabled(); });
    }

    QThreadPool m_workers;
    std::unique_ptr<PlanForm> m_pendingForm;
    ScriptedForm *m_form = nullptr;
    std::unique_ptr<PlanDialog> m_dialog;
};

TEST_F(PlanDialogTest, ShowsThePlanBeforeItCanBeStarted)
{
    open();
    EXPECT_FALSE(startButton()->isEnabled());
    ASSERT_TRUE(isPlanned());
    EXPECT_EQ(startButton()->text(), u"Fetch 44 images"_s);
    EXPECT_EQ(find<QLabel>(u"planSentence"_s)->text(), u"Fetch 44 images into /data/pool"_s);
    QSignalSpy confirmed(m_dialog.get(), &PlanDialog::confirmed);
    QTest::mouseClick(startButton(), Qt::LeftButton);
    EXPECT_EQ(confirmed.count(), 1);
    EXPECT_TRUE(m_dialog->isHidden());
}

TEST_F(PlanDialogTest, SaysWhatIsMissingInsteadOfPlanning)
{
    m_form->missing = u"Choose a folder."_s;
    open();
    EXPECT_EQ(find<QLabel>(u"planMessage"_s)->text(), u"Choose a folder."_s);
    EXPECT_FALSE(startButton()->isEnabled());
    m_form->missing.clear();
    Q_EMIT m_form->edited();
    EXPECT_TRUE(isPlanned());
}

TEST_F(PlanDialogTest, NobodyIsAskedWhomTheUserHasNotNamed)
{
    std::atomic_int plans = 0;
    m_form->source = u"docker.io"_s;
    m_form->plan = [&](const TaskContext &) -> Result<PreparedTask> {
        ++plans;
        return PreparedTask{Verb::Convert, summary(), nullptr};
    };
    open();
    ASSERT_NO_FATAL_FAILURE(bringToFront(m_dialog.get()));
    EXPECT_TRUE(find<QLabel>(u"planMessage"_s)->text().contains(u"docker.io"_s));
    EXPECT_TRUE(find<QPushButton>(u"planLookButton"_s)->isDefault());
    Q_EMIT m_form->edited();
    QTest::qWait(2 * 300); // longer than the typing's rest: what must not happen can't be waited for
    EXPECT_EQ(plans, 0);
    press(Qt::Key_Return);
    ASSERT_TRUE(isPlanned());
    EXPECT_EQ(plans, 1);
    EXPECT_FALSE(find<QPushButton>(u"planLookButton"_s)->isVisible());
    EXPECT_TRUE(startButton()->isDefault());
}

TEST_F(PlanDialogTest, EnterAloneDestroysNothing)
{
    m_form->destroys = true;
    open();
    ASSERT_TRUE(isPlanned());
    ASSERT_NO_FATAL_FAILURE(bringToFront(m_dialog.get()));
    QSignalSpy confirmed(m_dialog.get(), &PlanDialog::confirmed);
    press(Qt::Key_Return);
    EXPECT_TRUE(m_dialog->isHidden());
    EXPECT_EQ(confirmed.count(), 0);
}

TEST_F(PlanDialogTest, EnterAloneMovesNoTag)
{
    m_form->plan = [](const TaskContext &) -> Result<PreparedTask> {
        PlanSummary moving = summary();
        moving.moved = 1;
        return PreparedTask{Verb::Convert, moving, nullptr};
    };
    open();
    ASSERT_TRUE(isPlanned());
    EXPECT_TRUE(find<QPushButton>(u"planCancelButton"_s)->isDefault());
    EXPECT_FALSE(startButton()->isDefault());
}

TEST_F(PlanDialogTest, WhatItWorksOnFollowsWhatIsInFront)
{
    open();
    ASSERT_TRUE(isPlanned());
    Subject other = m_dialog->subject();
    other.text = u"The list b.txt"_s;
    Subject pool;
    pool.text = u"The whole pool"_s;
    m_dialog->setSubjects({other, pool});
    EXPECT_FALSE(startButton()->isEnabled()) << "the plan was of another list";
    EXPECT_EQ(m_dialog->subject().text, other.text);
    EXPECT_TRUE(find<QComboBox>(u"subjectCombo"_s)->isVisible());
    ASSERT_TRUE(isPlanned());
}

TEST_F(PlanDialogTest, AChangedOptionMakesThePlanAnew)
{
    open();
    ASSERT_TRUE(isPlanned());
    m_form->plan = [](const TaskContext &) -> Result<PreparedTask> {
        PlanSummary other = summary();
        other.verb = u"Fetch 2 images"_s;
        return PreparedTask{Verb::Convert, other, nullptr};
    };
    Q_EMIT m_form->edited();
    EXPECT_FALSE(startButton()->isEnabled());
    ASSERT_TRUE(isPlanned());
    EXPECT_EQ(startButton()->text(), u"Fetch 2 images"_s);
}

TEST_F(PlanDialogTest, APlanThatFailsSaysWhyAndWhatToTry)
{
    m_form->plan = [](const TaskContext &) -> Result<PreparedTask> {
        return Error{ErrorKind::Unreachable, u"Cannot reach x"_s, u"no such host"_s, u"Check the name"_s};
    };
    open();
    const auto *message = find<QLabel>(u"planMessage"_s);
    EXPECT_TRUE(soon([&] { return message->text().contains(u"Check the name"_s); }));
    EXPECT_FALSE(startButton()->isEnabled());
}

TEST_F(PlanDialogTest, ABlockedPlanCannotBeStarted)
{
    m_form->plan = [](const TaskContext &) -> Result<PreparedTask> {
        PlanSummary blocked = summary();
        blocked.blocker = Error{ErrorKind::NoSpace, u"Not enough room"_s, {}, {}};
        return PreparedTask{Verb::Convert, blocked, nullptr};
    };
    open();
    EXPECT_TRUE(soon([&] { return find<QLabel>(u"planBlocker"_s)->isVisible(); }));
    EXPECT_FALSE(startButton()->isEnabled());
}

TEST_F(PlanDialogTest, WhyItCannotStartIsAboveTheFoldWhateverThereIsToKnow)
{
    m_form->plan = [](const TaskContext &) -> Result<PreparedTask> {
        PlanSummary blocked = summary();
        blocked.blocker = Error{ErrorKind::NoSpace, u"Not enough room"_s, {}, {}};
        blocked.notes = QStringList(60, u"A line counts once"_s);
        return PreparedTask{Verb::Convert, blocked, nullptr};
    };
    open();
    m_dialog->setMaximumHeight(400); // a small screen
    const auto *blocker = find<QLabel>(u"planBlocker"_s);
    ASSERT_TRUE(soon([&] { return blocker->isVisible(); }));
    EXPECT_EQ(blocker->visibleRegion().boundingRect(), blocker->rect());
    EXPECT_LT(blocker->y(), find<QLabel>(u"planNotes"_s)->y());
}

TEST_F(PlanDialogTest, ListsTheImagesThatWillFail)
{
    m_form->plan = [](const TaskContext &) -> Result<PreparedTask> {
        PlanSummary failing = summary();
        failing.problems.push_back(
            {u"redis:5"_s, {ErrorKind::NotFound, u"Not there"_s, u"no tag"_s, u"Try 6"_s}});
        return PreparedTask{Verb::Convert, failing, nullptr};
    };
    open();
    ASSERT_TRUE(isPlanned());
    EXPECT_EQ(find<QTreeWidget>(u"planProblems"_s)->topLevelItemCount(), 1);
    EXPECT_EQ(find<QLabel>(u"planProblem"_s)->text(), u"Not there: no tag. Try 6."_s);
}

TEST_F(PlanDialogTest, BadLinesMustBeLeftOutByHand)
{
    open("redis:6\nbad:bad:bad\n");
    auto *leaveOut = find<QCheckBox>(u"leaveOutCheck"_s);
    ASSERT_TRUE(soon([&] { return startButton()->text() == u"Fetch 44 images"_s; }));
    EXPECT_TRUE(leaveOut->isVisible());
    EXPECT_FALSE(startButton()->isEnabled());
    leaveOut->click();
    EXPECT_TRUE(startButton()->isEnabled());
}

TEST_F(PlanDialogTest, ClosingItCancelsThePlanning)
{
    std::atomic_bool isRunning = false;
    std::atomic_bool wasCancelled = false;
    m_form->plan = [&](const TaskContext &context) -> Result<PreparedTask> {
        isRunning = true;
        while (!context.cancel.isCancelled()) {
            QThread::yieldCurrentThread();
        }
        wasCancelled = true;
        return cancelledError();
    };
    open();
    EXPECT_TRUE(soon([&] { return isRunning.load(); }));
    QTest::mouseClick(find<QPushButton>(u"planCancelButton"_s), Qt::LeftButton);
    EXPECT_TRUE(soon([&] { return wasCancelled.load(); }));
}

class FormTest : public UiTest
{
protected:
    static std::shared_ptr<const ImagesList> listOf(const QByteArray &lines)
    {
        auto list = std::make_shared<ImagesList>();
        EXPECT_TRUE(list->addText(lines, u"a.txt"_s));
        return list;
    }

    QThreadPool m_workers;
    Settings m_settings{path(u"settings.ini"_s)};
    Connections m_connections{{}, m_settings};
    Subject m_subject;
};

TEST_F(FormTest, ConvertSaysWhatIsWrongWithItsOptions)
{
    ConvertForm form(m_connections, m_settings);
    EXPECT_EQ(form.obstacle(), QString());
    auto *source = form.findChild<QLineEdit *>(u"sourceEdit"_s);
    source->setText(u"https://docker.io"_s);
    EXPECT_FALSE(form.obstacle().isEmpty());
    source->setText(u"docker.io"_s);
    auto *platforms = form.findChild<QComboBox *>(u"platformCombo"_s);
    platforms->setCurrentText(u"amd64"_s);
    EXPECT_TRUE(form.obstacle().contains(u"amd64"_s));
    platforms->setCurrentText(u"linux/amd64, linux/arm/v7"_s);
    EXPECT_EQ(form.obstacle(), QString());
    form.findChild<QLineEdit *>(u"mirrorEdit"_s)->setText(u"mirror.corp, quay.io=m.corp/quay"_s);
    EXPECT_EQ(form.obstacle(), QString());
    form.findChild<QLineEdit *>(u"mirrorEdit"_s)->setText(u"mi rror@corp"_s);
    EXPECT_FALSE(form.obstacle().isEmpty());
}

TEST_F(FormTest, ConvertAsksOnlyASourceThatWasNamed)
{
    m_subject.list = listOf("quay.io/team/app:1\n");
    EXPECT_EQ(ConvertForm(m_connections, m_settings).unconfirmed(m_subject), QString())
        << "the list names all registries";
    m_subject.list = listOf("quay.io/team/app:1\nredis:6\n");
    {
        ConvertForm first(m_connections, m_settings);
        EXPECT_EQ(first.unconfirmed(m_subject), u"docker.io"_s);
        first.findChild<QComboBox *>(u"platformCombo"_s)->setCurrentIndex(2);
        EXPECT_EQ(first.unconfirmed(m_subject), u"docker.io"_s) << "that says nothing of the source";
        first.findChild<QLineEdit *>(u"sourceEdit"_s)->setText(u"quay.io"_s);
        EXPECT_EQ(first.unconfirmed(m_subject), QString()) << "it is named by hand";
    }
    {
        ConvertForm second(m_connections, m_settings);
        EXPECT_EQ(second.unconfirmed(m_subject), u"docker.io"_s) << "nothing was started from it";
        second.confirm();
        EXPECT_EQ(second.unconfirmed(m_subject), QString());
        second.remember(m_settings);
    }
    EXPECT_EQ(ConvertForm(m_connections, m_settings).unconfirmed(m_subject), QString());
}

TEST_F(FormTest, ATarThatReplacesAFileIsDestructive)
{
    AnsweringDialogs dialogs;
    TarForm form(m_settings, m_workers, dialogs);
    EXPECT_FALSE(form.isDestructive());
    form.findChild<QCheckBox *>(u"replaceCheck"_s)->setChecked(true);
    EXPECT_TRUE(form.isDestructive());
}

TEST_F(FormTest, TheEndingOfATarsNameIsItsFormat)
{
    AnsweringDialogs dialogs;
    const TarForm form(m_settings, m_workers, dialogs);
    auto *format = form.findChild<QComboBox *>(u"formatCombo"_s);
    auto *target = form.findChild<QLineEdit *>(u"targetEdit"_s);
    EXPECT_EQ(format->currentIndex(), -1);
    target->setText(u"/x/a.tar.gz"_s);
    EXPECT_EQ(format->currentText(), u"tar.gz"_s);
    QTest::keyClick(format, Qt::Key_End);
    EXPECT_EQ(target->text(), u"/x/a.zip"_s);
    QTest::keyClick(format, Qt::Key_Home);
    EXPECT_EQ(target->text(), u"/x/a.tar"_s);
    target->setText(u"/x/a"_s);
    EXPECT_EQ(format->currentIndex(), -1);
    target->clear();
    QTest::keyClick(format, Qt::Key_End);
    EXPECT_TRUE(target->text().endsWith(u"/images.zip"_s)) << "a name to begin with";
}

TEST_F(FormTest, TarOffersVolumesByTheirMediumOrByAnySize)
{
    AnsweringDialogs dialogs;
    TarForm form(m_settings, m_workers, dialogs);
    EXPECT_EQ(form.choices().volumes, QString());
    auto *volumes = form.findChild<QComboBox *>(u"volumesCombo"_s);
    volumes->setCurrentIndex(1);
    EXPECT_EQ(form.choices().volumes, u"fat32"_s);
    volumes->setFocus();
    volumes->lineEdit()->selectAll();
    QTest::keyClicks(volumes->lineEdit(), u"700Mi"_s);
    EXPECT_EQ(form.choices().volumes, u"700Mi"_s);
    form.findChild<PathEdit *>(u"tarBase"_s)->setPath(u"/far.json"_s);
    const PlanChoices chosen = PlanChoices::fromJson(form.choices().toJson());
    EXPECT_EQ(chosen, form.choices());
    TarForm again(m_settings, m_workers, dialogs);
    again.choose(chosen);
    EXPECT_EQ(again.choices(), chosen);
    again.choose({});
    EXPECT_EQ(again.findChild<QComboBox *>(u"volumesCombo"_s)->currentIndex(), 0);
}

TEST_F(FormTest, TarOffersTheProgramForTheFarSideWhereThereIsOne)
{
    AnsweringDialogs dialogs;
    QTemporaryDir programs;
    PlanChoices wanted;
    wanted.withTool = true;
    TarForm without(m_settings, m_workers, dialogs, programs.path());
    EXPECT_EQ(without.findChild<QCheckBox *>(u"toolCheck"_s), nullptr);
    without.choose(wanted);
    EXPECT_FALSE(without.choices().withTool);
    QFile portable(programs.filePath(u"layerpool-cli-portable"_s));
    ASSERT_TRUE(portable.open(QIODevice::WriteOnly));
    TarForm form(m_settings, m_workers, dialogs, programs.path());
    auto *tool = form.findChild<QCheckBox *>(u"toolCheck"_s);
    ASSERT_NE(tool, nullptr);
    EXPECT_FALSE(form.choices().withTool);
    const QSignalSpy edited(&form, &PlanForm::edited);
    QTest::keyClick(tool, Qt::Key_Space);
    EXPECT_EQ(edited.count(), 1) << "the plan no longer holds";
    EXPECT_TRUE(form.choices().withTool);
    TarForm again(m_settings, m_workers, dialogs, programs.path());
    again.choose(wanted);
    EXPECT_TRUE(again.choices().withTool);
}

TEST_F(FormTest, ConvertRemembersItsOptions)
{
    {
        ConvertForm form(m_connections, m_settings);
        form.findChild<QLineEdit *>(u"sourceEdit"_s)->setText(u"quay.io"_s);
        form.findChild<QComboBox *>(u"platformCombo"_s)->setCurrentIndex(3); // all platforms
        auto *referrers = form.findChild<QCheckBox *>(u"referrersCheck"_s);
        EXPECT_TRUE(referrers->isChecked());
        referrers->setChecked(false);
        form.remember(m_settings);
    }
    const ConvertForm again(m_connections, m_settings);
    EXPECT_EQ(again.findChild<QLineEdit *>(u"sourceEdit"_s)->text(), u"quay.io"_s);
    EXPECT_EQ(again.findChild<QComboBox *>(u"platformCombo"_s)->currentText(), u"All platforms"_s);
    EXPECT_FALSE(again.findChild<QCheckBox *>(u"referrersCheck"_s)->isChecked());
}

TEST_F(FormTest, PushWantsARegistry)
{
    PushForm form(m_settings);
    EXPECT_FALSE(form.obstacle().isEmpty());
    form.findChild<QLineEdit *>(u"targetEdit"_s)->setText(u"harbor.corp:443/mirror"_s);
    EXPECT_EQ(form.obstacle(), QString());
}

TEST_F(FormTest, PushRemembersHowSparseIndexesGo)
{
    {
        PushForm form(m_settings);
        form.findChild<QComboBox *>(u"sparseCombo"_s)->setCurrentIndex(1);
        form.remember(m_settings);
    }
    const PushForm again(m_settings);
    EXPECT_EQ(again.findChild<QComboBox *>(u"sparseCombo"_s)->currentText(),
              u"Make a new index of the platforms there are"_s);
}

} // namespace
} // namespace layerpool::test
