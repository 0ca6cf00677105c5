// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "task/PlanSummary.h"

#include <QGridLayout>
#include <QLabel>
#include <QTreeWidget>

namespace layerpool {

/// A plan as people read it: the sentence, the figures, what is worth knowing, and what will fail for
/// certain.
class SummaryView final : public QWidget
{
    Q_OBJECT

public:
    explicit SummaryView(QWidget *parent = nullptr);

    void show(const PlanSummary &summary);

private:
    void showFigures(const std::vector<PlanSummary::Figure> &figures);
    void showProblems(const std::vector<PlanSummary::Problem> &problems);
    void showProblem();

    QLabel *m_sentence;
    QWidget *m_figures = nullptr;
    QLabel *m_blocker;
    QLabel *m_notes;
    QLabel *m_problemsTitle;
    QTreeWidget *m_problems;
    QLabel *m_problem; ///< the chosen one in full, with what to try
};

} // namespace layerpool
