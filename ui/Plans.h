// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Session.h"
#include "dialogs/Dialogs.h"
#include "dialogs/PlanForm.h"

#include <QHash>
#include <QPointer>

#include <map>
#include <memory>
#include <utility>

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
    /// For all of a bundle, as it is known already. The pool that is open has no part in it.
    void openForBundle(Verb verb, const std::shared_ptr<const PoolIndex> &bundle);
    /// Of a bundle or of what other tools left, into the open pool. One of the same source that is shown
    /// comes to the front.
    void openImport(const QString &source);
    /// A plan like that of a task, for the lines that failed in it; where none are known, for all of it. What
    /// only reads a pool or a bundle needs not have it open.
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
    /// Of which bundle or other source; empty: of what is in front.
    using Purpose = std::pair<Verb, QString>;

    std::unique_ptr<PlanForm> makeForm(Verb verb);
    std::vector<Subject> subjectsOf(Verb verb) const;
    Subject poolOf(const PlanRecipe &recipe) const;
    void openOrRaise(const Purpose &purpose, std::vector<Subject> subjects);
    static bool raise(PlanDialog *dialog, std::vector<Subject> subjects);
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
    std::map<Purpose, QPointer<PlanDialog>> m_open;   ///< those that are shown
    QHash<QString, QPointer<SignInDialog>> m_signIns; ///< by the registry they were opened for
    std::unique_ptr<SettingsDialog> m_settingsDialog; ///< null until it was asked for
};

} // namespace layerpool
