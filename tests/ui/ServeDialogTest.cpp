// SPDX-License-Identifier: Apache-2.0
#include "AccessibleNames.h"
#include "WindowTest.h"
#include "support/PlainHttp.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTcpServer>
#include <QToolButton>
#include <QTreeView>

#include <csignal>

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

class ServeDialogTest : public WindowTest
{
protected:
    void openPool(const QStringList &images = {u"calico/cni:v1"_s, u"library/redis:5"_s})
    {
        m_window.open(makePool(u"pool"_s, images), {});
        waitForWholePool(int(images.size()));
    }
    void openDialog()
    {
        ASSERT_NO_FATAL_FAILURE(click(m_window.findChild<QWidget *>(u"serveButton"_s)));
        waitFor(u"serveDialog"_s);
    }
    void serve()
    {
        ASSERT_NO_FATAL_FAILURE(openPool());
        ASSERT_NO_FATAL_FAILURE(openDialog());
        ASSERT_NO_FATAL_FAILURE(click(the<QPushButton>(u"serveStartButton"_s)));
        ASSERT_TRUE(soon([this] { return !server().address().isEmpty(); })) << state().toStdString();
    }
    template <typename Widget>
    static Widget *the(const QString &name)
    {
        return in<Widget>(u"serveDialog"_s, name);
    }
    static QString state() { return textIn(u"serveDialog"_s, u"serveState"_s); }
    static QString text(const QString &name) { return the<QPlainTextEdit>(name)->toPlainText(); }
    PoolServer &server() { return m_workspace.server(); }
    QTreeView *tree() const { return m_window.findChild<QTreeView *>(u"poolTree"_s); }
    QToolButton *status() const { return m_window.findChild<QToolButton *>(u"servingButton"_s); }
    void tick(int row)
    {
        tree()->model()->setData(tree()->model()->index(row, 0), Qt::Checked, Qt::CheckStateRole);
    }
};

TEST_F(ServeDialogTest, ServesShowsHowToPullAndStops)
{
    ASSERT_NO_FATAL_FAILURE(serve());
    const QString host = server().address();
    EXPECT_EQ(state(), u"Serving at %1, read-only, by docker-registry"_s.arg(host));
    EXPECT_TRUE(status()->isVisible());
    EXPECT_EQ(status()->text(), u"Serving pool at "_s + host);
    const QString both = u"docker pull %1/calico/cni:v1\ndocker pull %1/library/redis:5"_s.arg(host);
    ASSERT_TRUE(soon([&] { return text(u"servePull"_s) == both; })) << text(u"servePull"_s).toStdString();
    click(the<QPushButton>(u"serveCopyButton"_s));
    EXPECT_EQ(QGuiApplication::clipboard()->text(), both);

    tick(1);
    ASSERT_TRUE(soon([&] { return text(u"servePull"_s) == u"docker pull %1/library/redis:5"_s.arg(host); }));
    the<QComboBox>(u"serveTool"_s)->setFocus();
    press(Qt::Key_Down);
    ASSERT_TRUE(soon([&] {
        return text(u"servePull"_s) == u"podman pull --tls-verify=false %1/library/redis:5"_s.arg(host);
    })) << text(u"servePull"_s).toStdString();

    EXPECT_EQ(plainRequest("GET", server().port(), "/v2/calico/cni/tags/list").status, 200);
    EXPECT_TRUE(soon([] { return text(u"serveLog"_s).contains(u"GET /v2/calico/cni/tags/list"_s); }));

    click(the<QPushButton>(u"serveStopButton"_s));
    ASSERT_TRUE(soon([this] { return server().state() == PoolServer::State::Stopped; }));
    EXPECT_EQ(state(), u"Not serving"_s);
    EXPECT_FALSE(status()->isVisible());
    EXPECT_TRUE(text(u"servePull"_s).isEmpty());
    EXPECT_TRUE(text(u"serveLog"_s).contains(u"tags/list"_s)) << "what was said stays to be read";
}

