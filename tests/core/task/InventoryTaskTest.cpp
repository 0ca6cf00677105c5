// SPDX-License-Identifier: Apache-2.0
#include "task/InventoryPlan.h"
#include "task/PoolInventoryPlan.h"

#include "bundle/Inventory.h"
#include "core/task/ConvertTest.h"
#include "task/TarPlan.h"

#include <QFile>

// What a registry has of a list's images: no more than was seen to be there.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

class InventoryTaskTest : public ConvertTest
{
protected:
    TaskResult inventory(const QByteArray &list, const QString &prefix = {})
    {
        const ConvertRequest like = request(list);
        InventoryPlan plan{like.lines, u"far.list"_s, {m_fake.host(), prefix}, like.registry, {file()}};
        return InventoryTask(std::move(plan)).run(m_recorder.context());
    }
    QString file() const { return m_directory.filePath(u"far.json"_s); }
    BundleContent content() const
    {
        const Result<BundleContent> read = readInventory(file());
        EXPECT_TRUE(isOk(read));
        return read ? *read : BundleContent();
    }
    /// How many of the pool's images a bundle for such a far side takes.
    int packedFor(const BundleContent &far) const
    {
        const auto index = pool();
        TarRequest request{.name = u"all"_s, .target = m_directory.filePath(u"next.tar"_s)};
        request.far = {far};
        const Result<TarPlan> plan = planTar(index, Selection::ofAll(*index), std::move(request));
        EXPECT_TRUE(isOk(plan));
        return plan ? plan->selection.imageCount() : -1;
    }
    static const BundleContent::Repository &of(const BundleContent &content, const QString &name)
    {
        static const BundleContent::Repository none;
        const BundleContent::Repository *found = content.repository(*RepositoryName::parse(name));
        EXPECT_NE(found, nullptr) << name.toStdString();
        return found ? *found : none;
    }
};

TEST_F(InventoryTaskTest, ListsWhatIsThereUnderTheNamesOfAPool)
{
    const Sample index = m_samples.add(u"mirror/team/index"_s, u"v1"_s, {.kind = SampleKind::OciIndex});
    const Sample hosted = m_samples.add(u"mirror/quay.io/team/app"_s, u"v1"_s);
    const Sample official = m_samples.add(u"mirror/library/redis"_s, u"6"_s);
    m_samples.add(u"mirror/library/redis"_s, u"7"_s);
    const Sample signature = m_samples.addSignature(u"mirror/team/index"_s, index.root);

    const TaskResult result =
        inventory("team/index:v1\nquay.io/team/app:v1\nredis:[0-6]\nteam/none:v1\n", u"mirror"_s);
    EXPECT_TRUE(result.isClean());
    EXPECT_EQ(result.imagesDone, 3);
    EXPECT_EQ(result.notes, (QStringList{u"team/none:v1 is not at %1/mirror"_s.arg(m_fake.host())}));
    EXPECT_EQ(m_recorder.count(TaskEvent::Kind::ImageAbsent), 1);

    const BundleContent content = this->content();
    EXPECT_EQ(content.repositories.size(), 3U);
    const BundleContent::Repository &team = of(content, u"team/index"_s);
    EXPECT_EQ(team.tags, (std::map<QString, Digest>{{u"v1"_s, index.root}, {signature.tag, signature.root}}));
    for (const SampleManifest &child : index.manifests) {
        EXPECT_TRUE(team.revisions.contains(child.digest));
        EXPECT_TRUE(team.layers.contains(child.config));
        for (const Digest &layer : child.layers) {
            EXPECT_TRUE(team.layers.contains(layer));
            EXPECT_TRUE(content.has(layer));
        }
    }
    ASSERT_TRUE(result.listed);
    EXPECT_EQ(result.listed->repositories, 3);
    EXPECT_EQ(result.listed->bytes, content.blobBytes);
    EXPECT_EQ(of(content, u"quay.io/team/app"_s).tags.at(u"v1"_s), hosted.root);
    EXPECT_EQ(of(content, u"library/redis"_s).tags, (std::map<QString, Digest>{{u"6"_s, official.root}}));
    EXPECT_EQ(m_fake.countBelow("GET", "/v2/mirror/team/index/blobs/"), 0) << "no blob is downloaded";
}

TEST_F(InventoryTaskTest, AnImageThatLacksABlobHasNoTagInIt)
{
    const Sample sample = m_samples.add(u"team/app"_s, u"v1"_s);
    const Digest lost = sample.amd64().layers.back();
    ASSERT_TRUE(QFile::remove(m_samples.blobPath(lost)));
    const TaskResult result = inventory("team/app:v1\n");
    EXPECT_EQ(result.imagesDone, 0);
    ASSERT_EQ(result.failures.size(), 1U);
    EXPECT_EQ(result.failures.front().image, u"team/app:v1"_s);
    EXPECT_EQ(result.failures.front().error.kind, ErrorKind::Corrupt);
    const BundleContent content = this->content();
    EXPECT_TRUE(of(content, u"team/app"_s).tags.empty());
    EXPECT_TRUE(content.has(sample.amd64().layers.front()));
    EXPECT_FALSE(content.has(lost));
}

