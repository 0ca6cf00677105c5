// SPDX-License-Identifier: Apache-2.0
#include "Release.h"

#include "support/ReleaseLists.h"
#include "support/StockRegistry.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonObject>
#include <QSet>

#include <algorithm>
#include <sys/stat.h>

// The main job over a registry that holds an image for every line of a release's list, judged by the tools
// that operators use: docker-registry, skopeo, tar.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

constexpr std::size_t kImages = 100; // a list has more

struct ListFile
{
    const char *name;
    QString path;
    bool mayBeAbsent;

    friend std::ostream &operator<<(std::ostream &stream, const ListFile &list)
    {
        return stream << list.name;
    }
};

const ListFile kLists[] = {{"OwnList", ownReleaseList(), false}, {"KubeSphere310", kubeSphereList(), true}};

class ReleaseListTest : public testing::TestWithParam<ListFile>
{
protected:
    void SetUp() override
    {
        const ListFile &list = GetParam();
        if (list.mayBeAbsent && !QFileInfo::exists(list.path)) {
            GTEST_SKIP() << QFileInfo(list.path).fileName().toStdString()
                         << " does not lie beside the checkout";
        }
        std::unique_ptr<Release> &release = s_releases[list.path];
        if (!release) {
            release = std::make_unique<Release>(list.path);
        }
        m_release = release.get();
        ASSERT_TRUE(m_release->isUp());
        ASSERT_GT(m_release->samples().size(), kImages);
        ASSERT_EQ(m_release->converted().exitStatus, 0) << m_release->converted();
    }

    static void TearDownTestSuite() { s_releases.clear(); }

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
        EXPECT_EQ(images.value(u"skipped"_s).toInt(), static_cast<int>(m_release->samples().size()));
        EXPECT_EQ(images.value(u"done"_s).toInt(-1), 0);
        EXPECT_EQ(bytes.value(u"transferred"_s).toInt(-1), 0);
        EXPECT_EQ(bytes.value(u"written"_s).toInt(-1), 0);
    }

    Release *m_release = nullptr;

private:
    static inline std::map<QString, std::unique_ptr<Release>> s_releases;
};

INSTANTIATE_TEST_SUITE_P(Lists, ReleaseListTest, testing::ValuesIn(kLists),
                         [](const auto &parameter) { return std::string(parameter.param.name); });

TEST_P(ReleaseListTest, TheListIsShapedLikeARelease)
{
    const QByteArray text = bytesOf(m_release->list());
    EXPECT_TRUE(text.startsWith("##"));
    EXPECT_GT(text.count("\n##"), 4);
    EXPECT_FALSE(text.endsWith('\n'));
    const QStringList lines = m_release->lines();
    EXPECT_EQ(lines.size(), QSet<QString>(lines.begin(), lines.end()).size() + 1);
    EXPECT_TRUE(std::any_of(lines.begin(), lines.end(), [](const QString &l) { return !l.contains(u'/'); }));
}

TEST_P(ReleaseListTest, ConvertReportsTheRepeatedLineAndNothingElse)
{
    QSet<QString> seen;
    QString repeated;
    for (const QString &line : m_release->lines()) {
        repeated = seen.contains(line) ? line : repeated;
        seen.insert(line);
    }
    const QByteArrayList said = m_release->converted().err.trimmed().split('\n');
    ASSERT_EQ(said.size(), 1) << m_release->converted();
    EXPECT_TRUE(said.front().startsWith(m_release->list().toUtf8() + ':')) << m_release->converted();
    EXPECT_TRUE(said.front().contains(repeated.toUtf8())) << m_release->converted();
    EXPECT_TRUE(said.front().contains("repeats line")) << m_release->converted();
}

TEST_P(ReleaseListTest, EveryTagHasTheDigestOfTheSource)
{
    for (const Sample &sample : m_release->samples()) {
        EXPECT_EQ(tagLink(m_release->pool(), sample.repository, sample.tag),
                  sample.amd64().digest.toByteArray())
            << sample.reference().toStdString();
    }
    EXPECT_TRUE(isVerified(m_release->place(), m_release->pool()));
}

