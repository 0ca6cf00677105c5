// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pool/PoolIndex.h"
#include "work/PoolItem.h"

#include <QWidget>

#include <memory>

namespace layerpool {

/// One way of looking at a pool.
class PoolView : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

    /// Shows what of the pool answers the text; `shown` tells when it does. A null pool shows nothing, at
    /// once.
    virtual void look(std::shared_ptr<const PoolIndex> pool, const QString &text) = 0;
    /// Whether it has something to show of names alone.
    virtual bool showsNames() const { return false; }
    /// Whether what is shown is nothing.
    virtual bool isEmpty() const = 0;
    /// Paths of the rows that the user has opened, and back: a later session opens them again.
    virtual QStringList opened() const = 0;
    virtual void open(const QStringList &paths) = 0;

Q_SIGNALS:
    void shown();
    void currentChanged(const layerpool::PoolItem &item);
    /// The image, `repository:tag`, shall be seen in the tree.
    void imageWanted(const QString &reference);
};

} // namespace layerpool
