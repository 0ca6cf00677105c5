// SPDX-License-Identifier: Apache-2.0
#include "task/InventoryPlan.h"

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
        InventoryPlan plan{like.lines, u"far.list"_s, {m_fake.host(), prefix}, like.registry, file()};
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
    EXPECT_TRUE(result.isClean());
    EXPECT_EQ(result.imagesDone, 0);
    ASSERT_EQ(result.notes.size(), 1);
    EXPECT_TRUE(result.notes.front().startsWith(u"team/app:v1 lacks parts at "_s));
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
