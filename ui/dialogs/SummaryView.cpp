// SPDX-License-Identifier: Apache-2.0
#include "dialogs/SummaryView.h"

#include "Words.h"
#include "base/Text.h"
#include "views/FiguresGrid.h"
#include "views/PlainLabel.h"
#include "views/ProblemsView.h"
#include "views/Spacing.h"
#include "views/SpokenLabel.h"

#include <QVBoxLayout>

namespace layerpool {

SummaryView::SummaryView(QWidget *parent)
    : QWidget(parent)
    , m_sentence(new SpokenLabel(QStringLiteral("planSentence"), this))
    , m_blocker(new SpokenLabel(QStringLiteral("planBlocker"), this))
    , m_problemsTitle(makePlainLabel(QStringLiteral("planProblemsTitle"), this))
    , m_problems(new ProblemsView(QStringLiteral("planProblem"), tr("What will fail"), this))
    , m_notes(makePlainLabel(QStringLiteral("planNotes"), this))
{
    QFont bold = font();
    bold.setBold(true);
    for (SpokenLabel *label : {m_sentence, m_blocker}) {
        label->setFont(bold);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    }

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(outerSpacing(this));
    layout->addWidget(m_sentence);
    layout->addWidget(m_blocker); // above the fold, whatever follows
    layout->addWidget(m_problemsTitle);
    layout->addWidget(m_problems, 1);
    layout->addWidget(m_notes);
    layout->addStretch();
}

void SummaryView::setSummary(const PlanSummary &summary)
{
    m_sentence->setText(summary.sentence);
    setTextOrHide(m_blocker, summary.blocker ? sentenceOf(*summary.blocker) : QString());
    showFigures(summary.figures);
    showProblems(summary.problems);
    setTextOrHide(m_notes, summary.notes.join(QLatin1Char('\n')));
}

void SummaryView::showFigures(const std::vector<PlanSummary::Figure> &figures)
{
    delete m_figures;
    std::vector<Figure> shown;
    for (const PlanSummary::Figure &figure : figures) {
        shown.push_back(Figure::ofBytes(figure.key, figure.label, figure.bytes));
    }
    m_figures = makeFiguresGrid(shown, this);
    auto *column = static_cast<QVBoxLayout *>(layout());
    column->insertWidget(column->indexOf(m_problemsTitle), m_figures);
}

void SummaryView::showProblems(const std::vector<PlanSummary::Problem> &problems)
{
    std::vector<ProblemsView::Problem> shown;
    for (const PlanSummary::Problem &problem : problems) {
        shown.push_back({problem.image, problem.error});
    }
    setTextOrHide(m_problemsTitle,
                  problems.empty() ? QString() : tr("%n image(s) will fail:", nullptr, int(problems.size())));
    m_problems->setVisible(!problems.empty());
    m_problems->setProblems(shown);
}

} // namespace layerpool
