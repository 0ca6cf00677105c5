// SPDX-License-Identifier: Apache-2.0
#include "views/FiguresGrid.h"

#include "Words.h"
#include "base/Text.h"
#include "views/Spacing.h"

#include <QGridLayout>
#include <QLabel>

namespace layerpool {

Figure Figure::ofBytes(const QString &name, const QString &label, qint64 bytes)
{
    return {name, label, formatBytes(bytes), exactBytes(bytes)};
}

Figure Figure::ofCount(const QString &name, const QString &label, qint64 count)
{
    return {name, label, QLocale().toString(count), {}};
}

QWidget *makeFiguresGrid(const std::vector<Figure> &figures, QWidget *parent)
{
    auto *widget = new QWidget(parent);
    auto *grid = new QGridLayout(widget);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(2 * outerSpacing(parent));
    grid->setVerticalSpacing(innerSpacing(parent));
    grid->setColumnStretch(2, 1);
    int row = 0;
    for (const Figure &figure : figures) {
        auto *number = new QLabel(figure.text, widget);
        number->setObjectName(figure.name + QLatin1String("Figure"));
        number->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        number->setToolTip(figure.exact);
        grid->addWidget(new QLabel(figure.label, widget), row, 0);
        grid->addWidget(number, row, 1);
        ++row;
    }
    return widget;
}

} // namespace layerpool
