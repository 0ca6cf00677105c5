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
#include <QVBoxLayout>

namespace layerpool {
namespace {

// As many as open by themselves: more would hide the groups that follow.
constexpr std::size_t kFewFacts = 12;

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
    take({});
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
    addCopyAction(m_facts, tr("&Copy value"), QKeySequence::Copy, DetailsRole);
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
        take({});
        return;
    }
    m_reading.ask([pool = m_workspace.pool(), item = m_item] { return ItemDetails::of(*pool, item); },
                  [this](const ItemDetails &details) { take(details); });
}

void DetailsPane::take(const ItemDetails &details)
{
    m_name->setHeading(tr("Details"), details.title, details.title);
    m_pages->setCurrentWidget(details.groups.empty() ? static_cast<QWidget *>(m_nothing) : m_tabs);
    fillFacts(details.groups);
    m_manifest->setBytes(details.manifest);
    m_config->setBytes(details.config);
    m_tabs->setTabVisible(m_tabs->indexOf(m_manifest), !details.manifest.isEmpty());
    m_tabs->setTabVisible(m_tabs->indexOf(m_config), !details.config.isEmpty());
}

void DetailsPane::fillFacts(const std::vector<ItemDetails::Group> &groups)
{
    m_facts->clear();
    QFont bold = font();
    bold.setBold(true);
    for (const ItemDetails::Group &group : groups) {
        auto *top = new QTreeWidgetItem(m_facts, {group.name});
        top->setFont(0, bold);
        top->setFirstColumnSpanned(true);
        for (const ItemDetails::Fact &fact : group.facts) {
            auto *row = new QTreeWidgetItem(top, {fact.name, fact.value.simplified()});
            row->setToolTip(0, fact.name);
            row->setToolTip(1, fact.value);
            row->setData(0, DetailsRole, fact.value);
        }
        top->setExpanded(group.facts.size() <= kFewFacts);
    }
}

} // namespace layerpool
