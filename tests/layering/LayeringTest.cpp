// SPDX-License-Identifier: Apache-2.0
#include "support/Run.h"

#include <QDir>
#include <QFile>
#include <QMap>
#include <QRegularExpression>
#include <QSet>

#include <functional>

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

const QDir kSource{QStringLiteral(LAYERPOOL_SOURCE_DIR)};

// What the files of each folder may include besides their own: the lower floors.
const QMap<QString, QSet<QString>> &floors()
{
    static const QSet<QString> all = {u"base"_s,   u"image"_s, u"net"_s,      u"registry"_s, u"pool"_s,
                                      u"bundle"_s, u"task"_s,  u"settings"_s, u"serve"_s,    u"sign"_s};
    static const QMap<QString, QSet<QString>> allowed = {
        {u"core/base"_s, {}},
        {u"core/image"_s, {u"base"_s}},
        {u"core/settings"_s, {u"base"_s}},
        {u"core/sign"_s, {u"base"_s}},
        {u"core/net"_s, {u"base"_s, u"image"_s}},
        {u"core/registry"_s, {u"base"_s, u"image"_s, u"net"_s}},
        {u"core/pool"_s, {u"base"_s, u"image"_s}},
        {u"core/bundle"_s, {u"base"_s, u"image"_s, u"sign"_s, u"pool"_s}},
        {u"core/serve"_s, {u"base"_s, u"image"_s, u"net"_s, u"pool"_s}},
        {u"core/task"_s, {u"base"_s, u"image"_s, u"net"_s, u"registry"_s, u"sign"_s, u"pool"_s, u"bundle"_s}},
        {u"ui"_s, all},
        {u"app"_s, all},
    };
    return allowed;
}

struct SourceFile
{
    QString path; ///< below the source's root
    QStringList lines;
};

SourceFile fileOf(const QString &path)
{
    QFile file(kSource.filePath(path));
    EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << path.toStdString();
    return {path, QString::fromUtf8(file.readAll()).split(u'\n')};
}

void collect(const QString &folder, std::vector<SourceFile> &files)
{
    const QDir directory(kSource.filePath(folder));
    for (const QString &name : directory.entryList({u"*.cpp"_s, u"*.h"_s}, QDir::Files, QDir::Name)) {
        files.push_back(fileOf(folder + u'/' + name));
    }
    for (const QString &name : directory.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
        collect(folder + u'/' + name, files);
    }
}

const std::vector<SourceFile> &sources()
{
    static const std::vector<SourceFile> all = [] {
        std::vector<SourceFile> files;
        for (const QString &folder : {u"core"_s, u"ui"_s, u"app"_s}) {
            collect(folder, files);
        }
        return files;
    }();
    return all;
}

// `core/base` for `core/base/x/Y.h`, `ui` for `ui/views/Y.h`.
QString roomOf(const QString &path)
{
    return path.startsWith(u"core/"_s) ? path.section(u'/', 0, 1) : path.section(u'/', 0, 0);
}

// Why this file may not have this line; empty where it may.
using Rule = std::function<QString(const SourceFile &, const QString &line)>;

QStringList violations(const std::vector<SourceFile> &files, const Rule &rule)
{
    QStringList found;
    for (const SourceFile &file : files) {
        for (qsizetype i = 0; i < file.lines.size(); ++i) {
            if (const QString why = rule(file, file.lines[i]); !why.isEmpty()) {
                found << u"%1:%2: %3"_s.arg(file.path).arg(i + 1).arg(why);
            }
        }
    }
    return found;
}

QString includeAgainstTheFloors(const SourceFile &file, const QString &line)
{
    static const QRegularExpression include(u"^\\s*#\\s*include\\s*\"([^\"]+)\""_s);
    const QString target = include.match(line).captured(1);
    const QString room = roomOf(file.path);
    const QString floor = target.section(u'/', 0, 0);
    const bool isOfCore = QDir(kSource.filePath(u"core/"_s + floor)).exists() && target.contains(u'/');
    if (target.contains(u".."_s)) {
        return u"“%1” leaves its folder"_s.arg(target);
    }
    if (room.startsWith(u"core/"_s) && (floor == u"ui"_s || floor == u"app"_s)) {
        return u"core knows nothing of %1"_s.arg(floor);
    }
    if (!isOfCore || room == u"core/"_s + floor) {
        return {};
    }
    if (!floors().contains(room)) {
        return u"%1 is no known floor"_s.arg(room);
    }
    return floors()[room].contains(floor) ? QString() : u"%1 stands below %2"_s.arg(room, floor);
}

