// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "work/ListQuery.h"

#include <QComboBox>
#include <QLineEdit>

class QAction;

namespace layerpool {

/// What of a list shall be seen: lines that hold some letters, and lines in a state.
class ListFilterBar final : public QWidget
{
    Q_OBJECT

public:
    /// `check`: asks the sources; has its button here.
    explicit ListFilterBar(QAction *check, QWidget *parent = nullptr);

    /// What is chosen; the order is somebody else's.
    QString text() const { return m_text->text().trimmed(); }
    LineFilter filter() const;
    /// Tells nobody.
    void set(const QString &text, LineFilter filter);
    void clear();
    void focusText();

Q_SIGNALS:
    void changed();
    /// Down, or Return: on to what was found.
    void left();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QLineEdit *m_text;
    QComboBox *m_filter;
};

} // namespace layerpool
