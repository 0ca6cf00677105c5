// SPDX-License-Identifier: Apache-2.0
#include "SmallRegistryTest.h"

#include <QDir>

// Words, lists and paths that are wrong: a sentence, the right exit status, and nothing lost.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

class BadInputTest : public SmallRegistryTest
{
protected:
    Outcome convertFrom(const QString &list, const RunOptions &options = {}) const
    {
        return m_place.run({u"convert"_s, pool(), u"--list"_s, list, u"--source"_s, m_source.host()},
                           options);
    }

    // Refused before anything is moved or made.
    void expectRefused(const Outcome &outcome, const QByteArray &because) const
    {
        EXPECT_EQ(outcome.exitStatus, 2) << outcome;
        EXPECT_TRUE(outcome.err.contains(because)) << outcome;
        EXPECT_FALSE(isThere(pool())) << outcome;
    }

    void expectSaid(const QStringList &arguments, int exitStatus, const QByteArray &because) const
    {
        const Outcome outcome = m_place.run(arguments);
        EXPECT_EQ(outcome.exitStatus, exitStatus) << outcome;
        EXPECT_TRUE(outcome.err.contains(because)) << outcome;
    }
};

TEST_F(BadInputTest, AListThatIsMissing)
{
    const Outcome outcome = convertFrom(path(u"nowhere.txt"_s));
    expectRefused(outcome, "there is no such file");
    EXPECT_TRUE(outcome.err.contains("nowhere.txt")) << outcome;
}

TEST_F(BadInputTest, AVerifyOfARegistryThatDoesNotSayAgainstWhat)
{
    expectSaid({u"verify"_s, m_source.host()}, 3, "say what to hold it against: --against POOL");
    expectSaid({u"verify"_s, path(u"nowhere"_s)}, 3, "Check the path");
    expectSaid({u"verify"_s, m_source.host(), u"--tags"_s, u"keep"_s}, 2, "of no use without --against");
}

TEST_F(BadInputTest, AListThatIsEmpty)
{
    expectRefused(convert(""), "holds no image");
}

TEST_F(BadInputTest, AListOfNothingButComments)
{
    expectRefused(convert("## heads\n\n   # and comments\n"), "holds no image");
}

TEST_F(BadInputTest, AListThatIsBinary)
{
    expectRefused(convert(QByteArray("\x7f"
                                     "ELF\x02\x01\0\0\xff\xfe",
                                     10)),
                  "it is not text");
}

TEST_F(BadInputTest, EveryBadLineIsReportedWithItsPlaceAndReason)
{
    const Outcome outcome =
        convert("apps/one:v1\napps/Two:v1\nhttps://apps/one:v1\napps/one v1\napps/one:\nx@sha256:12\n");
    expectRefused(outcome, "cannot be understood. Correct them");
    const QByteArray file = path(u"images.txt"_s).toUtf8();
    for (const char *said :
         {":2: “apps/Two:v1”: capital letters are not allowed in a name",
          ":3: “https://apps/one:v1”: a reference is", ":4: “apps/one v1”: there is a blank inside",
          ":5: “apps/one:”: the tag after", ":6: “x@sha256:12”: after “@” stands no digest"}) {
        EXPECT_TRUE(outcome.err.contains(file + said)) << said << '\n' << outcome;
    }
    EXPECT_FALSE(outcome.err.contains(file + ":1:")) << outcome;
}

TEST_F(BadInputTest, BadLinesCanBeSkipped)
{
    const Outcome outcome = convert("apps/one:v1\napps/Two:v1\nplain:1\n", {u"--skip-bad-lines"_s});
    EXPECT_EQ(outcome.exitStatus, 1) << outcome;
    EXPECT_TRUE(outcome.err.contains("images.txt:2: “apps/Two:v1”")) << outcome;
    EXPECT_EQ(inPool(u"apps/one"_s, u"v1"_s), m_one.root.toByteArray());
    EXPECT_TRUE(outcome.out.contains("1 bad line")) << outcome;
    EXPECT_EQ(inPool(u"plain"_s, u"1"_s), m_plain.root.toByteArray());
    const Outcome asJson = convert("plain:1\napps/Two:v1\nA:1\n", {u"--skip-bad-lines"_s, u"--json"_s});
    EXPECT_EQ(asJson.exitStatus, 1) << asJson;
    EXPECT_EQ(asJson.result().value(u"skippedLines"_s).toInt(), 2) << asJson;
}

TEST_F(BadInputTest, LinesOfOtherSystemsAreUnderstood)
{
    fillPool("\xef\xbb\xbf"
             "apps/one:v1 # the first\r\n\r\n  plain:1\t\r\n#apps/none:v1");
    EXPECT_EQ(inPool(u"apps/one"_s, u"v1"_s), m_one.root.toByteArray());
    EXPECT_EQ(inPool(u"plain"_s, u"1"_s), m_plain.root.toByteArray());
}