TEST_F(InventoryTaskTest, ASparseIndexListsTheChildrenThatAreThere)
{
    const Sample index = m_samples.add(u"team/index"_s, u"v1"_s, {.kind = SampleKind::OciIndex});
    const Digest child = index.of({u"linux"_s, u"arm64"_s, {}}).digest;
    m_platforms.all = true;
    ASSERT_TRUE(convert("team/index:v1\n").isClean());
    ASSERT_TRUE(inventory("team/index:v1\n").isClean());
    EXPECT_EQ(packedFor(this->content()), 0) << "it is there as it is here";
    ASSERT_TRUE(QFile::remove(file()));
    m_fake.on("GET", "/v2/team/index/manifests/" + child.toByteArray())
        .reply(FakeReply::error(404, "MANIFEST_UNKNOWN"));
    EXPECT_TRUE(inventory("team/index:v1\n").isClean());
    const BundleContent content = this->content();
    const BundleContent::Repository &repository = of(content, u"team/index"_s);
    EXPECT_EQ(repository.tags.at(u"v1"_s), index.root);
    EXPECT_TRUE(repository.revisions.contains(index.amd64().digest));
    EXPECT_FALSE(repository.revisions.contains(child));
    EXPECT_EQ(packedFor(content), 1) << "the pool has a platform more";
}

TEST_F(InventoryTaskTest, WhatCannotBeAskedForFailsAndTheRestIsWritten)
{
    m_samples.add(u"team/app"_s, u"v1"_s);
    m_samples.add(u"team/other"_s, u"v1"_s);
    m_fake.on("GET", "/v2/team/other/manifests/v1").reply(FakeReply::error(403, "DENIED"));
    const TaskResult alone = inventory("team/other:v1\n");
    ASSERT_EQ(alone.failures.size(), 1U);
    EXPECT_EQ(alone.failures.front().error.kind, ErrorKind::Denied);
    EXPECT_FALSE(QFile::exists(file())) << "nothing is known";

    const TaskResult both = inventory("team/app:v1\nteam/other:v1\n");
    ASSERT_EQ(both.failures.size(), 1U);
    EXPECT_EQ(both.failures.front().image, u"team/other:v1"_s);
    EXPECT_EQ(both.imagesDone, 1);
    EXPECT_EQ(content().repositories.size(), 1U);
}

// As Harbor answers of a first part of a name that is no project of its.
TEST_F(InventoryTaskTest, WhatLiesInNoProjectIsNotThere)
{
    m_samples.add(u"team/app"_s, u"v1"_s);
    const FakeReply noProject = FakeReply::error(404, "NOT_FOUND", "project docker.io not found");
    m_fake.on("GET", "/v2/docker.io/team/app/manifests/v1").reply(noProject);
    m_fake.on("GET", "/v2/docker.io/team/none/manifests/v1").reply(noProject);
    m_fake.on("GET", "/v2/docker.io/team/none/tags/list").reply(noProject);
    const TaskResult result = inventory("team/app:v1\nteam/none:v1\nteam/none:v[2-9]\n");
    EXPECT_TRUE(result.isClean());
    EXPECT_EQ(result.imagesDone, 1);
    EXPECT_EQ(result.notes.size(), 2);
}

// As Harbor answers where a policy of the project asks for a scan or a signature.
TEST_F(InventoryTaskTest, WhatAPolicyForbidsIsNotAbsent)
{
    m_samples.add(u"team/app"_s, u"v1"_s);
    m_fake.on("GET", "/v2/team/app/manifests/v1")
        .reply(FakeReply::error(412, "PROJECTPOLICYVIOLATION", "it must be scanned first"));
    const TaskResult result = inventory("team/app:v1\n");
    ASSERT_EQ(result.failures.size(), 1U);
    const Error &error = result.failures.front().error;
    EXPECT_EQ(error.kind, ErrorKind::Denied);
    EXPECT_EQ(error.why, u"it must be scanned first"_s);
    EXPECT_TRUE(error.options.isEmpty()) << "keeping tags is of no help to who reads";
    EXPECT_FALSE(QFile::exists(file()));
}

TEST_F(InventoryTaskTest, APinHoldsWhateverItsTagStandsFor)
{
    m_samples.add(u"team/app"_s, u"v1"_s);
    const Sample pinned = m_samples.add(u"team/app"_s, u"v2"_s);
    const QByteArray line = "team/app:v1@";
    const TaskResult result =
        inventory(line + pinned.root.toByteArray() + '\n' + line + "sha256:" + QByteArray(64, '1') + '\n');
    EXPECT_TRUE(result.isClean());
    EXPECT_EQ(result.imagesDone, 1);
    EXPECT_EQ(m_recorder.count(TaskEvent::Kind::ImageAbsent), 1);
    const BundleContent content = this->content();
    EXPECT_TRUE(of(content, u"team/app"_s).tags.empty()) << "no tag that was asked for stands for it";
    EXPECT_TRUE(of(content, u"team/app"_s).revisions.contains(pinned.root));
}

