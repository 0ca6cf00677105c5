// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "views/SpokenLabel.h"

namespace layerpool {

/// A picture and a sentence, which a screen reader says when it comes.
class NoticeLine final : public QWidget
{
    Q_OBJECT

public:
    /// The sentence has the name.
    explicit NoticeLine(const QString &objectName, QWidget *parent);

    void say(const QString &iconName, const QString &text);
    SpokenLabel &sentence() { return *m_text; }
    const SpokenLabel &sentence() const { return *m_text; }

protected:
    void changeEvent(QEvent *event) override;

private:
    void drawIcon();

    QString m_iconName;
    QLabel *m_icon;
    SpokenLabel *m_text;
};

} // namespace layerpool
