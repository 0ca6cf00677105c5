// SPDX-License-Identifier: Apache-2.0
#include "ui/AccessibleNames.h"
#include "ui/KeptPicture.h"
#include "ui/WindowTest.h"
#include "ui/walk/CutOff.h"
#include "ui/walk/Focus.h"

#include "Theme.h"
#include "dialogs/ResultDialog.h"
#include "support/FakeRegistry.h"
#include "task/TarPlan.h"
#include "views/LeftoverBar.h"

#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QScreen>
#include <QTabWidget>

#include <iostream>

// Every window and dialog there is, in each theme, as large as the screen lets it be: whatever can be used
// has a name for a screen reader, and can be seen whole. ctest runs it at three scales
// (tests/CMakeLists.txt).

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

class WalkTest : public WindowTest
{
protected:
    /// A place to look at: how to get there, and the window that is there then.
    struct Stop
    {
        QString name;
        std::function<QWidget *()> open;
    };

    void SetUp() override
    {
        WindowTest::SetUp();
        m_samples.add(u"calico/cni"_s, u"v3.16.3"_s);
        m_samples.add(u"library/redis"_s, u"5.0.5-alpine"_s);
        m_registry.serve(m_samples.path());
        m_settings.setValue(settings::source, m_registry.host());
        m_settings.setValue(settings::pushTarget, m_registry.host());
    }
    void TearDown() override { applyTheme(Theme::System); }

    std::vector<Stop> stops();
    QWidget *work();
    QWidget *convert();
    QWidget *view(const QString &button);
    QWidget *details(int tab);
    QWidget *plan(const QString &verb);
    QWidget *signIn();
    QWidget *settingsPage(int page);
    QWidget *newKey();
    QWidget *asked();
    QWidget *question();
    QWidget *questionToSave();
    QWidget *choice();
    QWidget *about();
    QWidget *log();
    QWidget *import();
    QWidget *bundle(const QString &file, const QString &shownThen);
    QString packed();
    QWidget *serve();
    QWidget *serving();
    QWidget *help(const QString &action);
    QWidget *leftover();
    QWidget *noMatch();
    QWidget *sourceCheck();
    void visit(const Stop &stop);
    void look(QWidget &window, const QString &name, Theme theme);
    static void picture(QWidget &window, const QString &name, Theme theme);

    SampleRegistry m_samples{path(u"samples"_s)};
    FakeRegistry m_registry;
    PlatformDialogs m_platform;
    Dialogs &m_realDialogs = m_platform;
    QStringList m_table;
};

// Add a window here when there is a new one.
std::vector<WalkTest::Stop> WalkTest::stops()
{
    std::vector<Stop> stops{
        {u"first start"_s, [this] { return &m_window; }},
        {u"list and pool"_s, [this] { return work(); }},
        {u"plan of convert"_s, [this] { return plan(u"convert"_s); }},
        {u"task with a failure"_s, [this] { return convert(); }},
        {u"pool: blobs"_s, [this] { return view(u"poolBlobsButton"_s); }},
        {u"pool: space"_s, [this] { return view(u"poolSpaceButton"_s); }},
        {u"pool: tree"_s, [this] { return view(u"poolTreeButton"_s); }},
        {u"details: summary"_s, [this] { return details(0); }},
        {u"details: manifest"_s, [this] { return details(1); }},
        {u"details: config"_s, [this] { return details(2); }},
        {u"result"_s,
         [this]() -> QWidget * {
             click(m_window.findChild<QWidget *>(u"taskDetailsButton"_s));
             return shown(u"resultDialog"_s);
         }},
        {u"sign in"_s, [this] { return signIn(); }},
        {u"question"_s, [this] { return question(); }},
        {u"question to save"_s, [this] { return questionToSave(); }},
        {u"choice"_s, [this] { return choice(); }},
        {u"about"_s, [this] { return about(); }},
        {u"log"_s, [this] { return log(); }},
        {u"bundle"_s, [this] { return bundle(packed(), u"bundleTree"_s); }},
        {u"bundle that can't be read"_s,
         [this] { return bundle(path(u"some/long/way/to/the/images.tar"_s), u"bundleProblem"_s); }},
        {u"plan of import"_s, [this] { return import(); }},
        {u"serve"_s, [this] { return serve(); }},
        {u"serve: serving"_s, [this] { return serving(); }},
        {u"help"_s, [this] { return help(u"gettingStartedAction"_s); }},
        {u"help: keys"_s, [this] { return help(u"shortcutsAction"_s); }},
        {u"tasks that were left"_s, [this] { return leftover(); }},
        {u"nothing matches"_s, [this] { return noMatch(); }},
    };
    for (const QString &verb : {u"select"_s, u"tar"_s, u"export"_s, u"push"_s, u"verify"_s}) {
        stops.push_back({u"plan of "_s + verb, [this, verb] { return plan(verb); }});
    }
    for (int page = 0; page < 4; ++page) {
        stops.push_back({u"settings, page %1"_s.arg(page + 1), [this, page] { return settingsPage(page); }});
    }
    stops.push_back({u"new key pair"_s, [this] { return newKey(); }});
    // The last: the registry answers no more.
    stops.push_back({u"check at the source"_s, [this] { return sourceCheck(); }});
    return stops;
}

