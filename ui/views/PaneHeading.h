// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLabel>

namespace layerpool {

/// The name on top of a pane: what it shows, cut in the middle where there is no room.
class PaneHeading final : public QLabel
{
    Q_OBJECT

public:
    explicit PaneHeading(QWidget *parent = nullptr);

    /// The kind of thing, and which; the whole of it is in the tooltip.
    void setHeading(const QString &kind, const QString &name, const QString &whole);

protected:
    void resizeEvent(QResizeEvent *event) override;
    QSize minimumSizeHint() const override;

private:
    void elide();

    QString m_heading;
};

} // namespace layerpool
