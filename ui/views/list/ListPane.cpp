// SPDX-License-Identifier: Apache-2.0
#include "views/list/ListPane.h"

#include "Actions.h"
#include "views/EmptyPage.h"
#include "views/Spacing.h"
#include "views/list/ListFilterBar.h"
#include "views/list/ListProblems.h"
#include "views/list/ListTable.h"
#include "views/list/ListTabs.h"
#include "views/list/SourceCheckBar.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QPushButton>
#include <QVBoxLayout>

namespace layerpool {
namespace {

const QString kDot = QStringLiteral(" · ");

QString linesOf(const LineCounts &counts)
{
    QStringList read{ListPane::tr("%n line(s)", nullptr, counts.lines)};
    if (counts.repeated > 0) {
        read.append(ListPane::tr("%n repeated", nullptr, counts.repeated));
    }
    if (counts.bad > 0) {
        read.append(ListPane::tr("%n bad", nullptr, counts.bad));
    }
    return read.join(kDot);
}

QString statesOf(const LineCounts &counts)
{
    QStringList found{ListPane::tr("%n here", "images of a list that the pool has", counts.here)};
    if (counts.partly > 0) {
        found.append(ListPane::tr("%n partly", nullptr, counts.partly));
    }
    found.append(ListPane::tr("%n missing", nullptr, counts.missing));
    if (counts.moved > 0) {
        found.append(ListPane::tr("%n moved", "tags that stand for another image now", counts.moved));
    }
    if (counts.absent > 0) {
        found.append(ListPane::tr("%n not found", "at their sources", counts.absent));
    }
    return found.join(kDot);
}

} // namespace

ListPane::ListPane(Workspace &workspace, const Actions &actions, QWidget *parent)
    : QWidget(parent)
    , m_lists(workspace.lists())
    , m_search(workspace.workers(), this)
    , m_tabs(new ListTabs(m_lists, this))
    , m_filter(new ListFilterBar(actions.at(ActionId::CheckList), this))
    , m_pages(new QStackedWidget(this))
    , m_table(new ListTable(this))
    , m_noList(new EmptyPage(
          tr("No list yet. Drop an images-list here, open one, or paste the names of images."), this))
    , m_noLines(new EmptyPage(tr("This list is empty. Add a line, or paste some."), this))
    , m_noMatch(new EmptyPage({}, this))
    , m_problems(new ListProblems(this))
    , m_totals(new QLabel(this))
{
    setObjectName(QStringLiteral("listPane"));
    m_totals->setObjectName(QStringLiteral("listTotals"));
    makePages(actions);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(innerSpacing(this));
    layout->addWidget(m_tabs);
    layout->addWidget(m_filter);
    layout->addWidget(m_pages, 1);
    layout->addWidget(new SourceCheckBar(m_lists.checker(), this));
    layout->addWidget(m_problems);
    layout->addWidget(m_totals);
    connectAll();
    showList();
}

void ListPane::makePages(const Actions &actions)
{
    m_noList->addButton(actions.at(ActionId::OpenList), QStringLiteral("emptyOpenListButton"));
    m_noList->addButton(actions.at(ActionId::NewList), QStringLiteral("emptyNewListButton"));
    QPushButton *addLine = m_noLines->addButton(editing().at(1), QStringLiteral("emptyAddLineButton"));
    addLine->addActions(editing().mid(1, 2)); // by their keys, too
    m_noLines->setFocusProxy(addLine);
    connect(m_noMatch->addButton(tr("Show all lines"), QStringLiteral("clearListFilterButton")),
            &QPushButton::clicked, m_filter, &ListFilterBar::clear);
    for (QWidget *page : std::initializer_list<QWidget *>{m_noList, m_noLines, m_noMatch, m_table}) {
        m_pages->addWidget(page);
    }
}

void ListPane::connectAll()
{
    m_totalsTimer.setSingleShot(true);
    m_totalsTimer.setInterval(0);
    connect(&m_totalsTimer, &QTimer::timeout, this, &ListPane::showTotals);
    connect(&m_lists, &OpenLists::currentChanged, this, &ListPane::showList);
    connect(&m_lists, &OpenLists::statesChanged, this, &ListPane::onStatesChanged);
    connect(&m_lists, &OpenLists::closed, this,
            [this](const ListDocument *document) { m_looks.remove(document); });
    connect(&m_lists, &OpenLists::aboutToReload, this, [this](const ListDocument *document) {
        if (document == m_document) {
            finishEditing();
        }
    });
    connect(m_tabs, &ListTabs::closeAsked, this, [this](ListDocument *document) {
        finishEditing();
        Q_EMIT closeAsked(document);
    });
    connect(m_filter, &ListFilterBar::changed, this, &ListPane::look);
    connect(m_filter, &ListFilterBar::left, m_table, qOverload<>(&QWidget::setFocus));
    connect(m_table->horizontalHeader(), &QHeaderView::sortIndicatorChanged, this, &ListPane::look);
    connect(m_table, &ListTable::aboutToAdd, this, [this] {
        if (m_query.isFiltered()) {
            m_filter->clear();
        }
    });
    connect(m_table, &ListTable::edited, this, [this] {
        if (std::exchange(m_isAskedLater, false)) {
            ask();
        }
    });
    connect(m_problems, &ListProblems::lineWanted, this, &ListPane::goToLine);
    connect(m_problems, &ListProblems::allWanted, this, [this] {
        m_filter->set({}, LineFilter::Problems);
        look();
    });
}

const QList<QAction *> &ListPane::editing() const
{
    return m_table->editing();
}

void ListPane::finishEditing()
{
    m_table->finishEditing();
}

void ListPane::rememberLook()
{
    if (m_document && m_lists.positionOf(m_document) >= 0) {
        m_looks.insert(m_document, {m_filter->text(), m_filter->filter(), m_table->chosenLines()});
    }
}

void ListPane::showList()
{
    finishEditing();
    rememberLook();
    if (m_document) {
        m_document->disconnect(this);
    }
    m_document = m_lists.current();
    m_isAskedLater = false;
    m_table->setDocument(m_document);
    const Look before = m_looks.value(m_document);
    m_wanted = before.chosen;
    m_filter->set(before.text, before.filter);
    if (m_document) {
        connect(m_document, &ListDocument::spliced, this, &ListPane::onSpliced);
    }
    look();
    showTotals();
    if (m_pages->currentWidget() == m_noLines && m_document->path().isEmpty()) {
        // When the window shows the pane: until now it may have shown its first page.
        QMetaObject::invokeMethod(m_noLines, qOverload<>(&QWidget::setFocus), Qt::QueuedConnection);
    }
}

void ListPane::look()
{
    const QHeaderView *header = m_table->horizontalHeader();
    m_query = {m_filter->text(), m_filter->filter(), ListModel::keyOf(header->sortIndicatorSection()),
               header->sortIndicatorOrder()};
    ask();
}

void ListPane::ask()
{
    m_search.drop();
    if (!m_document || m_query.showsAll()) {
        finishEditing();
        m_table->lines().showAll();
        chooseWanted({});
        showPage();
        return;
    }
    m_search.ask([query = m_query, text = m_document->text(),
                  rows = m_document->rows()] { return linesFor(query, text, rows); },
                 [this](std::vector<int> lines) { take(std::move(lines)); });
}

void ListPane::take(std::vector<int> lines)
{
    if (m_table->isBeingEdited()) {
        m_isAskedLater = true;
        return;
    }
    const std::vector<int> chosen = m_table->chosenLines();
    m_table->lines().show(std::move(lines));
    chooseWanted(chosen);
    showPage();
}

void ListPane::chooseWanted(const std::vector<int> &otherwise)
{
    const std::vector<int> wanted = std::exchange(m_wanted, {});
    const std::vector<int> &lines = wanted.empty() ? otherwise : wanted;
    if (!lines.empty() && lines != m_table->chosenLines()) {
        m_table->choose(lines);
    }
}

// What is being searched is no longer what is there; the states follow soon, and with them the search.
void ListPane::onSpliced()
{
    m_search.drop();
    showPage();
    m_totalsTimer.start(); // once for all the pieces of one change
}

void ListPane::onStatesChanged(const ListDocument *document)
{
    if (document != m_document) {
        return;
    }
    if (!m_query.showsAll()) {
        ask();
    }
    showTotals();
}

void ListPane::goToLine(int line)
{
    m_wanted = {line};
    if (m_table->lines().rowOf(line) < 0) {
        m_filter->clear(); // asks, and chooses then
    } else {
        chooseWanted({});
    }
    m_table->setFocus();
}

void ListPane::showPage()
{
    m_tabs->setVisible(m_document);
    m_filter->setVisible(m_document);
    if (!m_document) {
        m_pages->setCurrentWidget(m_noList);
    } else if (m_table->lines().rowCount() > 0) {
        m_pages->setCurrentWidget(m_table);
    } else if (!m_query.isFiltered()) {
        m_pages->setCurrentWidget(m_noLines);
    } else {
        m_noMatch->setText(m_query.text.isEmpty() ? tr("No line of the list is in this state.")
                                                  : tr("Nothing matches ‘%1’.").arg(m_query.text));
        m_pages->setCurrentWidget(m_noMatch);
    }
}

void ListPane::showTotals()
{
    m_totals->setVisible(m_document);
    m_problems->setRows(m_document ? m_document->rows() : QList<ListRow>());
    if (!m_document) {
        return;
    }
    const LineCounts &counts = m_document->counts();
    m_totals->setText(
        linesOf(counts) + QLatin1Char('\n') +
        (m_document->isCompared() ? statesOf(counts) : tr("Open a pool to see what it has of them")));
}

bool ListPane::event(QEvent *event)
{
    if (event->type() != QEvent::ShortcutOverride) {
        return QWidget::event(event);
    }
    // The window's Ctrl+F is the pool's; where the lines have the focus it is the list's.
    const bool areLinesMeant = m_table->hasFocus() || m_filter->isAncestorOf(focusWidget());
    if (areLinesMeant && static_cast<QKeyEvent *>(event)->matches(QKeySequence::Find)) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

void ListPane::keyPressEvent(QKeyEvent *event)
{
    if (m_document && event->matches(QKeySequence::Find)) {
        m_filter->focusText();
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace layerpool
