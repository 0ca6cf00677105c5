// SPDX-License-Identifier: Apache-2.0
#include "views/list/ListTabs.h"

#include "Icons.h"
#include "views/Spacing.h"
#include "work/OpenLists.h"

#include <QDir>
#include <QMouseEvent>
#include <QToolButton>

namespace layerpool {

ListTabs::ListTabs(OpenLists &lists, QWidget *parent) : QTabBar(parent), m_lists(lists)
{
    setObjectName(QStringLiteral("listTabs"));
    setAccessibleName(tr("Open lists"));
    setDocumentMode(true);
    setDrawBase(false);
    setExpanding(false);
    setElideMode(Qt::ElideMiddle);
    setUsesScrollButtons(true);
    setFocusPolicy(Qt::TabFocus);
    connect(&lists, &OpenLists::opened, this, &ListTabs::addTabOf);
    connect(&lists, &OpenLists::titleChanged, this, &ListTabs::showTitle);
    connect(&lists, &OpenLists::currentChanged, this, &ListTabs::showCurrent);
    connect(&lists, &OpenLists::closed, this, [this](const ListDocument *document) {
        const QSignalBlocker blocker(this);
        for (int tab = 0; tab < count(); ++tab) {
            if (tabData(tab).value<ListDocument *>() == document) {
                removeTab(tab);
                return;
            }
        }
    });
    connect(this, &QTabBar::currentChanged, this, [this](int tab) {
        if (ListDocument *document = tabData(tab).value<ListDocument *>()) {
            m_lists.setCurrent(document);
        }
    });
    for (int list = 0; list < lists.count(); ++list) { // those that a window before this one had
        addTabOf(lists.at(list));
    }
    showCurrent();
}

void ListTabs::addTabOf(ListDocument *document)
{
    const QSignalBlocker blocker(this); // what is shown is for the lists to say
    const int tab = addTab(QString());
    setTabData(tab, QVariant::fromValue(document));
    auto *close = new QToolButton(this);
    close->setObjectName(QStringLiteral("closeListButton"));
    close->setIcon(themedIcon(QStringLiteral("close")));
    close->setIconSize({fontMetrics().height() * 3 / 4, fontMetrics().height() * 3 / 4});
    close->setAutoRaise(true);
    close->setFocusPolicy(Qt::NoFocus); // by keyboard the list in front is closed
    connect(close, &QToolButton::clicked, document, [this, document] { Q_EMIT closeAsked(document); });
    setTabButton(tab, QTabBar::RightSide, close);
    showTitle(document);
}

void ListTabs::showTitle(ListDocument *document)
{
    const int tab = m_lists.positionOf(document);
    if (tab < 0 || tab >= count()) {
        return;
    }
    const QString name = document->name();
    const QString shown =
        document->isModified() ? tr("%1*", "a list with changes that are not saved").arg(name) : name;
    setTabText(tab, QString(shown).replace(QLatin1Char('&'), QLatin1String("&&")));
    setTabToolTip(tab, document->path().isEmpty() ? tr("Not saved in a file yet")
                                                  : QDir::toNativeSeparators(document->path()));
    setAccessibleTabName(tab, document->isModified() ? tr("%1, not saved").arg(name) : name);
    auto *close = static_cast<QToolButton *>(tabButton(tab, QTabBar::RightSide));
    close->setAccessibleName(tr("Close %1").arg(name));
    close->setToolTip(tr("Close %1").arg(name));
}

void ListTabs::showCurrent()
{
    if (ListDocument *document = m_lists.current()) {
        const QSignalBlocker blocker(this);
        setCurrentIndex(m_lists.positionOf(document));
    }
}

void ListTabs::mouseReleaseEvent(QMouseEvent *event)
{
    const int tab = tabAt(event->pos());
    if (event->button() == Qt::MiddleButton && tab >= 0) {
        Q_EMIT closeAsked(m_lists.at(tab));
        return;
    }
    QTabBar::mouseReleaseEvent(event);
}

QSize ListTabs::tabSizeHint(int index) const
{
    QSize size = QTabBar::tabSizeHint(index);
    size.setWidth(std::min(size.width(), textWidth(this, 36)));
    return size;
}

QSize ListTabs::minimumTabSizeHint(int index) const
{
    QSize size = tabSizeHint(index);
    size.setWidth(std::min(size.width(), textWidth(this, 18)));
    return size;
}

} // namespace layerpool
