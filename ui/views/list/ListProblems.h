// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "work/ListRow.h"

#include <QLabel>

namespace layerpool {

/// The lines of a list that somebody has to look at, in a sentence: each leads to its line.
class ListProblems final : public QLabel
{
    Q_OBJECT

public:
    explicit ListProblems(QWidget *parent = nullptr);

    /// Hides where there are none.
    void setRows(const QList<ListRow> &rows);

Q_SIGNALS:
    /// From 0.
    void lineWanted(int line);
    /// More than are named.
    void allWanted();

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void follow(const QString &link);
};

} // namespace layerpool
