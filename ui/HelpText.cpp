// SPDX-License-Identifier: Apache-2.0
#include "HelpText.h"

#include "Words.h"
#include "base/Text.h"

#include <QAction>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QShortcut>

#include <array>
#include <utility>

namespace layerpool {
namespace {

constexpr std::array kSteps{
    std::pair{
        QT_TRANSLATE_NOOP("layerpool::Text", "Open a list"),
        QT_TRANSLATE_NOOP("layerpool::Text",
                          "A text file with one image on each line, such as a release's images-list.txt. "
                          "Drop it on the window, or press Open list. Lines that can't be understood are "
                          "shown with the reason.")},
    std::pair{
        QT_TRANSLATE_NOOP("layerpool::Text", "Open or make a pool"),
        QT_TRANSLATE_NOOP("layerpool::Text",
                          "The folder that keeps the images, each layer once, as a registry does on its "
                          "disk. The list then says what is there already and what is missing.")},
    std::pair{
        QT_TRANSLATE_NOOP("layerpool::Text", "Convert"),
        QT_TRANSLATE_NOOP("layerpool::Text",
                          "Fetches what is missing. The plan tells first how many bytes that is, and what "
                          "will fail. Whatever interrupts it, Convert again goes on from where it was.")},
    std::pair{
        QT_TRANSLATE_NOOP("layerpool::Text", "Try it"),
        QT_TRANSLATE_NOOP("layerpool::Text",
                          "Serve runs a registry over the pool on this machine, read-only, and shows the "
                          "commands that pull from it. Verify reads every byte again.")},
    std::pair{
        QT_TRANSLATE_NOOP("layerpool::Text", "Take some of it along"),
        QT_TRANSLATE_NOOP("layerpool::Text",
                          "Tick images in the pool, or open a shorter list. Select makes a small pool of "
                          "them, by hard links; Tar packs them into one file; Export lays them out for "
                          "skopeo and other tools. Without ticks and list all three take the whole pool.")},
    std::pair{
        QT_TRANSLATE_NOOP("layerpool::Text", "On the far side"),
        QT_TRANSLATE_NOOP("layerpool::Text",
                          "Open bundle shows what is in it. Push sends the images from where it lies "
                          "to the registry, and what that has is not sent again; Import takes them "
                          "into a pool. Verify then asks the registry for every image. Write inventory tells "
                          "what is there, so that the next Tar can leave that out.")},
};

QString row(const QString &keys, const QString &what)
{
    return QStringLiteral("<tr><td width=\"30%\"><b>%1</b></td><td>%2</td></tr>")
        .arg(keys.toHtmlEscaped(), what.toHtmlEscaped());
}

QString table(const QString &title, const QString &rows)
{
    return rows.isEmpty() ? QString()
                          : QStringLiteral("<h3>%1</h3><table width=\"100%\" cellpadding=\"2\">%2</table>")
                                .arg(title.toHtmlEscaped(), rows);
}

QString rowOf(const QAction &action)
{
    const QString keys = QKeySequence::listToString(action.shortcuts(), QKeySequence::NativeText)
                             .replace(QLatin1String("; "), QLatin1String(", "));
    return keys.isEmpty() ? QString() : row(keys, withoutMnemonic(action.text()).remove(u'…'));
}

QString rowsOf(const QMenu &menu, QSet<const QAction *> &seen)
{
    QString rows;
    for (const QAction *action : menu.actions()) {
        if (!seen.contains(action)) { // an action may be in two menus
            rows += rowOf(*action);
            seen.insert(action);
        }
    }
    return rows;
}

// Those of lists and trees are alike: each is said once.
QString rowsOfViews(const QMainWindow &window, const QSet<const QAction *> &seen)
{
    QStringList rows;
    for (const QAction *action : window.findChildren<QAction *>()) {
        if (!seen.contains(action) && action->shortcutContext() == Qt::WidgetShortcut) {
            rows << rowOf(*action);
        }
    }
    for (const QShortcut *shortcut : window.findChildren<QShortcut *>()) {
        if (!shortcut->whatsThis().isEmpty()) {
            rows << row(shortcut->key().toString(QKeySequence::NativeText), shortcut->whatsThis());
        }
    }
    rows << row(Text::tr("Right, Left", "keys"), Text::tr("Open or close the row"));
    rows << row(Text::tr("Tab, Shift+Tab", "keys"), Text::tr("To the next or previous part of the window"));
    rows << row(Text::tr("Menu, Shift+F10", "keys"),
                Text::tr("What can be done with the row, and which columns are shown"));
    rows.removeDuplicates();
    return rows.join(QString());
}

} // namespace

QString gettingStartedText()
{
    QString steps;
    for (const auto &[title, text] : kSteps) {
        steps += QStringLiteral("<li style=\"margin-bottom:0.6em\"><b>%1.</b> %2</li>")
                     .arg(Text::tr(title).toHtmlEscaped(), Text::tr(text).toHtmlEscaped());
    }
    return QStringLiteral("<h2>%1</h2><p>%2</p><ol>%3</ol><p>%4</p>")
        .arg(Text::tr("From a list to the far side").toHtmlEscaped(),
             Text::tr(
                 "Layerpool carries container images across an air gap: it downloads the images of a list, "
                 "each layer once, and brings them to the registry on the far side.")
                 .toHtmlEscaped(),
             steps,
             Text::tr("Every verb shows its plan before it starts, runs in the panel of tasks, and can be "
                      "cancelled. "
                      "layerpool-cli does the same on the command line.")
                 .toHtmlEscaped());
}

QString shortcutsText(const QMainWindow &window)
{
    QSet<const QAction *> seen;
    QString text = QStringLiteral("<h2>%1</h2>").arg(Text::tr("Keyboard shortcuts").toHtmlEscaped());
    for (const QAction *top : window.menuBar()->actions()) {
        if (top->menu() != nullptr) {
            text += table(withoutMnemonic(top->text()), rowsOf(*top->menu(), seen));
        }
    }
    return text + table(Text::tr("In lists and the pool"), rowsOfViews(window, seen));
}

} // namespace layerpool
