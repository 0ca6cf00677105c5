// SPDX-License-Identifier: Apache-2.0
#include "views/PoolPane.h"

#include "Actions.h"
#include "views/ColumnRoom.h"
#include "views/CopyActions.h"
#include "views/EmptyPage.h"
#include "views/PaneHeading.h"
#include "views/Spacing.h"
#include "work/Workspace.h"

#include <QHeaderView>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QShortcut>
#include <QVBoxLayout>

namespace layerpool {
namespace {

// As many as a filter opens by itself: about a screenful.
constexpr int kFewTags = 60;

} // namespace

PoolPane::PoolPane(Workspace &workspace, const Actions &actions, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_model(workspace.ticks())
    , m_filter(new QLineEdit(this))
    , m_pages(new QStackedWidget(this))
    , m_tree(new QTreeView(this))
    , m_noPool(new EmptyPage(tr("No pool yet. Drop a pool's folder here, open one, or make one."), this))
    , m_noImages(new EmptyPage(tr("This pool is empty. Convert a list to fill it."), this))
    , m_noMatch(new EmptyPage({}, this))
    , m_reading(new EmptyPage({}, this))
{
    m_noPool->addButton(actions.at(ActionId::OpenPool), QStringLiteral("emptyOpenPoolButton"));
    m_noPool->addButton(actions.at(ActionId::NewPool), QStringLiteral("emptyNewPoolButton"));
    m_noImages->addButton(actions.at(ActionId::OpenList), QStringLiteral("emptyPoolOpenListButton"));
    m_noImages->addButton(actions.at(ActionId::Convert), QStringLiteral("emptyPoolConvertButton"));
    connect(m_noMatch->addButton(tr("Clear the filter"), QStringLiteral("clearFilterButton")),
            &QPushButton::clicked, m_filter, &QLineEdit::clear);
    setUpTree();
    for (QWidget *page :
         std::initializer_list<QWidget *>{m_noPool, m_noImages, m_noMatch, m_reading, m_tree}) {
        m_pages->addWidget(page);
    }

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(innerSpacing(this));
    layout->addWidget(makeHeading());
    layout->addWidget(m_pages, 1);

    connect(&workspace, &Workspace::poolReading, this, &PoolPane::onPoolReading);
    connect(&workspace, &Workspace::poolChanged, this, &PoolPane::showPool);
    connect(&workspace, &Workspace::poolFailed, this, &PoolPane::showPage);
    connect(&workspace, &Workspace::poolNotThere, this, &PoolPane::showPage);
    showPool();
}

QWidget *PoolPane::makeHeading()
{
    auto *heading = new QWidget(this);
    m_name = new PaneHeading(heading);
    m_filter->setObjectName(QStringLiteral("poolFilter"));
    m_filter->setPlaceholderText(tr("Filter the pool"));
    m_filter->setToolTip(tr("Shows the repositories and tags that hold these letters (Ctrl+F)"));
    m_filter->setAccessibleName(tr("Filter the pool"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setAcceptDrops(false); // a drop anywhere is the window's
    m_filter->setMaximumWidth(textWidth(this, 32));
    connect(m_filter, &QLineEdit::textChanged, this, &PoolPane::applyFilter);
    auto *find = new QShortcut(QKeySequence::Find, this);
    connect(find, &QShortcut::activated, m_filter, [this] {
        m_filter->setFocus(Qt::ShortcutFocusReason);
        m_filter->selectAll();
    });

    auto *layout = new QHBoxLayout(heading);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_name, 2);
    layout->addWidget(m_filter, 1);
    return heading;
}

void PoolPane::setUpTree()
{
    m_tree->setObjectName(QStringLiteral("poolTree"));
    m_tree->setAccessibleName(tr("Images of the pool"));
    m_tree->setModel(&m_model);
    m_tree->setUniformRowHeights(true);
    m_tree->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_tree->setAllColumnsShowFocus(true);
    m_tree->setTextElideMode(Qt::ElideMiddle); // the end of a name tells it from the next
    m_tree->setColumnWidth(PoolModel::Size, textWidth(this, 11));
    m_columns = new ColumnRoom(
        m_tree->header(), PoolModel::Name, textWidth(this, 30),
        {{PoolModel::DigestColumn, textWidth(this, 15)}, {PoolModel::Shared, textWidth(this, 9)}});
    addCopyActions(m_tree);
    connect(m_tree, &QTreeView::expanded, this, &PoolPane::onExpanded);
    connect(m_tree, &QTreeView::collapsed, this, &PoolPane::onCollapsed);
}

void PoolPane::onPoolReading(const QString &path)
{
    m_reading->setText(tr("Reading %1…").arg(path));
    // A pool that is shown stays until it has been read anew.
    if (!m_workspace.pool()) {
        m_pages->setCurrentWidget(m_reading);
    }
}

void PoolPane::showPool()
{
    const auto &pool = m_workspace.pool();
    m_name->setHeading(tr("Pool"), pool ? pool->path() : QString(), pool ? pool->path() : QString());
    reload([&] { m_model.setSnapshot(pool); });
}

void PoolPane::applyFilter()
{
    reload([this] { m_model.setFilter(m_filter->text().trimmed()); });
}

// A model that is reset forgets what a view had open, chosen and scrolled to.
void PoolPane::reload(const std::function<void()> &change)
{
    const QString current = m_tree->currentIndex().data(ReferenceRole).toString();
    const int scrolled = m_tree->verticalScrollBar()->value();
    change();
    restoreExpansion();
    if (const QModelIndex index = m_model.indexOf(current); index.isValid()) {
        m_tree->setCurrentIndex(index);
    }
    m_tree->verticalScrollBar()->setValue(scrolled);
    showPage();
}

void PoolPane::restoreExpansion()
{
    const QScopedValueRollback guard(m_isRestoring, true);
    QStringList references(m_expanded.begin(), m_expanded.end());
    references.sort(); // a repository before its tags
    for (const QString &reference : references) {
        if (const QModelIndex index = m_model.indexOf(reference); index.isValid()) {
            m_tree->expand(index);
        }
    }
    if (!m_model.filter().isEmpty() && m_model.shownTags() <= kFewTags) {
        m_tree->expandToDepth(0);
    }
}

void PoolPane::onExpanded(const QModelIndex &index)
{
    if (!m_isRestoring) {
        m_expanded.insert(index.data(ReferenceRole).toString());
    }
}

void PoolPane::onCollapsed(const QModelIndex &index)
{
    if (!m_isRestoring) {
        m_expanded.remove(index.data(ReferenceRole).toString());
    }
}

void PoolPane::showPage()
{
    m_filter->setEnabled(m_workspace.pool() != nullptr);
    if (!m_workspace.pool()) {
        m_pages->setCurrentWidget(m_workspace.isReadingPool() ? m_reading : m_noPool);
    } else if (m_model.rowCount() > 0) {
        m_pages->setCurrentWidget(m_tree);
    } else if (m_model.filter().isEmpty()) {
        m_pages->setCurrentWidget(m_noImages);
    } else {
        m_noMatch->setText(tr("Nothing matches ‘%1’.").arg(m_model.filter()));
        m_pages->setCurrentWidget(m_noMatch);
    }
}

QByteArray PoolPane::columns() const
{
    return m_tree->header()->saveState();
}

void PoolPane::restoreColumns(const QByteArray &state)
{
    m_columns->restore(state);
}

} // namespace layerpool
