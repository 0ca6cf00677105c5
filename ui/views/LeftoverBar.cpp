// SPDX-License-Identifier: Apache-2.0
#include "views/LeftoverBar.h"

#include "Icons.h"

#include <QPushButton>

namespace layerpool {
namespace {

constexpr qsizetype kMostNamed = 3;

} // namespace

LeftoverBar::LeftoverBar(QWidget *parent) : NoticeBar(QStringLiteral("leftover"), parent)
{
    auto *goOn = new QPushButton(tr("Go on"), this);
    goOn->setObjectName(QStringLiteral("goOnButton"));
    goOn->setIcon(themedIcon(QStringLiteral("running")));
    goOn->setToolTip(tr("Put them into the queue; what was fetched is not fetched again"));
    auto *forget = new QPushButton(tr("Forget"), this);
    forget->setObjectName(QStringLiteral("forgetButton"));
    forget->setToolTip(tr("Ask no more; what was fetched stays in the pool"));
    connect(goOn, &QPushButton::clicked, this, &LeftoverBar::goOnClicked);
    connect(forget, &QPushButton::clicked, this, &LeftoverBar::forgetClicked);
    for (QPushButton *button : {goOn, forget}) {
        connect(button, &QPushButton::clicked, this, &QWidget::hide);
        add(button);
    }
}

void LeftoverBar::offer(const QStringList &titles)
{
    QString named = titles.mid(0, kMostNamed).join(QStringLiteral(", "));
    if (titles.size() > kMostNamed) {
        named += QStringLiteral(", …");
    }
    say(QStringLiteral("pause"),
        tr("%n task(s) were left unfinished: %1.", nullptr, int(titles.size())).arg(named));
}

} // namespace layerpool
