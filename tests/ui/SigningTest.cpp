// SPDX-License-Identifier: Apache-2.0
#include "Menus.h"
#include "WindowTest.h"

#include "bundle/BundleSidecars.h"
#include "dialogs/NewKeyDialog.h"
#include "dialogs/PathEdit.h"
#include "sign/Signature.h"
#include "sign/TrustedKeys.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QStandardPaths>
#include <QTabBar>
#include <QTreeWidget>
#include <QWheelEvent>

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

constexpr SecretKeyFile::Cost kQuickToOpen{32768, 16 * 1024 * 1024};

void tick(QWidget *box)
{
    ASSERT_TRUE(box);
    click(box, QPoint(box->height() / 2, box->height() / 2));
}

// A bundle is signed where it is made, and those who trust the key know it.
class SigningTest : public WindowTest
{
protected:
    QString writeKey(const SecretKey &key) const
    {
        const QByteArray password("s3cret");
        EXPECT_TRUE(isOk(SecretKeyFile::writePair(path(u"release.key"_s), key, password, kQuickToOpen)));
        return path(u"release.key"_s);
    }
    void openTar()
    {
        ASSERT_NO_FATAL_FAILURE(bringToFront(&m_window));
        ASSERT_NO_FATAL_FAILURE(
            openPoolAndList({u"calico/cni:v1"_s, u"library/redis:5"_s}, "calico/cni:v1\n"));
        ASSERT_NO_FATAL_FAILURE(chooseInMenu(m_window, u"tar"_s));
        ASSERT_NO_FATAL_FAILURE(waitFor(u"planDialog"_s));
        ASSERT_NO_FATAL_FAILURE(typeInto(inPlan(u"targetEdit"_s), path(u"all.tar"_s)));
    }
    static bool says(const QString &words)
    {
        return soon([&] { return textIn(u"planDialog"_s, u"planMessage"_s).contains(words); });
    }
    QByteArray bytesOf(const QString &file) const
    {
        QFile opened(file);
        EXPECT_TRUE(opened.open(QIODevice::ReadOnly)) << file.toStdString();
        return opened.readAll();
    }

    void openSignatures()
    {
        m_window.findChild<QAction *>(u"settingsAction"_s)->trigger();
        ASSERT_NO_FATAL_FAILURE(waitFor(u"settingsDialog"_s));
        auto *bar = inSettings<QTabWidget>(u"settingsPages"_s)->tabBar();
        ASSERT_NO_FATAL_FAILURE(click(bar, bar->tabRect(bar->count() - 1).center()));
        ASSERT_TRUE(soon([] { return inSettings(u"signaturePolicyCombo"_s)->isEnabled(); })) << "it is read";
    }
    static void closeSettings() { shown(u"settingsDialog"_s)->close(); }
    static void choose(const QString &key)
    {
        auto *keys = inSettings<QTreeWidget>(u"trustedKeys"_s);
        const QList<QTreeWidgetItem *> found = keys->findItems(key, Qt::MatchExactly);
        ASSERT_EQ(found.size(), 1);
        ASSERT_NO_FATAL_FAILURE(click(keys->viewport(), keys->visualItemRect(found.first()).center()));
    }
    template <typename Widget = QWidget>
    static Widget *inSettings(const QString &name)
    {
        return in<Widget>(u"settingsDialog"_s, name);
    }
    static QStringList trusted() { return column(*inSettings<QTreeWidget>(u"trustedKeys"_s)->model(), 0); }
    static QString policyNote() { return textIn(u"settingsDialog"_s, u"signaturePolicyNote"_s); }
};

