// SPDX-License-Identifier: Apache-2.0
#include "views/pool/BundleImagesView.h"

#include "Words.h"
#include "base/Text.h"
#include "views/CopyActions.h"
#include "views/EmptyPage.h"
#include "views/PlainLabel.h"
#include "views/Spacing.h"
#include "views/pool/TreeViewState.h"
#include "work/BundleFacts.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace layerpool {
namespace {

constexpr int kTagsInSight = 60; // so many are shown at once, below their repositories

QString totalsOf(const BundleFacts &facts)
{
    const PoolTotals &totals = facts.index->totals();
    const QString text = BundleImagesView::tr("%1 · %2", "images, bytes")
                             .arg(BundleImagesView::tr("%n image(s)", nullptr, int(totals.images)),
                                  formatBytes(facts.index->totals().storedBytes));
    return totals.referrers > 0
               ? BundleImagesView::tr("%1 · %2", "the other figures, signatures and the like")
                     .arg(text, BundleImagesView::tr("%n signature(s) and other referrers", nullptr,
                                                     int(totals.referrers)))
               : text;
}

} // namespace

BundleImagesView::BundleImagesView(QThreadPool &workers, QWidget *parent)
    : QWidget(parent)
    , m_search(workers, this)
    , m_totals(makePlainLabel(QStringLiteral("bundleTotals"), this))
    , m_filter(new QLineEdit(this))
    , m_tree(new QTreeView(this))
    , m_state(new TreeViewState(m_tree, m_model))
    , m_pages(new QStackedWidget(this))
    , m_noImages(new EmptyPage(tr("No image is in the bundle."), this))
    , m_noMatch(new EmptyPage({}, this))
{
    m_filter->setObjectName(QStringLiteral("bundleFilter"));
    m_filter->setAccessibleName(tr("Filter the bundle's images"));
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMinimumWidth(textWidth(this, 24));
    connect(m_filter, &QLineEdit::textChanged, this, &BundleImagesView::ask);
    setUpTree();
    setUpPages();
    setFocusProxy(m_tree);

    auto *head = new QHBoxLayout;
    head->setSpacing(innerSpacing(this));
    head->addWidget(m_totals, 1);
    head->addWidget(m_filter);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(innerSpacing(this));
    layout->addLayout(head);
    layout->addWidget(m_pages, 1);
}

void BundleImagesView::setUpPages()
{
    QPushButton *clear = m_noMatch->addButton(tr("Clear the filter"), QStringLiteral("bundleClearButton"));
    clear->setAutoDefault(false); // Enter in the filter is no wish to clear it
    connect(clear, &QPushButton::clicked, this, [this] {
        m_filter->setFocus(); // the button goes
        m_filter->clear();
    });
    for (QWidget *page : {static_cast<QWidget *>(m_tree), static_cast<QWidget *>(m_noImages),
                          static_cast<QWidget *>(m_noMatch)}) {
        m_pages->addWidget(page);
    }
}

void BundleImagesView::setUpTree()
{
    m_tree->setObjectName(QStringLiteral("bundleTree"));
    m_tree->setAccessibleName(tr("Images of the bundle"));
    m_tree->setModel(&m_model);
    m_tree->setUniformRowHeights(true);
    m_tree->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_tree->setAllColumnsShowFocus(true);
    m_tree->setTextElideMode(Qt::ElideMiddle);            // the end of a name tells it from the next
    m_tree->setDragDropMode(QAbstractItemView::DragOnly); // names, as text
    m_tree->setMinimumHeight(8 * fontMetrics().lineSpacing());
    addCopyActions(m_tree);
    QHeaderView *header = m_tree->header();
    for (const int column : {PoolModel::Unique, PoolModel::Shared}) { // those tell of a pool that is kept
        header->hideSection(column);
    }
    header->setStretchLastSection(false);
    header->setSectionResizeMode(PoolModel::Name, QHeaderView::Stretch);
    header->resizeSection(PoolModel::Size, textWidth(this, 12));
    header->resizeSection(PoolModel::Created, textWidth(this, 13));
    header->resizeSection(PoolModel::DigestColumn, textWidth(this, 16));
    header->setSectionsClickable(true);
    header->setSortIndicatorShown(true);
    header->setSortIndicator(PoolModel::Name, Qt::AscendingOrder);
    connect(header, &QHeaderView::sortIndicatorChanged, this, &BundleImagesView::ask);
}

void BundleImagesView::setFacts(const BundleFacts &facts)
{
    m_index = facts.index;
    m_totals->setText(totalsOf(facts));
    m_totals->setToolTip(exactBytes(facts.index->totals().storedBytes));
    ask();
}

void BundleImagesView::ask()
{
    if (!m_index) {
        return;
    }
    const PoolQuery query{m_filter->text(), PoolModel::keyOf(m_tree->header()->sortIndicatorSection()),
                          m_tree->header()->sortIndicatorOrder()};
    m_search.ask([index = m_index, query] { return PoolRows::of(index, query); },
                 [this](PoolRows rows) { take(std::move(rows)); });
}

void BundleImagesView::take(PoolRows rows)
{
    m_state->keep(TreeViewState::Stays::ScrollBar, [&] { m_model.setRows(std::move(rows)); });
    if (std::exchange(m_isNew, false) && m_model.rows().tags <= kTagsInSight) {
        for (int row = 0; row < m_model.rowCount(); ++row) {
            m_tree->expand(m_model.index(row, 0));
        }
    }
    showPage();
}

void BundleImagesView::showPage()
{
    const bool hasRows = m_model.rowCount() > 0;
    const bool isFiltered = !m_filter->text().isEmpty();
    m_noMatch->setText(tr("Nothing matches ‘%1’.").arg(m_filter->text()));
    m_pages->setCurrentWidget(hasRows      ? static_cast<QWidget *>(m_tree)
                              : isFiltered ? static_cast<QWidget *>(m_noMatch)
                                           : static_cast<QWidget *>(m_noImages));
}

} // namespace layerpool
