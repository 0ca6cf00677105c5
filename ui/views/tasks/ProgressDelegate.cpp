// SPDX-License-Identifier: Apache-2.0
#include "views/tasks/ProgressDelegate.h"

#include "models/Roles.h"

#include <QApplication>
#include <QPainter>
#include <QStyleOptionProgressBar>

#include <cmath>

namespace layerpool {
namespace {

constexpr int kSteps = 1000;

} // namespace

void ProgressDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const
{
    QStyledItemDelegate::paint(painter, option, index); // the row's background
    const QVariant fraction = index.data(FractionRole);
    if (!fraction.isValid()) {
        return;
    }
    const double part = fraction.toDouble();
    QStyleOptionProgressBar bar;
    bar.initFrom(option.widget);
    bar.state = option.state | QStyle::State_Horizontal;
    bar.rect = option.rect.adjusted(2, 2, -2, -2);
    bar.maximum = part < 0 ? 0 : kSteps; // 0 to 0: busy
    bar.progress = part < 0 ? 0 : int(std::lround(part * kSteps));
    bar.text = part < 0 ? QString() : tr("%1 %", "a percentage").arg(int(part * 100));
    bar.textVisible = part >= 0;
    bar.textAlignment = Qt::AlignCenter;
    const QStyle *style = option.widget ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ProgressBar, &bar, painter, option.widget);
}

} // namespace layerpool
