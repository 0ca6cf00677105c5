// SPDX-License-Identifier: Apache-2.0
#include "dialogs/PlanDialog.h"

#include "Icons.h"
#include "dialogs/SummaryView.h"
#include "views/PlainLabel.h"
#include "views/Spacing.h"
#include "views/SpokenLabel.h"

#include <QDialogButtonBox>
#include <QScreen>
#include <QVBoxLayout>

#include <algorithm>

namespace layerpool {
namespace {

constexpr int kRestMilliseconds = 300;
constexpr int kSampleMilliseconds = 100;
constexpr std::size_t kShownBadLines = 4;

QFrame *makeLine(QWidget *parent)
{
    auto *line = new QFrame(parent);
    line->setFrameShape(QFrame::HLine);
    line->setFrameShadow(QFrame::Sunken);
    return line;
}

QString textOfBadLines(const std::vector<ListLine> &lines)
{
    QStringList texts;
    for (std::size_t i = 0; i < std::min(lines.size(), kShownBadLines); ++i) {
        texts.append(PlanDialog::tr("line %1: %2 (%3)", "number, text, what is wrong with it")
                         .arg(QString::number(lines[i].number), lines[i].text, lines[i].problem));
    }
    if (lines.size() > kShownBadLines) {
        texts.append(PlanDialog::tr("and %n more", nullptr, int(lines.size() - kShownBadLines)));
    }
    return texts.join(QLatin1Char('\n'));
}

std::vector<Error> errorsOf(const PlanSummary &summary)
{
    std::vector<Error> errors;
    if (summary.blocker) {
        errors.push_back(*summary.blocker);
    }
    for (const PlanSummary::Problem &problem : summary.problems) {
        errors.push_back(problem.error);
    }
    return errors;
}

} // namespace

PlanDialog::PlanDialog(std::unique_ptr<PlanForm> form, std::vector<Subject> subjects, QThreadPool &workers,
                       QWidget *parent)
    : QDialog(parent)
    , m_subjects(std::move(subjects))
    , m_form(form.release())
    , m_subject(new QComboBox(this))
    , m_onlySubject(makePlainLabel(QStringLiteral("onlySubject"), this))
    , m_leaveOut(new QCheckBox(this))
    , m_badLines(new QLabel(this))
    , m_badLinesHint(new QLabel(this))
    , m_pages(new QStackedWidget(this))
    , m_message(new SpokenLabel(QStringLiteral("planMessage"), this))
    , m_summary(new SummaryView(this))
    , m_start(new QPushButton(this))
    , m_look(new QPushButton(this))
    , m_again(new QPushButton(this))
    , m_signIn(new QPushButton(this))
    , m_settings(new QPushButton(this))
    , m_runner(workers)
{
    setObjectName(QStringLiteral("planDialog"));
    setWindowTitle(verbName(m_form->verb()));
    m_subject->setObjectName(QStringLiteral("subjectCombo"));
    m_leaveOut->setObjectName(QStringLiteral("leaveOutCheck"));
    m_badLines->setObjectName(QStringLiteral("badLines"));
    m_badLines->setTextFormat(Qt::PlainText);
    m_badLines->setWordWrap(true);
    m_badLines->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    m_message->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    buildLayout();

    m_typing.setSingleShot(true);
    m_typing.setInterval(kRestMilliseconds);
    m_sampler.setInterval(kSampleMilliseconds);
    connect(&m_typing, &QTimer::timeout, this, &PlanDialog::plan);
    connect(&m_sampler, &QTimer::timeout, this, &PlanDialog::sampleProgress);
    connect(m_form, &PlanForm::edited, this, &PlanDialog::followForm);
    connect(m_subject, &QComboBox::currentIndexChanged, this, &PlanDialog::onSubjectChanged);
    connect(m_subject, &QComboBox::activated, this, [this] { m_chosen = subject().kind; });
    connect(m_leaveOut, &QCheckBox::toggled, this, &PlanDialog::updateStart);
    connect(&m_runner, &PlanRunner::planned, this, &PlanDialog::onPlanned);
    connect(&m_runner, &PlanRunner::failed, this, &PlanDialog::onFailed);
    connect(this, &QDialog::finished, &m_runner, &PlanRunner::cancel);
    showSubjects();
}

void PlanDialog::buildLayout()
{
    QFormLayout &rows = m_form->rows();
    auto *subjects = new QHBoxLayout;
    subjects->addWidget(m_subject, 1);
    subjects->addWidget(m_onlySubject, 1);
    rows.insertRow(0, m_form->subjectLabel(), subjects);
    qobject_cast<QLabel *>(rows.labelForField(subjects))->setBuddy(m_subject);
    rows.addRow(QString(), m_leaveOut);
    rows.addRow(QString(), m_badLines);
    m_badLinesHint->setText(
        tr("Nothing starts before that is left out here, or mended in the list.", "bad lines of a list"));
    m_badLinesHint->setWordWrap(true);
    rows.addRow(QString(), m_badLinesHint);

    m_start->setObjectName(QStringLiteral("planStartButton"));
    m_start->setIcon(themedIcon(verbIcon(m_form->verb())));
    m_start->setDefault(true);
    auto *buttons = new QDialogButtonBox(this);
    buttons->addButton(m_start, QDialogButtonBox::AcceptRole);
    m_look->setObjectName(QStringLiteral("planLookButton"));
    m_look->setText(tr("&Look at the source"));
    buttons->addButton(m_look, QDialogButtonBox::ActionRole);
    connect(m_look, &QPushButton::clicked, m_form, &PlanForm::confirm);
    m_again->setObjectName(QStringLiteral("planAgainButton"));
    m_again->setText(tr("Try &again"));
    m_again->setAccessibleName(tr("Make the plan again"));
    m_again->setAutoDefault(false);
    buttons->addButton(m_again, QDialogButtonBox::ActionRole);
    connect(m_again, &QPushButton::clicked, this, &PlanDialog::invalidate);
    m_signIn->setObjectName(QStringLiteral("planSignInButton"));
    m_signIn->setText(tr("Sign &in…"));
    m_signIn->setIcon(themedIcon(QStringLiteral("key")));
    m_signIn->setAutoDefault(false);
    buttons->addButton(m_signIn, QDialogButtonBox::ActionRole);
    connect(m_signIn, &QPushButton::clicked, this, [this] { Q_EMIT signInWanted(m_signInTo); });
    m_settings->setObjectName(QStringLiteral("planSettingsButton"));
    m_settings->setText(tr("S&ettings…"));
    m_settings->setIcon(themedIcon(QStringLiteral("config")));
    m_settings->setAutoDefault(false);
    buttons->addButton(m_settings, QDialogButtonBox::ActionRole);
    connect(m_settings, &QPushButton::clicked, this, [this] { Q_EMIT settingsWanted(*m_settingsOf); });
    m_cancel = buttons->addButton(QDialogButtonBox::Cancel);
    m_cancel->setObjectName(QStringLiteral("planCancelButton"));
    m_cancel->setIcon({}); // some styles bring one of another set
    connect(buttons, &QDialogButtonBox::accepted, this, &PlanDialog::start);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    m_pages->addWidget(m_message);
    m_pages->addWidget(makeProgressPage());
    m_pages->addWidget(m_summary);
    m_scroller = new QScrollArea(this);
    m_scroller->setWidget(m_pages);
    m_scroller->setWidgetResizable(true);
    m_scroller->setFrameShape(QFrame::NoFrame);
    m_scroller->setFocusPolicy(Qt::NoFocus);
    m_form->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);

    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(outerSpacing(this));
    layout->addWidget(m_form);
    layout->addWidget(makeLine(this));
    layout->addWidget(m_scroller, 1);
    layout->addWidget(buttons);
    resize(textWidth(this, 90), fontMetrics().height() * 28);
    m_form->setFocus();
}