TEST_F(ServeDialogTest, ByKeyboardAlone)
{
    ASSERT_NO_FATAL_FAILURE(openPool());
    press(Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
    ASSERT_NO_FATAL_FAILURE(waitFor(u"serveDialog"_s));
    press(Qt::Key_Return);
    ASSERT_TRUE(soon([] { return the<QWidget>(u"serveCopyButton"_s)->isEnabled(); }));
    ASSERT_NO_FATAL_FAILURE(tabTo(the<QWidget>(u"serveCopyButton"_s)));
    press(Qt::Key_Escape);
    EXPECT_EQ(shown(u"serveDialog"_s), nullptr);
    EXPECT_FALSE(server().address().isEmpty()) << "it goes on, and the window says so";
    click(status());
    ASSERT_NO_FATAL_FAILURE(waitFor(u"serveDialog"_s));
    ASSERT_NO_FATAL_FAILURE(tabTo(the<QWidget>(u"serveStopButton"_s)));
    press(Qt::Key_Space);
    EXPECT_TRUE(soon([this] { return server().state() == PoolServer::State::Stopped; }));
}

TEST_F(ServeDialogTest, ASecondClickOnStartStopsNothing)
{
    ASSERT_NO_FATAL_FAILURE(openPool());
    ASSERT_NO_FATAL_FAILURE(openDialog());
    auto *start = the<QPushButton>(u"serveStartButton"_s);
    const QPoint at = start->mapTo(start->window(), start->rect().center());
    QTest::mouseClick(start->window()->windowHandle(), Qt::LeftButton, {}, at);
    QTest::mouseClick(start->window()->windowHandle(), Qt::LeftButton, {}, at);
    EXPECT_TRUE(soon([this] { return server().state() == PoolServer::State::Serving; }));
    ASSERT_NO_FATAL_FAILURE(click(m_window.findChild<QWidget *>(u"serveButton"_s)));
    EXPECT_EQ(server().state(), PoolServer::State::Serving);
}

TEST_F(ServeDialogTest, APortThatIsTakenIsSaidAndAnotherOneTaken)
{
    QTcpServer other;
    ASSERT_TRUE(other.listen(QHostAddress::LocalHost));
    ASSERT_NO_FATAL_FAILURE(openPool());
    ASSERT_NO_FATAL_FAILURE(openDialog());
    the<QSpinBox>(u"servePort"_s)->setValue(other.serverPort());
    click(the<QPushButton>(u"serveStartButton"_s));
    ASSERT_TRUE(soon([] { return state().startsWith(u"Cannot serve at 127.0.0.1:"_s); }))
        << state().toStdString();
    EXPECT_TRUE(state().contains(u"another program uses this port. Choose another port"_s))
        << state().toStdString();
    EXPECT_EQ(m_settings.value(settings::servePort), other.serverPort());
    the<QSpinBox>(u"servePort"_s)->setValue(0);
    click(the<QPushButton>(u"serveStartButton"_s));
    EXPECT_TRUE(soon([] { return state().startsWith(u"Serving at"_s); })) << state().toStdString();
}

TEST_F(ServeDialogTest, WithoutAProgramItNamesThePackage)
{
    ASSERT_NO_FATAL_FAILURE(openPool());
    ASSERT_NO_FATAL_FAILURE(openDialog());
    const QByteArray path = qgetenv("PATH");
    qputenv("PATH", "/nowhere");
    click(the<QPushButton>(u"serveStartButton"_s));
    const bool isSaid = soon([] { return state().contains(u"Install the package docker-registry"_s); });
    qputenv("PATH", path);
    EXPECT_TRUE(isSaid) << state().toStdString();
    EXPECT_TRUE(the<QPushButton>(u"serveStartButton"_s)->isEnabled());
}

TEST_F(ServeDialogTest, ARegistryThatIsKilledIsSaid)
{
    ASSERT_NO_FATAL_FAILURE(serve());
    ASSERT_EQ(::kill(static_cast<pid_t>(server().processId()), SIGKILL), 0);
    EXPECT_TRUE(soon([] { return state().contains(u"has ended by itself"_s); })) << state().toStdString();
    EXPECT_FALSE(status()->isVisible());
    click(the<QPushButton>(u"serveStartButton"_s));
    EXPECT_TRUE(soon([] { return state().startsWith(u"Serving at"_s); }));
}

TEST_F(ServeDialogTest, TheWindowThatIsClosedAsksNothingAndStops)
{
    ASSERT_NO_FATAL_FAILURE(serve());
    m_window.close();
    EXPECT_TRUE(soon([this] { return server().state() == PoolServer::State::Stopped; }));
    EXPECT_TRUE(m_dialogs.questions.isEmpty());
    EXPECT_EQ(shown(u"serveDialog"_s), nullptr);
}

TEST_F(ServeDialogTest, AnotherPoolThatIsOpenedIsNotTheServedOne)
{
    ASSERT_NO_FATAL_FAILURE(serve());
    const QString served = m_workspace.pool()->path();
    ASSERT_TRUE(soon([] { return !text(u"servePull"_s).isEmpty(); }));
    m_window.open(makePool(u"other"_s, {u"nginx:1"_s}), {});
    ASSERT_TRUE(soon([this] { return tree()->model()->rowCount() == 1; }));
    QSignalSpy shown(the<QPlainTextEdit>(u"servePull"_s), &QPlainTextEdit::textChanged);
    tick(0);
    ASSERT_TRUE(soon([&] { return !shown.isEmpty(); }));
    EXPECT_EQ(textIn(u"serveDialog"_s, u"servePool"_s), served);
    EXPECT_TRUE(text(u"servePull"_s).contains(u"calico/cni:v1"_s)) << text(u"servePull"_s).toStdString();
    click(the<QPushButton>(u"serveStopButton"_s));
    EXPECT_TRUE(
        soon([this] { return textIn(u"serveDialog"_s, u"servePool"_s) == m_workspace.pool()->path(); }));
}

TEST_F(ServeDialogTest, CopiesLinesThatPullFromIt)
{
    ASSERT_NO_FATAL_FAILURE(openPool());
    tree()->setFocus();
    press(Qt::Key_A, Qt::ControlModifier);
    press(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_EQ(QGuiApplication::clipboard()->text(),
              u"docker pull calico/cni:v1\ndocker pull library/redis:5"_s);
    ASSERT_NO_FATAL_FAILURE(openDialog());
    press(Qt::Key_Return);
    ASSERT_TRUE(soon([this] { return !server().address().isEmpty(); }));
    ASSERT_NO_FATAL_FAILURE(bringToFront(&m_window));
    tree()->setFocus();
    press(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_EQ(QGuiApplication::clipboard()->text(),
              u"docker pull %1/calico/cni:v1\ndocker pull %1/library/redis:5"_s.arg(server().address()));
}

TEST_F(ServeDialogTest, EveryWidgetHasAName)
{
    ASSERT_NO_FATAL_FAILURE(serve());
    EXPECT_EQ(namelessWidgets(*shown(u"serveDialog"_s)), QStringList());
    EXPECT_EQ(namelessWidgets(m_window), QStringList());
}

} // namespace
} // namespace layerpool::test
