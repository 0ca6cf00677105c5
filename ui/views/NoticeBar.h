// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "views/NoticeLine.h"

#include <QFrame>
#include <QHBoxLayout>

namespace layerpool {

/// A line on top of the window: a picture, a sentence, and what can be done about it. Hidden until it says
/// something; nothing waits for it.
class NoticeBar : public QFrame
{
    Q_OBJECT

public:
    QString text() const { return m_notice->sentence().text(); }

protected:
    /// The bar's name is `name` and "Bar", its sentence's `name` and "Text".
    NoticeBar(const QString &name, QWidget *parent);

    void say(const QString &iconName, const QString &text);
    QLabel &sentence() { return m_notice->sentence(); }
    /// At the end of the line.
    void add(QWidget *button) { m_line->addWidget(button); }

private:
    NoticeLine *m_notice;
    QHBoxLayout *m_line;
};

} // namespace layerpool