TEST_F(SigningTest, TarSignsWithAKeyThatItsPasswordOpens)
{
    const SecretKey key = SecretKey::generate();
    const QString file = writeKey(key);
    ASSERT_NO_FATAL_FAILURE(openTar());
    auto *password = inPlan<QLineEdit>(u"signPasswordEdit"_s);
    ASSERT_TRUE(soon([] { return canStart(); })) << "nobody has to sign";
    press(Qt::Key_H, Qt::AltModifier);
    EXPECT_TRUE(inPlan<PathEdit>(u"tarBase"_s)->edit()->hasFocus()) << "by its label's key";
    EXPECT_FALSE(password->isVisible());
    ASSERT_NO_FATAL_FAILURE(typeInto(inPlan(u"signKeyEdit"_s), file));
    ASSERT_TRUE(says(u"Give the password"_s));
    EXPECT_EQ(password->echoMode(), QLineEdit::Password);
    ASSERT_NO_FATAL_FAILURE(tabTo(password));
    press(Qt::Key_Return);
    EXPECT_TRUE(textIn(u"planDialog"_s, u"planMessage"_s).contains(u"Give the password"_s))
        << "none is no try";
    ASSERT_NO_FATAL_FAILURE(type(u"wrong"_s));
    EXPECT_TRUE(says(u"Press Enter"_s));
    press(Qt::Key_Return);
    ASSERT_TRUE(says(u"another password"_s));
    EXPECT_FALSE(canStart());
    press(Qt::Key_A, Qt::ControlModifier);
    ASSERT_NO_FATAL_FAILURE(type(u"s3cret"_s));
    press(Qt::Key_Return);
    ASSERT_TRUE(soon([] { return canStart(); }));
    EXPECT_TRUE(textIn(u"planDialog"_s, u"planNotes"_s).contains(key.publicKey().name()));
    ASSERT_NO_FATAL_FAILURE(start());

    const QString bundle = path(u"all.tar"_s);
    const Result<Signature> signature = Signature::parse(bytesOf(signaturePathOf(bundle)));
    ASSERT_TRUE(isOk(signature));
    EXPECT_TRUE(isOk(signature->verify(bytesOf(sumsPathOf(bundle)), key.publicKey())));
    EXPECT_EQ(m_settings.value(settings::signingKey), file) << "for the next bundle";
}

// Where a file may be replaced Enter alone means Cancel; after a password it means that this is whole.
TEST_F(SigningTest, EnterAfterThePasswordDoesNotCloseThePlan)
{
    m_settings.setValue(settings::signingKey, writeKey(SecretKey::generate()));
    ASSERT_NO_FATAL_FAILURE(openTar());
    ASSERT_TRUE(says(u"Give the password"_s));
    ASSERT_NO_FATAL_FAILURE(tick(inPlan(u"replaceCheck"_s)));
    ASSERT_NO_FATAL_FAILURE(typeInto(inPlan(u"signPasswordEdit"_s), u"s3cret"_s));
    press(Qt::Key_Return);
    EXPECT_TRUE(soon([] { return canStart(); }));
}

TEST_F(SigningTest, AKeyThatIsNoneIsSaidBeforeThePlan)
{
    m_settings.setValue(settings::signingKey, writeList(u"none.key"_s, "no key\n"));
    ASSERT_NO_FATAL_FAILURE(openTar());
    EXPECT_TRUE(says(u"none.key is no secret key"_s));
    EXPECT_TRUE(says(u"Settings ▸ Signatures"_s));
    EXPECT_FALSE(canStart());
    ASSERT_NO_FATAL_FAILURE(typeInto(inPlan(u"signKeyEdit"_s), u" "_s));
    ASSERT_NO_FATAL_FAILURE(start());
    EXPECT_FALSE(QFileInfo::exists(signaturePathOf(path(u"all.tar"_s))));
    EXPECT_EQ(m_settings.value(settings::signingKey), path(u"none.key"_s)) << "the next one is signed again";
}

