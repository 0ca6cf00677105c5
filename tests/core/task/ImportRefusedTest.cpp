// SPDX-License-Identifier: Apache-2.0
#include "core/task/ImportTest.h"

#include "base/Digester.h"

#include <algorithm>

// A bundle that is refused names what is wrong with it, and leaves the pool as it was: every file and folder.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

const QByteArray kRoot = "docker/registry/v2/";

class ImportRefusedTest : public ImportTest
{
protected:
    void SetUp() override
    {
        m_samples.add(u"team/there"_s, u"v1"_s);
        imported(bundle());
        m_image.emplace(m_samples.add(u"team/new"_s, u"v1"_s));
        m_good = entries();
        m_before = treeOf(pool());
    }

    void expectRefused(const std::vector<RawEntry> &bad, const QByteArray &name)
    {
        const TaskResult result = import(write(rawTar(bad)));
        ASSERT_TRUE(result.stopped) << name.toStdString();
        EXPECT_EQ(result.stopped->kind, ErrorKind::BadInput);
        EXPECT_TRUE(result.stopped->sentence().contains(QString::fromLatin1(name)))
            << result.stopped->sentence().toStdString();
        EXPECT_EQ(result.imagesDone, 0);
        EXPECT_EQ(treeOf(pool()), m_before) << name.toStdString();
    }

    RawEntry &entryOf(const Digest &blob)
    {
        return *std::find_if(m_good.begin(), m_good.end(), [&](const RawEntry &entry) {
            return entry.name.endsWith(blob.hex() + "/data");
        });
    }
    void takeOut(const Digest &blob)
    {
        std::erase_if(m_good,
                      [&](const RawEntry &entry) { return entry.name.endsWith(blob.hex() + "/data"); });
    }

    std::optional<Sample> m_image;
    std::vector<RawEntry> m_good;
    Tree m_before;
};

TEST_F(ImportRefusedTest, AHostileEntryWhereverItStands)
{
    const QByteArray hex = Digester::of("x").hex();
    const std::vector<RawEntry> hostile{
        {"/etc/passwd", "x"},
        {"../outside", "x"},
        {kRoot + "../../../outside", "x"},
        {kRoot + "blobs\\sha256", "x"},
        {".layerpool/../outside", "x"},
        {kRoot + "repositories/team/new/_uploads/../../outside", "x"},
        {kRoot + "repositories/team/new/stray", "x"},
        {kRoot + "repositories/Team/New/_layers/sha256/" + hex + "/link", "sha256:" + hex.toLower()},
        {kRoot + "link", {}, '2', "/etc"},
        {".layerpool/link", {}, '2', "/etc"},
        {kRoot + "hard", {}, '1', kRoot + "blobs"},
        {kRoot + "pipe", {}, '6'},
        {kRoot + "device", {}, '3'},
        {kRoot + "blobs/sha256/" + hex.first(2) + '/' + hex + "/data", "y"},
        {kRoot + "blobs/sha256/" + hex.first(2) + '/' + hex + "/data", {}, '0', {}, QByteArray(12, '\xff')},
        {kRoot + "repositories/team/new/_layers/sha256/" + hex + "/link", "sha256:"},
        {kRoot + "repositories/team/new/_manifests/tags/v1/current/link", "sha256:" + hex},
        {kRoot + "repositories/team/new/_manifests/tags/v1/current/link", "sha256:" + hex + '\n'},
    };
    for (const RawEntry &entry : hostile) {
        for (const std::size_t at : {std::size_t(0), m_good.size() / 2, m_good.size()}) {
            std::vector<RawEntry> bad = m_good;
            bad.insert(bad.begin() + std::ptrdiff_t(at), entry);
            SCOPED_TRACE(entry.name.toStdString() + " at " + std::to_string(at));
            expectRefused(bad, "refused");
        }
    }
}

TEST_F(ImportRefusedTest, ADamagedBlobIsNamed)
{
    const Digest layer = m_image->amd64().layers.back();
    entryOf(layer).bytes[100] = char(entryOf(layer).bytes[100] + 1);
    expectRefused(m_good, entryOf(layer).name);
}

