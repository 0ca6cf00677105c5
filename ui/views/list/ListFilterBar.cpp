// SPDX-License-Identifier: Apache-2.0
#include "views/list/ListFilterBar.h"

#include "views/Spacing.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QToolButton>

namespace layerpool {

ListFilterBar::ListFilterBar(QAction *check, QWidget *parent)
    : QWidget(parent), m_text(new QLineEdit(this)), m_filter(new QComboBox(this))
{
    m_text->setObjectName(QStringLiteral("listFilter"));
    m_text->setPlaceholderText(tr("Filter the list"));
    m_text->setToolTip(tr("Shows the lines that hold these letters (Ctrl+F in the list, Esc to clear)"));
    m_text->setAccessibleName(tr("Filter the list"));
    m_text->setClearButtonEnabled(true);
    m_text->setAcceptDrops(false); // a drop anywhere is the window's
    m_text->installEventFilter(this);
    m_filter->setObjectName(QStringLiteral("listStateCombo"));
    m_filter->setAccessibleName(tr("Lines in this state"));
    m_filter->setToolTip(tr("Shows the lines that are in this state"));
    const std::pair<QString, LineFilter> filters[] = {
        {tr("All lines"), LineFilter::All}, {tr("Missing"), LineFilter::Missing},
        {tr("Partly"), LineFilter::Partly}, {tr("In pool"), LineFilter::Here},
        {tr("Moved"), LineFilter::Moved},   {tr("Problems"), LineFilter::Problems},
    };
    for (const auto &[name, filter] : filters) {
        m_filter->addItem(name, int(filter));
    }
    auto *button = new QToolButton(this);
    button->setObjectName(QStringLiteral("checkListButton"));
    button->setDefaultAction(check);
    button->setAccessibleName(check->iconText());
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(innerSpacing(this));
    layout->addWidget(m_text, 1);
    layout->addWidget(m_filter);
    layout->addWidget(button);
    connect(m_text, &QLineEdit::textChanged, this, &ListFilterBar::changed);
    connect(m_text, &QLineEdit::returnPressed, this, &ListFilterBar::left);
    connect(m_filter, &QComboBox::currentIndexChanged, this, &ListFilterBar::changed);
}

LineFilter ListFilterBar::filter() const
{
    return LineFilter(m_filter->currentData().toInt());
}

void ListFilterBar::set(const QString &text, LineFilter filter)
{
    const QSignalBlocker blocker(this);
    m_text->setText(text);
    m_filter->setCurrentIndex(m_filter->findData(int(filter)));
}

void ListFilterBar::clear()
{
    set({}, LineFilter::All);
    Q_EMIT changed();
}

void ListFilterBar::focusText()
{
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
}

bool ListFilterBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Escape) {
            clear();
        }
        if (key == Qt::Key_Escape || key == Qt::Key_Down) {
            Q_EMIT left();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace layerpool
