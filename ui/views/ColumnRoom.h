// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHeaderView>

#include <vector>

class QAbstractItemView;
class QMenu;

namespace layerpool {

/// Which columns of a view are shown. The main one gets what the others leave; where that is too little,
/// those that can be done without are hidden until there is room again. What the user chose in the menu holds
/// in any room: then the view scrolls sideways.
class ColumnRoom final : public QObject
{
    Q_OBJECT

public:
    struct Column
    {
        int section;
        int width; ///< pixels, until the user says otherwise
    };

    /// `least`: pixels for the main column. `dispensable`: the first goes first. Belongs to the header.
    ColumnRoom(QHeaderView *header, int main, int least, std::vector<Column> dispensable);

    /// Lets the user choose them in the header's context menu, and in the view's own below what that has by
    /// now.
    void offerIn(QAbstractItemView *view);

    /// The object name of the view.
    QString viewName() const { return m_header->parent()->objectName(); }
    /// Widths, order and what was chosen; the sort, too, unless it can be cleared: that is of the moment.
    QByteArray save() const;
    void restore(const QByteArray &state);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    enum class Choice : qint8 { ByRoom, Shown, Hidden };

    /// Shows and hides; also when the view's width changes, or that of a column that fits what it holds.
    void fit();
    void keepWidths();
    bool isDispensable(int section) const;
    void choose(int section, bool isShown);
    void forgetChoices();
    void fillMenu();

    QHeaderView *m_header;
    QMenu *m_menu;
    int m_main;
    int m_least;
    std::vector<Column> m_dispensable;
    std::vector<Choice> m_choices; ///< by section
};

} // namespace layerpool