QWidget *WalkTest::work()
{
    if (!m_workspace.pool()) {
        openPoolAndList({u"calico/node:v3.16.3"_s, u"demo/web:1.0"_s},
                        "calico/cni:v3.16.3\ncalico/node:v3.16.3\nredis:5.0.5-alpine\n"
                        "redis:5.0.5-alpine\nnone/such:1.0\nbad:bad:tag\n");
    }
    return &m_window;
}

QWidget *WalkTest::plan(const QString &verb)
{
    m_window.findChild<QAction *>(verb + u"Action"_s)->trigger(); // not each has a button
    waitFor(u"planDialog"_s);
    if (auto *target = inPlan<QLineEdit>(u"targetEdit"_s); target && target->text().isEmpty()) {
        target->setText(
            path(verb == u"tar"_s ? u"some/long/way/to/the/images.tar"_s : u"some/long/way/to/a/pool"_s));
    }
    const auto *bar = inPlan(u"planProgress"_s);
    EXPECT_TRUE(soon([&] { return !bar->isVisible(); })) << verb.toStdString();
    return shown(u"planDialog"_s);
}

QWidget *WalkTest::convert()
{
    if (!m_window.findChild<QWidget *>(u"taskRetryButton"_s)) {
        openPlan(u"convert"_s);
        QWidget *leaveOut = inPlan(u"leaveOutCheck"_s);
        click(leaveOut, QPoint(leaveOut->height() / 2, leaveOut->height() / 2)); // its box
        start();
    }
    return &m_window;
}

QWidget *WalkTest::view(const QString &button)
{
    click(m_window.findChild<QWidget *>(button));
    return &m_window;
}

QWidget *WalkTest::details(int tab)
{
    auto *tree = m_window.findChild<QTreeView *>(u"poolTree"_s);
    const QModelIndex repository = tree->model()->index(0, 0);
    tree->expand(repository);
    tree->setCurrentIndex(repository); // what comes is then another
    tree->setCurrentIndex(tree->model()->index(0, 0, repository));
    auto *tabs = m_window.findChild<QTabWidget *>(u"detailsTabs"_s);
    EXPECT_TRUE(soon([&] { return tabs->isVisible() && tabs->isTabVisible(tab); }));
    tabs->setCurrentIndex(tab);
    return &m_window;
}

QWidget *WalkTest::signIn()
{
    m_window.findChild<QAction *>(u"signInAction"_s)->trigger();
    return shown(u"signInDialog"_s);
}

QWidget *WalkTest::settingsPage(int page)
{
    m_window.findChild<QAction *>(u"settingsAction"_s)->trigger();
    auto *pages = in<QTabWidget>(u"settingsDialog"_s, u"settingsPages"_s);
    if (page >= pages->count()) {
        ADD_FAILURE() << "no such page";
    }
    pages->setCurrentIndex(page);
    return shown(u"settingsDialog"_s);
}

