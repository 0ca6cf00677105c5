// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Error.h"

#include <QLabel>
#include <QTreeWidget>

#include <vector>

namespace layerpool {

/// What goes or went wrong, a row each, and below it the chosen one in full: what, why, what to try.
class ProblemsView final : public QWidget
{
    Q_OBJECT

public:
    struct Problem
    {
        QString image; ///< empty where it concerns all
        Error error;
    };

    /// `name` stands in front of the parts' object names; `heading` is for screen readers.
    ProblemsView(const QString &name, const QString &heading, QWidget *parent = nullptr);

    void setProblems(const std::vector<Problem> &problems);

private:
    void fitHeight();
    void showChosen();

    QTreeWidget *m_list;
    QLabel *m_chosen;
};

} // namespace layerpool
