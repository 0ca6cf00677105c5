// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

namespace layerpool {

/// Lies over the window while files are dragged across it and says what a drop would do.
class DropOverlay final : public QWidget
{
    Q_OBJECT

public:
    explicit DropOverlay(QWidget *window);

    void say(const QString &sentence, bool isWelcome);
    const QString &sentence() const { return m_sentence; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_sentence;
    bool m_isWelcome = false;
};

} // namespace layerpool
