// SPDX-License-Identifier: Apache-2.0
#include "dialogs/settings/SettingsDialog.h"

#include "AccessibleNames.h"
#include "Theme.h"
#include "WindowTest.h"
#include "models/RegistriesModel.h"
#include "net/HostGates.h"
#include "registry/Credentials.h"
#include "support/FakeRegistry.h"
#include "support/StockRegistry.h"
#include "support/TestAuthority.h"
#include "work/Connections.h"
#include "work/Places.h"

#include <QCheckBox>
#include <QComboBox>
#include <QPushButton>
#include <QSpinBox>
#include <QTabBar>
#include <QTableView>

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

// The settings beside the window whose plans they are for.
class SettingsDialogTest : public WindowTest
{
protected:
    void TearDown() override { applyTheme(Theme::System); }

    template <typename Widget = QWidget>
    static Widget *find(const QString &name)
    {
        return in<Widget>(u"settingsDialog"_s, name);
    }
    static QString textOf(const QString &label) { return find<QLabel>(label)->text(); }

    static void waitForSettings() { waitFor(u"settingsDialog"_s); }
    void openSettings()
    {
        m_window.findChild<QAction *>(u"settingsAction"_s)->trigger();
        waitForSettings();
    }
    enum Page { General, Connection, Registries };
    void openPage(Page page)
    {
        ASSERT_NO_FATAL_FAILURE(openSettings());
        auto *bar = find<QTabWidget>(u"settingsPages"_s)->tabBar();
        ASSERT_NO_FATAL_FAILURE(click(bar, bar->tabRect(page).center()));
    }
    void openRegistries() { openPage(Registries); }
    static void choose(const QString &combo, int row)
    {
        auto *box = find<QComboBox>(combo);
        ASSERT_NO_FATAL_FAILURE(tabTo(box));
        for (int i = 0; i < box->count() && box->currentIndex() != row; ++i) {
            press(box->currentIndex() < row ? Qt::Key_Down : Qt::Key_Up);
        }
        EXPECT_EQ(box->currentIndex(), row);
    }
    static QAbstractItemModel &registries() { return *find<QTableView>(u"registryTable"_s)->model(); }
    static void choose(const QString &host)
    {
        auto *table = find<QTableView>(u"registryTable"_s);
        const auto row = column(*table->model(), RegistriesModel::Registry).indexOf(host);
        ASSERT_GE(row, 0);
        click(table->viewport(), table->visualRect(table->model()->index(int(row), 0)).center());
    }
    static QString cell(const QString &host, int column)
    {
        const auto row = test::column(registries(), RegistriesModel::Registry).indexOf(host);
        return row < 0 ? QString() : registries().index(int(row), column).data().toString();
    }
    static void addRegistry(const QString &host)
    {
        ASSERT_NO_FATAL_FAILURE(typeInto(find(u"newRegistryEdit"_s), host));
        ASSERT_NO_FATAL_FAILURE(click(find(u"addRegistryButton"_s)));
    }
    QString testConnection() const
    {
        click(find(u"testConnectionButton"_s));
        EXPECT_TRUE(soon([] { return !textOf(u"registryMessage"_s).startsWith(u"Asking "_s); }));
        return textOf(u"registryMessage"_s);
    }
    void openConvert(const QString &source)
    {
        m_settings.setValue(settings::source, source);
        ASSERT_NO_FATAL_FAILURE(openPoolAndList({}, "team/app:v1\n"));
        openPlan(u"convert"_s);
    }
    static bool offersSettings()
    {
        const auto *button = in(u"planDialog"_s, u"planSettingsButton"_s);
        return button && button->isVisible();
    }
};

TEST_F(SettingsDialogTest, IsOneWindowByKeyboardAndClosesWithEscape)
{
    press(Qt::Key_Comma, Qt::ControlModifier);
    ASSERT_NO_FATAL_FAILURE(waitForSettings());
    const QDialog *first = shown(u"settingsDialog"_s);
    EXPECT_FALSE(first->isModal());
    ASSERT_NO_FATAL_FAILURE(bringToFront(&m_window));
    press(Qt::Key_Comma, Qt::ControlModifier);
    ASSERT_NO_FATAL_FAILURE(waitForSettings());
    EXPECT_EQ(shown(u"settingsDialog"_s), first);
    press(Qt::Key_Escape);
    EXPECT_FALSE(first->isVisible());
}

