// SPDX-License-Identifier: Apache-2.0
#include "Release.h"

#include "support/ReleaseLists.h"
#include "support/StockRegistry.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonObject>
#include <QSet>

#include <algorithm>
#include <cstdio>
#include <sys/stat.h>

// The main job over a registry that holds an image for every line of a release's list, judged by the tools
// that operators use: docker-registry, skopeo, tar.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

constexpr std::size_t kImages = 100; // a list has more

class ReleaseListTest : public testing::Test
{
protected:
    static void SetUpTestSuite()
    {
        const bool hasKubeSphere = QFileInfo::exists(kubeSphereList());
        const QString list = hasKubeSphere ? kubeSphereList() : ownReleaseList();
        std::printf("The list is %s\n", qPrintable(QFileInfo(list).fileName()));
        s_release = std::make_unique<Release>(list);
    }
    static void TearDownTestSuite() { s_release.reset(); }

    void SetUp() override
    {
        ASSERT_TRUE(s_release->isUp());
        ASSERT_GT(s_release->samples().size(), kImages);
        ASSERT_EQ(s_release->converted().exitStatus, 0) << s_release->converted();
    }

    /// A stock registry that can't write gives every tag to skopeo, byte for byte, and changes no file.
    void expectServed(const QString &pool, const Manifests &expected, bool isWholeIndex = false) const
    {
        QStringList references;
        for (const auto &[reference, bytes] : expected) {
            references << reference;
        }
        const Tree before = treeOf(pool);
        {
            const StockRegistry registry(pool, {.isReadOnly = true});
            ASSERT_TRUE(registry.isUp()) << registry.log().toStdString();
            const QString scratch = pool + u"-copy"_s;
            EXPECT_TRUE(isSame(copiedBySkopeo(registry.host(), references, scratch, isWholeIndex), expected));
        }
        EXPECT_TRUE(isSame(treeOf(pool), before));
    }

    /// What the pool has under the same names.
    static Manifests manifestsIn(const QString &pool, const Manifests &like)
    {
        Manifests manifests;
        for (const auto &[reference, bytes] : like) {
            const qsizetype colon = reference.lastIndexOf(u':');
            manifests.emplace(reference,
                              tagManifest(pool, reference.first(colon), reference.sliced(colon + 1)));
        }
        return manifests;
    }

    QString extractedBy(const QString &program, const QString &tar) const
    {
        const QString target = tar + u"-by-"_s + program;
        EXPECT_TRUE(QDir().mkpath(target));
        const Outcome extracted = run(program, {u"-xf"_s, tar, u"-C"_s, target});
        EXPECT_EQ(extracted.exitStatus, 0) << extracted;
        EXPECT_EQ(extracted.err, "");
        return target;
    }

    /// Every image was there, and no byte went anywhere.
    void expectNothingDone(const QJsonObject &result) const
    {
        const QJsonObject images = result.value(u"images"_s).toObject();
        const QJsonObject bytes = result.value(u"bytes"_s).toObject();
        EXPECT_EQ(images.value(u"skipped"_s).toInt(), static_cast<int>(s_release->samples().size()));
        EXPECT_EQ(images.value(u"done"_s).toInt(-1), 0);
        EXPECT_EQ(bytes.value(u"transferred"_s).toInt(-1), 0);
        EXPECT_EQ(bytes.value(u"written"_s).toInt(-1), 0);
    }

    static inline std::unique_ptr<Release> s_release; ///< of the whole suite
};

TEST_F(ReleaseListTest, TheListIsShapedLikeARelease)
{
    const QByteArray text = bytesOf(s_release->list());
    EXPECT_TRUE(text.startsWith("##"));
    EXPECT_GT(text.count("\n##"), 4);
    EXPECT_FALSE(text.endsWith('\n'));
    const QStringList lines = s_release->lines();
    EXPECT_EQ(lines.size(), QSet<QString>(lines.begin(), lines.end()).size() + 1);
    EXPECT_TRUE(std::any_of(lines.begin(), lines.end(), [](const QString &l) { return !l.contains(u'/'); }));
}