QString guiHeaderInCore(const SourceFile &file, const QString &line)
{
    // The class names as a directory of the include path would give them, or with their module in front.
    static const QRegularExpression gui(
        u"#\\s*include\\s*<(QtGui|QtWidgets|QtSvg)[/"
        u">]|#\\s*include\\s*<Q(GuiApplication|Application|Widget|Dialog|"
        "Image|Pixmap|Icon|Color|Font|Painter|Clipboard|DesktopServices|StandardItemModel|MainWindow|Action)>"_s);
    const bool isWithoutGui = file.path.startsWith(u"core/"_s) || file.path.startsWith(u"app/cli/"_s);
    return isWithoutGui && gui.match(line).hasMatch() ? u"a header of Gui or Widgets"_s : QString();
}

// Words that have one home, or none.
struct Word
{
    QRegularExpression pattern;
    QString home; ///< the file or folder where it may stand; empty for nowhere
    QString why;
};

const std::vector<Word> &words()
{
    static const std::vector<Word> all = {
        {QRegularExpression(u"\\bQCryptographicHash\\b"_s), {}, u"Digester hashes"_s},
        {QRegularExpression(u"\\bQSaveFile\\b"_s), {}, u"DurableDirectory writes"_s},
        {QRegularExpression(u"\\bQDirIterator\\b"_s), {}, u"DurableDirectory::entries reads folders"_s},
        {QRegularExpression(u"\\bJlCompress\\b"_s), {}, u"it writes through symbolic links"_s},
        {QRegularExpression(u"\\bsetTransferTimeout\\b"_s), {}, u"HttpClient has its own idle timer"_s},
        {QRegularExpression(u"\\bQNetworkAccessManager\\b"_s), u"core/net/"_s,
         u"only core/net makes requests"_s},
        {QRegularExpression(u"\\b(sodium|crypto|randombytes)_"_s), u"core/sign/"_s,
         u"only core/sign signs"_s},
        {QRegularExpression(u"\\bEVP_(?!PKEY)"_s), u"core/base/Digester.cpp"_s, u"Digester hashes"_s},
    };
    return all;
}

QString bannedWord(const SourceFile &file, const QString &line)
{
    const QString code = line.section(u"//"_s, 0, 0); // a comment may tell why it is banned
    for (const Word &word : words()) {
        const bool isAtHome = !word.home.isEmpty() && file.path.startsWith(word.home);
        if (const auto match = word.pattern.match(code); match.hasMatch() && !isAtHome) {
            return u"%1: %2"_s.arg(match.captured(), word.why);
        }
    }
    return {};
}

// The window has no command line: what follows a hint there stands in Error::options, alone in its literal.
QString optionAmongWords(const SourceFile &file, const QString &line)
{
    static const QRegularExpression option(u"\"[^\"]+--[a-z]"_s);
    return file.path.startsWith(u"core/"_s) && option.match(line).hasMatch() ? u"an option among words"_s
                                                                             : QString();
}

QString report(const QStringList &found)
{
    return found.join(u'\n');
}

TEST(Layering, IncludesRunDownTheFloorsOnly)
{
    ASSERT_GT(sources().size(), 20U);
    const QStringList found = violations(sources(), includeAgainstTheFloors);
    EXPECT_TRUE(found.isEmpty()) << report(found).toStdString();
}

TEST(Layering, CoreAndTheCommandLineIncludeNoGui)
{
    const QStringList found = violations(sources(), guiHeaderInCore);
    EXPECT_TRUE(found.isEmpty()) << report(found).toStdString();
}

TEST(Layering, EachThingIsDoneAtItsOneDoor)
{
    const QStringList found = violations(sources(), bannedWord);
    EXPECT_TRUE(found.isEmpty()) << report(found).toStdString();
}

TEST(Layering, CoreTellsNobodyToTypeAnOption)
{
    const QStringList found = violations(sources(), optionAmongWords);
    EXPECT_TRUE(found.isEmpty()) << report(found).toStdString();
}

