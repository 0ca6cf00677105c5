// SPDX-License-Identifier: Apache-2.0
#include "views/SpokenLabel.h"

#include <QAccessibleWidget>

namespace layerpool {
namespace {

/// A notification: what else comes into sight, an alert too, Orca leaves unsaid.
class SpokenInterface final : public QAccessibleWidget
{
public:
    explicit SpokenInterface(SpokenLabel *label) : QAccessibleWidget(label, QAccessible::Notification) {}

    QString text(QAccessible::Text kind) const override
    {
        return kind == QAccessible::Name ? static_cast<SpokenLabel *>(widget())->text()
                                         : QAccessibleWidget::text(kind);
    }
};

QAccessibleInterface *spokenLabel(const QString &className, QObject *object)
{
    auto *label =
        className == QLatin1String("layerpool::SpokenLabel") ? qobject_cast<SpokenLabel *>(object) : nullptr;
    return label ? new SpokenInterface(label) : nullptr; // Qt owns it
}

} // namespace

SpokenLabel::SpokenLabel(const QString &objectName, QWidget *parent) : QLabel(parent)
{
    QAccessible::installFactory(spokenLabel); // Qt keeps it once
    setObjectName(objectName);
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
}

// Qt itself tells of what is shown from now on.
void SpokenLabel::say(const QString &text)
{
    if (text == this->text()) {
        return;
    }
    setText(text);
    if (isVisible()) {
        QAccessibleEvent came(this, QAccessible::ObjectShow);
        QAccessible::updateAccessibility(&came);
    }
}

} // namespace layerpool
