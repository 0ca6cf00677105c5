// SPDX-License-Identifier: Apache-2.0
#include "SmallRegistryTest.h"

#include <QDir>

// Our bundles in the hands of other programs, and theirs in ours.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

class BundleToolsTest : public SmallRegistryTest
{
protected:
    void SetUp() override
    {
        SmallRegistryTest::SetUp();
        fillPool();
    }
    Outcome in(const QString &folder, const QString &program, const QStringList &words) const
    {
        return run(u"env"_s, QStringList{u"-C"_s, folder, program} + words);
    }
    Outcome shell(const QString &script) const { return in(path(u"out"_s), u"sh"_s, {u"-c"_s, script}); }
    QString packed(const QString &name, const QStringList &more = {}) const
    {
        const QString bundle = path(u"out/"_s + name);
        const Outcome outcome = m_place.run(QStringList{u"tar"_s, pool(), bundle} + more);
        EXPECT_EQ(outcome.exitStatus, 0) << outcome;
        return bundle;
    }
    void expectImported(const QString &bundle) const
    {
        const QString far = path(u"far"_s);
        QDir(far).removeRecursively();
        const Outcome outcome = m_place.run({u"import"_s, far, bundle});
        EXPECT_EQ(outcome.exitStatus, 0) << outcome;
        EXPECT_TRUE(isSame(treeOf(far + u"/docker"_s), treeOf(pool() + u"/docker"_s)));
    }
};

TEST_F(BundleToolsTest, AZipIsWholeForEveryProgram)
{
    const QString zip = packed(u"all.zip"_s);
    EXPECT_EQ(shell(u"sha256sum --strict -c all.sha256"_s).exitStatus, 0);
    for (const auto &[program, words] : std::vector<std::pair<QString, QStringList>>{
             {u"unzip"_s, {u"-tq"_s, zip}},
             {u"7z"_s, {u"t"_s, zip}},
             {u"bsdtar"_s, {u"-xOf"_s, zip}},
             {u"python3"_s,
              {u"-c"_s, u"import sys,zipfile; sys.exit(zipfile.ZipFile(sys.argv[1]).testzip() is not None)"_s,
               zip}}}) {
        const Outcome outcome = run(program, words);
        EXPECT_EQ(outcome.exitStatus, 0) << outcome;
    }
    ASSERT_EQ(run(u"unzip"_s, {u"-q"_s, zip, u"-d"_s, path(u"unzipped"_s)}).exitStatus, 0);
    EXPECT_TRUE(isSame(treeOf(path(u"unzipped/docker"_s)), treeOf(pool() + u"/docker"_s)));
    expectImported(zip);
}

TEST_F(BundleToolsTest, PackedTarsAreReadByTar)
{
    for (const QString &name : {u"gz.tar.gz"_s, u"zst.tar.zst"_s}) {
        const QString bundle = packed(name);
        const QString folder = path(u"untarred"_s);
        ASSERT_TRUE(QDir().mkpath(folder));
        const Outcome outcome = run(u"tar"_s, {u"-C"_s, folder, u"-xf"_s, bundle});
        EXPECT_EQ(outcome.exitStatus, 0) << outcome;
        EXPECT_TRUE(isSame(treeOf(folder + u"/docker"_s), treeOf(pool() + u"/docker"_s)));
        EXPECT_EQ(run(u"bsdtar"_s, {u"-tf"_s, bundle}).exitStatus, 0);
        QDir(folder).removeRecursively();
        expectImported(bundle);
    }
}

