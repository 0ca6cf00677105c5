// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dialogs/settings/FieldNote.h"
#include "dialogs/settings/SettingsPage.h"
#include "models/RegistriesModel.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>

namespace layerpool {

class SpokenLabel;
class Dialogs;

/// The registries that are known: who is signed in, which mirrors are asked first, which exceptions are made,
/// and whether they can be reached.
class RegistriesPage final : public SettingsPage
{
    Q_OBJECT

public:
    /// All must outlive the page.
    RegistriesPage(Connections &connections, QThreadPool &workers, Dialogs &dialogs,
                   QWidget *parent = nullptr);
    ~RegistriesPage() override;

    /// Chooses a registry, HOST[:PORT]; it is added where it isn't known.
    void choose(const QString &host);
    void commit() override { keepMirrors(); }
    /// Asks first.
    void restoreDefaults() override;

Q_SIGNALS:
    void signInWanted(const QString &registry);

protected:
    void showEvent(QShowEvent *event) override;

private:
    QLayout *makeAdding();
    void setUpTable();
    QLayout *makeMirrors();
    void addRequests(QLayout *row);
    void showRequests();
    void showMessage();
    void showMirrors();
    void keepMirrors();
    QLayout *makeButtons();
    QPushButton *makeButton(const QString &name, const QString &icon, const QString &text,
                            const QString &toolTip, void (RegistriesPage::*run)());
    QString chosen() const;
    void showChosen();
    void add();
    void remove();
    void signIn();
    void signOutOfChosen();
    void signOutOf(const QString &host, const RegistryOptions &options);
    void offerToClearFile(const QString &host);
    void test();
    void allowUnverified(bool isAllowed);
    void say(const QString &text);

    Connections &m_connections;
    QThreadPool &m_workers;
    Dialogs &m_dialogs;
    RegistriesModel m_model;
    QLineEdit *m_newHost;
    FieldNote *m_newHostNote;
    QTableView *m_table;
    QString m_shown; ///< whose mirrors the field has
    QLineEdit *m_mirrors;
    FieldNote *m_mirrorsNote;
    QSpinBox *m_requests;
    QCheckBox *m_unverified;
    SpokenLabel *m_message;
    std::vector<QPushButton *> m_buttons; ///< that need a chosen registry
    QPushButton *m_signOut = nullptr;
    CancelToken m_asking; ///< a newer question cancels the one before
};

} // namespace layerpool