TEST_F(BadInputTest, TheListMayComeByStandardInput)
{
    const Outcome outcome = convertFrom(u"-"_s, {.input = "plain:1"});
    EXPECT_EQ(outcome.exitStatus, 0) << outcome;
    EXPECT_EQ(inPool(u"plain"_s, u"1"_s), m_plain.root.toByteArray());
    EXPECT_EQ(convertFrom(u"-"_s, {.input = ""}).exitStatus, 2);
}

TEST_F(BadInputTest, AFolderStandsForTheListsInIt)
{
    QDir(path({})).mkdir(u"lists"_s);
    m_place.write(u"lists/a.list"_s, "apps/one:v1");
    m_place.write(u"lists/b.txt"_s, "plain:1");
    m_place.write(u"lists/c.md"_s, "apps/none:v1");
    const Outcome outcome = convertFrom(path(u"lists"_s));
    EXPECT_EQ(outcome.exitStatus, 0) << outcome;
    EXPECT_EQ(inPool(u"apps/one"_s, u"v1"_s), m_one.root.toByteArray());
    EXPECT_EQ(inPool(u"plain"_s, u"1"_s), m_plain.root.toByteArray());
}

TEST_F(BadInputTest, AFolderWithoutLists)
{
    QDir(path({})).mkdir(u"lists"_s);
    expectRefused(convertFrom(path(u"lists"_s)), "holds no *.list and no *.txt");
}

TEST_F(BadInputTest, APoolPathThatIsAFile)
{
    const QString file = m_place.write(u"pool"_s, "mine");
    const Outcome outcome = convert(allLines);
    EXPECT_EQ(outcome.exitStatus, 3) << outcome;
    EXPECT_TRUE(outcome.err.contains("it is a file, and a pool is a folder")) << outcome;
    EXPECT_EQ(bytesOf(file), "mine");
    expectSaid({u"ls"_s, file}, 2, "it is no tar that can be read"); // it could have been a bundle
}

TEST_F(BadInputTest, APoolInAPlaceThatCannotBeWritten)
{
    const QString list = m_place.write(u"images.txt"_s, allLines);
    const QString belowFile = m_place.write(u"file"_s, "mine") + u"/pool"_s;
    expectSaid({u"convert"_s, belowFile, u"--list"_s, list, u"--source"_s, m_source.host()}, 3, "/file");
    expectSaid({u"convert"_s, u"/proc/layerpool/pool"_s, u"--list"_s, list, u"--source"_s, m_source.host()},
               3, ".");
    EXPECT_EQ(bytesOf(path(u"file"_s)), "mine");
}

TEST_F(BadInputTest, AFolderOfAnotherKindIsRefusedAndStaysAsItIs)
{
    QDir(path({})).mkdir(u"pool"_s);
    m_place.write(u"pool/letter.txt"_s, "mine");
    const Outcome outcome = convert(allLines);
    EXPECT_EQ(outcome.exitStatus, 3) << outcome;
    EXPECT_TRUE(outcome.err.contains("holds something else")) << outcome;
    EXPECT_TRUE(isSame(treeOf(pool()), {{u"letter.txt"_s, "mine"}}));
}

TEST_F(BadInputTest, SelectIntoAFolderOfAnotherKindIsRefused)
{
    fillPool();
    QDir(path({})).mkdir(u"other"_s);
    m_place.write(u"other/letter.txt"_s, "mine");
    expectSaid({u"select"_s, pool(), path(u"other"_s), u"--list"_s, path(u"images.txt"_s)}, 3,
               "holds something else");
    EXPECT_TRUE(isSame(treeOf(path(u"other"_s)), {{u"letter.txt"_s, "mine"}}));
}

TEST_F(BadInputTest, AnExistingTarIsOverwrittenOnlyByForce)
{
    fillPool();
    const QString tar = m_place.write(u"out.tar"_s, "mine");
    expectSaid({u"tar"_s, pool(), tar}, 3, "--force");
    EXPECT_EQ(bytesOf(tar), "mine");
    const Outcome forced = m_place.run({u"tar"_s, pool(), tar, u"--force"_s});
    EXPECT_EQ(forced.exitStatus, 0) << forced;
    EXPECT_EQ(run(u"tar"_s, {u"-tf"_s, tar}).exitStatus, 0);
}

TEST_F(BadInputTest, ATarOfAnUnknownKind)
{
    fillPool();
    expectSaid({u"tar"_s, pool(), path(u"out.rar"_s)}, 2, "out.rar");
    EXPECT_FALSE(isThere(path(u"out.rar"_s)));
}