TEST_F(InventoryTaskTest, WhatTwoLinesNameCountsOnce)
{
    m_samples.add(u"team/app"_s, u"v1"_s);
    m_samples.add(u"team/app"_s, u"v2"_s);
    const TaskResult result = inventory("team/app:v1\nteam/app:v*\nteam/app:v[2-9]\nteam/none:v*\n");
    EXPECT_EQ(result.imagesDone, 2);
    EXPECT_TRUE(result.summary.front().startsWith(u"2 of 3 images"_s))
        << result.summary.front().toStdString();
}

TEST_F(InventoryTaskTest, OfTooManySignaturesThoseOfTheImagesComeFirst)
{
    const Sample sample = m_samples.add(u"team/app"_s, u"v1"_s);
    const Sample signature = m_samples.addSignature(u"team/app"_s, sample.root);
    QByteArray tags = "\"v1\",\"" + signature.tag.toLatin1() + '"';
    for (int i = 0; i < 1010; ++i) {
        tags += ",\"sha256-" + QByteArray::number(i).rightJustified(64, '0') + ".sig\"";
    }
    m_fake.on("GET", "/v2/team/app/tags/list")
        .reply(FakeReply::json(200, R"({"name":"team/app","tags":[)" + tags + "]}"));
    const TaskResult result = inventory("team/app:v1\n");
    EXPECT_TRUE(result.isClean());
    EXPECT_EQ(of(content(), u"team/app"_s).tags.size(), 2U);
    EXPECT_LE(m_fake.countBelow("GET", "/v2/team/app/manifests/"), 1001);
    ASSERT_EQ(result.notes.size(), 1);
    EXPECT_TRUE(result.notes.front().startsWith(u"11 "_s)) << result.notes.front().toStdString();
}

TEST_F(InventoryTaskTest, AFileThatCannotBeWrittenIsSaidAhead)
{
    const QString plain = m_directory.filePath(u"plain"_s);
    QFile made(plain);
    ASSERT_TRUE(made.open(QIODevice::WriteOnly));
    const std::optional<Error> below = InventoryFile{plain + u"/far.json"_s}.blocker();
    ASSERT_TRUE(below);
    EXPECT_EQ(below->kind, ErrorKind::Storage);
    EXPECT_TRUE(below->why.contains(u"is no folder"_s)) << below->why.toStdString();
    EXPECT_TRUE(InventoryFile{plain}.blocker());
    EXPECT_FALSE((InventoryFile{plain, true}).blocker());
    EXPECT_TRUE((InventoryFile{m_directory.path(), true}).blocker());
    EXPECT_FALSE(InventoryFile{m_directory.filePath(u"new/far.json"_s)}.blocker());
}

TEST_F(InventoryTaskTest, OfAPoolAnImageThatIsNotWholeFailsAndTheRestIsWritten)
{
    m_samples.add(u"team/app"_s, u"v1"_s);
    const Sample other = m_samples.add(u"team/other"_s, u"v1"_s);
    ASSERT_TRUE(convert("team/app:v1\nteam/other:v1\n").isClean());
    const QString hex = QString::fromLatin1(other.amd64().layers.back().hex());
    ASSERT_TRUE(QFile::remove(
        m_directory.filePath(u"pool/docker/registry/v2/blobs/sha256/%1/%2/data"_s.arg(hex.left(2), hex))));
    ImagesList list;
    ASSERT_TRUE(list.addText("team/app:v1\nteam/other:v1\nteam/none:v1\n", u"far.list"_s));
    const auto index = pool();
    const TaskResult result =
        PoolInventoryTask({index, Selection::ofList(*index, list), u"far.list"_s, {file()}})
            .run(m_recorder.context());
    EXPECT_EQ(result.imagesDone, 1);
    ASSERT_EQ(result.failures.size(), 1U);
    EXPECT_EQ(result.failures.front().image, u"team/other:v1"_s);
    EXPECT_EQ(result.failures.front().error.kind, ErrorKind::Corrupt);
    EXPECT_EQ(m_recorder.count(TaskEvent::Kind::ImageAbsent), 1);
    EXPECT_EQ(content().repositories.size(), 1U);
}

TEST_F(InventoryTaskTest, ACancelWritesNothing)
{
    m_samples.add(u"team/app"_s, u"v1"_s);
    m_fake.on("GET", "/v2/team/app/manifests/v1").replyWith([&](const FakeRequest &) {
        m_recorder.cancel.cancel();
        return FakeReply::silence();
    });
    const TaskResult result = inventory("team/app:v1\n");
    EXPECT_TRUE(result.wasCancelled());
    EXPECT_EQ(result.undone, (QStringList{u"team/app:v1"_s}));
    EXPECT_FALSE(QFile::exists(file()));
}

} // namespace
} // namespace layerpool::test