// A folder that nobody gave a floor would be free to include anything.
TEST(Layering, EveryFolderOfCoreHasAFloor)
{
    for (const QString &name :
         QDir(kSource.filePath(u"core"_s)).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        EXPECT_TRUE(floors().contains(u"core/"_s + name)) << name.toStdString();
    }
}

TEST(LayeringScanner, SeesPlantedViolationsWithTheirLines)
{
    const auto planted = [](const QString &path, const QStringList &lines, const Rule &rule) {
        return violations({{path, lines}}, rule);
    };
    const QStringList net = {u"#pragma once"_s, u"#include \"base/Digest.h\""_s,
                             u"#include \"pool/Pool.h\""_s};
    EXPECT_EQ(planted(u"core/net/X.h"_s, net, includeAgainstTheFloors),
              QStringList{u"core/net/X.h:3: core/net stands below pool"_s});
    EXPECT_EQ(planted(u"core/task/X.h"_s, net, includeAgainstTheFloors), QStringList());
    EXPECT_EQ(planted(u"core/pool/X.cpp"_s, {u"  # include \"net/HttpClient.h\""_s}, includeAgainstTheFloors)
                  .size(),
              1);
    EXPECT_EQ(
        planted(u"core/base/X.cpp"_s, {u"#include \"ui/MainWindow.h\""_s}, includeAgainstTheFloors).size(),
        1);
    EXPECT_EQ(
        planted(u"core/base/X.cpp"_s, {u"#include \"../image/Digest.h\""_s}, includeAgainstTheFloors).size(),
        1);
    EXPECT_EQ(
        planted(u"core/attic/X.cpp"_s, {u"#include \"base/Digest.h\""_s}, includeAgainstTheFloors).size(), 1);
    EXPECT_EQ(planted(u"core/pool/X.cpp"_s, {u"#include <QWidget>"_s}, guiHeaderInCore).size(), 1);
    EXPECT_EQ(planted(u"app/cli/X.cpp"_s, {u"#include <QtGui/QImage>"_s}, guiHeaderInCore).size(), 1);
    EXPECT_EQ(planted(u"ui/X.cpp"_s, {u"#include <QWidget>"_s}, guiHeaderInCore).size(), 0);
    EXPECT_EQ(planted(u"core/pool/X.cpp"_s, {u"QSaveFile file;"_s, u"// no QSaveFile"_s}, bannedWord),
              QStringList{u"core/pool/X.cpp:1: QSaveFile: DurableDirectory writes"_s});
    EXPECT_EQ(planted(u"core/registry/X.cpp"_s, {u"QNetworkAccessManager m;"_s}, bannedWord).size(), 1);
    EXPECT_EQ(planted(u"core/net/X.cpp"_s, {u"QNetworkAccessManager m;"_s}, bannedWord).size(), 0);
    EXPECT_EQ(planted(u"core/base/Other.cpp"_s, {u"EVP_sha256();"_s}, bannedWord).size(), 1);
    const QStringList hints = {u"tr(\"Allow it (--force)\")"_s, u"{\"--force\", \"--as NAME\"}"_s};
    EXPECT_EQ(planted(u"core/task/X.cpp"_s, hints, optionAmongWords).size(), 1);
    EXPECT_EQ(planted(u"app/cli/X.cpp"_s, hints, optionAmongWords).size(), 0);
}

// `ldd` follows what the libraries themselves need, `readelf -d` only what the program names.
TEST(Layering, TheCommandLineLinksNoGui)
{
    for (const auto &[program, arguments] :
         {std::pair{u"ldd"_s, QStringList{QStringLiteral(LAYERPOOL_CLI)}},
          std::pair{u"readelf"_s, QStringList{u"-d"_s, QStringLiteral(LAYERPOOL_CLI)}}}) {
        const Outcome outcome = run(program, arguments);
        ASSERT_EQ(outcome.exitStatus, 0) << outcome;
        EXPECT_TRUE(outcome.out.contains("libQt6Core")) << outcome;
        EXPECT_FALSE(outcome.out.contains("libQt6Gui")) << outcome;
        EXPECT_FALSE(outcome.out.contains("libQt6Widgets")) << outcome;
    }
}

} // namespace
} // namespace layerpool::test
