// SPDX-License-Identifier: Apache-2.0
#include "views/LeftoverBar.h"

#include "Icons.h"
#include "views/Spacing.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QStyle>

namespace layerpool {
namespace {

constexpr qsizetype kMostNamed = 3;

} // namespace

LeftoverBar::LeftoverBar(QWidget *parent) : QFrame(parent), m_icon(new QLabel(this)), m_text(new QLabel(this))
{
    setObjectName(QStringLiteral("leftoverBar"));
    setFrameShape(QFrame::StyledPanel);
    setBackgroundRole(QPalette::ToolTipBase);
    setForegroundRole(QPalette::ToolTipText);
    setAutoFillBackground(true);
    m_text->setObjectName(QStringLiteral("leftoverText"));
    m_text->setForegroundRole(QPalette::ToolTipText);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    auto *goOn = new QPushButton(tr("Go on"), this);
    goOn->setObjectName(QStringLiteral("goOnButton"));
    goOn->setIcon(themedIcon(QStringLiteral("running")));
    goOn->setToolTip(tr("Put them into the queue; what was fetched is not fetched again"));
    auto *forget = new QPushButton(tr("Forget"), this);
    forget->setObjectName(QStringLiteral("forgetButton"));
    forget->setToolTip(tr("Ask no more; what was fetched stays in the pool"));
    connect(goOn, &QPushButton::clicked, this, &LeftoverBar::goOnClicked);
    connect(forget, &QPushButton::clicked, this, &LeftoverBar::forgetClicked);
    for (const QPushButton *button : {goOn, forget}) {
        connect(button, &QPushButton::clicked, this, &QWidget::hide);
    }

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(outerSpacing(this), innerSpacing(this), innerSpacing(this),
                               innerSpacing(this));
    layout->setSpacing(outerSpacing(this));
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    layout->addWidget(goOn);
    layout->addWidget(forget);
    hide();
}

void LeftoverBar::offer(const QStringList &titles)
{
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
    m_icon->setPixmap(themedIcon(QStringLiteral("pause")).pixmap(size));
    QString named = titles.mid(0, kMostNamed).join(QStringLiteral(", "));
    if (titles.size() > kMostNamed) {
        named += QStringLiteral(", …");
    }
    m_text->setText(tr("%n task(s) were left unfinished: %1.", nullptr, int(titles.size())).arg(named));
    m_text->setAccessibleName(m_text->text());
    show();
}

} // namespace layerpool
