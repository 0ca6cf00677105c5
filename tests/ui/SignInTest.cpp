// SPDX-License-Identifier: Apache-2.0
#include "Gestures.h"
#include "MainWindow.h"
#include "UiTest.h"
#include "dialogs/SignInDialog.h"
#include "registry/Credentials.h"
#include "settings/Settings.h"
#include "support/FakeRegistry.h"
#include "support/Logins.h"
#include "support/StockRegistry.h"

#include <QComboBox>
#include <QTableView>

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

// A registry that wants a login, met in the window.
class SignInTest : public UiTest
{
protected:
    void SetUp() override
    {
        SampleRegistry samples(path(u"storage"_s));
        samples.add(u"team/app"_s, u"v1"_s);
        m_registry.emplace(path(u"storage"_s),
                           StockRegistryOptions{.user = u"ann"_s, .password = u"right"_s});
        ASSERT_TRUE(m_registry->isUp());
        m_settings.setValue(settings::source, m_registry->host());
        m_window.show();
        ASSERT_NO_FATAL_FAILURE(bringToFront(&m_window));
    }

    QDialog *shown(const QString &name) const
    {
        for (QDialog *dialog : m_window.findChildren<QDialog *>(name)) {
            if (dialog->isVisible()) {
                return dialog;
            }
        }
        return nullptr;
    }
    template <typename Widget = QWidget>
    Widget *in(const QString &dialog, const QString &name) const
    {
        return shown(dialog) ? shown(dialog)->findChild<Widget *>(name) : nullptr;
    }
    template <typename Widget = QWidget>
    Widget *inSignIn(const QString &name) const
    {
        return in<Widget>(u"signInDialog"_s, name);
    }
    void openConvert()
    {
        ASSERT_NO_FATAL_FAILURE(
            dropFiles(&m_window, {makePool(u"pool"_s, {}), writeList(u"a.txt"_s, "team/app:v1\n")}));
        auto *convert = m_window.findChild<QWidget *>(u"convertButton"_s);
        ASSERT_TRUE(soon([&] { return convert->isEnabled(); }));
        ASSERT_NO_FATAL_FAILURE(click(convert));
        ASSERT_TRUE(soon([&] {
            const auto *button = in(u"planDialog"_s, u"planSignInButton"_s);
            return button && button->isVisible();
        }));
        ASSERT_NO_FATAL_FAILURE(waitForFront(shown(u"planDialog"_s)));
    }
    void openSignIn()
    {
        ASSERT_NO_FATAL_FAILURE(click(in(u"planDialog"_s, u"planSignInButton"_s)));
        ASSERT_TRUE(soon([&] { return shown(u"signInDialog"_s) != nullptr; }));
        ASSERT_NO_FATAL_FAILURE(waitForFront(shown(u"signInDialog"_s)));
    }
    void give(const QString &user, const QString &password)
    {
        ASSERT_NO_FATAL_FAILURE(typeInto(inSignIn(u"signInUserEdit"_s), user));
        ASSERT_NO_FATAL_FAILURE(typeInto(inSignIn(u"signInPasswordEdit"_s), password));
        ASSERT_NO_FATAL_FAILURE(click(inSignIn(u"signInButton"_s)));
    }
    QString message() const { return inSignIn<QLabel>(u"signInMessage"_s)->text(); }

    LoginHome m_home;
    std::optional<StockRegistry> m_registry;
    std::shared_ptr<FakeKeyring> m_keyring = std::make_shared<FakeKeyring>();
    Workspace m_workspace{m_keyring};
    AnsweringDialogs m_dialogs;
    Settings m_settings{path(u"settings.ini"_s)};
    MainWindow m_window{m_workspace, m_dialogs, m_settings};
};

