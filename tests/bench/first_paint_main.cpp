// SPDX-License-Identifier: Apache-2.0
#include "Shell.h"
#include "Theme.h"
#include "registry/Keyring.h"
#include "settings/Settings.h"

#include <QApplication>
#include <QMainWindow>
#include <QTimer>

#include <iostream>

// Shows a window and ends when it has been painted: `bare` Qt's own, `layerpool SETTINGS` ours. For
// window_start.sh.

using namespace layerpool;

namespace {

class FirstPaint final : public QObject
{
    Q_OBJECT

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint) {
            QTimer::singleShot(0, qApp, &QApplication::quit); // after that paint
        }
        return false;
    }
};

int untilPainted(QWidget &window)
{
    FirstPaint painted;
    window.installEventFilter(&painted);
    window.show();
    return QApplication::exec();
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    const QStringList words = QApplication::arguments();
    if (words.value(1) == QLatin1String("bare")) {
        QMainWindow window;
        window.resize(1000, 700);
        return untilPainted(window);
    }
    if (words.value(1) != QLatin1String("layerpool") || words.size() != 3) {
        std::cerr << "usage: layerpool-first-paint bare | layerpool SETTINGS\n";
        return 2;
    }
    Settings settings(words.at(2));
    applyTheme(themeOf(settings));
    PlatformDialogs dialogs;
    Workspace workspace(std::make_shared<Keyring>());
    Shell shell(workspace, dialogs, settings);
    shell.window().open({}, {});
    return untilPainted(shell.window());
}

#include "first_paint_main.moc"
