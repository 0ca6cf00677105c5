// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLabel>

namespace layerpool {

/// A label for sentences that come from elsewhere: never taken for markup, wrapped, to be selected and
/// copied.
inline QLabel *makePlainLabel(const QString &objectName, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setObjectName(objectName);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

inline void setTextOrHide(QLabel *label, const QString &text)
{
    label->setText(text);
    label->setVisible(!text.isEmpty());
}

} // namespace layerpool
