// SPDX-License-Identifier: Apache-2.0
#include "Accessibility.h"
#include "Icons.h"
#include "PlainToolTips.h"
#include "Shell.h"
#include "Theme.h"
#include "Translations.h"
#include "base/Memory.h"
#include "base/Secrecy.h"
#include "registry/Keyring.h"
#include "settings/Settings.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFileInfo>

using namespace layerpool;

int main(int argc, char *argv[])
{
    keepOutOfDumps();
    giveLargeMemoryBack();
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("layerpool"));
    QApplication::setApplicationDisplayName(QStringLiteral("Layerpool"));
    QApplication::setApplicationVersion(QStringLiteral(LAYERPOOL_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("layerpool"));
    speak(application);

    QCommandLineParser parser;
    parser.setApplicationDescription(
        QApplication::translate("main", "Carries container images across an air gap."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption pool(
        QStringLiteral("pool"), QApplication::translate("main", "The pool to open."), QStringLiteral("DIR"));
    parser.addOption(pool);
    const QCommandLineOption settingsFile(
        QStringLiteral("settings"),
        QApplication::translate("main", "Keep the settings in this file, not with the user's own."),
        QStringLiteral("FILE"));
    parser.addOption(settingsFile);
    parser.addPositionalArgument(QStringLiteral("FILE"),
                                 QApplication::translate("main", "A list or a pool, opened as if dropped."),
                                 QStringLiteral("[FILE...]"));
    parser.process(application);

    Settings settings = parser.isSet(settingsFile) ? Settings(parser.value(settingsFile)) : Settings();
    speak(application, settings.value(settings::language));
    applyTheme(themeOf(settings));
    makeScrollAreasSafeToAsk();
    new PlainToolTips(&application);
    QApplication::setWindowIcon(programIcon());
    PlatformDialogs dialogs;
    Workspace workspace(std::make_shared<Keyring>());
    Shell shell(workspace, dialogs, settings);
    QStringList files; // whole paths: they are remembered for another day, and another folder
    for (const QString &file : parser.positionalArguments()) {
        files << QFileInfo(file).absoluteFilePath();
    }
    shell.window().open(parser.value(pool), files);
    shell.window().show();
    return QApplication::exec();
}