TEST_F(SignInTest, APlanThatIsDeniedOffersToSignInAndIsMadeAgain)
{
    ASSERT_NO_FATAL_FAILURE(openConvert());
    EXPECT_EQ(in(u"planDialog"_s, u"planSignInButton"_s)->accessibleName(),
              u"Sign in to "_s + m_registry->host());
    ASSERT_NO_FATAL_FAILURE(openSignIn());
    EXPECT_EQ(inSignIn<QLineEdit>(u"signInRegistryEdit"_s)->text(), m_registry->host());
    auto *remember = inSignIn<QCheckBox>(u"signInRememberCheck"_s);
    ASSERT_TRUE(soon([&] { return remember->isEnabled() && remember->isChecked(); }));
    EXPECT_FALSE(inSignIn(u"signInFileCheck"_s)->isVisible()) << "a keyring is there";

    ASSERT_NO_FATAL_FAILURE(give(u"ann"_s, u"wrong"_s));
    ASSERT_TRUE(soon([&] { return message().contains(u"refused the login"_s); })) << message().toStdString();
    EXPECT_FALSE(*m_keyring->find(m_registry->host(), {})) << "what is refused is not kept";

    ASSERT_NO_FATAL_FAILURE(give(u"ann"_s, u"right"_s));
    ASSERT_TRUE(soon([&] { return !shown(u"signInDialog"_s); }));
    const auto *start = in<QPushButton>(u"planDialog"_s, u"planStartButton"_s);
    EXPECT_TRUE(soon([&] { return start->isEnabled(); })) << start->text().toStdString();
    EXPECT_FALSE(in(u"planDialog"_s, u"planSignInButton"_s)->isVisible());
    EXPECT_EQ(*m_keyring->find(m_registry->host(), {}), (Credential{u"ann"_s, u"right"_s}));
}

TEST_F(SignInTest, WithoutAKeyringItSaysWhyAndKeepsTheLoginForTheSession)
{
    m_keyring->failure = FakeKeyring::absent();
    ASSERT_NO_FATAL_FAILURE(openConvert());
    ASSERT_NO_FATAL_FAILURE(openSignIn());
    ASSERT_TRUE(soon([&] { return message().contains(u"until Layerpool is closed"_s); }));
    EXPECT_FALSE(inSignIn(u"signInRememberCheck"_s)->isEnabled());
    EXPECT_TRUE(inSignIn(u"signInRememberCheck"_s)->toolTip().contains(u"There is no keyring"_s));
    ASSERT_NO_FATAL_FAILURE(give(u"ann"_s, u"right"_s));
    ASSERT_TRUE(soon([&] { return !shown(u"signInDialog"_s); }));
    EXPECT_FALSE(QFile::exists(Credentials::lastingFile())) << "nobody asked for a file";
    const auto *start = in<QPushButton>(u"planDialog"_s, u"planStartButton"_s);
    EXPECT_TRUE(soon([&] { return start->isEnabled(); })) << start->text().toStdString();
}

