// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "work/Connections.h"

#include <QDialog>
#include <QTabWidget>
#include <QThreadPool>

#include <vector>

namespace layerpool {

class ConnectionPage;
class Dialogs;
class RegistriesPage;
class SettingsPage;
class SignaturesPage;

/// Everything that stays set, by pages. There is nothing to confirm: what is changed counts at once. A window
/// of its own, so that it can be used while a plan is open.
class SettingsDialog final : public QDialog
{
    Q_OBJECT

public:
    /// All must outlive the dialog.
    SettingsDialog(Settings &settings, Connections &connections, QThreadPool &workers, Dialogs &dialogs);

    /// Any dialog that is shown and is none of these: the window is not made anew, in another language, from
    /// under it. Null where there is none.
    static const QDialog *otherThatIsShown();

    /// Comes to the front, at the page that was shown last.
    void present();
    void presentConnection();
    /// At this registry.
    void presentRegistry(const QString &host);
    void presentSignatures();

Q_SIGNALS:
    void signInWanted(const QString &registry);

private:
    void addPage(SettingsPage *page, const QString &title);
    QWidget *makeButtons();
    SettingsPage *shownPage() const;
    void presentPage(SettingsPage *page);

    QTabWidget *m_pages;
    std::vector<SettingsPage *> m_all; ///< in the order of their tabs
    ConnectionPage *m_connection;
    RegistriesPage *m_registries;
    SignaturesPage *m_signatures;
};

} // namespace layerpool
