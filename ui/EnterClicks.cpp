// SPDX-License-Identifier: Apache-2.0
#include "EnterClicks.h"

#include <QAbstractButton>
#include <QApplication>
#include <QKeyEvent>
#include <QMainWindow>

namespace layerpool {
namespace {

class EnterClicks final : public QObject
{
public:
    explicit EnterClicks(QMainWindow &window) : QObject(&window), m_window(window)
    {
        QApplication::instance()->installEventFilter(this);
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        auto *button = event->type() == QEvent::KeyPress ? qobject_cast<QAbstractButton *>(watched) : nullptr;
        if (!button || button->window() != &m_window) {
            return false;
        }
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool isEnter = (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) &&
                             (key->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
        if (isEnter && !key->isAutoRepeat()) {
            button->click();
        }
        return isEnter;
    }

private:
    QMainWindow &m_window;
};

} // namespace

void letEnterClick(QMainWindow &window)
{
    new EnterClicks(window);
}

} // namespace layerpool
