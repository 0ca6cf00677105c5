// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLabel>

namespace layerpool {

/// A sentence that a screen reader says when it comes, wherever the focus is. It is never taken for markup.
class SpokenLabel final : public QLabel
{
    Q_OBJECT

public:
    explicit SpokenLabel(const QString &objectName, QWidget *parent);

    void say(const QString &text);
};

} // namespace layerpool
