// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Words.h"
#include "dialogs/PlanForm.h"
#include "work/PlanRunner.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>

#include <memory>
#include <optional>
#include <vector>

namespace layerpool {

class SpokenLabel;
class SummaryView;

/// One frame for every verb: what it works on, its options, and the plan they make; then the button that
/// says what will be done. A change of the options makes the plan anew. Closing it cancels the planning.
class PlanDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `subjects`: what the verb can work on, the likeliest first; never empty.
    PlanDialog(std::unique_ptr<PlanForm> form, std::vector<Subject> subjects, QThreadPool &workers,
               QWidget *parent = nullptr);

    /// What it can work on by now; the plan is made anew, of what the user chose, or of the likeliest.
    void setSubjects(std::vector<Subject> subjects);
    const PlanForm &form() const { return *m_form; }
    const Subject &subject() const;
    /// Makes the plan anew with what is known now of registries and logins.
    void setAccess(const RegistryOptions &access) { m_form->setAccess(access); }

Q_SIGNALS:
    /// The user has read the plan and wants it done.
    void confirmed(std::shared_ptr<layerpool::PreparedTask> prepared);
    /// A registry (HOST[:PORT]) asks for a login, and the user wants to give one.
    void signInWanted(const QString &registry);
    /// What went wrong can be mended there.
    void settingsWanted(const layerpool::SettingsPlace &place);

private:
    void buildLayout();
    QWidget *makeProgressPage();
    void showSubjects();
    int preferredSubject() const;
    void onSubjectChanged();
    void followForm();
    void invalidate();
    void plan();
    void sampleProgress();
    void onPlanned(std::shared_ptr<PreparedTask> prepared);
    void onFailed(const Error &error);
    void offerHelp(const std::vector<Error> &errors);
    void growToFit();
    void say(const QString &text);
    void updateStart();
    void start();

    std::vector<Subject> m_subjects;
    std::optional<Subject::Kind> m_chosen; ///< by the user, from the combo box
    PlanForm *m_form;
    QComboBox *m_subject;
    QLabel *m_onlySubject; ///< in its place, where there is nothing to choose
    QCheckBox *m_leaveOut;
    QLabel *m_badLines;
    QLabel *m_badLinesHint;
    QStackedWidget *m_pages;
    SpokenLabel *m_message;
    QLabel *m_phase = nullptr;
    QProgressBar *m_bar = nullptr;
    QScrollArea *m_scroller = nullptr;
    SummaryView *m_summary;
    QPushButton *m_start;
    QPushButton *m_cancel = nullptr;
    QPushButton *m_look;
    QPushButton *m_again;
    QPushButton *m_signIn;
    QPushButton *m_settings;
    QTimer m_typing; ///< a plan is made when the typing rests
    QTimer m_sampler;
    PlanRunner m_runner;
    std::shared_ptr<PreparedTask> m_prepared;
    bool m_hasFailed = false;                  ///< no plan could be made
    QString m_signInTo;                        ///< a registry that asked for a login; empty: none
    std::optional<SettingsPlace> m_settingsOf; ///< none: they are of no help
};

} // namespace layerpool
