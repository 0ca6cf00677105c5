// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Hands.h"

namespace layerpool::test {

/// Nothing but the mouse: clicks on what is seen, its wheel, and text typed into what was clicked.
class Mouse final : public Hands
{
public:
    void press(QAbstractButton *button) override;
    void run(QAction *action) override;
    void fill(QLineEdit *field, const QString &text) override;
    void choose(QComboBox *combo, int row) override;
    void goTo(QTreeView *view, const QModelIndex &row) override;
    void expand(QTreeView *view, const QModelIndex &row) override;
    void open(QTreeView *view, const QModelIndex &row) override;
    void turnTo(QTabBar *tabs, int tab) override;
    void followFirst(QWidget *picture, const QPoint &place) override;
    void answerFileDialog(const QString &path) override;

private:
    static void wheelTo(QTreeView *view, const QModelIndex &row);
};

} // namespace layerpool::test