TEST_P(ReleaseListTest, SkopeoTakesEveryTagFromAReadOnlyRegistryOverThePool)
{
    expectServed(m_release->pool(), m_release->amd64Manifests(m_release->references()));
}

TEST_P(ReleaseListTest, TheRegistrysGarbageCollectionWouldDeleteNothing)
{
    EXPECT_TRUE(hasNoGarbage(m_release->pool()));
}

TEST_P(ReleaseListTest, AllPlatformsKeepEveryIndexAsItIs)
{
    const QString pool = m_release->path(u"whole"_s);
    const Outcome converted = m_release->convert(u"whole"_s, {u"--all-platforms"_s});
    ASSERT_EQ(converted.exitStatus, 0) << converted;
    for (const Sample &sample : m_release->samples()) {
        EXPECT_EQ(tagLink(pool, sample.repository, sample.tag), sample.root.toByteArray())
            << sample.reference().toStdString();
    }
    EXPECT_TRUE(hasNoGarbage(pool));
    Manifests indexes = m_release->wholeManifests();
    std::erase_if(indexes, [](const auto &entry) { return !entry.second.contains("\"manifests\""); });
    EXPECT_GT(indexes.size(), kImages / 3);
    expectServed(pool, indexes, true);
}

TEST_P(ReleaseListTest, TenSelectedLinesAreAPoolOfTheirOwn)
{
    const QString small = m_release->path(u"small"_s);
    const Outcome selected =
        m_release->place().run({u"select"_s, m_release->pool(), small, u"--list"_s, m_release->chosenList()});
    ASSERT_EQ(selected.exitStatus, 0) << selected;
    EXPECT_EQ(selected.err, "") << selected;
    EXPECT_TRUE(isVerified(m_release->place(), small));
    EXPECT_TRUE(hasNoGarbage(small));
    expectServed(small, m_release->amd64Manifests(m_release->chosen()));
}

TEST_P(ReleaseListTest, ASelectedPoolSharesBlobsAndNoLinks)
{
    const QString small = m_release->path(u"linked"_s);
    const Outcome selected =
        m_release->place().run({u"select"_s, m_release->pool(), small, u"--list"_s, m_release->chosenList()});
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
            ::stat(QFile::encodeName(registryRoot(m_release->pool()) + u'/' + name).constData(), &there), 0)
            << name.toStdString();
        const bool isBlob = name.endsWith(u"/data"_s);
        blobs += isBlob ? 1 : 0;
        EXPECT_EQ(here.st_ino == there.st_ino, isBlob) << name.toStdString();
    }
    EXPECT_GT(blobs, Release::chosenLines * 3);
}

TEST_P(ReleaseListTest, TheTarIsThePoolsTree)
{
    const QString tar = m_release->path(u"all.tar"_s);
    const Outcome packed = m_release->place().run({u"tar"_s, m_release->pool(), tar});
    ASSERT_EQ(packed.exitStatus, 0) << packed;
    const QString target = extractedBy(u"tar"_s, tar);
    EXPECT_EQ(QDir(target).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
              QStringList{u"docker"_s});
    EXPECT_TRUE(isSame(treeOf(target + u"/docker"_s), treeOf(m_release->pool() + u"/docker"_s)));
}

TEST_P(ReleaseListTest, TheTarOfTenLinesIsTheTreeOfTheirSelection)
{
    const QString small = m_release->path(u"packed"_s);
    const QString tar = m_release->path(u"ten.tar"_s);
    const QStringList list{u"--list"_s, m_release->chosenList()};
    const Outcome selected =
        m_release->place().run(QStringList{u"select"_s, m_release->pool(), small} + list);
    ASSERT_EQ(selected.exitStatus, 0) << selected;
    const Outcome packed = m_release->place().run(QStringList{u"tar"_s, m_release->pool(), tar} + list);
    ASSERT_EQ(packed.exitStatus, 0) << packed;
    const Tree expected = treeOf(small + u"/docker"_s);
    for (const QString &program : {u"tar"_s, u"bsdtar"_s}) {
        const QString target = extractedBy(program, tar);
        EXPECT_TRUE(isSame(treeOf(target + u"/docker"_s), expected)) << program.toStdString();
        EXPECT_TRUE(isVerified(m_release->place(), target)) << program.toStdString();
    }
}