QWidget *PlanDialog::makeProgressPage()
{
    auto *page = new QWidget(this);
    m_phase = new QLabel(page);
    m_phase->setTextFormat(Qt::PlainText);
    m_bar = new QProgressBar(page);
    m_bar->setObjectName(QStringLiteral("planProgress"));
    m_bar->setAccessibleName(tr("Progress of the plan"));
    m_bar->setTextVisible(false);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(innerSpacing(this));
    layout->addWidget(m_phase);
    layout->addWidget(m_bar);
    layout->addStretch();
    return page;
}

const Subject &PlanDialog::subject() const
{
    return m_subjects[std::size_t(m_subject->currentIndex())];
}

void PlanDialog::setSubjects(std::vector<Subject> subjects)
{
    m_subjects = std::move(subjects);
    showSubjects();
}

void PlanDialog::showSubjects()
{
    {
        const QSignalBlocker blocker(m_subject);
        m_subject->clear();
        for (const Subject &each : m_subjects) {
            m_subject->addItem(each.text);
        }
        m_subject->setEnabled(!m_form->isForWholePool());
        m_subject->setCurrentIndex(preferredSubject());
    }
    m_subject->setVisible(m_subjects.size() > 1);
    m_onlySubject->setVisible(m_subjects.size() == 1);
    m_onlySubject->setText(m_subjects.front().text);
    onSubjectChanged();
}

// The whole pool comes last among the subjects; what the user chose goes before what is likeliest.
int PlanDialog::preferredSubject() const
{
    if (m_form->isForWholePool()) {
        return m_subject->count() - 1;
    }
    const auto chosen = std::ranges::find_if(
        m_subjects, [this](const Subject &each) { return m_chosen && each.kind == *m_chosen; });
    return chosen == m_subjects.end() ? 0 : int(chosen - m_subjects.begin());
}

void PlanDialog::followForm()
{
    const bool canChoose = !m_form->isForWholePool();
    if (m_subject->isEnabled() != canChoose) {
        m_subject->setEnabled(canChoose);
        m_subject->setCurrentIndex(preferredSubject());
    }
    invalidate();
}

