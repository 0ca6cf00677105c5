// SPDX-License-Identifier: Apache-2.0
#include "views/MessageBar.h"

#include "Icons.h"
#include "Words.h"

#include <QHideEvent>
#include <QToolButton>

namespace layerpool {
namespace {

constexpr int kMostErrors = 5;

} // namespace

MessageBar::MessageBar(QWidget *parent) : NoticeBar(QStringLiteral("message"), parent)
{
    sentence().setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto *close = new QToolButton(this);
    close->setObjectName(QStringLiteral("messageCloseButton"));
    close->setIcon(themedIcon(QStringLiteral("close")));
    close->setToolTip(tr("Close this message"));
    close->setAccessibleName(tr("Close this message"));
    close->setAutoRaise(true);
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    add(close);
}

void MessageBar::showError(const Error &error)
{
    const QString sentence = sentenceOf(error);
    m_errors.removeAll(sentence);
    m_errors.append(sentence);
    if (m_errors.size() > kMostErrors) {
        m_errors.removeFirst();
    }
    sayAll();
}

void MessageBar::takeBack(const Error &error)
{
    if (m_errors.removeAll(sentenceOf(error)) == 0) {
        return;
    }
    if (m_errors.isEmpty() && m_note.isEmpty()) {
        hide();
    } else {
        sayAll();
    }
}

void MessageBar::showNote(const QString &text)
{
    m_note = text;
    sayAll();
}

void MessageBar::sayAll()
{
    QStringList lines = m_errors;
    if (!m_note.isEmpty()) {
        lines.append(m_note);
    }
    say(m_errors.isEmpty() ? QStringLiteral("info") : QStringLiteral("warning"),
        lines.join(QLatin1Char('\n')));
}

void MessageBar::hideEvent(QHideEvent *event)
{
    NoticeBar::hideEvent(event);
    if (!event->spontaneous() && isHidden()) { // not with its window
        m_errors.clear();
        m_note.clear();
    }
}

} // namespace layerpool
