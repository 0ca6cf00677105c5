// SPDX-License-Identifier: Apache-2.0
#include "views/ColumnRoom.h"

#include <QEvent>

#include <algorithm>

namespace layerpool {

ColumnRoom::ColumnRoom(QHeaderView *header, int main, int least, std::vector<Column> dispensable)
    : QObject(header), m_header(header), m_main(main), m_least(least), m_dispensable(std::move(dispensable))
{
    setModes();
    for (const Column &column : m_dispensable) {
        header->resizeSection(column.section, column.width);
    }
    header->installEventFilter(this);
}

// A state that was kept by an earlier version brings modes of its own.
void ColumnRoom::setModes()
{
    m_header->setStretchLastSection(false);
    m_header->setSectionResizeMode(QHeaderView::Interactive);
    m_header->setSectionResizeMode(m_main, QHeaderView::Stretch);
}

void ColumnRoom::restore(const QByteArray &state)
{
    m_header->restoreState(state);
    setModes();
    fit();
}

void ColumnRoom::fit()
{
    int room = m_header->width();
    for (int section = 0; section < m_header->count(); ++section) {
        const bool isDispensable =
            std::any_of(m_dispensable.begin(), m_dispensable.end(),
                        [section](const Column &column) { return column.section == section; });
        room -= section == m_main || isDispensable ? 0 : m_header->sectionSize(section);
    }
    for (Column &column : m_dispensable) {
        if (!m_header->isSectionHidden(column.section)) {
            column.width = m_header->sectionSize(column.section);
        }
    }
    for (auto column = m_dispensable.rbegin(); column != m_dispensable.rend(); ++column) {
        room -= column->width;
        m_header->setSectionHidden(column->section, room < m_least);
    }
}

bool ColumnRoom::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize) {
        fit();
    }
    return QObject::eventFilter(watched, event);
}

} // namespace layerpool
