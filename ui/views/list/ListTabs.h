// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTabBar>

namespace layerpool {

class ListDocument;
class OpenLists;

/// A tab for each open list, which says whether its changes are saved.
class ListTabs final : public QTabBar
{
    Q_OBJECT

public:
    /// The lists must outlive it.
    explicit ListTabs(OpenLists &lists, QWidget *parent = nullptr);

Q_SIGNALS:
    /// By its tab's button, or by the middle button of the mouse.
    void closeAsked(layerpool::ListDocument *document);

protected:
    void mouseReleaseEvent(QMouseEvent *event) override;
    QSize minimumTabSizeHint(int index) const override;
    QSize tabSizeHint(int index) const override;

private:
    void addTabOf(ListDocument *document);
    void showTitle(ListDocument *document);
    void showCurrent();

    OpenLists &m_lists;
};

} // namespace layerpool
