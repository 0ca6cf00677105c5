// SPDX-License-Identifier: Apache-2.0
#include "views/PoolTotalsLabel.h"

#include "base/Text.h"
#include "views/Spacing.h"
#include "work/Workspace.h"

namespace layerpool {
namespace {

int percentOf(qint64 part, qint64 whole)
{
    return whole > 0 ? int(part * 100 / whole) : 0;
}

// What no image needs (of a run that was cut short, say) is told apart: it saves nothing. So is what a bundle
// leaves to the far side: it is not stored.
QString textOf(const PoolTotals &totals, bool isFilled)
{
    QString text =
        PoolTotalsLabel::tr("%1 · %2 stored, %3 nominal (%4 % saved)",
                            "images, bytes on disk, bytes without sharing, percentage")
            .arg(PoolTotalsLabel::tr("%n image(s)", nullptr, int(totals.images)),
                 formatBytes(totals.storedBytes - totals.unusedBytes), formatBytes(totals.nominalBytes))
            .arg(percentOf(totals.savedBytes(), totals.nominalBytes));
    if (totals.leftOutBytes > 0) {
        text = PoolTotalsLabel::tr("%1 · %2 left out", "the other figures, bytes that the far side has")
                   .arg(text, formatBytes(totals.leftOutBytes));
    }
    return totals.unusedBytes > 0
               ? (isFilled ? PoolTotalsLabel::tr("%1 · %2 of images on their way", "the other figures, bytes")
                           : PoolTotalsLabel::tr("%1 · %2 that no image needs", "the other figures, bytes"))
                     .arg(text, formatBytes(totals.unusedBytes))
               : text;
}

} // namespace

PoolTotalsLabel::PoolTotalsLabel(Workspace &workspace, QWidget *parent)
    : QLabel(parent), m_workspace(workspace)
{
    setObjectName(QStringLiteral("poolTotals"));
    setTextFormat(Qt::PlainText);
    setIndent(outerSpacing(this));
    connect(&workspace, &Workspace::poolChanged, this, &PoolTotalsLabel::refresh);
    connect(&workspace, &Workspace::tickedBytesChanged, this, &PoolTotalsLabel::refresh);
    connect(&workspace.queue(), &TaskQueue::finished, this, &PoolTotalsLabel::refresh);
    refresh();
}

void PoolTotalsLabel::refresh()
{
    if (!m_workspace.pool()) {
        clear();
        return;
    }
    QString text = textOf(m_workspace.pool()->totals(), m_workspace.isFillingPool());
    if (const int ticked = m_workspace.ticks().count(); ticked > 0) {
        const std::optional<qint64> bytes = m_workspace.tickedBytes();
        text += QStringLiteral(" · ") + tr("%n ticked: %1", "images, bytes", ticked)
                                            .arg(bytes ? formatBytes(*bytes) : tr("…", "not known yet"));
    }
    setText(text);
}

} // namespace layerpool
