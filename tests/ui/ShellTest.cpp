// SPDX-License-Identifier: Apache-2.0
#include "Shell.h"

#include "Gestures.h"
#include "Translations.h"
#include "UiTest.h"
#include "models/TaskModel.h"
#include "settings/Settings.h"
#include "support/Logins.h"

#include <QComboBox>
#include <QDialog>
#include <QPushButton>
#include <QTableView>
#include <QTranslator>
#include <QTreeView>

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

/// Ends at once, with a failure.
class FakeTask final : public Task
{
public:
    QString title() const override { return u"Convert a.txt"_s; }
    TaskResult run(const TaskContext &context) override
    {
        const Error error{ErrorKind::NotFound, u"not there"_s, {}, {}};
        context.report({TaskEvent::Kind::ImageFailed, u"redis:6"_s, error});
        TaskResult result;
        result.failures.push_back({u"redis:6"_s, error});
        return result;
    }
};

class ShellTest : public UiTest
{
protected:
    void SetUp() override
    {
        m_shell.window().show();
        ASSERT_NO_FATAL_FAILURE(bringToFront(&m_shell.window()));
    }
    // The other tests speak the language of the sources.
    void TearDown() override
    {
        for (QTranslator *each : qApp->findChildren<QTranslator *>()) {
            delete each;
        }
        QLocale::setDefault(QLocale::c());
    }
    static QWidget *dialog(const QString &name)
    {
        for (QWidget *widget : QApplication::topLevelWidgets()) {
            if (widget->objectName() == name && widget->isVisible()) {
                return widget;
            }
        }
        return nullptr;
    }
    QString convertText() { return m_shell.window().findChild<QAction *>(u"convertAction"_s)->text(); }
    void chooseLanguage(int row)
    {
        auto *combo = dialog(u"settingsDialog"_s)->findChild<QComboBox *>(u"languageCombo"_s);
        combo->setCurrentIndex(row);
        Q_EMIT combo->activated(row);
    }

    LoginHome m_home;
    Settings m_settings{path(u"settings.ini"_s)};
    AnsweringDialogs m_dialogs;
    Workspace m_workspace;
    Shell m_shell{m_workspace, m_dialogs, m_settings};
};

TEST_F(ShellTest, ThereAreLanguagesAndEachSaysItsOwnName)
{
    EXPECT_TRUE(languages().contains(u"zh_CN"_s));
    EXPECT_EQ(nameOfLanguage(u"en"_s), u"English"_s);
    EXPECT_EQ(nameOfLanguage(u"zh_CN"_s).at(0), u'简');
}

TEST_F(ShellTest, AnotherLanguageCountsAtOnceAndKeepsWhatIsOpen)
{
    m_workspace.openPool(makePool(u"pool"_s, {u"redis:6"_s, u"nginx:1"_s}));
    m_workspace.lists().open({writeList(u"a.txt"_s, "redis:6\n")});
    ASSERT_TRUE(soon([this] { return m_workspace.pool() && m_workspace.list(); }));
    m_workspace.queue().enqueue(std::make_unique<FakeTask>());
    ASSERT_TRUE(soon([this] { return !m_workspace.queue().hasWork(); }));
    m_shell.window().resize(900, 640);
    const QSize size = m_shell.window().size();
    const QString english = convertText();

    m_shell.window().commands().openSettings();
    chooseLanguage(2);
    ASSERT_TRUE(soon([&] { return convertText() != english; })) << convertText().toStdString();
    EXPECT_EQ(m_settings.value(settings::language), u"zh_CN"_s);
    EXPECT_EQ(m_shell.window().size(), size);
    EXPECT_TRUE(m_shell.window().windowTitle().contains(u"pool"_s));
    EXPECT_TRUE(soon([this] {
        return m_shell.window().findChild<QTreeView *>(u"poolTree"_s)->model()->rowCount() == 2 &&
               m_shell.window().findChild<QTableView *>(u"listTable"_s)->model()->rowCount() == 1;
    }));
    const auto *tasks = m_shell.window().findChild<QTreeView *>(u"taskTree"_s);
    ASSERT_EQ(tasks->model()->rowCount(), 1) << "the session's tasks stay";
    EXPECT_EQ(tasks->model()->rowCount(tasks->model()->index(0, 0)), 1) << "and what went wrong in them";
    EXPECT_TRUE(tasks->indexWidget(tasks->model()->index(0, TaskModel::Buttons)));
    ASSERT_TRUE(dialog(u"settingsDialog"_s)) << "one goes on where one was";
    EXPECT_EQ(dialog(u"settingsDialog"_s)->windowTitle(),
              QCoreApplication::translate("layerpool::SettingsDialog", "Settings"));
    EXPECT_NE(dialog(u"settingsDialog"_s)->windowTitle(), u"Settings"_s);
    chooseLanguage(1);
    EXPECT_TRUE(soon([&] { return convertText() == english; })) << convertText().toStdString();
}

TEST_F(ShellTest, ADialogIsNotTakenAwayFromUnderTheUser)
{
    m_shell.window().commands().signIn();
    QPointer<QWidget> signIn = dialog(u"signInDialog"_s);
    ASSERT_TRUE(signIn);
    const QString english = convertText();
    speak(*qApp, u"zh_CN"_s);
    QCoreApplication::processEvents();
    QCoreApplication::processEvents();
    ASSERT_TRUE(signIn) << "what was typed in it is still there";
    EXPECT_EQ(convertText(), english);
    signIn->close();
    EXPECT_TRUE(soon([&] { return convertText() != english; }));
}

} // namespace
} // namespace layerpool::test