// What a far side without Layerpool does: check, join, untar, serve.
TEST_F(BundleToolsTest, VolumesAreCheckedJoinedAndServedByStockTools)
{
    const QString bundle = packed(u"all.tar"_s, {u"--volume-size"_s, u"64Ki"_s});
    EXPECT_FALSE(QFile::exists(bundle));
    const Outcome sums = shell(u"sha256sum --strict -c all.sha256"_s);
    EXPECT_EQ(sums.exitStatus, 0) << sums;
    EXPECT_TRUE(sums.out.startsWith("all.tar.001: OK\nall.tar.002: OK\n")) << sums;
    EXPECT_TRUE(sums.out.endsWith("all.index.json: OK\n")) << sums;
    const Outcome joined = shell(u"cat all.tar.*[0-9] > joined.tar && tar -xf joined.tar"_s);
    ASSERT_EQ(joined.exitStatus, 0) << joined;
    EXPECT_EQ(run(u"cmp"_s, {path(u"out/joined.tar"_s), packed(u"whole.tar"_s)}).exitStatus, 0);
    const StockRegistry far(path(u"out"_s));
    ASSERT_TRUE(far.isUp()) << far.log().toStdString();
    const StockRegistry here(pool());
    ASSERT_TRUE(here.isUp()) << here.log().toStdString();
    const QStringList images{u"apps/one:v1"_s, u"apps/two:v1"_s, u"plain:1"_s};
    EXPECT_TRUE(isSame(rawBySkopeo(far.host(), images), rawBySkopeo(here.host(), images)));
    expectImported(path(u"out/all.tar.002"_s));
}

TEST_F(BundleToolsTest, ZipsThatOthersMakeOfARegistrysStorage)
{
    const std::vector<std::pair<QString, QStringList>> makers{
        {u"zip"_s, {u"-qr"_s, u"ZIP"_s, u"docker"_s}},
        {u"zip"_s, {u"-qr0"_s, u"ZIP"_s, u"docker"_s}},
        {u"zip"_s, {u"-qrD"_s, u"ZIP"_s, u"docker"_s}},
        {u"7z"_s, {u"a"_s, u"-tzip"_s, u"-bso0"_s, u"ZIP"_s, u"docker"_s}},
        {u"bsdtar"_s, {u"-caf"_s, u"ZIP"_s, u"docker"_s}},
        {u"python3"_s, {u"-m"_s, u"zipfile"_s, u"-c"_s, u"ZIP"_s, u"docker"_s}},
    };
    for (const auto &[program, words] : makers) {
        const QString zip = path(u"theirs.zip"_s);
        QFile::remove(zip);
        QStringList named = words;
        named.replaceInStrings(u"ZIP"_s, zip);
        SCOPED_TRACE((program + u' ' + words.join(u' ')).toStdString());
        const Outcome made = in(pool(), program, named);
        ASSERT_EQ(made.exitStatus, 0) << made;
        expectImported(zip);
    }
    // By a pipe, its sums follow the bytes.
    const Outcome piped = in(pool(), u"sh"_s, {u"-c"_s, u"zip -qr - docker > ../theirs.zip"_s});
    ASSERT_EQ(piped.exitStatus, 0) << piped;
    expectImported(path(u"theirs.zip"_s));
}

// The program in it runs where a far side without Layerpool has unpacked it.
TEST_F(BundleToolsTest, TheProgramForTheFarSideRunsOnceUnpacked)
{
    const QString folder = path(u"programs"_s);
    ASSERT_TRUE(QDir().mkpath(folder));
    const QString program = folder + u"/layerpool-cli"_s;
    ASSERT_TRUE(QFile::copy(QStringLiteral(LAYERPOOL_CLI), program));
    RunOptions options;
    options.environment = {{u"HOME"_s, m_place.cli().home()},
                           {u"XDG_CONFIG_HOME"_s, m_place.cli().home() + u"/config"_s}};
    const auto pack = [&](const QString &name) {
        return run(program, {u"tar"_s, pool(), path(name), u"--with-tool"_s}, options);
    };
    const Outcome none = pack(u"none.tar"_s);
    EXPECT_EQ(none.exitStatus, 2) << none;
    EXPECT_TRUE(none.err.contains("Layerpool*.AppImage") && none.err.contains(folder.toUtf8())) << none;
    EXPECT_EQ(QDir(path({})).entryList({u"none*"_s}), QStringList()) << "nothing is written";
    const QString portable = m_place.write(u"programs/layerpool-cli-portable"_s, "#!/bin/sh\necho word\n");
    for (const auto &[name, tool, words] : std::vector<std::tuple<QString, QString, QStringList>>{
             {u"all.tar"_s, u"tar"_s, {u"-xf"_s}}, {u"all2.zip"_s, u"unzip"_s, {u"-q"_s}}}) {
        const Outcome packed = pack(name);
        ASSERT_EQ(packed.exitStatus, 0) << packed;
        const QString unpacked = path(u"by-"_s + tool);
        ASSERT_TRUE(QDir().mkpath(unpacked));
        const Outcome done = in(unpacked, tool, words + QStringList{path(name)});
        ASSERT_EQ(done.exitStatus, 0) << done;
        const Outcome said = run(unpacked + u"/layerpool/tool/layerpool-cli-portable"_s, {});
        EXPECT_EQ(said.out, "word\n") << said;
        EXPECT_TRUE(isSame(treeOf(unpacked + u"/docker"_s), treeOf(pool() + u"/docker"_s)));
        expectImported(path(name));
    }
    // A bundle that is made out of one carries what is asked for now.
    const Outcome anew = m_place.run({u"tar"_s, path(u"all.tar"_s), path(u"anew.tar"_s)});
    EXPECT_EQ(anew.exitStatus, 0) << anew;
    EXPECT_FALSE(run(u"tar"_s, {u"-tf"_s, path(u"anew.tar"_s)}).out.contains("layerpool/tool/"));
}

