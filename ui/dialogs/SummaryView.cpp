// SPDX-License-Identifier: Apache-2.0
#include "dialogs/SummaryView.h"

#include "Icons.h"
#include "Words.h"
#include "base/Text.h"
#include "models/Roles.h"
#include "views/Spacing.h"

#include <QHeaderView>
#include <QVBoxLayout>

namespace layerpool {
namespace {

QLabel *makeText(const QString &objectName, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setObjectName(objectName);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

QString whatAndWhy(const Error &error)
{
    return error.why.isEmpty()
               ? error.what
               : SummaryView::tr("%1: %2", "what happened, and why").arg(error.what, error.why);
}

void setTextOrHide(QLabel *label, const QString &text)
{
    label->setText(text);
    label->setVisible(!text.isEmpty());
}

} // namespace

SummaryView::SummaryView(QWidget *parent)
    : QWidget(parent)
    , m_sentence(makeText(QStringLiteral("planSentence"), this))
    , m_blocker(makeText(QStringLiteral("planBlocker"), this))
    , m_notes(makeText(QStringLiteral("planNotes"), this))
    , m_problemsTitle(makeText(QStringLiteral("planProblemsTitle"), this))
    , m_problems(new QTreeWidget(this))
    , m_problem(makeText(QStringLiteral("planProblem"), this))
{
    QFont bold = font();
    bold.setBold(true);
    m_sentence->setFont(bold);
    m_blocker->setFont(bold);

    m_problems->setObjectName(QStringLiteral("planProblems"));
    m_problems->setAccessibleName(tr("What will fail"));
    m_problems->setRootIsDecorated(false);
    m_problems->setUniformRowHeights(true);
    m_problems->setHeaderLabels({tr("Image"), tr("Why")});
    m_problems->header()->resizeSection(0, textWidth(this, 34));
    m_problems->setMinimumHeight(6 * fontMetrics().height());
    connect(m_problems, &QTreeWidget::currentItemChanged, this, &SummaryView::showProblem);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(outerSpacing(this));
    layout->addWidget(m_sentence);
    layout->addWidget(m_blocker);
    layout->addWidget(m_notes);
    layout->addWidget(m_problemsTitle);
    layout->addWidget(m_problems, 1);
    layout->addWidget(m_problem);
    layout->addStretch();
}

void SummaryView::show(const PlanSummary &summary)
{
    m_sentence->setText(summary.sentence);
    showFigures(summary.figures);
    setTextOrHide(m_blocker, summary.blocker ? sentenceOf(*summary.blocker) : QString());
    setTextOrHide(m_notes, summary.notes.join(QLatin1Char('\n')));
    showProblems(summary.problems);
}

void SummaryView::showFigures(const std::vector<PlanSummary::Figure> &figures)
{
    delete m_figures;
    m_figures = new QWidget(this);
    auto *grid = new QGridLayout(m_figures);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(2 * outerSpacing(this));
    grid->setVerticalSpacing(innerSpacing(this));
    grid->setColumnStretch(2, 1);
    int row = 0;
    for (const PlanSummary::Figure &figure : figures) {
        auto *label = new QLabel(figure.label, m_figures);
        auto *bytes = new QLabel(formatBytes(figure.bytes), m_figures);
        bytes->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        bytes->setToolTip(tr("%1 bytes").arg(QLocale().toString(figure.bytes)));
        grid->addWidget(label, row, 0);
        grid->addWidget(bytes, row, 1);
        ++row;
    }
    static_cast<QVBoxLayout *>(layout())->insertWidget(1, m_figures);
}

void SummaryView::showProblems(const std::vector<PlanSummary::Problem> &problems)
{
    setTextOrHide(m_problemsTitle,
                  problems.empty() ? QString() : tr("%n image(s) will fail:", nullptr, int(problems.size())));
    m_problems->setVisible(!problems.empty());
    m_problems->clear();
    for (const PlanSummary::Problem &problem : problems) {
        auto *item = new QTreeWidgetItem(m_problems, {problem.image, whatAndWhy(problem.error)});
        item->setIcon(0, themedIcon(QStringLiteral("warning")));
        item->setData(0, DetailsRole, sentenceOf(problem.error));
    }
    m_problems->setCurrentItem(m_problems->topLevelItem(0));
    showProblem();
}

void SummaryView::showProblem()
{
    const QTreeWidgetItem *item = m_problems->currentItem();
    setTextOrHide(m_problem, item ? item->data(0, DetailsRole).toString() : QString());
}

} // namespace layerpool