TEST_F(SignInTest, WithoutAKeyringItKeepsTheLoginInAFileWhereAskedTo)
{
    m_keyring->failure = FakeKeyring::absent();
    ASSERT_NO_FATAL_FAILURE(openConvert());
    ASSERT_NO_FATAL_FAILURE(openSignIn());
    auto *inFile = inSignIn<QCheckBox>(u"signInFileCheck"_s);
    ASSERT_TRUE(soon([&] { return inFile->isVisible(); }));
    EXPECT_FALSE(inFile->isChecked());
    ASSERT_NO_FATAL_FAILURE(click(inFile, {8, inFile->height() / 2}));
    ASSERT_TRUE(inFile->isChecked());
    EXPECT_TRUE(message().contains(Credentials::lastingFile()) && message().contains(u"can read it"_s))
        << message().toStdString();

    ASSERT_NO_FATAL_FAILURE(give(u"ann"_s, u"wrong"_s));
    ASSERT_TRUE(soon([&] { return message().contains(u"refused the login"_s); })) << message().toStdString();
    EXPECT_FALSE(QFile::exists(Credentials::lastingFile())) << "what is refused is not kept";
    ASSERT_NO_FATAL_FAILURE(give(u"ann"_s, u"right"_s));
    ASSERT_TRUE(soon([&] { return !shown(u"signInDialog"_s); }));
    EXPECT_EQ(QFile::permissions(Credentials::lastingFile()) &
                  (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
              QFile::Permissions());
    const auto tomorrow = Credentials::load({});
    ASSERT_TRUE(isOk(tomorrow));
    EXPECT_EQ((*tomorrow)->find(m_registry->host(), {}, {})->credential, (Credential{u"ann"_s, u"right"_s}));
}

TEST_F(SignInTest, ALoginServerOfAnotherSiteIsAskedAboutOnceAndRemembered)
{
    FakeRegistry fake;
    const QByteArray realm = "http://localhost:" + QByteArray::number(fake.port()) + "/token";
    fake.on("GET", "/token").reply(FakeReply::token("t1"));
    fake.intercept([realm](const FakeRequest &request) -> std::optional<FakeReply> {
        return request.path == "/token" || request.header("Authorization") == "Bearer t1"
                   ? std::nullopt
                   : std::optional(FakeReply::unauthorized("Bearer realm=\"" + realm + "\""));
    });
    m_dialogs.saysYes = false;
    m_dialogs.meanwhile = [this] {
        EXPECT_FALSE(inSignIn(u"signInPasswordEdit"_s)->isEnabled()) << "it is this one that is asked about";
    };
    m_window.commands().signIn();
    ASSERT_TRUE(soon([&] { return shown(u"signInDialog"_s) != nullptr; }));
    ASSERT_NO_FATAL_FAILURE(waitForFront(shown(u"signInDialog"_s)));
    EXPECT_FALSE(inSignIn(u"signInButton"_s)->isEnabled());
    ASSERT_NO_FATAL_FAILURE(typeInto(inSignIn(u"signInRegistryEdit"_s), fake.host()));
    ASSERT_NO_FATAL_FAILURE(give(u"ann"_s, u"right"_s));
    ASSERT_TRUE(soon([&] { return m_dialogs.questions.size() == 1; }));
    EXPECT_TRUE(m_dialogs.questions.at(0).contains(u"sent to localhost"_s));
    EXPECT_EQ(fake.count("GET", "/token"), 0);

    m_dialogs.saysYes = true;
    ASSERT_TRUE(soon([&] { return inSignIn(u"signInButton"_s)->isEnabled(); }));
    ASSERT_NO_FATAL_FAILURE(click(inSignIn(u"signInButton"_s)));
    ASSERT_TRUE(soon([&] { return !shown(u"signInDialog"_s); }));
    EXPECT_EQ(fake.requests("GET", "/token").at(0).header("Authorization"),
              "Basic " + QByteArray("ann:right").toBase64());
    EXPECT_EQ(m_settings.value(settings::loginServers), QStringList{u"localhost"_s});
}

// Nothing of a login may lie in the settings.
TEST_F(SignInTest, SettingsHoldNoSecret)
{
    m_window.commands().signIn();
    ASSERT_TRUE(soon([&] { return shown(u"signInDialog"_s) != nullptr; }));
    ASSERT_NO_FATAL_FAILURE(waitForFront(shown(u"signInDialog"_s)));
    ASSERT_NO_FATAL_FAILURE(typeInto(inSignIn(u"signInRegistryEdit"_s), m_registry->host()));
    ASSERT_NO_FATAL_FAILURE(give(u"ann"_s, u"right"_s));
    ASSERT_TRUE(soon([&] { return !shown(u"signInDialog"_s); }));
    m_window.close();
    QFile file(path(u"settings.ini"_s));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    EXPECT_FALSE(text.contains("right") || text.contains(QByteArray("ann:right").toBase64()))
        << text.toStdString();
}

} // namespace
} // namespace layerpool::test