QWidget *WalkTest::newKey()
{
    QWidget *settings = settingsPage(3);
    settings->findChild<QPushButton *>(u"newKeyPairButton"_s)->click();
    settings->close();
    return shown(u"newKeyDialog"_s);
}

QWidget *WalkTest::asked()
{
    for (QMessageBox *box : m_window.findChildren<QMessageBox *>(Qt::FindDirectChildrenOnly)) {
        if (box->isVisible()) {
            return box;
        }
    }
    return nullptr;
}

QWidget *WalkTest::question()
{
    m_realDialogs.ask(
        &m_window,
        {u"Tasks are running"_s,
         u"Tasks are still running. What they have fetched is kept, and the next run goes on from "
         "there."_s,
         u"Stop and quit"_s},
        [] {});
    return asked();
}

QWidget *WalkTest::questionToSave()
{
    m_realDialogs.askToSave(
        &m_window,
        {u"Unsaved list"_s, u"kubesphere-images-list.txt has changes that are not saved."_s, u"Save"_s},
        [](Dialogs::Unsaved) {});
    return asked();
}

QWidget *WalkTest::choice()
{
    m_realDialogs.choose(&m_window,
                         {u"An address without TLS"_s,
                          u"registry.corp:5000 answers without TLS: what is sent can be read on the way."_s,
                          {u"Ask again with TLS"_s, u"Go on without TLS"_s}},
                         [](int) {});
    return asked();
}

QWidget *WalkTest::about()
{
    m_window.findChild<QAction *>(u"aboutAction"_s)->trigger();
    return shown(u"aboutBox"_s);
}

QWidget *WalkTest::log()
{
    m_window.findChild<QTabWidget *>(u"taskTabs"_s)->setCurrentIndex(1);
    return &m_window;
}

QString WalkTest::packed()
{
    const auto index = indexOf(m_samples.path());
    Result<TarPlan> plan =
        planTar(index, Selection::ofAll(*index), {.name = u"all"_s, .target = path(u"release-3.1.tar"_s)});
    TaskProgress progress;
    EXPECT_TRUE(plan && TarTask(*std::move(plan)).run({{}, progress}).isClean());
    return path(u"release-3.1.tar"_s);
}

QWidget *WalkTest::bundle(const QString &file, const QString &shownThen)
{
    m_dialogs.files = {file};
    m_window.findChild<QAction *>(u"openBundleAction"_s)->trigger();
    EXPECT_TRUE(soon([&] {
        const auto *there = in(u"bundleDialog"_s, shownThen);
        return there && there->isVisible();
    }));
    return shown(u"bundleDialog"_s);
}

QWidget *WalkTest::import()
{
    QWidget *page = bundle(path(u"release-3.1.tar"_s), u"bundleTree"_s);
    click(in(u"bundleDialog"_s, u"bundleImportButton"_s));
    page->close();
    const auto *bar = inPlan(u"planProgress"_s);
    EXPECT_TRUE(soon([&] { return !bar->isVisible(); }));
    return shown(u"planDialog"_s);
}

QWidget *WalkTest::serve()
{
    m_window.findChild<QTabWidget *>(u"taskTabs"_s)->setCurrentIndex(0);
    m_window.findChild<QAction *>(u"serveAction"_s)->trigger();
    return shown(u"serveDialog"_s);
}

QWidget *WalkTest::serving()
{
    QWidget *dialog = serve();
    click(in(u"serveDialog"_s, u"serveStartButton"_s));
    EXPECT_TRUE(soon([this] { return !m_workspace.server().address().isEmpty(); }));
    return dialog;
}

QWidget *WalkTest::help(const QString &action)
{
    m_window.findChild<QAction *>(action)->trigger();
    return shown(u"helpDialog"_s);
}

QWidget *WalkTest::leftover()
{
    m_window.findChild<LeftoverBar *>()->offer({u"Convert kubesphere-images-list.txt"_s, u"Push a.txt"_s});
    return &m_window;
}

