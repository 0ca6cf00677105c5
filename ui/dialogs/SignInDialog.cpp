// SPDX-License-Identifier: Apache-2.0
#include "dialogs/SignInDialog.h"

#include "Icons.h"
#include "Words.h"
#include "dialogs/Dialogs.h"
#include "image/RegistryAddress.h"
#include "registry/Credentials.h"
#include "views/SpokenLabel.h"
#include "views/Spacing.h"
#include "work/Background.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QVBoxLayout>

namespace layerpool {
namespace {

QLineEdit *makeEdit(const QString &name, QWidget *parent)
{
    auto *edit = new QLineEdit(parent);
    edit->setObjectName(name);
    edit->setMinimumWidth(textWidth(parent, 42));
    return edit;
}

// The registry's opinion first: what it refuses is not kept. For the session alone where there is no keeper.
Result<LoginCheck> checkAndKeep(const RegistryOptions &options, const QString &host,
                                const Credential &credential, const std::shared_ptr<CredentialStore> &keeper,
                                const CancelToken &cancel)
{
    Result<LoginCheck> checked = checkLogin(options, host, credential, cancel);
    if (!checked) {
        return checked;
    }
    if (const Status kept = options.session->store(host, credential, cancel); !kept) {
        return kept.error();
    }
    const Status kept = keeper ? keeper->store(host, credential, cancel) : Status();
    return kept ? std::move(checked) : kept.error();
}

} // namespace

SignInDialog::SignInDialog(const QString &registry, RegistryOptions options, QThreadPool &workers,
                           Dialogs &dialogs, QWidget *parent)
    : QDialog(parent)
    , m_options(std::move(options))
    , m_workers(workers)
    , m_dialogs(dialogs)
    , m_registry(makeEdit(QStringLiteral("signInRegistryEdit"), this))
    , m_user(makeEdit(QStringLiteral("signInUserEdit"), this))
    , m_password(makeEdit(QStringLiteral("signInPasswordEdit"), this))
    , m_remember(new QCheckBox(tr("&Remember in the keyring"), this))
    , m_keepInFile(new QCheckBox(tr("Keep it in &auth.json"), this))
    , m_message(new SpokenLabel(QStringLiteral("signInMessage"), this))
    , m_signIn(new QPushButton(tr("Sign &in"), this))
{
    setObjectName(QStringLiteral("signInDialog"));
    setWindowTitle(tr("Sign in to a registry"));
    m_registry->setText(registry);
    m_registry->setReadOnly(!registry.isEmpty());
    m_registry->setPlaceholderText(tr("HOST[:PORT], such as harbor.corp or docker.io"));
    m_password->setEchoMode(QLineEdit::Password);
    m_remember->setObjectName(QStringLiteral("signInRememberCheck"));
    m_remember->setEnabled(false);
    m_keepInFile->setObjectName(QStringLiteral("signInFileCheck"));
    m_keepInFile->setToolTip(tr("%1, for skopeo and podman too").arg(Credentials::lastingFile()));
    m_keepInFile->hide();
    m_message->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    m_message->setMinimumHeight(fontMetrics().height() * 4);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    buildLayout(registry.isEmpty());
    for (const QLineEdit *edit : {m_registry, m_user, m_password}) {
        connect(edit, &QLineEdit::textChanged, this, &SignInDialog::updateButton);
    }
    connect(m_keepInFile, &QCheckBox::toggled, this, &SignInDialog::sayHowLong);
    connect(this, &QDialog::finished, this, [this] { m_cancel.cancel(); });
    updateButton();
    lookForKeyring();
}

SignInDialog::~SignInDialog()
{
    m_cancel.cancel();
}

void SignInDialog::buildLayout(bool asksForRegistry)
{
    auto *rows = new QFormLayout;
    rows->setHorizontalSpacing(outerSpacing(this));
    rows->setVerticalSpacing(innerSpacing(this));
    rows->addRow(tr("Re&gistry:"), m_registry);
    rows->addRow(tr("&Name:"), m_user);
    rows->addRow(tr("&Password:"), m_password);
    rows->addRow(QString(), m_remember);
    rows->addRow(QString(), m_keepInFile);

    auto *buttons = new QDialogButtonBox(this);
    m_signIn->setObjectName(QStringLiteral("signInButton"));
    m_signIn->setIcon(themedIcon(QStringLiteral("key")));
    m_signIn->setDefault(true);
    buttons->addButton(m_signIn, QDialogButtonBox::AcceptRole);
    QPushButton *cancel = buttons->addButton(QDialogButtonBox::Cancel);
    cancel->setObjectName(QStringLiteral("signInCancelButton"));
    cancel->setIcon({}); // some styles bring one of another set
    connect(buttons, &QDialogButtonBox::accepted, this, &SignInDialog::signIn);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(outerSpacing(this));
    layout->addLayout(rows);
    layout->addWidget(m_message, 1);
    layout->addWidget(buttons);
    (asksForRegistry ? m_registry : m_user)->setFocus();
}

void SignInDialog::lookForKeyring()
{
    runInBackground(
        m_workers, this,
        [keyring = m_options.keyring, cancel = m_cancel] {
            return keyring ? keyring->check(cancel)
                           : Status(Error{ErrorKind::Unsupported, tr("There is no keyring"), {}, {}});
        },
        [this](const Status &usable) {
            m_hasKeyring = bool(usable);
            m_remember->setEnabled(m_hasKeyring && !m_isBusy);
            m_remember->setChecked(m_hasKeyring);
            if (!usable) {
                m_remember->setToolTip(sentenceOf(usable.error()));
                m_remember->setAccessibleDescription(sentenceOf(usable.error()));
                m_keepInFile->show();
                if (m_message->text().isEmpty()) {
                    sayHowLong();
                }
            }
        });
}

// Of a login that no keyring keeps.
void SignInDialog::sayHowLong()
{
    say(m_keepInFile->isChecked()
            ? tr("The password will lie in %1: whoever can read that file can read it.")
                  .arg(Credentials::lastingFile())
            : tr("%1 The login is kept until Layerpool is closed.").arg(m_remember->toolTip()));
}

std::shared_ptr<CredentialStore> SignInDialog::keeper() const
{
    if (m_hasKeyring) {
        return m_remember->isChecked() ? m_options.keyring : nullptr;
    }
    return m_keepInFile->isChecked() ? std::make_shared<AuthFileStore>(Credentials::lastingFile()) : nullptr;
}

void SignInDialog::say(const QString &text)
{
    m_message->say(text);
}

void SignInDialog::setBusy(bool isBusy)
{
    m_isBusy = isBusy;
    for (QLineEdit *edit : {m_registry, m_user, m_password}) {
        edit->setEnabled(!isBusy);
    }
    m_remember->setEnabled(!isBusy && m_hasKeyring);
    m_keepInFile->setEnabled(!isBusy);
    updateButton();
}

void SignInDialog::updateButton()
{
    m_signIn->setEnabled(!m_isBusy && !m_registry->text().trimmed().isEmpty() &&
                         !m_user->text().trimmed().isEmpty() && !m_password->text().isEmpty());
}

void SignInDialog::signIn()
{
    const Result<RegistryAddress> address = RegistryAddress::parse(m_registry->text().trimmed());
    if (!address) {
        say(sentenceOf(address.error()));
        return;
    }
    setBusy(true);
    say(tr("Asking %1…").arg(address->host));
    runInBackground(
        m_workers, this,
        [options = m_options, host = address->host,
         credential = Credential{m_user->text().trimmed(), m_password->text()}, keeper = keeper(),
         cancel = m_cancel] { return checkAndKeep(options, host, credential, keeper, cancel); },
        [this, host = address->host](const Result<LoginCheck> &checked) { onChecked(host, checked); });
}

void SignInDialog::onChecked(const QString &host, const Result<LoginCheck> &checked)
{
    if (m_cancel.isCancelled()) {
        return;
    }
    setBusy(false);
    if (checked) {
        Q_EMIT signedIn(host);
        accept();
        return;
    }
    say(sentenceOf(checked.error()));
    m_password->setFocus();
    m_password->selectAll();
    const QString server = checked.error().loginServer;
    if (server.isEmpty()) {
        return;
    }
    setBusy(true); // what would be sent there is what was typed
    m_dialogs.ask(
        this,
        {tr("A login server of another site"),
         tr("%1 wants its password sent to %2. Do so only if you know that its accounts are kept there.")
             .arg(m_registry->text().trimmed(), server),
         tr("Send it to %1").arg(server), Dialogs::Default::Cancel},
        [this, server] {
            m_options.trustedRealms.append(server);
            Q_EMIT loginServerAllowed(server);
            signIn();
        },
        [this] {
            setBusy(false);
            m_password->setFocus();
        });
}

} // namespace layerpool
