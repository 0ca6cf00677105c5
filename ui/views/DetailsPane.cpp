// SPDX-License-Identifier: Apache-2.0
#include "views/DetailsPane.h"

#include "models/Roles.h"
#include "views/ColumnRoom.h"
#include "views/CopyActions.h"
#include "views/EmptyPage.h"
#include "views/JsonView.h"
#include "views/PaneHeading.h"
#include "views/Spacing.h"
#include "work/Workspace.h"

#include <QHeaderView>
#include <QScopedValueRollback>
#include <QVBoxLayout>

namespace layerpool {
namespace {

// As many as open by themselves: more would hide the groups that follow.
constexpr std::size_t kFewFacts = 12;

constexpr int kKeyRole = Qt::UserRole + 100; // of a group; beside those of Roles.h

} // namespace

DetailsPane::DetailsPane(Workspace &workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_reading(workspace.workers(), this)
    , m_name(new PaneHeading(this))
    , m_pages(new QStackedWidget(this))
    , m_nothing(new EmptyPage(tr("Choose something in the pool to see what it is."), this))
    , m_tabs(new QTabWidget(this))
    , m_facts(new QTreeWidget(this))
    , m_manifest(new JsonView(QStringLiteral("manifest"), tr("Manifest"), this))
    , m_config(new JsonView(QStringLiteral("config"), tr("Config"), this))
{
    setObjectName(QStringLiteral("detailsPane"));
    setUpFacts();
    m_tabs->setObjectName(QStringLiteral("detailsTabs"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_facts, tr("Summary"));
    m_tabs->addTab(m_manifest, tr("Manifest"));
    m_tabs->addTab(m_config, tr("Config"));
    m_pages->addWidget(m_nothing);
    m_pages->addWidget(m_tabs);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(innerSpacing(this));
    layout->addWidget(m_name);
    layout->addWidget(m_pages, 1);
    connect(&workspace, &Workspace::poolChanged, this, &DetailsPane::ask);
    take({}, {});
}

void DetailsPane::setUpFacts()
{
    m_facts->setObjectName(QStringLiteral("detailsFacts"));
    m_facts->setAccessibleName(tr("What is known of it"));
    m_facts->setColumnCount(2);
    m_facts->setHeaderLabels({tr("Name"), tr("Value")});
    m_facts->setUniformRowHeights(true);
    m_facts->setAllColumnsShowFocus(true);
    m_facts->setTextElideMode(Qt::ElideMiddle);
    m_facts->setRootIsDecorated(true);
    m_facts->setSelectionMode(QAbstractItemView::ExtendedSelection);
    new ColumnRoom(m_facts->header(), 1, textWidth(this, 20), {});
    m_facts->header()->resizeSection(0, textWidth(this, 20));
    m_facts->header()->setMinimumSectionSize(textWidth(this, 8)); // a narrow pane scrolls
    connect(m_facts, &QTreeWidget::itemExpanded, this, [this](QTreeWidgetItem *group) { remember(*group); });
    connect(m_facts, &QTreeWidget::itemCollapsed, this, [this](QTreeWidgetItem *group) { remember(*group); });
    addCopyAction(m_facts, tr("&Copy value"), QKeySequence::Copy, DetailsRole);
    addPullAction(m_facts, m_workspace);
}

void DetailsPane::showItem(const PoolItem &item)
{
    if (!(item == m_item)) {
        m_item = item;
        ask();
    }
}

void DetailsPane::ask()
{
    if (!m_workspace.pool() || m_item.kind == PoolItem::Kind::None) {
        m_reading.drop();
        take({}, {});
        return;
    }
    m_reading.ask([pool = m_workspace.pool(), item = m_item] { return ItemDetails::of(*pool, item); },
                  [this, item = m_item](const ItemDetails &details) { take(details, item); });
}

void DetailsPane::take(const ItemDetails &details, const PoolItem &item)
{
    const QString title = details.groups.empty() ? QString() : details.title; // it may be gone from the pool
    m_name->setHeading(tr("Details"), title, title);
    m_pages->setCurrentWidget(details.groups.empty() ? static_cast<QWidget *>(m_nothing) : m_tabs);
    if (m_shown != item) {
        m_facts->clear();
        m_shown = item;
    }
    fillFacts(details.groups);
    m_manifest->setDocument(details.manifest);
    m_config->setDocument(details.config);
    m_tabs->setTabVisible(m_tabs->indexOf(m_manifest), !details.manifest.bytes.isEmpty());
    m_tabs->setTabVisible(m_tabs->indexOf(m_config), !details.config.bytes.isEmpty());
}

// Only what differs: the pool is read anew after each task, and whoever reads on stays where they are.
void DetailsPane::fillFacts(const std::vector<ItemDetails::Group> &groups)
{
    const QScopedValueRollback guard(m_isFilling, true);
    for (int place = 0; place < int(groups.size()); ++place) {
        fillGroup(*rowOf(place, groups[std::size_t(place)]), groups[std::size_t(place)]);
    }
    while (m_facts->topLevelItemCount() > int(groups.size())) {
        delete m_facts->topLevelItem(int(groups.size()));
    }
}

// That of the group, without those of others before it; or a new one.
QTreeWidgetItem *DetailsPane::rowOf(int place, const ItemDetails::Group &group)
{
    for (int row = place; row < m_facts->topLevelItemCount(); ++row) {
        if (m_facts->topLevelItem(row)->data(0, kKeyRole) == group.key) {
            for (; row > place; --row) {
                delete m_facts->topLevelItem(place);
            }
            return m_facts->topLevelItem(place);
        }
    }
    auto *row = new QTreeWidgetItem({group.name});
    m_facts->insertTopLevelItem(place, row);
    QFont bold = font();
    bold.setBold(true);
    row->setFont(0, bold);
    row->setFirstColumnSpanned(true);
    row->setData(0, kKeyRole, group.key);
    row->setExpanded(m_opened.value(group.key, group.facts.size() <= kFewFacts).toBool());
    return row;
}

void DetailsPane::remember(const QTreeWidgetItem &group)
{
    if (!m_isFilling) {
        m_opened.insert(group.data(0, kKeyRole).toString(), group.isExpanded());
    }
}

void DetailsPane::fillGroup(QTreeWidgetItem &row, const ItemDetails::Group &group)
{
    while (row.childCount() > int(group.facts.size())) {
        delete row.child(row.childCount() - 1);
    }
    for (int place = 0; place < int(group.facts.size()); ++place) {
        const ItemDetails::Fact &fact = group.facts[std::size_t(place)];
        QTreeWidgetItem *child = place < row.childCount() ? row.child(place) : new QTreeWidgetItem(&row);
        child->setText(0, fact.name);
        child->setText(1, fact.value.simplified());
        child->setToolTip(0, fact.name);
        child->setToolTip(1, fact.value);
        child->setData(0, DetailsRole, fact.value);
        child->setData(0, ImagesRole, fact.image);
    }
}

} // namespace layerpool