TEST_F(ReleaseListTest, ConvertReportsTheRepeatedLineAndNothingElse)
{
    QSet<QString> seen;
    QString repeated;
    for (const QString &line : s_release->lines()) {
        repeated = seen.contains(line) ? line : repeated;
        seen.insert(line);
    }
    const QByteArrayList said = s_release->converted().err.trimmed().split('\n');
    ASSERT_EQ(said.size(), 1) << s_release->converted();
    EXPECT_TRUE(said.front().startsWith(s_release->list().toUtf8() + ':')) << s_release->converted();
    EXPECT_TRUE(said.front().contains(repeated.toUtf8())) << s_release->converted();
    EXPECT_TRUE(said.front().contains("repeats line")) << s_release->converted();
}

TEST_F(ReleaseListTest, EveryTagHasTheDigestOfTheSource)
{
    for (const Sample &sample : s_release->samples()) {
        EXPECT_EQ(tagLink(s_release->pool(), sample.repository, sample.tag),
                  sample.amd64().digest.toByteArray())
            << sample.reference().toStdString();
    }
    EXPECT_TRUE(isVerified(s_release->place(), s_release->pool()));
}

TEST_F(ReleaseListTest, SkopeoTakesEveryTagFromAReadOnlyRegistryOverThePool)
{
    expectServed(s_release->pool(), s_release->amd64Manifests(s_release->references()));
}

TEST_F(ReleaseListTest, TheRegistrysGarbageCollectionWouldDeleteNothing)
{
    EXPECT_TRUE(hasNoGarbage(s_release->pool()));
}

TEST_F(ReleaseListTest, AllPlatformsKeepEveryIndexAsItIs)
{
    const QString pool = s_release->path(u"whole"_s);
    const Outcome converted = s_release->convert(u"whole"_s, {u"--all-platforms"_s});
    ASSERT_EQ(converted.exitStatus, 0) << converted;
    for (const Sample &sample : s_release->samples()) {
        EXPECT_EQ(tagLink(pool, sample.repository, sample.tag), sample.root.toByteArray())
            << sample.reference().toStdString();
    }
    EXPECT_TRUE(hasNoGarbage(pool));
    Manifests indexes = s_release->wholeManifests();
    std::erase_if(indexes, [](const auto &entry) { return !entry.second.contains("\"manifests\""); });
    EXPECT_GT(indexes.size(), kImages / 3);
    expectServed(pool, indexes, true);
}

TEST_F(ReleaseListTest, TenSelectedLinesAreAPoolOfTheirOwn)
{
    const QString small = s_release->path(u"small"_s);
    const Outcome selected =
        s_release->place().run({u"select"_s, s_release->pool(), small, u"--list"_s, s_release->chosenList()});
    ASSERT_EQ(selected.exitStatus, 0) << selected;
    EXPECT_EQ(selected.err, "") << selected;
    EXPECT_TRUE(isVerified(s_release->place(), small));
    EXPECT_TRUE(hasNoGarbage(small));
    expectServed(small, s_release->amd64Manifests(s_release->chosen()));
}

TEST_F(ReleaseListTest, ASelectedPoolSharesBlobsAndNoLinks)
{
    const QString small = s_release->path(u"linked"_s);
    const Outcome selected =
        s_release->place().run({u"select"_s, s_release->pool(), small, u"--list"_s, s_release->chosenList()});
    ASSERT_EQ(selected.exitStatus, 0) << selected;
    int blobs = 0;
    for (const auto &[name, bytes] : treeOf(registryRoot(small))) {
        struct stat here
        {
        };
        struct stat there
        {
        };
        ASSERT_EQ(::stat(QFile::encodeName(registryRoot(small) + u'/' + name).constData(), &here), 0);
        ASSERT_EQ(
            ::stat(QFile::encodeName(registryRoot(s_release->pool()) + u'/' + name).constData(), &there), 0)
            << name.toStdString();
        const bool isBlob = name.endsWith(u"/data"_s);
        blobs += isBlob ? 1 : 0;
        EXPECT_EQ(here.st_ino == there.st_ino, isBlob) << name.toStdString();
    }
    EXPECT_GT(blobs, Release::chosenLines * 3);
}

