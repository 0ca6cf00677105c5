// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Session.h"
#include "dialogs/Dialogs.h"
#include "dialogs/PlanForm.h"

#include <QHash>
#include <QPointer>

#include <memory>

namespace layerpool {

class PlanDialog;
class SettingsDialog;
struct SettingsPlace;
class SignInDialog;

/// Opens the plan of a verb, and beside it what a plan may need: a login, the settings.
class Plans final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it; the window is the parent of the dialogs.
    Plans(Session &session, Dialogs &dialogs, QWidget &window);
    ~Plans() override;

    /// For what is in front.
    void open(Verb verb);
    /// For what is in front, of which all of the open pool is meant at first.
    void openForPool(Verb verb);
    /// Of a bundle or of what other tools left, into the open pool.
    void openImport(const QString &source);
    /// A plan like that of a task, for the lines that failed in it; where none are known, for all of it.
    void retry(TaskId task, const QStringList &lines);
    void signIn();
    void openSettings();
    void openSettingsAt(const SettingsPlace &place);
    bool hasSettingsOpen() const;
    void closeSettings();
    TaskMemory &memory() { return m_memory; }
    const Connections &connections() const { return m_connections; }

Q_SIGNALS:
    /// Why no plan can be made, as a sentence.
    void refused(const QString &reason);

private:
    std::unique_ptr<PlanForm> makeForm(Verb verb);
    std::vector<Subject> subjectsOf(Verb verb) const;
    enum class Choices { ForNextTime, OfThisTask };
    PlanDialog *openDialog(std::unique_ptr<PlanForm> form, std::vector<Subject> subjects,
                           Choices choices = Choices::ForNextTime);
    void openSignIn(QWidget *parent, const QString &registry);
    SettingsDialog &settingsDialog();

    Workspace &m_workspace;
    Settings &m_settings;
    Dialogs &m_dialogs;
    QWidget &m_window;
    Connections &m_connections;
    TaskMemory &m_memory;
    QHash<Verb, QPointer<PlanDialog>> m_open;         ///< the plan of what is in front, while it is shown
    QHash<QString, QPointer<SignInDialog>> m_signIns; ///< by the registry they were opened for
    std::unique_ptr<SettingsDialog> m_settingsDialog; ///< null until it was asked for
};

} // namespace layerpool