TEST_F(SigningTest, WhatNobodySignedMayBeRefused)
{
    ASSERT_NO_FATAL_FAILURE(openSignatures());
    auto *policy = inSettings<QComboBox>(u"signaturePolicyCombo"_s);
    ASSERT_NO_FATAL_FAILURE(tabTo(policy));
    press(Qt::Key_Down);
    EXPECT_EQ(policy->currentText(), u"Refuse them"_s);
    EXPECT_TRUE(policyNote().contains(u"every bundle is refused"_s));
    EXPECT_EQ(policy->accessibleDescription(), policyNote());
    ASSERT_TRUE(soon([] {
        const Result<SignaturePolicy> kept = TrustedKeys().policy();
        return kept && *kept == SignaturePolicy::Require;
    }));
    ASSERT_TRUE(isOk(TrustedKeys().add(SecretKey::generate().publicKey()))); // on the command line, say
    shown(u"settingsDialog"_s)->close();
    ASSERT_NO_FATAL_FAILURE(openSignatures());
    EXPECT_TRUE(soon([] { return trusted().size() == 1; }));
    EXPECT_FALSE(policyNote().contains(u"every bundle is refused"_s));
    EXPECT_EQ(inSettings<QComboBox>(u"signaturePolicyCombo"_s)->currentIndex(), 1);
}

TEST_F(SigningTest, KeysAreTrustedByTextOrFileAndForgotten)
{
    const PublicKey typed = SecretKey::generate().publicKey();
    const PublicKey other = SecretKey::generate().publicKey();
    ASSERT_NO_FATAL_FAILURE(openSignatures());
    auto *field = inSettings<QLineEdit>(u"newTrustedKeyEdit"_s);
    ASSERT_NO_FATAL_FAILURE(typeInto(field, u"nonsense"_s));
    press(Qt::Key_Return);
    EXPECT_TRUE(inSettings(u"newTrustedKeyNote"_s)->isVisible());
    QGuiApplication::clipboard()->setText(QString::fromLatin1(typed.toFile())); // both of its lines
    press(Qt::Key_A, Qt::ControlModifier);
    press(Qt::Key_V, Qt::ControlModifier);
    press(Qt::Key_Return);
    ASSERT_TRUE(soon([&] { return trusted() == QStringList{typed.name()}; }));
    EXPECT_FALSE(inSettings(u"newTrustedKeyNote"_s)->isVisible());

    m_dialogs.files = {writeList(u"other.pub"_s, other.toFile())};
    ASSERT_NO_FATAL_FAILURE(click(inSettings(u"addTrustedFileButton"_s)));
    ASSERT_TRUE(soon([&] { return trusted().contains(other.name()); }));

    EXPECT_FALSE(inSettings(u"forgetKeyButton"_s)->isEnabled());
    ASSERT_NO_FATAL_FAILURE(choose(other.name()));
    m_dialogs.saysYes = false;
    ASSERT_NO_FATAL_FAILURE(click(inSettings(u"forgetKeyButton"_s)));
    EXPECT_EQ(m_dialogs.defaults, QList{Dialogs::Default::Cancel});
    EXPECT_EQ(TrustedKeys().keys()->size(), 2U);
    m_dialogs.saysYes = true;
    ASSERT_NO_FATAL_FAILURE(click(inSettings(u"forgetKeyButton"_s)));
    ASSERT_TRUE(soon([&] { return trusted() == QStringList{typed.name()}; }));
    ASSERT_NO_FATAL_FAILURE(click(inSettings(u"addTrustedKeyButton"_s))); // it was a mistake
    EXPECT_TRUE(soon([&] { return trusted().contains(other.name()); }));
}

