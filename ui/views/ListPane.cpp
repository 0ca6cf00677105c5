// SPDX-License-Identifier: Apache-2.0
#include "views/ListPane.h"

#include "Actions.h"
#include "views/ColumnRoom.h"
#include "views/CopyActions.h"
#include "views/EmptyPage.h"
#include "views/PaneHeading.h"
#include "views/Spacing.h"

#include <QHeaderView>
#include <QToolButton>
#include <QVBoxLayout>

namespace layerpool {
namespace {

QString totalsOf(const LineCounts &counts, bool isCompared)
{
    QStringList read{ListPane::tr("%n line(s)", nullptr, counts.lines)};
    if (counts.repeated > 0) {
        read.append(ListPane::tr("%n repeated", nullptr, counts.repeated));
    }
    if (counts.bad > 0) {
        read.append(ListPane::tr("%n bad", nullptr, counts.bad));
    }
    QStringList found;
    if (isCompared) {
        found.append(ListPane::tr("%n here", "images of a list that the pool has", counts.here));
        if (counts.partly > 0) {
            found.append(ListPane::tr("%n partly", nullptr, counts.partly));
        }
        found.append(ListPane::tr("%n missing", nullptr, counts.missing));
    } else {
        found.append(ListPane::tr("Open a pool to see what it has of them"));
    }
    const QString dot = QStringLiteral(" · ");
    return read.join(dot) + QLatin1Char('\n') + found.join(dot);
}

} // namespace

ListPane::ListPane(const Actions &actions, QWidget *parent)
    : QWidget(parent)
    , m_pages(new QStackedWidget(this))
    , m_table(new QTableView(this))
    , m_noList(new EmptyPage(tr("No list yet. Drop an images-list here, or open one."), this))
    , m_noLines(new EmptyPage(tr("This list names no image."), this))
    , m_totals(new QLabel(this))
{
    m_noList->addButton(actions.at(ActionId::OpenList), QStringLiteral("emptyOpenListButton"));
    setUpTable();
    m_pages->addWidget(m_noList);
    m_pages->addWidget(m_noLines);
    m_pages->addWidget(m_table);
    m_totals->setObjectName(QStringLiteral("listTotals"));

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(innerSpacing(this));
    layout->addWidget(makeHeading(actions));
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_totals);
    setDocument(nullptr);
}

QWidget *ListPane::makeHeading(const Actions &actions)
{
    auto *heading = new QWidget(this);
    m_name = new PaneHeading(heading);
    auto *close = new QToolButton(heading);
    close->setObjectName(QStringLiteral("closeListButton"));
    close->setAutoRaise(true);
    close->setDefaultAction(actions.at(ActionId::CloseList));
    close->setAccessibleName(tr("Close list"));

    auto *layout = new QHBoxLayout(heading);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_name, 1);
    layout->addWidget(close);
    return heading;
}

void ListPane::setUpTable()
{
    m_sorted.setSourceModel(&m_model);
    m_sorted.setSortRole(SortRole);
    m_sorted.setSortLocaleAware(false);
    m_table->setObjectName(QStringLiteral("listTable"));
    m_table->setAccessibleName(tr("Lines of the list"));
    m_table->setModel(&m_sorted);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + innerSpacing(this));
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->setTextElideMode(Qt::ElideMiddle); // the tag tells a line from the next
    m_table->setColumnWidth(ListModel::State, textWidth(this, 13));
    m_table->setColumnWidth(ListModel::Size, textWidth(this, 10));
    m_columns =
        new ColumnRoom(m_table->horizontalHeader(), ListModel::Image, textWidth(this, 38),
                       {{ListModel::Note, textWidth(this, 20)}, {ListModel::Parts, textWidth(this, 10)}});
    m_table->horizontalHeader()->setSortIndicatorClearable(true);
    m_table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder); // as the file has them
    m_table->setSortingEnabled(true);
    addCopyActions(m_table);
}

void ListPane::setDocument(ListDocument *document)
{
    if (m_document) {
        m_document->disconnect(this);
    }
    m_document = document;
    m_model.setDocument(document);
    m_name->setHeading(tr("List"), document ? document->name() : QString(),
                       document ? document->paths().join(QLatin1Char('\n')) : QString());
    if (document) {
        connect(document, &ListDocument::statesChanged, this, &ListPane::showTotals);
    }
    showTotals();
}

void ListPane::showTotals()
{
    m_totals->setVisible(m_document);
    if (!m_document) {
        m_pages->setCurrentWidget(m_noList);
        return;
    }
    m_pages->setCurrentWidget(m_model.rowCount() > 0 ? static_cast<QWidget *>(m_table) : m_noLines);
    m_totals->setText(totalsOf(m_document->counts(), m_document->isCompared()));
}

QByteArray ListPane::columns() const
{
    return m_table->horizontalHeader()->saveState();
}

void ListPane::restoreColumns(const QByteArray &state)
{
    m_columns->restore(state);
}

} // namespace layerpool
