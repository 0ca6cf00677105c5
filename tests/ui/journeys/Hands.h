// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractButton>
#include <QAction>
#include <QComboBox>
#include <QLineEdit>
#include <QModelIndex>
#include <QTabBar>
#include <QTreeView>

#include <memory>
#include <ostream>

namespace layerpool::test {

/// How an operator does things in the window in front: with nothing but one device, whatever the thing is.
/// Text is typed by either. What can't be done so fails the test.
class Hands
{
public:
    virtual ~Hands() = default;

    virtual void press(QAbstractButton *button) = 0;
    /// Of the menus, or by its keys.
    virtual void run(QAction *action) = 0;
    /// Types in place of what is there.
    virtual void fill(QLineEdit *field, const QString &text) = 0;
    virtual void choose(QComboBox *combo, int row) = 0;
    virtual void goTo(QTreeView *view, const QModelIndex &row) = 0;
    virtual void expand(QTreeView *view, const QModelIndex &row) = 0;
    /// What a double click does, or Return.
    virtual void open(QTreeView *view, const QModelIndex &row) = 0;
    virtual void turnTo(QTabBar *tabs, int tab) = 0;
    /// Goes where a picture's first part leads, which lies at a place of it.
    virtual void followFirst(QWidget *picture, const QPoint &place) = 0;
    /// Names a file or folder in the dialog in front, which is open already or comes.
    virtual void answerFileDialog(const QString &path) = 0;
};

enum class Device { Mouse, Keyboard };
std::unique_ptr<Hands> handsAt(Device device);

std::ostream &operator<<(std::ostream &stream, Device device);

} // namespace layerpool::test
