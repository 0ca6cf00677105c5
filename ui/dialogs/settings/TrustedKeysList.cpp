// SPDX-License-Identifier: Apache-2.0
#include "dialogs/settings/TrustedKeysList.h"

#include "Words.h"
#include "models/Roles.h"
#include "views/CopyActions.h"
#include "views/Spacing.h"

#include <QHeaderView>
#include <QSignalBlocker>

#include <algorithm>

namespace layerpool {
namespace {

enum TrustedKeyColumn { KeyNameColumn, KeyTextColumn };

} // namespace

TrustedKeysList::TrustedKeysList(QWidget *parent) : QTreeWidget(parent)
{
    setObjectName(QStringLiteral("trustedKeys"));
    setAccessibleName(tr("Trusted keys"));
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setHeaderLabels({tr("Trusted key"), tr("Public key")});
    header()->setSectionResizeMode(KeyNameColumn, QHeaderView::ResizeToContents);
    setMinimumSize(textWidth(this, 44), fontMetrics().height() * 5);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored); // what stands below it stays in sight
    addCopyAction(this, tr("&Copy public key"), QKeySequence::Copy, DetailsRole);
    connect(this, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem *current) {
        if (current) { // the focus that comes by Tab chooses one, and selects none
            current->setSelected(true);
        }
        Q_EMIT chosenChanged();
    });
}

const TrustedKeys::Entry *TrustedKeysList::chosen() const
{
    const int row = indexOfTopLevelItem(currentItem());
    return row < 0 ? nullptr : &m_entries[std::size_t(row)];
}

void TrustedKeysList::setEntries(std::vector<TrustedKeys::Entry> entries)
{
    const TrustedKeys::Entry *former = chosen();
    const QString formerFile = former ? former->file : QString();
    const int formerRow = indexOfTopLevelItem(currentItem());
    {
        const QSignalBlocker blocker(this); // what is chosen changes once
        clear();
        m_entries = std::move(entries);
        for (const TrustedKeys::Entry &entry : m_entries) {
            add(entry);
        }
        choose(formerRow, formerFile);
    }
    Q_EMIT chosenChanged();
}

void TrustedKeysList::add(const TrustedKeys::Entry &entry)
{
    const QString name = entry.key ? entry.key->name() : entry.file;
    const QString text = entry.key ? entry.key->base64() : sentenceOf(entry.key.error());
    auto *item = new QTreeWidgetItem(this, {name, text});
    item->setToolTip(KeyTextColumn, text);
    item->setData(KeyNameColumn, DetailsRole, entry.key ? text : name);
}

void TrustedKeysList::choose(int formerRow, const QString &formerFile)
{
    if (formerRow < 0 || m_entries.empty()) {
        return;
    }
    const auto same = std::find_if(m_entries.begin(), m_entries.end(),
                                   [&](const TrustedKeys::Entry &entry) { return entry.file == formerFile; });
    const int row = same != m_entries.end() ? int(same - m_entries.begin())
                                            : std::min(formerRow, int(m_entries.size()) - 1);
    setCurrentItem(topLevelItem(row));
}

} // namespace layerpool
