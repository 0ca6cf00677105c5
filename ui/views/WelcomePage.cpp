// SPDX-License-Identifier: Apache-2.0
#include "views/WelcomePage.h"

#include "Actions.h"
#include "Icons.h"
#include "views/EmptyPage.h"
#include "views/Spacing.h"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace layerpool {
namespace {

QLabel *makeLabel(const QString &text, qreal scale, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setAlignment(Qt::AlignCenter);
    label->setWordWrap(true);
    QFont font = label->font();
    font.setPointSizeF(font.pointSizeF() * scale);
    label->setFont(font);
    return label;
}

QPushButton *makeLargeButton(QAction *action, const QString &objectName, QWidget *parent)
{
    QPushButton *button = makeButton(action, objectName, parent);
    button->setIconSize({2 * parent->fontMetrics().height(), 2 * parent->fontMetrics().height()});
    button->setMinimumSize(textWidth(parent, 26), 4 * parent->fontMetrics().height());
    return button;
}

} // namespace

WelcomePage::WelcomePage(const Actions &actions, QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("welcomePage"));
    auto *icon = new QLabel(this);
    icon->setPixmap(programIcon().pixmap(5 * fontMetrics().height()));
    icon->setAlignment(Qt::AlignCenter);

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(outerSpacing(this));
    buttons->addStretch();
    buttons->addWidget(
        makeLargeButton(actions.at(ActionId::OpenList), QStringLiteral("welcomeOpenListButton"), this));
    buttons->addWidget(
        makeLargeButton(actions.at(ActionId::OpenPool), QStringLiteral("welcomeOpenPoolButton"), this));
    buttons->addWidget(
        makeLargeButton(actions.at(ActionId::NewPool), QStringLiteral("welcomeNewPoolButton"), this));
    buttons->addStretch();

    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(2 * outerSpacing(this));
    layout->addStretch(2);
    layout->addWidget(icon);
    layout->addWidget(makeLabel(tr("Layerpool carries container images across an air gap."), 1.5, this));
    layout->addWidget(
        makeLabel(tr("A list says which images are wanted. A pool is the folder that keeps them, each "
                     "layer once. Drop either here, or begin with a button."),
                  1.0, this));
    layout->addLayout(buttons);
    layout->addStretch(3);
}

} // namespace layerpool
