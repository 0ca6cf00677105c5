// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <vector>

class QWidget;

namespace layerpool {

/// A number with its name, as it is shown.
struct Figure
{
    QString name; ///< the number's objectName without "Figure"
    QString label;
    QString text;
    QString exact; ///< for the tooltip; may be empty

    static Figure ofBytes(const QString &name, const QString &label, qint64 bytes);
    static Figure ofCount(const QString &name, const QString &label, qint64 count);
};

/// The figures below each other, the numbers right-aligned.
QWidget *makeFiguresGrid(const std::vector<Figure> &figures, QWidget *parent);

} // namespace layerpool