void PlanDialog::onSubjectChanged()
{
    const std::vector<ListLine> bad = subject().badLines();
    m_leaveOut->setChecked(false);
    m_leaveOut->setVisible(!bad.empty());
    m_leaveOut->setText(tr("&Leave out the %n bad line(s)", nullptr, int(bad.size())));
    m_badLines->setVisible(!bad.empty());
    m_badLines->setText(textOfBadLines(bad));
    invalidate();
}

void PlanDialog::invalidate()
{
    m_runner.cancel();
    m_sampler.stop();
    m_prepared.reset();
    m_hasFailed = false;
    offerHelp({});
    updateStart();
    if (const QString obstacle = m_form->obstacle(); !obstacle.isEmpty()) {
        m_typing.stop();
        say(obstacle);
        return;
    }
    if (const QString registry = m_form->unconfirmed(subject()); !registry.isEmpty()) {
        m_typing.stop();
        say(tr("Nothing was asked for yet. Name the registry that has the images, or look at %1: only then "
               "it is asked, and the plan is made.")
                .arg(registry));
        return;
    }
    m_phase->setText(tr("Making the plan"));
    m_bar->setRange(0, 0);
    m_pages->setCurrentIndex(m_pages->indexOf(m_phase->parentWidget()));
    m_typing.start();
}

void PlanDialog::plan()
{
    m_runner.run(m_form->maker(subject()));
    m_sampler.start();
}

void PlanDialog::sampleProgress()
{
    const TaskProgress *progress = m_runner.progress();
    if (!progress) {
        return;
    }
    if (const QString phase = progress->doing(); !phase.isEmpty()) {
        m_phase->setText(phase);
    }
    m_bar->setRange(0, int(progress->imagesTotal));
    m_bar->setValue(int(progress->imagesDone));
}

void PlanDialog::onPlanned(std::shared_ptr<PreparedTask> prepared)
{
    m_sampler.stop();
    m_prepared = std::move(prepared);
    offerHelp(errorsOf(m_prepared->summary));
    m_summary->setSummary(m_prepared->summary);
    m_pages->setCurrentWidget(m_summary);
    updateStart();
    growToFit();
}

// A plan with problems is longer than one without; nobody should have to scroll where there is room.
void PlanDialog::growToFit()
{
    const int wanted = m_summary->heightForWidth(m_scroller->viewport()->width());
    const int more =
        std::max(wanted, m_summary->minimumSizeHint().height()) - m_scroller->viewport()->height();
    if (more > 0) {
        resize(width(), std::min(height() + more, screen()->availableSize().height() * 9 / 10));
    }
}

void PlanDialog::onFailed(const Error &error)
{
    m_sampler.stop();
    m_hasFailed = true;
    offerHelp({error});
    updateStart();
    say(sentenceOf(error));
}

// The first that a login, or another setting, may help with.
void PlanDialog::offerHelp(const std::vector<Error> &errors)
{
    m_signInTo.clear();
    m_settingsOf.reset();
    for (const Error &error : errors) {
        if (m_signInTo.isEmpty()) {
            m_signInTo = error.signInTo;
        }
        if (!m_settingsOf) {
            m_settingsOf = settingsFor(error);
        }
    }
    m_signIn->setVisible(!m_signInTo.isEmpty());
    m_signIn->setAccessibleName(tr("Sign in to %1").arg(m_signInTo));
    m_signIn->setToolTip(tr("Sign in to %1, then make the plan again").arg(m_signInTo));
    m_settings->setVisible(m_settingsOf.has_value());
    m_settings->setAccessibleName(m_settingsOf ? nameOf(*m_settingsOf) : QString());
    m_settings->setToolTip(m_settings->accessibleName());
}

void PlanDialog::say(const QString &text)
{
    m_message->say(text);
    m_pages->setCurrentWidget(m_message);
}

void PlanDialog::updateStart()
{
    const bool isAsked = !m_leaveOut->isHidden() && !m_leaveOut->isChecked();
    const bool hasWork = m_prepared && m_prepared->summary.hasWork();
    m_start->setEnabled(hasWork && m_prepared->summary.canStart() && !isAsked);
    const bool isUnasked = m_form->obstacle().isEmpty() && !m_form->unconfirmed(subject()).isEmpty();
    m_look->setVisible(isUnasked);
    const bool isDestructive = m_form->isDestructive() || (m_prepared && m_prepared->summary.moved > 0);
    (isUnasked ? m_look : isDestructive ? m_cancel : m_start)->setDefault(true);
    m_start->setText(m_prepared ? m_prepared->summary.verb : verbName(m_form->verb()));
    m_again->setVisible(m_hasFailed || (m_prepared && !m_prepared->summary.problems.empty()));
    m_badLinesHint->setVisible(isAsked);
    m_start->setToolTip(isAsked ? tr("Say first that the bad lines shall be left out") : QString());
}

void PlanDialog::start()
{
    Q_EMIT confirmed(m_prepared);
    accept();
}

} // namespace layerpool