TEST_F(BadInputTest, ATarInAPlaceThatCannotBeWritten)
{
    fillPool();
    const QString file = m_place.write(u"file"_s, "mine");
    expectSaid({u"tar"_s, pool(), file + u"/out.tar"_s}, 3, "/file");
    expectSaid({u"tar"_s, pool(), u"/proc/out.tar"_s}, 3, ".");
    EXPECT_EQ(bytesOf(file), "mine");
}

TEST_F(BadInputTest, ALineThatThePoolDoesNotHave)
{
    fillPool("plain:1");
    const QString list = m_place.write(u"wish.txt"_s, "plain:1\napps/one:v1\n");
    const QString failed = path(u"failed.txt"_s);
    expectSaid({u"select"_s, pool(), path(u"small"_s), u"--list"_s, list, u"--failed"_s, failed}, 1,
               "apps/one:v1 is not in the pool");
    EXPECT_EQ(bytesOf(failed), "apps/one:v1\n");
    EXPECT_EQ(tagLink(path(u"small"_s), u"plain"_s, u"1"_s), m_plain.root.toByteArray());
}

TEST_F(BadInputTest, APoolThatIsNotThere)
{
    for (const QString &command : {u"ls"_s, u"stats"_s, u"verify"_s}) {
        expectSaid({command, pool()}, 3, "there is no such folder");
    }
    expectSaid({u"tar"_s, pool(), path(u"out.tar"_s)}, 3, "there is no such folder");
    EXPECT_FALSE(isThere(path(u"out.tar"_s)));
}

TEST_F(BadInputTest, WrongWordsAreNamedAndHelpIsOffered)
{
    const QString list = m_place.write(u"images.txt"_s, allLines);
    const QStringList convert{u"convert"_s, pool(), u"--list"_s, list};
    expectSaid({u"conver"_s}, 2, "“conver”");
    expectSaid({}, 2, "Commands:");
    expectSaid({u"convert"_s}, 2, "See layerpool-cli convert --help");
    expectSaid({u"convert"_s, pool()}, 2, "--list FILE is missing");
    expectSaid(convert + QStringList{u"again"_s}, 2, "“again”");
    expectSaid(convert + QStringList{u"--colour"_s}, 2, "colour");
    expectSaid(convert + QStringList{u"--jobs"_s, u"0"_s}, 2, "--jobs");
    expectSaid(convert + QStringList{u"--timeout"_s, u"soon"_s}, 2, "--timeout");
    expectSaid(convert + QStringList{u"--platform"_s, u"amd64"_s}, 2, "--platform");
    expectSaid(convert + QStringList{u"--mirror"_s, u"docker.io"_s}, 2, "--mirror");
    expectSaid(convert + QStringList{u"--source"_s, u"http://x"_s}, 2, "without https://");
    expectSaid(convert + QStringList{u"--ca"_s, path(u"none.pem"_s)}, 2, "none.pem");
    expectSaid(convert + QStringList{u"--all-platforms"_s, u"--platform"_s, u"linux/arm64"_s}, 2, "exclude");
    EXPECT_FALSE(isThere(pool()));
}

TEST_F(BadInputTest, WrongWordsOfPush)
{
    fillPool("plain:1");
    expectSaid({u"push"_s, pool(), deadHost(), u"--tags"_s, u"drop"_s}, 2, "--tags");
    expectSaid({u"push"_s, pool(), u"under_score:x"_s}, 2, "no host name");
    expectSaid({u"push"_s, pool()}, 2, "REGISTRY");
}

TEST_F(BadInputTest, HelpIsNoError)
{
    for (const QStringList &words : {QStringList{u"--help"_s}, QStringList{u"help"_s}}) {
        const Outcome outcome = m_place.run(words);
        EXPECT_EQ(outcome.exitStatus, 0) << outcome;
        EXPECT_TRUE(outcome.out.contains("convert")) << outcome;
    }
    for (const char *command : {"convert", "select", "tar", "push", "verify", "ls", "stats"}) {
        const Outcome outcome = m_place.run({QString::fromLatin1(command), u"--help"_s});
        EXPECT_EQ(outcome.exitStatus, 0) << outcome;
        EXPECT_TRUE(outcome.out.contains(command)) << outcome;
        EXPECT_TRUE(outcome.out.contains("--json")) << outcome;
        EXPECT_EQ(outcome.err, "") << outcome;
    }
}

TEST_F(BadInputTest, ADryRunMakesNothing)
{
    const Outcome outcome = convert(allLines, {u"--dry-run"_s});
    EXPECT_EQ(outcome.exitStatus, 0) << outcome;
    EXPECT_TRUE(outcome.out.contains("Fetch 4 image")) << outcome;
    EXPECT_FALSE(isThere(pool()));
}

} // namespace
} // namespace layerpool::test
