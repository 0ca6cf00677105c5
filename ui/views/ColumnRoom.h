// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHeaderView>

#include <vector>

namespace layerpool {

/// Keeps the main column of a view readable: it gets what the others leave, and where that is too little,
/// those that can be done without are hidden until there is room again.
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

    /// As the header's own: widths and order.
    void restore(const QByteArray &state);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void setModes();
    /// Shows and hides; also when the view's width changes.
    void fit();

    QHeaderView *m_header;
    int m_main;
    int m_least;
    std::vector<Column> m_dispensable;
};

} // namespace layerpool
