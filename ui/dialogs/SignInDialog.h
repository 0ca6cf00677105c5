// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "registry/RegistryAccess.h"

#include <QCheckBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QThreadPool>

namespace layerpool {

class SpokenLabel;
class Dialogs;

/// Asks for a name and password, has the registry check them, and keeps them: for the session, and where the
/// user wants it in the keyring, or on a machine without one in a file, which can be read. A login server of
/// another site is asked about.
class SignInDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `registry`: where to sign in to; empty to let the user say. `options` must have a session's store.
    SignInDialog(const QString &registry, RegistryOptions options, QThreadPool &workers, Dialogs &dialogs,
                 QWidget *parent = nullptr);
    ~SignInDialog() override;

    /// For the next try: what the settings say has changed.
    void setOptions(const RegistryOptions &options) { m_options = options; }

Q_SIGNALS:
    /// The registry (HOST[:PORT]) has taken the login, and it is kept.
    void signedIn(const QString &registry);
    /// The user has said that this login server may see passwords of other sites.
    void loginServerAllowed(const QString &host);

private:
    void buildLayout(bool asksForRegistry);
    void lookForKeyring();
    void sayHowLong();
    /// What keeps the login beyond the session; null where nothing shall.
    std::shared_ptr<CredentialStore> keeper() const;
    void updateButton();
    void signIn();
    void onChecked(const QString &host, const Result<LoginCheck> &checked);
    void say(const QString &text);
    void setBusy(bool isBusy);

    RegistryOptions m_options;
    QThreadPool &m_workers;
    Dialogs &m_dialogs;
    CancelToken m_cancel;
    QLineEdit *m_registry;
    QLineEdit *m_user;
    QLineEdit *m_password;
    QCheckBox *m_remember;
    QCheckBox *m_keepInFile; ///< shown where there is no keyring
    SpokenLabel *m_message;
    QPushButton *m_signIn;
    bool m_hasKeyring = false;
    bool m_isBusy = false;
};

} // namespace layerpool
