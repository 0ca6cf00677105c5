// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLabel>

namespace layerpool {

/// What is wrong with a field, or what its choice means, below it; takes no room where nothing is to be said.
/// A screen reader says it with the field.
class FieldNote final : public QLabel
{
    Q_OBJECT

public:
    FieldNote(const QString &objectName, QWidget *field, QWidget *parent = nullptr);

    /// Empty: there is nothing to say.
    void say(const QString &text);

private:
    QWidget *m_field;
};

} // namespace layerpool