TEST_F(BundleToolsTest, WordsOfVolumes)
{
    const auto tar = [this](const QStringList &more) {
        return m_place.run(QStringList{u"tar"_s, pool()} + more);
    };
    EXPECT_EQ(tar({path(u"a.tar"_s), u"--volume-size"_s, u"some"_s}).exitStatus, 2);
    EXPECT_EQ(tar({path(u"a.tar"_s), u"--volume-size"_s, u"1K"_s}).exitStatus, 2);
    const Outcome zip = tar({path(u"a.zip"_s), u"--volume-size"_s, u"1M"_s});
    EXPECT_EQ(zip.exitStatus, 2) << zip;
    EXPECT_TRUE(zip.err.contains("A zip is not written in volumes")) << zip;
    const Outcome plan = tar({path(u"a.tar"_s), u"--volume-size"_s, u"fat32"_s, u"--dry-run"_s});
    EXPECT_EQ(plan.exitStatus, 0) << plan;
    EXPECT_TRUE((plan.out + plan.err).contains("In about 1 volume of 4.3 GB")) << plan;
}

// A disc went bad: its volume is made anew, and all of it is as it was.
TEST_F(BundleToolsTest, OneVolumeIsMadeAnewAndTheSumsHold)
{
    const QString bundle = packed(u"all.tar"_s, {u"--volume-size"_s, u"64Ki"_s});
    const QString volume = bundle + u".002"_s;
    ASSERT_EQ(shell(u"cp all.tar.002 before && printf x >> all.tar.002"_s).exitStatus, 0);
    EXPECT_NE(shell(u"sha256sum --status -c all.sha256"_s).exitStatus, 0);
    const QStringList words{u"tar"_s,           pool(), bundle, u"--volume-size"_s, u"64Ki"_s,
                            u"--only-volume"_s, u"2"_s};
    const Outcome taken = m_place.run(words);
    EXPECT_EQ(taken.exitStatus, 3) << taken;
    const Outcome anew = m_place.run(words + QStringList{u"--force"_s});
    EXPECT_EQ(anew.exitStatus, 0) << anew;
    EXPECT_EQ(run(u"cmp"_s, {volume, path(u"out/before"_s)}).exitStatus, 0);
    const Outcome sums = shell(u"sha256sum --strict -c all.sha256"_s);
    EXPECT_EQ(sums.exitStatus, 0) << sums;

    const Outcome other = m_place.run(words + QStringList{u"--force"_s, u"--no-referrers"_s, u"--list"_s,
                                                          m_place.write(u"one.list"_s, "plain:1\n")});
    EXPECT_EQ(other.exitStatus, 2) << other;
    EXPECT_TRUE(other.err.contains("would not go with the others")) << other;
    EXPECT_EQ(run(u"cmp"_s, {volume, path(u"out/before"_s)}).exitStatus, 0) << "nothing was written";
    const Outcome sizeless = m_place.run({u"tar"_s, pool(), bundle, u"--only-volume"_s, u"2"_s});
    EXPECT_EQ(sizeless.exitStatus, 2) << sizeless;
}

} // namespace
} // namespace layerpool::test