TEST_P(ReleaseListTest, TheSameSelectionGivesTheSameTar)
{
    QStringList chosen = m_release->chosen();
    const QString forth = m_release->chosenList();
    std::reverse(chosen.begin(), chosen.end());
    const QString back = m_release->place().write(u"back.txt"_s, chosen.join(u'\n').toUtf8());
    const QStringList more = chosen + m_release->references().mid(20, 20);
    const QString filling = m_release->place().write(u"filling.txt"_s, more.join(u'\n').toUtf8());
    const Outcome converted = m_release->convert(u"backwards"_s, {u"--jobs"_s, u"1"_s}, filling);
    ASSERT_EQ(converted.exitStatus, 0) << converted;

    const auto tarOf = [&](const QString &pool, const QString &list, const QString &name) {
        const Outcome packed =
            m_release->place().run({u"tar"_s, pool, m_release->path(name), u"--list"_s, list});
        EXPECT_EQ(packed.exitStatus, 0) << packed;
        return bytesOf(m_release->path(name));
    };
    const QByteArray first = tarOf(m_release->pool(), forth, u"1.tar"_s);
    EXPECT_FALSE(first.isEmpty());
    EXPECT_TRUE(tarOf(m_release->pool(), forth, u"2.tar"_s) == first);
    EXPECT_TRUE(tarOf(m_release->path(u"backwards"_s), back, u"3.tar"_s) == first);
}

TEST_P(ReleaseListTest, PushFillsAnEmptyRegistryAndDoesNothingTwice)
{
    const QString far = m_release->path(u"far"_s);
    ASSERT_TRUE(QDir().mkpath(far));
    const StockRegistry registry(far);
    ASSERT_TRUE(registry.isUp()) << registry.log().toStdString();
    const QStringList push{u"push"_s, m_release->pool(), registry.host(), u"--json"_s};
    const Outcome first = m_release->place().run(push);
    ASSERT_EQ(first.exitStatus, 0) << first;
    EXPECT_TRUE(isSame(rawBySkopeo(registry.host(), m_release->references()),
                       m_release->manifestsIn(m_release->pool())));
    EXPECT_TRUE(isVerified(m_release->place(), far));

    const Outcome second = m_release->place().run(push);
    ASSERT_EQ(second.exitStatus, 0) << second;
    expectNothingDone(second.result());
}

TEST_P(ReleaseListTest, PushSendsWholeIndexesToo)
{
    const Outcome converted =
        m_release->convert(u"indexes"_s, {u"--all-platforms"_s}, m_release->chosenList());
    ASSERT_EQ(converted.exitStatus, 0) << converted;
    const QString far = m_release->path(u"far-indexes"_s);
    ASSERT_TRUE(QDir().mkpath(far));
    const StockRegistry registry(far);
    ASSERT_TRUE(registry.isUp()) << registry.log().toStdString();
    const Outcome pushed =
        m_release->place().run({u"push"_s, m_release->path(u"indexes"_s), registry.host()});
    ASSERT_EQ(pushed.exitStatus, 0) << pushed;
    const Manifests expected = m_release->wholeManifests();
    for (const auto &[reference, bytes] : rawBySkopeo(registry.host(), m_release->chosen())) {
        EXPECT_TRUE(bytes == expected.at(reference)) << reference.toStdString();
    }
    EXPECT_TRUE(isVerified(m_release->place(), far));
}

TEST_P(ReleaseListTest, ASecondConvertMovesNothing)
{
    const Tree before = treeOf(m_release->pool());
    const Outcome again = m_release->convert(u"pool"_s, {u"--json"_s});
    ASSERT_EQ(again.exitStatus, 0) << again;
    expectNothingDone(again.result());
    EXPECT_TRUE(isSame(treeOf(m_release->pool()), before));
}

} // namespace
} // namespace layerpool::test
