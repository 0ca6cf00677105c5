// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

namespace layerpool {

/// Shows all tooltips as they are written. Qt takes one that looks like markup for HTML, with pictures from
/// the disk; what images, registries and lists say is no markup. For an application, which owns it.
class PlainToolTips final : public QObject
{
    Q_OBJECT

public:
    explicit PlainToolTips(QObject *application);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace layerpool
