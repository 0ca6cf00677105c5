// SPDX-License-Identifier: Apache-2.0
#include "dialogs/settings/FieldNote.h"

namespace layerpool {

FieldNote::FieldNote(const QString &objectName, QWidget *field, QWidget *parent)
    : QLabel(parent), m_field(field)
{
    setObjectName(objectName);
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    setAlignment(Qt::AlignTop | Qt::AlignLeading);
    setTextInteractionFlags(Qt::TextSelectableByMouse);
    hide();
}

void FieldNote::say(const QString &text)
{
    setText(text);
    setVisible(!text.isEmpty());
    m_field->setAccessibleDescription(text);
}

} // namespace layerpool
