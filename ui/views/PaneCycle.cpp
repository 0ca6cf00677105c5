// SPDX-License-Identifier: Apache-2.0
#include "views/PaneCycle.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QShortcut>

namespace layerpool {
namespace {

bool takesFocus(const QWidget *widget, const QWidget *pane)
{
    return widget && widget->isVisibleTo(pane) && widget->isEnabled() &&
           (widget->focusPolicy() & Qt::TabFocus) == Qt::TabFocus && !widget->focusProxy();
}

} // namespace

PaneCycle::PaneCycle(QList<QWidget *> panes, QWidget *window) : QObject(window), m_panes(std::move(panes))
{
    const auto addKey = [&](const QKeySequence &key, int step, const QString &text) {
        auto *shortcut = new QShortcut(key, window);
        shortcut->setWhatsThis(text); // for the page of shortcuts
        connect(shortcut, &QShortcut::activated, this, [this, step] { go(step); });
    };
    addKey(Qt::Key_F6, 1, tr("To the next pane"));
    addKey(Qt::SHIFT | Qt::Key_F6, -1, tr("To the previous pane"));
    connect(qApp, &QApplication::focusChanged, this,
            [this](const QWidget *, QWidget *now) { remember(now); });
}

void PaneCycle::remember(QWidget *focused)
{
    if (const int pane = paneOf(focused); pane >= 0) {
        m_last[m_panes[pane]] = focused;
    }
}

int PaneCycle::paneOf(const QWidget *widget) const
{
    for (int i = 0; widget && i < m_panes.size(); ++i) {
        if (m_panes[i] == widget || m_panes[i]->isAncestorOf(widget)) {
            return i;
        }
    }
    return -1;
}

// What a pane is about is its table or tree, where it shows one.
QWidget *PaneCycle::entryOf(QWidget *pane) const
{
    if (QWidget *last = m_last.value(pane); takesFocus(last, pane)) {
        return last;
    }
    for (QWidget *view : pane->findChildren<QAbstractItemView *>()) {
        if (takesFocus(view, pane)) {
            return view;
        }
    }
    for (QWidget *widget : pane->findChildren<QWidget *>()) {
        if (takesFocus(widget, pane)) {
            return widget;
        }
    }
    return nullptr;
}

void PaneCycle::go(int step)
{
    const int count = int(m_panes.size());
    const int from = paneOf(QApplication::focusWidget());
    int at = from < 0 && step > 0 ? -1 : std::max(from, 0);
    for (int i = 0; i < count; ++i) {
        at = (at + step + count) % count;
        QWidget *entry = m_panes[at]->isVisible() ? entryOf(m_panes[at]) : nullptr;
        if (entry) {
            entry->setFocus(Qt::TabFocusReason); // as by Tab: it shows
            return;
        }
    }
}

} // namespace layerpool
