// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "task/PlanSummary.h"

#include <QLabel>

namespace layerpool {

class ProblemsView;
class SpokenLabel;

/// A plan as people read it: the sentence, why it can't start, the figures, what will fail for certain, and
/// what is worth knowing.
class SummaryView final : public QWidget
{
    Q_OBJECT

public:
    explicit SummaryView(QWidget *parent = nullptr);

    void setSummary(const PlanSummary &summary);

private:
    void showFigures(const std::vector<PlanSummary::Figure> &figures);
    void showProblems(const std::vector<PlanSummary::Problem> &problems);

    SpokenLabel *m_sentence;
    SpokenLabel *m_blocker;
    QWidget *m_figures = nullptr;
    QLabel *m_problemsTitle;
    ProblemsView *m_problems;
    QLabel *m_notes;
};

} // namespace layerpool
