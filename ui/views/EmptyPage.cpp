// SPDX-License-Identifier: Apache-2.0
#include "views/EmptyPage.h"

#include "Words.h"
#include "views/Spacing.h"

#include <QAction>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace layerpool {
namespace {

void follow(QPushButton *button, const QAction *action)
{
    button->setEnabled(action->isEnabled());
    button->setToolTip(action->toolTip());
}

} // namespace

QPushButton *makeButton(QAction *action, const QString &objectName, QWidget *parent)
{
    // A mnemonic here would fight with the menu bar's.
    auto *button = new QPushButton(action->icon(), withoutMnemonic(action->text()), parent);
    button->setObjectName(objectName);
    follow(button, action);
    QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
    QObject::connect(action, &QAction::changed, button, [button, action] { follow(button, action); });
    return button;
}

EmptyPage::EmptyPage(const QString &text, QWidget *parent)
    : QWidget(parent), m_text(new QLabel(text, this)), m_buttons(new QHBoxLayout)
{
    m_text->setObjectName(QStringLiteral("emptyText"));
    m_text->setAlignment(Qt::AlignCenter);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_buttons->setSpacing(innerSpacing(this));
    m_buttons->addStretch();
    m_buttons->addStretch();

    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(outerSpacing(this));
    layout->addStretch(2);
    layout->addWidget(m_text);
    layout->addLayout(m_buttons);
    layout->addStretch(3); // a little above the middle looks like the middle
}

void EmptyPage::setText(const QString &text)
{
    m_text->setText(text);
}

QPushButton *EmptyPage::addButton(QAction *action, const QString &objectName)
{
    QPushButton *button = makeButton(action, objectName, this);
    m_buttons->insertWidget(m_buttons->count() - 1, button);
    return button;
}

QPushButton *EmptyPage::addButton(const QString &text, const QString &objectName)
{
    auto *button = new QPushButton(text, this);
    button->setObjectName(objectName);
    m_buttons->insertWidget(m_buttons->count() - 1, button);
    return button;
}

} // namespace layerpool