TEST_F(SettingsDialogTest, EveryWidgetHasAnAccessibleName)
{
    ASSERT_NO_FATAL_FAILURE(openRegistries());
    EXPECT_EQ(namelessWidgets(*shown(u"settingsDialog"_s)), QStringList());
}

TEST_F(SettingsDialogTest, ClosesWithTheWindow)
{
    ASSERT_NO_FATAL_FAILURE(openSettings());
    m_window.close();
    EXPECT_FALSE(shown(u"settingsDialog"_s));
}

TEST_F(SettingsDialogTest, NumbersCountAtOnce)
{
    ASSERT_NO_FATAL_FAILURE(openPage(Connection));
    EXPECT_EQ(find<QSpinBox>(u"rateSpin"_s)->text(), u"No limit"_s);
    ASSERT_NO_FATAL_FAILURE(typeInto(find(u"jobsSpin"_s), u"3\t"_s));
    EXPECT_EQ(m_settings.value(settings::jobs), 3);
    ASSERT_NO_FATAL_FAILURE(typeInto(find(u"triesSpin"_s), u"2"_s));
    ASSERT_NO_FATAL_FAILURE(typeInto(find(u"idleSpin"_s), u"90"_s));
    ASSERT_NO_FATAL_FAILURE(typeInto(find(u"rateSpin"_s), u"5"_s));
    press(Qt::Key_Return);
    EXPECT_EQ(m_settings.value(settings::tries), 2);
    EXPECT_EQ(m_settings.value(settings::idleSeconds), 90);
    EXPECT_EQ(m_settings.value(settings::bytesPerSecond), 5'000'000);
    ASSERT_NO_FATAL_FAILURE(tabTo(find(u"rateUnitCombo"_s)));
    press(Qt::Key_Up);
    EXPECT_EQ(m_settings.value(settings::bytesPerSecond), 5'000);
}

TEST_F(SettingsDialogTest, AProxyIsKeptOnlyWhereItCanBeUsedAndHoldsNoPassword)
{
    ASSERT_NO_FATAL_FAILURE(openPage(Connection));
    auto *kind = find<QComboBox>(u"proxyCombo"_s);
    EXPECT_FALSE(find(u"proxyEdit"_s)->isEnabled());
    ASSERT_NO_FATAL_FAILURE(tabTo(kind));
    press(Qt::Key_Down);
    EXPECT_EQ(m_settings.value(settings::proxy), u"none"_s);
    press(Qt::Key_Down);
    EXPECT_TRUE(find(u"proxyNote"_s)->isVisible()) << "it is not named yet";
    EXPECT_EQ(m_settings.value(settings::proxy), u"none"_s);

    const QString secret = u"http://ann:geheim@proxy.corp:3128"_s;
    ASSERT_NO_FATAL_FAILURE(typeInto(find(u"proxyEdit"_s), secret));
    press(Qt::Key_Return);
    EXPECT_TRUE(textOf(u"proxyNote"_s).contains(u"HTTPS_PROXY"_s)) << textOf(u"proxyNote"_s).toStdString();
    EXPECT_EQ(find(u"proxyEdit"_s)->accessibleDescription(), textOf(u"proxyNote"_s));
    ASSERT_NO_FATAL_FAILURE(typeInto(find(u"proxyEdit"_s), u"ftp://proxy.corp"_s));
    press(Qt::Key_Return);
    EXPECT_TRUE(find(u"proxyNote"_s)->isVisible());
    EXPECT_EQ(m_settings.value(settings::proxy), u"none"_s);

    ASSERT_NO_FATAL_FAILURE(typeInto(find(u"proxyEdit"_s), u"socks5://proxy.corp:1080"_s));
    EXPECT_FALSE(find(u"proxyNote"_s)->isVisible());
    EXPECT_EQ(m_settings.value(settings::proxy), u"none"_s) << "half of it would be another";
    press(Qt::Key_Escape);
    EXPECT_EQ(m_settings.value(settings::proxy), u"socks5://proxy.corp:1080"_s) << "closing ends the typing";
    QFile file(path(u"settings.ini"_s));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    EXPECT_FALSE(file.readAll().contains("geheim"));
}

TEST_F(SettingsDialogTest, AnAuthorityThatCannotBeReadIsSaidAndNotKept)
{
    const TestAuthority authority(folder(u"certificates"_s));
    ASSERT_NO_FATAL_FAILURE(openPage(Connection));
    ASSERT_NO_FATAL_FAILURE(typeInto(find(u"authorityEdit"_s), path(u"none.pem"_s)));
    ASSERT_TRUE(soon([] { return find(u"authorityNote"_s)->isVisible(); }));
    EXPECT_TRUE(textOf(u"authorityNote"_s).contains(u"none.pem"_s));
    EXPECT_EQ(m_settings.value(settings::caFile), QString());
    ASSERT_NO_FATAL_FAILURE(typeInto(find(u"authorityEdit"_s), authority.authority));
    ASSERT_TRUE(soon([&] { return m_settings.value(settings::caFile) == authority.authority; }));
    EXPECT_FALSE(find(u"authorityNote"_s)->isVisible());

    shown(u"settingsDialog"_s)->close();
    ASSERT_TRUE(QFile::remove(authority.authority));
    ASSERT_NO_FATAL_FAILURE(openPage(Connection));
    ASSERT_TRUE(soon([] { return find(u"authorityNote"_s)->isVisible(); })) << "it is gone since";
    EXPECT_EQ(m_settings.value(settings::caFile), authority.authority) << "its disk may come back";
    shown(u"settingsDialog"_s)->close();
    ASSERT_NO_FATAL_FAILURE(openConvert(u"127.0.0.1:1"_s));
    ASSERT_TRUE(soon([] { return offersSettings(); }));
    ASSERT_NO_FATAL_FAILURE(click(in(u"planDialog"_s, u"planSettingsButton"_s)));
    ASSERT_NO_FATAL_FAILURE(waitForSettings());
    EXPECT_TRUE(find(u"authorityEdit"_s)->isVisible());
}

TEST_F(SettingsDialogTest, ACertificateNeedsItsKey)
{
    const TestCertificate client(folder(u"certificates"_s));
    ASSERT_NO_FATAL_FAILURE(openPage(Connection));
    ASSERT_NO_FATAL_FAILURE(typeInto(find(u"certificateEdit"_s), client.certificate));
    ASSERT_TRUE(soon([] { return find(u"certificateNote"_s)->isVisible(); }));
    EXPECT_EQ(m_settings.value(settings::certificateFile), QString());
    ASSERT_NO_FATAL_FAILURE(typeInto(find(u"keyEdit"_s), client.key));
    ASSERT_TRUE(soon([&] { return m_settings.value(settings::keyFile) == client.key; }));
    EXPECT_EQ(m_settings.value(settings::certificateFile), client.certificate);
    EXPECT_FALSE(find(u"certificateNote"_s)->isVisible());
}

TEST_F(SettingsDialogTest, WhatIsGeneralCountsAtOnce)
{
    ASSERT_NO_FATAL_FAILURE(openSettings());
    ASSERT_NO_FATAL_FAILURE(choose(u"themeCombo"_s, 2));
    EXPECT_EQ(themeOf(m_settings), Theme::Dark);
    EXPECT_EQ(m_window.palette().color(QPalette::Base), paletteOf(Theme::Dark).color(QPalette::Base));
    m_window.findChild<QAction *>(u"lightThemeAction"_s)->trigger();
    EXPECT_TRUE(soon([] { return find<QComboBox>(u"themeCombo"_s)->currentIndex() == 1; }))
        << "the menu's is the same";

    ASSERT_NO_FATAL_FAILURE(typeInto(find(u"tasksAtOnceSpin"_s), u"4\t"_s));
    EXPECT_EQ(m_settings.value(settings::tasksAtOnce), 4);
    EXPECT_EQ(m_workspace.queue().limit(), 4);
    press(Qt::Key_Space); // the next is the notifications' box
    EXPECT_FALSE(m_settings.value(settings::notifies));
    ASSERT_NO_FATAL_FAILURE(typeInto(find(u"platformCombo"_s), u"linux/arm64, sparc"_s));
    EXPECT_TRUE(textOf(u"platformsNote"_s).contains(u"“sparc”"_s));
    ASSERT_NO_FATAL_FAILURE(typeInto(find(u"platformCombo"_s), u"linux/arm64"_s));
    EXPECT_FALSE(find(u"platformsNote"_s)->isVisible());
    EXPECT_EQ(m_settings.value(settings::platforms), u"linux/arm64"_s);
    m_dialogs.folder = folder(u"pools"_s);
    ASSERT_NO_FATAL_FAILURE(
        click(find(u"poolsFolderEdit"_s)->parentWidget()->findChild<QWidget *>(u"browseButton"_s)));
    EXPECT_EQ(m_settings.value(settings::poolsFolder), path(u"pools"_s));
    EXPECT_EQ(startFolder(m_settings, settings::poolsFolder, u"/elsewhere/pool"_s), path(u"pools"_s));

    ASSERT_NO_FATAL_FAILURE(click(find(u"restoreDefaultsButton"_s)));
    EXPECT_EQ(m_settings.value(settings::tasksAtOnce), 2);
    EXPECT_TRUE(m_settings.value(settings::notifies));
    EXPECT_EQ(m_settings.value(settings::platforms), u"linux/amd64"_s);
    EXPECT_EQ(startFolder(m_settings, settings::poolsFolder, u"/elsewhere/pool"_s), u"/elsewhere"_s);
    EXPECT_EQ(themeOf(m_settings), Theme::System);
    EXPECT_EQ(find<QSpinBox>(u"tasksAtOnceSpin"_s)->value(), 2);
    EXPECT_EQ(find<QLineEdit>(u"poolsFolderEdit"_s)->text(), QString());
}

TEST_F(SettingsDialogTest, DefaultsOfConnectionsComeBack)
{
    ASSERT_NO_FATAL_FAILURE(openPage(Connection));
    ASSERT_NO_FATAL_FAILURE(typeInto(find(u"jobsSpin"_s), u"3\t"_s));
    ASSERT_NO_FATAL_FAILURE(typeInto(find(u"rateSpin"_s), u"5\t"_s));
    ASSERT_NO_FATAL_FAILURE(choose(u"proxyCombo"_s, 1));
    EXPECT_EQ(m_settings.value(settings::proxy), u"none"_s);
    ASSERT_NO_FATAL_FAILURE(click(find(u"restoreDefaultsButton"_s)));
    EXPECT_EQ(m_settings.value(settings::jobs), settings::jobs.fallback);
    EXPECT_EQ(m_settings.value(settings::bytesPerSecond), 0);
    EXPECT_EQ(m_settings.value(settings::proxy), QString());
    EXPECT_EQ(find<QSpinBox>(u"jobsSpin"_s)->value(), settings::jobs.fallback);
    EXPECT_EQ(find<QSpinBox>(u"rateSpin"_s)->text(), u"No limit"_s);
    EXPECT_EQ(find<QComboBox>(u"proxyCombo"_s)->currentIndex(), 0);
}

// One home: what is set here is what Convert asks first, and what Convert was told stands here.
TEST_F(SettingsDialogTest, MirrorsAreSetForARegistryAndAskedByConvert)
{
    SampleRegistry samples(path(u"storage"_s));
    samples.add(u"team/app"_s, u"v1"_s);
    FakeRegistry mirror;
    mirror.serve(samples.path());
    ASSERT_NO_FATAL_FAILURE(openRegistries());
    ASSERT_NO_FATAL_FAILURE(addRegistry(u"127.0.0.1:1"_s)); // the registry itself is down
    ASSERT_NO_FATAL_FAILURE(typeInto(find(u"registryMirrorsEdit"_s), u"https://mirror"_s));
    press(Qt::Key_Return);
    EXPECT_TRUE(find(u"mirrorsNote"_s)->isVisible());
    EXPECT_EQ(m_settings.value(settings::mirrors), QStringList());
    ASSERT_NO_FATAL_FAILURE(typeInto(find(u"registryMirrorsEdit"_s), mirror.host() + u", second.corp/hub"_s));
    press(Qt::Key_Return);
    EXPECT_FALSE(find(u"mirrorsNote"_s)->isVisible());
    EXPECT_EQ(cell(u"127.0.0.1:1"_s, RegistriesModel::MirrorsColumn), mirror.host() + u", second.corp/hub"_s);
    ASSERT_NO_FATAL_FAILURE(choose(u"docker.io"_s));
    EXPECT_EQ(find<QLineEdit>(u"registryMirrorsEdit"_s)->text(), QString());

    ASSERT_NO_FATAL_FAILURE(openConvert(u"127.0.0.1:1"_s));
    EXPECT_EQ(inPlan<QLineEdit>(u"mirrorEdit"_s)->text(),
              u"127.0.0.1:1=%1, 127.0.0.1:1=second.corp/hub"_s.arg(mirror.host()));
    ASSERT_TRUE(soon([] { return canStart(); }));
    ASSERT_NO_FATAL_FAILURE(typeInto(inPlan(u"mirrorEdit"_s), mirror.host()));
    ASSERT_NO_FATAL_FAILURE(start());
    EXPECT_EQ(m_settings.value(settings::mirrors), QStringList{u"127.0.0.1:1="_s + mirror.host()});
    EXPECT_EQ(cell(u"127.0.0.1:1"_s, RegistriesModel::MirrorsColumn), mirror.host());
    EXPECT_EQ(m_workspace.pool()->totals().images, 1);
}

TEST_F(SettingsDialogTest, ARegistryMayHaveSeveralNames)
{
    m_settings.setValue(settings::registries, {u"registry-1.docker.io"_s}); // as a proxy's error names it
    ASSERT_NO_FATAL_FAILURE(openRegistries());
    ASSERT_NO_FATAL_FAILURE(choose(u"registry-1.docker.io"_s));
    ASSERT_NO_FATAL_FAILURE(typeInto(find(u"registryMirrorsEdit"_s), u"mirror.corp"_s));
    press(Qt::Key_Return);
    EXPECT_EQ(m_settings.value(settings::mirrors), QStringList{u"registry-1.docker.io=mirror.corp"_s});
}

TEST_F(SettingsDialogTest, DefaultsOfRegistriesForgetAllButDockerHubAfterAYes)
{
    ASSERT_NO_FATAL_FAILURE(openRegistries());
    ASSERT_NO_FATAL_FAILURE(addRegistry(u"harbor.corp"_s));
    ASSERT_NO_FATAL_FAILURE(typeInto(find(u"registryMirrorsEdit"_s), u"mirror.corp"_s));
    m_dialogs.saysYes = false;
    ASSERT_NO_FATAL_FAILURE(click(find(u"restoreDefaultsButton"_s)));
    EXPECT_EQ(registries().rowCount(), 2);
    m_dialogs.saysYes = true;
    ASSERT_NO_FATAL_FAILURE(click(find(u"restoreDefaultsButton"_s)));
    EXPECT_EQ(column(registries(), RegistriesModel::Registry), QStringList{u"docker.io"_s});
    EXPECT_EQ(m_settings.value(settings::mirrors), QStringList());
}

TEST_F(SettingsDialogTest, HowManyRequestsARegistryGetsIsSetForItAlone)
{
    ASSERT_NO_FATAL_FAILURE(openRegistries());
    ASSERT_NO_FATAL_FAILURE(addRegistry(u"harbor.corp"_s));
    auto *requests = find<QSpinBox>(u"hostRequestsSpin"_s);
    EXPECT_EQ(requests->value(), HostGates::mostAtOneHost);
    ASSERT_NO_FATAL_FAILURE(typeInto(requests, u"3"_s));
    press(Qt::Key_Tab);
    EXPECT_EQ(m_settings.value(settings::hostRequests), QStringList{u"harbor.corp=3"_s});
    ASSERT_NO_FATAL_FAILURE(choose(u"docker.io"_s));
    EXPECT_EQ(requests->value(), HostGates::mostAtOneHost);
    ASSERT_NO_FATAL_FAILURE(typeInto(requests, u"2"_s));
    press(Qt::Key_Tab);
    const Connections connections({}, m_settings);
    EXPECT_EQ(connections.options().http.hostRequests,
              (QHash<QString, int>{{u"harbor.corp"_s, 3}, {u"registry-1.docker.io"_s, 2}}));
    ASSERT_NO_FATAL_FAILURE(choose(u"harbor.corp"_s));
    ASSERT_NO_FATAL_FAILURE(click(find(u"removeRegistryButton"_s)));
    EXPECT_EQ(m_settings.value(settings::hostRequests), QStringList{u"docker.io=2"_s});
}

TEST_F(SettingsDialogTest, RegistriesComeAndGo)
{
    ASSERT_NO_FATAL_FAILURE(openRegistries());
    EXPECT_EQ(column(registries(), RegistriesModel::Registry), QStringList{u"docker.io"_s});
    ASSERT_NO_FATAL_FAILURE(addRegistry(u"https://harbor.corp"_s));
    EXPECT_TRUE(find(u"newRegistryNote"_s)->isVisible());
    ASSERT_NO_FATAL_FAILURE(addRegistry(u"Harbor.corp:443/mirror"_s));
    EXPECT_FALSE(find(u"newRegistryNote"_s)->isVisible());
    EXPECT_EQ(column(registries(), RegistriesModel::Registry),
              QStringList({u"docker.io"_s, u"harbor.corp:443"_s}));
    EXPECT_EQ(find<QTableView>(u"registryTable"_s)->currentIndex().row(), 1);

    auto *unverified = find<QCheckBox>(u"unverifiedCheck"_s);
    ASSERT_NO_FATAL_FAILURE(click(unverified, {8, unverified->height() / 2}));
    EXPECT_EQ(m_settings.value(settings::unverifiedHosts), QStringList{u"harbor.corp:443"_s});
    EXPECT_EQ(cell(u"harbor.corp:443"_s, RegistriesModel::Certificate), u"Not verified, as you allowed"_s);
    ASSERT_NO_FATAL_FAILURE(choose(u"docker.io"_s));
    EXPECT_FALSE(unverified->isChecked());
    ASSERT_NO_FATAL_FAILURE(choose(u"harbor.corp:443"_s));
    EXPECT_TRUE(unverified->isChecked());

    m_dialogs.saysYes = false;
    ASSERT_NO_FATAL_FAILURE(click(find(u"removeRegistryButton"_s)));
    EXPECT_EQ(registries().rowCount(), 2) << "nobody said yes";
    EXPECT_EQ(m_dialogs.defaults, QList{Dialogs::Default::Cancel});
    m_dialogs.saysYes = true;
    ASSERT_NO_FATAL_FAILURE(click(find(u"removeRegistryButton"_s)));
    EXPECT_EQ(column(registries(), RegistriesModel::Registry), QStringList{u"docker.io"_s});
    EXPECT_EQ(m_settings.value(settings::unverifiedHosts), QStringList());
    EXPECT_FALSE(find(u"removeRegistryButton"_s)->isEnabled()) << "a second click takes no other";
}

TEST_F(SettingsDialogTest, SignsInTestsAndSignsOut)
{
    SampleRegistry samples(path(u"storage"_s));
    samples.add(u"team/app"_s, u"v1"_s);
    const StockRegistry registry(path(u"storage"_s),
                                 StockRegistryOptions{.user = u"ann"_s, .password = u"right"_s});
    ASSERT_TRUE(registry.isUp());
    ASSERT_NO_FATAL_FAILURE(openRegistries());
    ASSERT_NO_FATAL_FAILURE(addRegistry(registry.host()));
    ASSERT_TRUE(soon([&] { return cell(registry.host(), RegistriesModel::Login) == u"Not signed in"_s; }));
    EXPECT_FALSE(find(u"registrySignOutButton"_s)->isEnabled());
    EXPECT_TRUE(testConnection().contains(u"No login for it is known"_s));

    ASSERT_NO_FATAL_FAILURE(click(find(u"registrySignInButton"_s)));
    ASSERT_TRUE(soon([] { return shown(u"signInDialog"_s) != nullptr; }));
    ASSERT_NO_FATAL_FAILURE(waitForFront(shown(u"signInDialog"_s)));
    ASSERT_NO_FATAL_FAILURE(typeInto(in(u"signInDialog"_s, u"signInUserEdit"_s), u"ann"_s));
    ASSERT_NO_FATAL_FAILURE(typeInto(in(u"signInDialog"_s, u"signInPasswordEdit"_s), u"right"_s));
    ASSERT_NO_FATAL_FAILURE(click(in(u"signInDialog"_s, u"signInButton"_s)));
    ASSERT_TRUE(soon([&] {
        return cell(registry.host(), RegistriesModel::Login) == u"ann — this session"_s;
    })) << cell(registry.host(), RegistriesModel::Login).toStdString();
    EXPECT_TRUE(testConnection().contains(u"It takes the login of ann from this session"_s))
        << textOf(u"registryMessage"_s).toStdString();

    ASSERT_NO_FATAL_FAILURE(click(find(u"registrySignOutButton"_s)));
    ASSERT_TRUE(soon([&] { return cell(registry.host(), RegistriesModel::Login) == u"Not signed in"_s; }));
    EXPECT_TRUE(soon([&] { return textOf(u"registryMessage"_s).startsWith(u"Signed out of"_s); }));
    EXPECT_FALSE(*m_keyring->find(registry.host(), {}));
}

TEST_F(SettingsDialogTest, SigningOutOffersToClearTheFileThatOtherProgramsUse)
{
    m_home.write(u".config/containers/auth.json"_s, authJson(u"harbor.corp"_s, "bob:secret"));
    const QString file = Credentials::lastingFile();
    ASSERT_TRUE(QFile::exists(file));
    ASSERT_NO_FATAL_FAILURE(openRegistries());
    ASSERT_NO_FATAL_FAILURE(addRegistry(u"harbor.corp"_s));
    ASSERT_TRUE(soon([&] { return cell(u"harbor.corp"_s, RegistriesModel::Login) == u"bob — "_s + file; }));
    m_dialogs.saysYes = false;
    ASSERT_NO_FATAL_FAILURE(click(find(u"registrySignOutButton"_s)));
    ASSERT_TRUE(soon([&] { return m_dialogs.questions.size() == 1; }));
    EXPECT_TRUE(m_dialogs.questions[0].contains(file));
    EXPECT_EQ(m_dialogs.defaults, QList{Dialogs::Default::Cancel});
    EXPECT_TRUE(soon([&] { return cell(u"harbor.corp"_s, RegistriesModel::Login) == u"bob — "_s + file; }))
        << "nobody said yes";

    m_dialogs.saysYes = true;
    ASSERT_TRUE(soon([&] { return find(u"registrySignOutButton"_s)->isEnabled(); }));
    ASSERT_NO_FATAL_FAILURE(click(find(u"registrySignOutButton"_s)));
    EXPECT_TRUE(soon([&] { return cell(u"harbor.corp"_s, RegistriesModel::Login) == u"Not signed in"_s; }));
    EXPECT_FALSE((*Credentials::load({}))->find(u"harbor.corp"_s, {}, {})->credential);
}

TEST_F(SettingsDialogTest, ATestTellsWhoVouchesForTheCertificateAndThatTheLoginIsTaken)
{
    const TestAuthority authority(folder(u"certificates"_s));
    const StockRegistry registry(folder(u"storage"_s),
                                 StockRegistryOptions{.user = u"ann"_s,
                                                      .password = u"right"_s,
                                                      .certificate = authority.certificate,
                                                      .key = authority.key});
    ASSERT_TRUE(registry.isUp());
    ASSERT_TRUE(isOk(m_keyring->store(registry.host(), {u"ann"_s, u"right"_s}, {})));
    ASSERT_NO_FATAL_FAILURE(openRegistries());
    ASSERT_NO_FATAL_FAILURE(addRegistry(registry.host()));
    EXPECT_TRUE(testConnection().contains(u"Settings ▸ Registries"_s))
        << textOf(u"registryMessage"_s).toStdString();

    m_settings.setValue(settings::caFile, authority.authority);
    EXPECT_TRUE(testConnection().contains(u"answers over TLS; its certificate is by "_s))
        << textOf(u"registryMessage"_s).toStdString();
    EXPECT_TRUE(textOf(u"registryMessage"_s).endsWith(u"It takes the login of ann from the keyring."_s))
        << textOf(u"registryMessage"_s).toStdString();
}

TEST_F(SettingsDialogTest, ALoginOfAnotherProgramIsShownWithItsFile)
{
    const QString file = m_home.write(u".docker/config.json"_s, authJson(u"harbor.corp"_s, "bob:secret"));
    ASSERT_NO_FATAL_FAILURE(openRegistries());
    ASSERT_NO_FATAL_FAILURE(addRegistry(u"harbor.corp"_s));
    EXPECT_TRUE(soon([&] { return cell(u"harbor.corp"_s, RegistriesModel::Login) == u"bob — "_s + file; }))
        << cell(u"harbor.corp"_s, RegistriesModel::Login).toStdString();
}

TEST_F(SettingsDialogTest, ATestThatFailsSaysWhatWhyAndWhatToTry)
{
    ASSERT_NO_FATAL_FAILURE(openRegistries());
    ASSERT_NO_FATAL_FAILURE(addRegistry(u"127.0.0.1:1"_s));
    EXPECT_EQ(testConnection(), u"Cannot reach 127.0.0.1:1: nothing answers there (connection refused). "
                                "Check the address, and that the registry runs."_s);
}

// The whole way of an exception: a plan that is refused, the settings beside it, the plan made anew.
TEST_F(SettingsDialogTest, AnUntrustedRegistryIsAllowedInTheSettingsAndRevokedThere)
{
    const TestCertificate certificate(folder(u"certificates"_s));
    SampleRegistry samples(path(u"storage"_s));
    samples.add(u"team/app"_s, u"v1"_s);
    FakeRegistry tls(certificate.certificate, certificate.key);
    tls.serve(samples.path());
    m_settings.setValue(settings::tries, 1); // on this machine plain HTTP is tried first
    ASSERT_NO_FATAL_FAILURE(openConvert(tls.host()));
    ASSERT_TRUE(soon([] { return offersSettings(); }));
    EXPECT_FALSE(canStart());
    EXPECT_TRUE(in<QLabel>(u"planDialog"_s, u"planProblem"_s)->text().contains(u"Settings ▸ Registries"_s));
    EXPECT_EQ(in(u"planDialog"_s, u"planSettingsButton"_s)->accessibleName(), u"Settings of "_s + tls.host());
    ASSERT_NO_FATAL_FAILURE(click(in(u"planDialog"_s, u"planSettingsButton"_s)));
    ASSERT_NO_FATAL_FAILURE(waitForSettings());
    auto *table = find<QTableView>(u"registryTable"_s);
    EXPECT_EQ(table->currentIndex().siblingAtColumn(0).data().toString(), tls.host());

    auto *unverified = find<QCheckBox>(u"unverifiedCheck"_s);
    ASSERT_NO_FATAL_FAILURE(click(unverified, {8, unverified->height() / 2}));
    EXPECT_TRUE(soon([] { return canStart(); })) << "the plan is made anew by itself";
    EXPECT_TRUE(testConnection().contains(u"is not verified"_s))
        << textOf(u"registryMessage"_s).toStdString();
    ASSERT_NO_FATAL_FAILURE(click(unverified, {8, unverified->height() / 2}));
    EXPECT_TRUE(soon([] { return !canStart() && offersSettings(); }));
}

TEST(RegistriesModel, KeepsTheRulesOfModels)
{
    const QTemporaryDir folder;
    const LoginHome home;
    Settings settings(folder.filePath(u"s.ini"_s));
    Connections connections({}, settings);
    QThreadPool workers;
    RegistriesModel model(connections, workers);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    connections.addRegistry(u"quay.io"_s);
    model.lookForLogins();
    connections.addRegistry(u"a.corp"_s);
    connections.allowUnverified(u"b.corp"_s, true);
    EXPECT_EQ(column(model, 0), QStringList({u"a.corp"_s, u"b.corp"_s, u"docker.io"_s, u"quay.io"_s}));
    EXPECT_TRUE(
        soon([&] { return column(model, RegistriesModel::Login) == QStringList(4, u"Not signed in"_s); }));
    connections.removeRegistry(u"docker.io"_s);
    connections.allowUnverified(u"b.corp"_s, false);
    EXPECT_EQ(column(model, 0), QStringList({u"a.corp"_s, u"quay.io"_s}));
}

TEST(Connections, SettingsThatWereEditedByHandStayWithinTheirRange)
{
    const QTemporaryDir folder;
    Settings settings(folder.filePath(u"s.ini"_s));
    settings.setValue(settings::jobs, 4000);
    settings.setValue(settings::tries, -1);
    settings.setValue(settings::bytesPerSecond, qint64(-5));
    settings.setValue(settings::proxy, u"none"_s);
    Connections connections({}, settings);
    const RegistryOptions options = connections.options();
    EXPECT_EQ(options.jobs, jobsRange.most);
    EXPECT_EQ(options.http.tries, triesRange.least);
    EXPECT_FALSE(options.http.rateLimit->isSet());
    connections.set(settings::bytesPerSecond, qint64(7));
    EXPECT_EQ(options.http.rateLimit->bytesPerSecond(), 7) << "for what was begun before, too";
    EXPECT_EQ(options.http.proxy, u"none"_s);
}

// An exception for all ports of a host covers one port of it: revoking that must have an effect.
TEST(Connections, RevokingAnExceptionRevokesTheWiderOneToo)
{
    const QTemporaryDir folder;
    Settings settings(folder.filePath(u"s.ini"_s));
    Connections connections({}, settings);
    connections.allowUnverified(u"harbor.corp"_s, true);
    EXPECT_TRUE(connections.isUnverifiedAllowed(u"harbor.corp:5000"_s));
    connections.allowUnverified(u"harbor.corp:5000"_s, false);
    EXPECT_FALSE(connections.isUnverifiedAllowed(u"harbor.corp:5000"_s));
}

} // namespace
} // namespace layerpool::test