TEST_F(SigningTest, NobodyIgnoresSignaturesByAccident)
{
    ASSERT_NO_FATAL_FAILURE(openSignatures());
    auto *policy = inSettings<QComboBox>(u"signaturePolicyCombo"_s);
    const QPoint middle = policy->rect().center();
    QWheelEvent wheel(middle, policy->mapToGlobal(middle), {}, {0, -240}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(policy, &wheel);
    EXPECT_EQ(policy->currentIndex(), 0);
    ASSERT_NO_FATAL_FAILURE(tabTo(policy));
    m_dialogs.saysYes = false;
    press(Qt::Key_End);
    EXPECT_EQ(m_dialogs.defaults, QList{Dialogs::Default::Cancel});
    EXPECT_EQ(policy->currentIndex(), 0);
    m_dialogs.saysYes = true;
    press(Qt::Key_End);
    EXPECT_TRUE(soon([] {
        const Result<SignaturePolicy> kept = TrustedKeys().policy();
        return kept && *kept == SignaturePolicy::Ignore;
    }));
}

TEST_F(SigningTest, AFileThatHoldsNoKeyIsForgotten)
{
    const PublicKey good = SecretKey::generate().publicKey();
    ASSERT_TRUE(isOk(TrustedKeys().add(good)));
    QFile damaged(QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
                  u"/layerpool/trusted/zz.pub"_s);
    ASSERT_TRUE(damaged.open(QIODevice::WriteOnly) && damaged.write("nothing") > 0);
    damaged.close();
    ASSERT_NO_FATAL_FAILURE(openSignatures());
    EXPECT_EQ(trusted(), (QStringList{good.name(), u"zz.pub"_s}));
    EXPECT_TRUE(policyNote().contains(u"zz.pub below holds no key"_s));
    ASSERT_NO_FATAL_FAILURE(choose(u"zz.pub"_s));
    ASSERT_NO_FATAL_FAILURE(click(inSettings(u"forgetKeyButton"_s)));
    ASSERT_TRUE(soon([&] { return trusted() == QStringList{good.name()}; }));
    EXPECT_FALSE(policyNote().contains(u"zz.pub"_s));
    EXPECT_EQ(QApplication::focusWidget(), inSettings(u"forgetKeyButton"_s)) << "at the one before";
    ASSERT_NO_FATAL_FAILURE(click(inSettings(u"forgetKeyButton"_s)));
    ASSERT_TRUE(soon([] { return trusted().isEmpty(); }));
    EXPECT_EQ(QApplication::focusWidget(), inSettings(u"trustedKeys"_s));
    EXPECT_EQ(inSettings<QLineEdit>(u"newTrustedKeyEdit"_s)->text(), good.base64());
}

TEST_F(SigningTest, AKeyThatIsTypedLastIsTrustedOneThatWasForgottenIsNot)
{
    const PublicKey forgotten = SecretKey::generate().publicKey();
    const PublicKey typed = SecretKey::generate().publicKey();
    ASSERT_TRUE(isOk(TrustedKeys().add(forgotten)));
    ASSERT_NO_FATAL_FAILURE(openSignatures());
    ASSERT_NO_FATAL_FAILURE(choose(forgotten.name()));
    ASSERT_NO_FATAL_FAILURE(click(inSettings(u"forgetKeyButton"_s)));
    ASSERT_TRUE(soon([] { return trusted().isEmpty(); }));
    closeSettings();
    ASSERT_NO_FATAL_FAILURE(openSignatures());
    ASSERT_NO_FATAL_FAILURE(typeInto(inSettings(u"newTrustedKeyEdit"_s), typed.base64()));
    closeSettings();
    ASSERT_TRUE(soon([] {
        const auto keys = TrustedKeys().keys();
        return keys && !keys->empty();
    }));
    EXPECT_EQ(TrustedKeys().keys()->size(), 1U);
    EXPECT_EQ(TrustedKeys().keys()->front(), typed);
}

TEST_F(SigningTest, TheDefaultsSayThatTarSignsNoMore)
{
    m_settings.setValue(settings::signingKey, path(u"our.key"_s));
    ASSERT_NO_FATAL_FAILURE(openSignatures());
    EXPECT_EQ(inSettings<QLineEdit>(u"signsWithEdit"_s)->text(), path(u"our.key"_s));
    ASSERT_NO_FATAL_FAILURE(click(inSettings(u"restoreDefaultsButton"_s)));
    EXPECT_TRUE(m_dialogs.questions.join(u' ').contains(path(u"our.key"_s)));
    EXPECT_TRUE(soon([] { return inSettings<QLineEdit>(u"signsWithEdit"_s)->text().isEmpty(); }));
    EXPECT_EQ(m_settings.value(settings::signingKey), QString());
}

TEST_F(SigningTest, APairIsMadeAndTarSignsWithIt)
{
    ASSERT_NO_FATAL_FAILURE(openSignatures());
    ASSERT_NO_FATAL_FAILURE(click(inSettings(u"newKeyPairButton"_s)));
    ASSERT_NO_FATAL_FAILURE(waitFor(u"newKeyDialog"_s));
    const auto field = [](const QString &name) { return in(u"newKeyDialog"_s, name); };
    ASSERT_NO_FATAL_FAILURE(typeInto(field(u"newKeyFileEdit"_s), path(u"our.key"_s)));
    EXPECT_FALSE(field(u"newKeyMakeButton"_s)->isEnabled()) << "with which password?";
    ASSERT_NO_FATAL_FAILURE(tick(field(u"newKeyPlainCheck"_s)));
    ASSERT_NO_FATAL_FAILURE(click(field(u"newKeyMakeButton"_s)));
    ASSERT_TRUE(soon([&] { return field(u"newKeyCopyButton"_s)->isVisible(); }));
    EXPECT_TRUE(textIn(u"newKeyDialog"_s, u"newKeyMessage"_s).contains(path(u"our.key.pub"_s)));
    press(Qt::Key_Return); // copies
    const Result<PublicKey> made = PublicKey::read(path(u"our.key.pub"_s));
    ASSERT_TRUE(isOk(made));
    EXPECT_EQ(QGuiApplication::clipboard()->text(), made->base64());
    press(Qt::Key_Escape);
    shown(u"settingsDialog"_s)->close();

    ASSERT_NO_FATAL_FAILURE(openTar());
    EXPECT_TRUE(soon([] { return canStart(); }));
    EXPECT_TRUE(textIn(u"planDialog"_s, u"planNotes"_s).contains(made->name()));
}

class NewKeyDialogTest : public UiTest
{
protected:
    QThreadPool m_workers;
    AnsweringDialogs m_dialogs;
    Settings m_settings{path(u"settings.ini"_s)};
    NewKeyDialog m_dialog{m_settings, m_workers, m_dialogs, nullptr, kQuickToOpen};
};

TEST_F(NewKeyDialogTest, ThePasswordIsTypedTwice)
{
    m_dialog.show();
    ASSERT_NO_FATAL_FAILURE(bringToFront(&m_dialog));
    const auto field = [this](const QString &name) { return m_dialog.findChild<QWidget *>(name); };
    ASSERT_NO_FATAL_FAILURE(typeInto(field(u"newKeyFileEdit"_s), path(u"our.key"_s)));
    ASSERT_NO_FATAL_FAILURE(typeInto(field(u"newKeyPasswordEdit"_s), u"s3cret"_s));
    ASSERT_NO_FATAL_FAILURE(typeInto(field(u"newKeyAgainEdit"_s), u"secret"_s));
    press(Qt::Key_Return);
    EXPECT_EQ(m_dialog.findChild<QLabel *>(u"newKeyMessage"_s)->text(), u"The two passwords differ."_s);
    EXPECT_FALSE(QFileInfo::exists(path(u"our.key"_s)));
    ASSERT_NO_FATAL_FAILURE(type(u"s3cret"_s)); // in place of what was wrong
    ASSERT_NO_FATAL_FAILURE(tick(field(u"newKeySignsCheck"_s)));
    ASSERT_NO_FATAL_FAILURE(click(field(u"newKeyMakeButton"_s)));
    ASSERT_TRUE(soon([&] { return field(u"newKeyCopyButton"_s)->isVisible(); }));
    const Result<SecretKeyFile> file = SecretKeyFile::read(path(u"our.key"_s));
    ASSERT_TRUE(isOk(file));
    EXPECT_TRUE(file->isEncrypted());
    EXPECT_TRUE(isOk(file->open("s3cret")));
    EXPECT_EQ(m_settings.value(settings::signingKey), QString()) << "it need not sign here";
}

} // namespace
} // namespace layerpool::test