TEST_F(ReleaseListTest, TheTarIsThePoolsTree)
{
    const QString tar = s_release->path(u"all.tar"_s);
    const Outcome packed = s_release->place().run({u"tar"_s, s_release->pool(), tar});
    ASSERT_EQ(packed.exitStatus, 0) << packed;
    const QString target = extractedBy(u"tar"_s, tar);
    EXPECT_EQ(QDir(target).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
              QStringList({u"docker"_s, u"layerpool"_s}));
    EXPECT_TRUE(isSame(treeOf(target + u"/docker"_s), treeOf(s_release->pool() + u"/docker"_s)));
}

TEST_F(ReleaseListTest, TheTarOfTenLinesIsTheTreeOfTheirSelection)
{
    const QString small = s_release->path(u"packed"_s);
    const QString tar = s_release->path(u"ten.tar"_s);
    const QStringList list{u"--list"_s, s_release->chosenList()};
    const Outcome selected =
        s_release->place().run(QStringList{u"select"_s, s_release->pool(), small} + list);
    ASSERT_EQ(selected.exitStatus, 0) << selected;
    const Outcome packed = s_release->place().run(QStringList{u"tar"_s, s_release->pool(), tar} + list);
    ASSERT_EQ(packed.exitStatus, 0) << packed;
    const Tree expected = treeOf(small + u"/docker"_s);
    for (const QString &program : {u"tar"_s, u"bsdtar"_s}) {
        const QString target = extractedBy(program, tar);
        EXPECT_TRUE(isSame(treeOf(target + u"/docker"_s), expected)) << program.toStdString();
        EXPECT_TRUE(isVerified(s_release->place(), target)) << program.toStdString();
    }
}

TEST_F(ReleaseListTest, TheSameSelectionGivesTheSameTar)
{
    QStringList chosen = s_release->chosen();
    const QString forth = s_release->chosenList();
    std::reverse(chosen.begin(), chosen.end());
    const QString back = s_release->place().write(u"back.txt"_s, chosen.join(u'\n').toUtf8());
    const QStringList more = chosen + s_release->references().mid(20, 20);
    const QString filling = s_release->place().write(u"filling.txt"_s, more.join(u'\n').toUtf8());
    const Outcome converted = s_release->convert(u"backwards"_s, {u"--jobs"_s, u"1"_s}, filling);
    ASSERT_EQ(converted.exitStatus, 0) << converted;

    const auto tarOf = [&](const QString &pool, const QString &list, const QString &name) {
        const Outcome packed =
            s_release->place().run({u"tar"_s, pool, s_release->path(name), u"--list"_s, list});
        EXPECT_EQ(packed.exitStatus, 0) << packed;
        return bytesOf(s_release->path(name));
    };
    const QByteArray first = tarOf(s_release->pool(), forth, u"1.tar"_s);
    EXPECT_FALSE(first.isEmpty());
    EXPECT_TRUE(tarOf(s_release->pool(), forth, u"2.tar"_s) == first);
    EXPECT_TRUE(tarOf(s_release->path(u"backwards"_s), back, u"3.tar"_s) == first);
}

TEST_F(ReleaseListTest, PushFillsAnEmptyRegistryAndDoesNothingTwice)
{
    const QString far = s_release->path(u"far"_s);
    ASSERT_TRUE(QDir().mkpath(far));
    const StockRegistry registry(far);
    ASSERT_TRUE(registry.isUp()) << registry.log().toStdString();
    const QStringList push{u"push"_s, s_release->pool(), registry.host(), u"--json"_s};
    const Outcome first = s_release->place().run(push);
    ASSERT_EQ(first.exitStatus, 0) << first;
    EXPECT_TRUE(isSame(rawBySkopeo(registry.host(), s_release->references()),
                       s_release->manifestsIn(s_release->pool())));
    EXPECT_TRUE(isVerified(s_release->place(), far));

    const Outcome second = s_release->place().run(push);
    ASSERT_EQ(second.exitStatus, 0) << second;
    expectNothingDone(second.result());
}

