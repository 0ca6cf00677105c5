// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLabel>

namespace layerpool {

/// What is wrong with a field, below it; takes no room where nothing is. A screen reader says it with the
/// field.
class FieldNote final : public QLabel
{
    Q_OBJECT

public:
    FieldNote(const QString &objectName, QWidget *field, QWidget *parent = nullptr);

    /// Empty: nothing is wrong.
    void say(const QString &problem);

private:
    QWidget *m_field;
};

} // namespace layerpool
