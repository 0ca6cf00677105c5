// SPDX-License-Identifier: Apache-2.0
#include "views/ColumnRoom.h"

#include <QAbstractItemView>
#include <QDataStream>
#include <QEvent>
#include <QIODevice>
#include <QMenu>

#include <algorithm>

namespace layerpool {

ColumnRoom::ColumnRoom(QHeaderView *header, int main, int least, std::vector<Column> dispensable)
    : QObject(header)
    , m_header(header)
    , m_menu(new QMenu(tr("Col&umns"), header))
    , m_main(main)
    , m_least(least)
    , m_dispensable(std::move(dispensable))
    , m_choices(std::size_t(header->count()), Choice::ByRoom)
{
    m_header->setSectionResizeMode(QHeaderView::Interactive);
    m_header->setSectionResizeMode(m_main, QHeaderView::Stretch);
    m_header->setStretchLastSection(false);
    for (const Column &column : m_dispensable) {
        header->resizeSection(column.section, column.width);
    }
    header->installEventFilter(this);
    const auto onResized = [this](int section) {
        if (m_header->sectionResizeMode(section) == QHeaderView::ResizeToContents) {
            fit(); // what it holds takes more or less now
        }
    };
    // Later: the header is amid its own work.
    connect(header, &QHeaderView::sectionResized, this, onResized, Qt::QueuedConnection);
    m_menu->setObjectName(QStringLiteral("columnsMenu"));
    connect(m_menu, &QMenu::aboutToShow, this, &ColumnRoom::fillMenu);
}

void ColumnRoom::offerIn(QAbstractItemView *view)
{
    m_header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_header, &QHeaderView::customContextMenuRequested, m_menu,
            [this](const QPoint &place) { m_menu->popup(m_header->mapToGlobal(place)); });
    if (!view->actions().isEmpty()) {
        auto *separator = new QAction(view);
        separator->setSeparator(true);
        view->addAction(separator);
    }
    view->addAction(m_menu->menuAction());
    view->setContextMenuPolicy(Qt::ActionsContextMenu);
}

QByteArray ColumnRoom::save() const
{
    QByteArray state;
    QDataStream stream(&state, QIODevice::WriteOnly);
    stream << m_header->saveState();
    for (const Choice choice : m_choices) {
        stream << qint8(choice);
    }
    return state;
}

// How a column is stretched is not the user's: a state of an earlier version would bring its own.
void ColumnRoom::restore(const QByteArray &state)
{
    QDataStream stream(state);
    QByteArray header;
    stream >> header;
    std::vector<QHeaderView::ResizeMode> modes;
    for (int section = 0; section < m_header->count(); ++section) {
        modes.push_back(m_header->sectionResizeMode(section));
    }
    if (!m_header->restoreState(header)) {
        return;
    }
    m_header->setStretchLastSection(false);
    for (Choice &choice : m_choices) {
        qint8 kept = 0;
        stream >> kept;
        choice = Choice(std::clamp<qint8>(kept, 0, qint8(Choice::Hidden)));
    }
    for (int section = 0; section < m_header->count(); ++section) {
        m_header->setSectionResizeMode(section, modes[std::size_t(section)]);
    }
    if (m_header->isSortIndicatorClearable()) {
        m_header->setSortIndicator(-1, Qt::AscendingOrder);
    }
    if (m_header->isVisible()) { // else its room is not known yet
        fit();
    }
}

bool ColumnRoom::isDispensable(int section) const
{
    return std::any_of(m_dispensable.begin(), m_dispensable.end(),
                       [section](const Column &column) { return column.section == section; });
}

// What is hidden has none of its own.
void ColumnRoom::keepWidths()
{
    for (Column &column : m_dispensable) {
        if (!m_header->isSectionHidden(column.section)) {
            column.width = m_header->sectionSize(column.section);
        }
    }
}

void ColumnRoom::fit()
{
    keepWidths();
    int room = m_header->width();
    bool isAnyKept = false;
    for (int section = 0; section < m_header->count(); ++section) {
        const Choice choice = m_choices[std::size_t(section)];
        if (section != m_main && !(choice == Choice::ByRoom && isDispensable(section))) {
            m_header->setSectionHidden(section, choice == Choice::Hidden);
            room -= m_header->sectionSize(section);
            isAnyKept = isAnyKept || choice == Choice::Shown;
        }
    }
    int left = room;
    for (auto column = m_dispensable.rbegin(); column != m_dispensable.rend(); ++column) {
        if (m_choices[std::size_t(column->section)] == Choice::ByRoom) {
            room -= column->width;
            m_header->setSectionHidden(column->section, room < m_least);
            left = room < m_least ? left : room;
        }
    }
    const bool scrolls = isAnyKept && left < m_least;
    m_header->setSectionResizeMode(m_main, scrolls ? QHeaderView::Interactive : QHeaderView::Stretch);
    if (scrolls) {
        m_header->resizeSection(m_main, m_least);
    }
}

void ColumnRoom::choose(int section, bool isShown)
{
    m_choices[std::size_t(section)] = isShown ? Choice::Shown : Choice::Hidden;
    fit();
}

void ColumnRoom::forgetChoices()
{
    std::fill(m_choices.begin(), m_choices.end(), Choice::ByRoom);
    fit();
}

void ColumnRoom::fillMenu()
{
    m_menu->clear();
    for (int section = 0; section < m_header->count(); ++section) {
        const QString title = m_header->model()->headerData(section, Qt::Horizontal).toString();
        if (section == m_main || title.isEmpty()) {
            continue;
        }
        QAction *column = m_menu->addAction(title);
        column->setCheckable(true);
        column->setChecked(!m_header->isSectionHidden(section));
        connect(column, &QAction::toggled, this, [this, section](bool isOn) { choose(section, isOn); });
    }
    m_menu->addSeparator();
    QAction *fitting = m_menu->addAction(tr("As many as &fit"), this, &ColumnRoom::forgetChoices);
    fitting->setEnabled(std::any_of(m_choices.begin(), m_choices.end(),
                                    [](Choice choice) { return choice != Choice::ByRoom; }));
}

bool ColumnRoom::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize) {
        fit();
    }
    return QObject::eventFilter(watched, event);
}

} // namespace layerpool
