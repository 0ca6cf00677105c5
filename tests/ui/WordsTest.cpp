// SPDX-License-Identifier: Apache-2.0
#include "Words.h"

#include <gtest/gtest.h>

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QSet>

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

// The options that the hints of core name, each alone in its literal.
QSet<QString> optionsOfCore()
{
    static const QRegularExpression option(u"\"(--[a-z][a-z-]*)"_s);
    const QDir core(QStringLiteral(LAYERPOOL_SOURCE_DIR "/core"));
    QSet<QString> options;
    QStringList folders = core.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    folders.removeOne(u"serve"_s); // its options are other programs'
    for (const QString &folder : folders) {
        const QDir room(core.filePath(folder));
        for (const QString &name : room.entryList({u"*.cpp"_s}, QDir::Files)) {
            QFile file(room.filePath(name));
            EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << file.fileName().toStdString();
            for (const auto &match : option.globalMatch(QString::fromUtf8(file.readAll()))) {
                options.insert(match.captured(1));
            }
        }
    }
    return options;
}

TEST(Words, TheWindowHasAPlaceForEachOptionThatAHintNames)
{
    const QSet<QString> options = optionsOfCore();
    EXPECT_TRUE(options.contains(u"--insecure"_s));
    for (const QString &option : options) {
        EXPECT_NE(placeOfOption(option), QString()) << option.toStdString();
    }
}

TEST(Words, AHintSaysItsPlaceOnceAndNoOption)
{
    Error error{ErrorKind::Untrusted, u"x cannot be trusted"_s, {}, u"Trust its authority, or allow it"_s};
    error.options = {u"--ca FILE"_s, u"--cert FILE"_s, u"--insecure x:5000"_s};
    EXPECT_EQ(sentenceOf(error), u"x cannot be trusted. Trust its authority, or allow it "
                                 "(Settings ▸ Connection, Settings ▸ Registries)."_s);
    error.options = {u"--unknown"_s};
    EXPECT_EQ(sentenceOf(error), u"x cannot be trusted. Trust its authority, or allow it."_s);
}

TEST(Words, AnActionIsNamedWithoutItsMnemonic)
{
    EXPECT_EQ(withoutMnemonic(u"Open &list…"_s), u"Open list…"_s);
    EXPECT_EQ(withoutMnemonic(u"打开列表(&L)…"_s), u"打开列表…"_s);
}

} // namespace
} // namespace layerpool::test