TEST_F(ImportRefusedTest, ADamagedBlobThatThePoolHasIsNamedToo)
{
    const auto there = std::find_if(m_good.begin(), m_good.end(), [&](const RawEntry &entry) {
        return entry.name.endsWith("/data") && m_before.contains(QString::fromLatin1(entry.name));
    });
    ASSERT_NE(there, m_good.end());
    there->bytes[0] = char(there->bytes[0] + 1);
    expectRefused(m_good, there->name);
}

TEST_F(ImportRefusedTest, AnImageThatIsNotWholeIsNamed)
{
    const Digest layer = m_image->amd64().layers.back();
    takeOut(layer);
    const Result<ImportPlan> planned = plan(write(rawTar(m_good)));
    ASSERT_TRUE(isOk(planned));
    ASSERT_EQ(planned->failures.size(), 1U) << "the plan knows it";
    EXPECT_TRUE(planned->failures.front().error.why.contains(layer.toString()));
    const TaskResult result = import(write(rawTar(m_good))); // and so does the task

    ASSERT_TRUE(result.stopped);
    EXPECT_EQ(result.stopped->kind, ErrorKind::BadInput);
    ASSERT_EQ(result.failures.size(), 1U);
    EXPECT_EQ(result.failures.front().image, u"team/new:v1"_s);
    EXPECT_TRUE(result.failures.front().error.why.contains(layer.toString()));
    EXPECT_EQ(result.undone, QStringList()) << "the other one is there";
    EXPECT_EQ(treeOf(pool()), m_before);
}

TEST_F(ImportRefusedTest, ThePlanKnowsThatAManifestIsMissing)
{
    takeOut(m_image->root);
    const Result<ImportPlan> planned = plan(write(rawTar(m_good)));
    ASSERT_TRUE(isOk(planned));
    const PlanSummary summary = planned->summary();
    ASSERT_TRUE(summary.blocker);
    EXPECT_EQ(summary.blocker->kind, ErrorKind::BadInput);
    ASSERT_EQ(summary.problems.size(), 1U);
    EXPECT_EQ(summary.problems.front().image, u"team/new:v1"_s);
}

TEST_F(ImportRefusedTest, ATagOnWhatIsNoManifestIsNamed)
{
    const QByteArray text = "no manifest";
    const Digest digest = Digester::of(text);
    m_good.push_back({kRoot + "blobs/sha256/" + digest.hex().first(2) + '/' + digest.hex() + "/data", text});
    m_good.push_back({kRoot + "repositories/team/odd/_manifests/tags/v1/current/link", digest.toByteArray()});
    const TaskResult result = import(write(rawTar(m_good)));
    ASSERT_TRUE(result.stopped);
    ASSERT_EQ(result.failures.size(), 1U);
    EXPECT_EQ(result.failures.front().image, u"team/odd:v1"_s);
    EXPECT_EQ(result.undone, QStringList{u"team/new:v1"_s});
    EXPECT_EQ(treeOf(pool()), m_before);
}

TEST_F(ImportRefusedTest, NoPoolIsLeftWhereThereWasNone)
{
    QByteArray &layer = entryOf(m_image->amd64().layers.back()).bytes;
    layer[0] = char(layer[0] + 1);
    const QString bad = write(rawTar(m_good));
    ASSERT_TRUE(QDir(pool()).removeRecursively());
    EXPECT_TRUE(import(bad).stopped);
    EXPECT_FALSE(QFileInfo::exists(pool()));
    ASSERT_TRUE(QDir().mkpath(pool()));
    EXPECT_TRUE(import(bad).stopped);
    EXPECT_TRUE(QFileInfo(pool()).isDir());
    EXPECT_EQ(treeOf(pool()), Tree()) << "an empty folder stays one";
}

TEST_F(ImportRefusedTest, GarbageAfterTheEnd)
{
    const TaskResult result = import(write(rawTar(m_good) + "garbage"));
    ASSERT_TRUE(result.stopped);
    EXPECT_EQ(result.stopped->kind, ErrorKind::BadInput);
    EXPECT_EQ(treeOf(pool()), m_before);
}

} // namespace
} // namespace layerpool::test