// Of each image's three layers the far side has two; manifests, configs and the third are new.
TEST_F(ReleaseListTest, TheNextReleaseIsNoLargerThanWhatIsNew)
{
    const Workplace &place = s_release->place();
    const auto done = [&place](const QStringList &words) {
        const Outcome outcome = place.run(words);
        EXPECT_EQ(outcome.exitStatus, 0) << outcome;
    };
    const QString base = s_release->path(u"base.json"_s);
    const QString bundle = s_release->path(u"next.tar"_s);
    const Manifests next = s_release->convertNext(u"next"_s);
    done({u"inventory"_s, s_release->pool(), base});
    done({u"tar"_s, s_release->path(u"next"_s), bundle, u"--exclude"_s, base});

    const Tree old = treeOf(registryRoot(s_release->pool()));
    const Tree whole = treeOf(registryRoot(s_release->path(u"next"_s)));
    qint64 fresh = 0;
    int kept = 0;
    for (const auto &[name, bytes] : whole) {
        const bool isBlob = name.endsWith(u"/data"_s);
        fresh += isBlob && !old.contains(name) ? bytes.size() : 0;
        kept += isBlob && old.contains(name) ? 1 : 0;
    }
    EXPECT_GT(kept, 2);
    const QByteArray entries = run(u"tar"_s, {u"-tf"_s, bundle}).out;
    const qint64 most =
        fresh + entries.count('\n') * qint64(1536) + QFileInfo(s_release->path(u"next.index.json"_s)).size();
    std::printf("The bundle of the next release: %lld bytes, at most %lld\n",
                static_cast<long long>(QFileInfo(bundle).size()), static_cast<long long>(most));
    EXPECT_LE(QFileInfo(bundle).size(), most);

    const QString far = s_release->path(u"far-imported"_s); // the far side imports it...
    done({u"import"_s, far, s_release->pool()});
    done({u"import"_s, far, bundle});
    EXPECT_TRUE(isVerified(place, far));
    EXPECT_TRUE(isSame(manifestsIn(far, next), next));

    const QString pushed = s_release->path(u"far-pushed"_s); // ...or its registry gets it as it lies
    ASSERT_TRUE(QDir().mkpath(pushed));
    const StockRegistry registry(pushed);
    ASSERT_TRUE(registry.isUp()) << registry.log().toStdString();
    done({u"push"_s, s_release->pool(), registry.host()});
    done({u"push"_s, bundle, registry.host()});
    EXPECT_TRUE(isVerified(place, pushed));
    EXPECT_TRUE(isSame(manifestsIn(pushed, next), next));
}

TEST_F(ReleaseListTest, PushSendsWholeIndexesToo)
{
    const Outcome converted =
        s_release->convert(u"indexes"_s, {u"--all-platforms"_s}, s_release->chosenList());
    ASSERT_EQ(converted.exitStatus, 0) << converted;
    const QString far = s_release->path(u"far-indexes"_s);
    ASSERT_TRUE(QDir().mkpath(far));
    const StockRegistry registry(far);
    ASSERT_TRUE(registry.isUp()) << registry.log().toStdString();
    const Outcome pushed =
        s_release->place().run({u"push"_s, s_release->path(u"indexes"_s), registry.host()});
    ASSERT_EQ(pushed.exitStatus, 0) << pushed;
    const Manifests expected = s_release->wholeManifests();
    for (const auto &[reference, bytes] : rawBySkopeo(registry.host(), s_release->chosen())) {
        EXPECT_TRUE(bytes == expected.at(reference)) << reference.toStdString();
    }
    EXPECT_TRUE(isVerified(s_release->place(), far));
}

TEST_F(ReleaseListTest, ASecondConvertMovesNothing)
{
    const Tree before = treeOf(s_release->pool());
    const Outcome again = s_release->convert(u"pool"_s, {u"--json"_s});
    ASSERT_EQ(again.exitStatus, 0) << again;
    expectNothingDone(again.result());
    EXPECT_TRUE(isSame(treeOf(s_release->pool()), before));
}

} // namespace
} // namespace layerpool::test
