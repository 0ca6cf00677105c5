// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLabel>
#include <QWidget>

class QAction;
class QBoxLayout;
class QPushButton;

namespace layerpool {

/// What stands where there is nothing to show: why, and what to do about it.
class EmptyPage final : public QWidget
{
    Q_OBJECT

public:
    explicit EmptyPage(const QString &text = {}, QWidget *parent = nullptr);

    void setText(const QString &text);
    QString text() const { return m_text->text(); }
    /// A button below the text that does what the action does.
    QPushButton *addButton(QAction *action, const QString &objectName);
    QPushButton *addButton(const QString &text, const QString &objectName);

private:
    QLabel *m_text;
    QBoxLayout *m_buttons;
};

/// A push button for an action: its words, its icon, and disabled when it is.
QPushButton *makeButton(QAction *action, const QString &objectName, QWidget *parent);

} // namespace layerpool
