// SPDX-License-Identifier: Apache-2.0
#include "Commands.h"
#include "NearestWord.h"
#include "Translations.h"

#include "base/Memory.h"
#include "base/Secrecy.h"
#include "base/Text.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>

namespace {

using namespace layerpool;

constexpr Command kCommands[] = {
    {"convert", QT_TRANSLATE_NOOP("layerpool::Text", "Fetch the images of a list into a pool"), runConvert},
    {"select", QT_TRANSLATE_NOOP("layerpool::Text", "Make a small pool of some images, by hard links"),
     runSelect},
    {"tar", QT_TRANSLATE_NOOP("layerpool::Text", "Pack images of a pool into one file"), runTar},
    {"import", QT_TRANSLATE_NOOP("layerpool::Text", "Take images into a pool: of such a file, or of others'"),
     runImport},
    {"export",
     QT_TRANSLATE_NOOP("layerpool::Text", "Lay images of a pool out for skopeo, or as an OCI layout"),
     runExport},
    {"push", QT_TRANSLATE_NOOP("layerpool::Text", "Send images of a pool to a registry"), runPush},
    {"verify", QT_TRANSLATE_NOOP("layerpool::Text", "Hash every blob of a pool and check every link"),
     runVerify},
    {"ls", QT_TRANSLATE_NOOP("layerpool::Text", "List repositories, tags, or the parts of one image"), runLs},
    {"stats", QT_TRANSLATE_NOOP("layerpool::Text", "Say what a pool stores and what sharing saves"),
     runStats},
    {"inventory",
     QT_TRANSLATE_NOOP("layerpool::Text", "Write what a pool or a bundle has, for a differential one"),
     runInventory},
    {"key", QT_TRANSLATE_NOOP("layerpool::Text", "Make keys that sign bundles, and say whose are trusted"),
     runKey},
    {"serve", QT_TRANSLATE_NOOP("layerpool::Text", "Serve a pool by the machine's own registry, read-only"),
     runServe},
    {"login",
     QT_TRANSLATE_NOOP("layerpool::Text", "Check a name and password with a registry, and keep them"),
     runLogin},
    {"logout", QT_TRANSLATE_NOOP("layerpool::Text", "Forget the name and password for a registry"),
     runLogout},
};

QString usage()
{
    QString text = Text::tr(
        "Usage: layerpool-cli COMMAND …\n\nCarries container images across an air gap.\n\nCommands:\n");
    for (const Command &command : kCommands) {
        text += QStringLiteral("  %1 %2\n")
                    .arg(QString::fromLatin1(command.name).leftJustified(10), Text::tr(command.summary));
    }
    return text + Text::tr("\nlayerpool-cli COMMAND --help tells more of one of them.");
}

QStringList commandNames()
{
    QStringList names;
    for (const Command &command : kCommands) {
        names << QString::fromLatin1(command.name);
    }
    return names;
}

int toInt(ExitStatus status)
{
    return static_cast<int>(status);
}

} // namespace

int main(int argc, char *argv[])
{
    keepOutOfDumps();
    giveLargeMemoryBack();
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("layerpool-cli"));
    QCoreApplication::setApplicationVersion(QStringLiteral(LAYERPOOL_VERSION));

    speak(application);

    QStringList words = QCoreApplication::arguments();
    const QString name = words.value(1);
    const auto *const command =
        std::find_if(std::begin(kCommands), std::end(kCommands),
                     [&](const Command &candidate) { return name == QLatin1String(candidate.name); });
    if (command != std::end(kCommands)) {
        words.removeAt(1);
        Console console(command->name);
        return toInt(command->run(words, console));
    }
    Console console({});
    if (name == QLatin1String("--version") || name == QLatin1String("-v")) {
        console.print(QStringLiteral("layerpool-cli " LAYERPOOL_VERSION));
        return toInt(ExitStatus::Done);
    }
    if (name == QLatin1String("--help") || name == QLatin1String("-h") || name == QLatin1String("help")) {
        console.print(usage());
        return toInt(ExitStatus::Done);
    }
    if (name.isEmpty()) {
        console.note(usage());
        return toInt(ExitStatus::BadInput);
    }
    return toInt(console.fail(
        {ErrorKind::BadInput,
         Text::tr("There is no command “%1”").arg(name),
         {},
         hintWithGuess(nearestWord(name, commandNames()), {}, Text::tr("See layerpool-cli --help"))}));
}