QWidget *WalkTest::noMatch()
{
    m_window.findChild<LeftoverBar *>()->hide();
    m_window.findChild<QLineEdit *>(u"listFilter"_s)->setText(u"etcdd"_s);
    m_window.findChild<QLineEdit *>(u"poolFilter"_s)->setText(u"etcdd"_s);
    EXPECT_TRUE(soon([this] {
        return m_window.findChild<QWidget *>(u"clearListFilterButton"_s)->isVisible() &&
               m_window.findChild<QWidget *>(u"clearFilterButton"_s)->isVisible();
    }));
    return &m_window;
}

QWidget *WalkTest::sourceCheck()
{
    m_window.findChild<QLineEdit *>(u"listFilter"_s)->clear();
    m_window.findChild<QLineEdit *>(u"poolFilter"_s)->clear();
    m_registry.intercept([](const FakeRequest &) { return FakeReply::silence(); });
    m_window.findChild<QAction *>(u"checkListAction"_s)->trigger();
    const auto *bar = m_window.findChild<QWidget *>(u"sourceCheckProgress"_s);
    EXPECT_TRUE(soon([&] { return bar->isVisible(); }));
    return &m_window;
}

void WalkTest::look(QWidget &window, const QString &name, Theme theme)
{
    SCOPED_TRACE(u"%1, %2"_s.arg(name, nameOf(theme)).toStdString());
    soon([&] { return cutOffWidgets(window).isEmpty(); }); // a text that changed gets its room a little later
    const QStringList nameless = namelessWidgets(window);
    const QStringList cutOff = cutOffWidgets(window);
    const QStringList twice = mnemonicsTwice(window);
    const QStringList unseen = unseenFocus(window);
    EXPECT_EQ(nameless, QStringList());
    EXPECT_TRUE(cutOff.isEmpty()) << cutOff.join(u"\n    "_s).toStdString();
    EXPECT_EQ(twice, QStringList());
    EXPECT_EQ(unseen, QStringList());
    m_table << u"%1  %2  %3×%4  %5 nameless, %6 cut off, %7 keys twice, %8 unseen focus"_s.arg(name, -22)
                   .arg(nameOf(theme), -6)
                   .arg(window.width(), 4)
                   .arg(window.height(), -4)
                   .arg(nameless.size())
                   .arg(cutOff.size())
                   .arg(twice.size())
                   .arg(unseen.size());
}

void WalkTest::picture(QWidget &window, const QString &name, Theme theme)
{
    const QString scale = QString::number(window.devicePixelRatioF());
    keepPicture(window, u"%1-%2-%3"_s.arg(scale, QString(name).replace(u' ', u'-'), nameOf(theme)));
}

void WalkTest::visit(const Stop &stop)
{
    QWidget *window = stop.open();
    ASSERT_TRUE(window) << stop.name.toStdString();
    ASSERT_NO_FATAL_FAILURE(bringToFront(window));
    for (const Theme theme : {Theme::Light, Theme::Dark, Theme::System}) {
        applyTheme(theme);
        QCoreApplication::processEvents();
        look(*window, stop.name, theme);
        picture(*window, stop.name, theme);
    }
    if (window != &m_window) {
        const QPointer<QWidget> closed(window);
        window->close();
        ASSERT_TRUE(soon([&] { return !closed || !closed->isVisible(); }));
    }
}

TEST_F(WalkTest, NothingIsWithoutANameAndNothingIsCutOff)
{
    m_window.resize(m_window.screen()->availableSize());
    for (const Stop &stop : stops()) {
        ASSERT_NO_FATAL_FAILURE(visit(stop));
    }
    std::cout << u"at %1, on %2×%3:\n%4\n"_s.arg(qApp->devicePixelRatio())
                     .arg(m_window.screen()->availableSize().width())
                     .arg(m_window.screen()->availableSize().height())
                     .arg(m_table.join(u'\n'))
                     .toStdString();
}

} // namespace
} // namespace layerpool::test
