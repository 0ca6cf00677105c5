// SPDX-License-Identifier: Apache-2.0
#include "image/MediaType.h"
#include "task/ConvertPlan.h"
#include "task/PushPlan.h"
#include "task/SelectPlan.h"
#include "task/VerifyPlan.h"

#include "core/task/TaskTest.h"
#include "support/CorpusImages.h"
#include "support/FakeRegistry.h"
#include "support/SampleImages.h"

#include <QFileInfo>
#include <QTemporaryDir>

#include <gtest/gtest.h>

// Every kind of content on its way through the tasks.

#include <algorithm>

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

class KindsTest : public testing::Test
{
protected:
    void SetUp() override { m_fake.serve(m_corpus.path()); }

    Result<ConvertPlan> plan(const QByteArray &text)
    {
        ImagesList list;
        EXPECT_TRUE(list.addText(text, u"test.list"_s));
        ConvertRequest request;
        request.poolPath = poolPath();
        request.listName = u"test.list"_s;
        request.lines = list.images();
        request.naming.source = {m_fake.host(), {}};
        request.platforms = m_platforms;
        request.takesForeignLayers = m_takesForeignLayers;
        return planConvert(request, m_recorder.context());
    }

    TaskResult convert(const QByteArray &text)
    {
        Result<ConvertPlan> planned = plan(text);
        EXPECT_TRUE(isOk(planned));
        m_notes = planned->summary().notes.join(u'\n');
        ConvertTask task(*std::move(planned));
        return task.run(m_recorder.context());
    }

    /// The one failure of such a plan.
    Error failureOf(const QByteArray &text)
    {
        const Result<ConvertPlan> planned = plan(text);
        EXPECT_TRUE(isOk(planned));
        EXPECT_EQ(planned->failures.size(), 1U);
        return planned->failures.empty() ? Error() : planned->failures.front().error;
    }

    TaskResult push()
    {
        const auto index = readPool(poolPath());
        PushRequest request{index, Selection::ofAll(*index), u"all"_s, {m_target.host(), {}}, {}, {}, {}};
        Result<PushPlan> planned = planPush(request, m_recorder.context());
        EXPECT_TRUE(isOk(planned));
        PushTask task(*std::move(planned));
        return task.run(m_recorder.context());
    }

    /// Into a pool of their own.
    std::shared_ptr<const PoolIndex> selected()
    {
        const auto index = readPool(poolPath());
        const QString target = m_directory.filePath(u"small"_s);
        Result<SelectPlan> planned = planSelect(index, Selection::ofAll(*index), u"all"_s, target);
        EXPECT_TRUE(isOk(planned));
        SelectTask task(*std::move(planned));
        EXPECT_TRUE(task.run(m_recorder.context()).isClean());
        return readPool(target);
    }

    static TaskResult verified(const std::shared_ptr<const PoolIndex> &index)
    {
        Recorder recorder;
        return VerifyTask({index}).run(recorder.context());
    }

    QString poolPath() const { return m_directory.filePath(u"pool"_s); }
    QByteArray blobRequest(const Digest &digest, const char *repository) const
    {
        return QByteArray("/v2/") + repository + "/blobs/" + digest.toByteArray();
    }

    QTemporaryDir m_source;
    QTemporaryDir m_directory;
    CorpusImages m_corpus{m_source.path()};
    HandMadeStorage m_storage{m_source.path()};
    FakeRegistry m_fake;
    FakeRegistry m_target;
    PlatformChoice m_platforms;
    bool m_takesForeignLayers = false;
    QString m_notes;
    Recorder m_recorder;
};

void expectSound(const TaskResult &result)
{
    EXPECT_TRUE(result.isClean());
    for (const ImageFailure &failure : result.failures) {
        ADD_FAILURE() << failure.image.toStdString() << ": " << failure.error.sentence().toStdString();
    }
    for (const Error &finding : result.findings) {
        ADD_FAILURE() << finding.sentence().toStdString();
    }
}

TEST_F(KindsTest, EveryKindComesByteForByteAndIsWhole)
{
    m_platforms.all = true;
    expectSound(convert(m_corpus.list()));
    const auto index = readPool(poolPath());
    for (const CorpusImages::Image &image : m_corpus.all()) {
        const PoolTag *tag = index->find(*ImageReference::parse(image.reference()));
        ASSERT_NE(tag, nullptr) << image.kind.toStdString();
        EXPECT_EQ(tag->digest, image.root) << image.kind.toStdString();
        for (const auto &[digest, bytes] : image.manifests) {
            const Result<Manifest> kept = index->pool().manifest(digest);
            ASSERT_TRUE(isOk(kept)) << image.kind.toStdString();
            EXPECT_EQ(kept->bytes(), bytes);
        }
        EXPECT_EQ(index->closure(*tag).manifests.size(), image.manifests.size()) << image.kind.toStdString();
    }
    expectSound(verified(index));
    EXPECT_EQ(index->totals().unusedBlobs, 0);
}

TEST_F(KindsTest, ASecondRunFindsEveryKindThere)
{
    m_platforms.all = true;
    expectSound(convert(m_corpus.list()));
    m_fake.forgetRequests();
    const TaskResult again = convert(m_corpus.list());
    EXPECT_EQ(again.imagesSkipped, qint64(m_corpus.all().size()));
    EXPECT_EQ(again.bytesTransferred, 0);
    const auto asked = m_fake.requests();
    EXPECT_TRUE(std::none_of(asked.begin(), asked.end(), [](const FakeRequest &request) {
        return request.method == "GET" &&
               (request.path.contains("/manifests/") || request.path.contains("/blobs/"));
    }));
}

TEST_F(KindsTest, EveryKindIsSelectedAndPushed)
{
    m_platforms.all = true;
    expectSound(convert(m_corpus.list()));
    const auto small = selected();
    EXPECT_EQ(small->allTags().size(), m_corpus.all().size());
    expectSound(verified(small));

    m_target.acceptPushes();
    const TaskResult pushed = push();
    ASSERT_EQ(pushed.failures.size(), 1U);
    EXPECT_EQ(pushed.failures.front().image, u"kinds/legacy:1"_s);
    EXPECT_EQ(pushed.failures.front().error.kind, ErrorKind::Unsupported);
    EXPECT_TRUE(pushed.failures.front().error.why.contains(u"schema 1"_s));
    EXPECT_EQ(pushed.imagesDone, qint64(m_corpus.all().size()) - 1);
}

TEST_F(KindsTest, AForeignLayerStaysAtItsVendor)
{
    const Digest foreign = Digester::of(CorpusImages::foreignBytes());
    expectSound(convert("kinds/foreign:1\n"));
    EXPECT_TRUE(m_notes.contains(u"stay"_s) &&
                m_notes.contains(QString::fromLatin1(CorpusImages::foreignAddress())))
        << m_notes.toStdString();
    EXPECT_EQ(m_fake.count("GET", blobRequest(foreign, "kinds/foreign")), 0);
    const auto index = readPool(poolPath());
    const Closure closure = index->closure(index->allTags().front());
    EXPECT_TRUE(closure.missing.empty());
    ASSERT_EQ(closure.foreign.size(), 1U);
    EXPECT_EQ(closure.foreign.front().digest, foreign);
    EXPECT_EQ(closure.blobs.size(), 2U);
}

class ForeignLayerTest : public KindsTest
{
protected:
    void SetUp() override
    {
        KindsTest::SetUp();
        m_takesForeignLayers = true;
        const QByteArray config = R"({"architecture":"amd64","os":"linux"})";
        const Digest configDigest = m_storage.addBlob(u"win"_s, config);
        const QByteArray manifest =
            R"({"schemaVersion":2,"mediaType":")" + QByteArray(mediatype::ociManifest) +
            R"(","config":{"mediaType":")" + mediatype::ociConfig + R"(","digest":")" +
            configDigest.toByteArray() + R"(","size":)" + QByteArray::number(config.size()) +
            R"(},"layers":[{"mediaType":"application/vnd.oci.image.layer.nondistributable.v1.tar","digest":")" +
            m_layer.toByteArray() + R"(","size":)" + QByteArray::number(m_bytes.size()) +
            R"(,"urls":["ftp://x/y",")" + m_vendor.url(u"/layer"_s).toUtf8() + "\"]}]}";
        m_storage.tag(u"win"_s, u"1"_s, m_storage.addManifest(u"win"_s, manifest));
    }

    const QByteArray m_bytes = CorpusImages::foreignBytes();
    const Digest m_layer = Digester::of(m_bytes);
    FakeRegistry m_vendor;
};

TEST_F(ForeignLayerTest, ComesFromItsVendorWhereAskedForWithoutAnyLogin)
{
    m_vendor.on("GET", "/layer").reply(FakeReply(200, m_bytes));
    expectSound(convert("win:1\n"));
    EXPECT_EQ(m_fake.count("GET", blobRequest(m_layer, "win")), 1) << "the registry is asked first";
    ASSERT_EQ(m_vendor.requests().size(), 1U);
    EXPECT_FALSE(m_vendor.requests().front().hasHeader("authorization"));
    const auto index = readPool(poolPath());
    EXPECT_TRUE(index->hasBlob(m_layer));
    EXPECT_TRUE(index->closure(index->allTags().front()).foreign.empty());
    EXPECT_TRUE(selected()->hasBlob(m_layer)) << "where the pool has it, it goes along";
    m_target.acceptPushes();
    expectSound(push());
    EXPECT_GE(m_target.count("HEAD", blobRequest(m_layer, "win")), 1);
}

TEST_F(ForeignLayerTest, OfOtherBytesIsRefused)
{
    m_vendor.on("GET", "/layer").reply(FakeReply(200, QByteArray(m_bytes.size(), 'x')));
    const TaskResult result = convert("win:1\nkinds/oci:1\n");
    ASSERT_EQ(result.failures.size(), 1U);
    EXPECT_EQ(result.failures.front().error.kind, ErrorKind::Corrupt);
    EXPECT_FALSE(readPool(poolPath())->hasBlob(m_layer));
}

TEST_F(ForeignLayerTest, OfOneRepositoryIsNoneOfAnother)
{
    m_vendor.on("GET", "/layer").reply(FakeReply(200, m_bytes));
    expectSound(convert("win:1\n"));
    m_takesForeignLayers = false;
    expectSound(convert("kinds/foreign:1\n"));
    const auto index = readPool(poolPath());
    const PoolTag *other = index->find(*ImageReference::parse(u"kinds/foreign:1"_s));
    EXPECT_EQ(index->closure(*other).foreign.size(), 1U);
    expectSound(verified(index));
}

TEST_F(KindsTest, ALegacyImageIsSaidToBeOne)
{
    expectSound(convert("kinds/legacy:1\n"));
    EXPECT_TRUE(m_notes.contains(u"legacy"_s)) << m_notes.toStdString();
    const auto index = readPool(poolPath());
    const PoolTag tag = index->allTags().front();
    const Closure closure = index->closure(tag);
    ASSERT_EQ(closure.blobs.size(), 2U);
    for (const Descriptor &blob : closure.blobs) {
        EXPECT_EQ(blob.size, index->usage().find(blob.digest)->bytes);
    }
    ASSERT_TRUE(index->image(tag.digest));
    EXPECT_EQ(index->image(tag.digest)->descriptor.platform, Platform::linuxAmd64());
}

TEST_F(KindsTest, WithoutAnySizeTheDigestDecides)
{
    const auto legacy = Manifest::parse(m_corpus.of(u"legacy"_s).bytes());
    ASSERT_TRUE(isOk(legacy));
    for (const Descriptor &layer : legacy->layers()) {
        m_fake.on("HEAD", blobRequest(layer.digest, "kinds/legacy")).reply(FakeReply(200).chunked());
    }
    const Digest cut = legacy->layers().front().digest;
    const QByteArray path = blobRequest(cut, "kinds/legacy");
    // Nobody says how long it is; the first answer ends too early.
    m_fake.on("GET", path).reply(FakeReply(200, "too short").chunked()).thenAsUsual();
    expectSound(convert("kinds/legacy:1\n"));
    EXPECT_EQ(m_fake.count("GET", path), 2);
    EXPECT_TRUE(readPool(poolPath())->hasBlob(cut));
}

TEST_F(KindsTest, AnUnknownChildFailsItsImageByName)
{
    const QByteArray type = "application/vnd.example.strange.v1+json";
    const QByteArray child = R"({"schemaVersion":2,"mediaType":")" + type + "\"}";
    const Digest strange = m_storage.addManifest(u"odd"_s, child);
    const QByteArray index = R"({"schemaVersion":2,"mediaType":")" + QByteArray(mediatype::ociIndex) +
                             R"(","manifests":[{"mediaType":")" + type + R"(","digest":")" +
                             strange.toByteArray() + R"(","size":)" + QByteArray::number(child.size()) +
                             "}]}";
    m_storage.tag(u"odd"_s, u"1"_s, m_storage.addManifest(u"odd"_s, index));
    m_platforms.all = true;
    const TaskResult result = convert("odd:1\nkinds/oci:1\n");
    ASSERT_EQ(result.failures.size(), 1U);
    EXPECT_EQ(result.failures.front().error.kind, ErrorKind::Unsupported);
    EXPECT_TRUE(result.failures.front().error.sentence().contains(QString::fromLatin1(type)));
    EXPECT_EQ(result.imagesDone, 1);
    EXPECT_FALSE(readPool(poolPath())->hasBlob(strange));
}

TEST_F(KindsTest, APlainManifestOfAnotherPlatformFailsWithTheOneItHas)
{
    m_platforms.platforms = {Platform{u"linux"_s, u"arm64"_s}};
    for (const QByteArray line : {"kinds/docker:1\n", "kinds/oci:1\n", "kinds/legacy:1\n"}) {
        const Error error = failureOf(line);
        EXPECT_EQ(error.kind, ErrorKind::NotFound) << line.toStdString();
        EXPECT_TRUE(error.what.contains(u"linux/arm64"_s) && error.why.contains(u"linux/amd64"_s))
            << error.sentence().toStdString();
    }
    for (const QByteArray line : {"kinds/artifact:1\n", "kinds/helm:1\n"}) { // these run nowhere
        EXPECT_TRUE(plan(line)->failures.empty()) << line.toStdString();
    }
    m_platforms.platforms.push_back(Platform::linuxAmd64());
    EXPECT_TRUE(plan("kinds/oci:1\n")->failures.empty()) << "one of several is enough";
    m_platforms = {.platforms = {}, .all = true};
    EXPECT_TRUE(plan("kinds/oci:1\n")->failures.empty());
}

TEST_F(KindsTest, APinnedManifestIsTakenWhateverItRunsOn)
{
    const Digest arm = [&] {
        const auto list = Manifest::parse(m_corpus.of(u"docker-list"_s).bytes());
        return list->children().back().digest;
    }();
    expectSound(convert("kinds/docker-list@" + arm.toByteArray() + "\n"));
    m_platforms.platforms = {Platform::linuxAmd64()};
    EXPECT_EQ(failureOf("kinds/docker-list@" + arm.toByteArray() + "\n").kind, ErrorKind::NotFound);
}

TEST_F(KindsTest, TheConfigThatThePlanLookedAtIsNotFetchedAgain)
{
    const auto manifest = Manifest::parse(m_corpus.of(u"oci"_s).bytes());
    expectSound(convert("kinds/oci:1\n"));
    EXPECT_EQ(m_fake.count("GET", blobRequest(manifest->config().digest, "kinds/oci")), 1);
}

TEST_F(KindsTest, AConfigOfOtherBytesFailsItsImage)
{
    const auto manifest = Manifest::parse(m_corpus.of(u"oci"_s).bytes());
    m_fake.on("GET", blobRequest(manifest->config().digest, "kinds/oci"))
        .reply(FakeReply(200, R"({"architecture":"amd64","os":"linux"})"));
    EXPECT_EQ(failureOf("kinds/oci:1\n").kind, ErrorKind::Corrupt);
}

TEST_F(KindsTest, OnePlatformOfANestedIndexIsFoundInside)
{
    expectSound(convert("kinds/nested-index:1\n"));
    const auto index = readPool(poolPath());
    const Digest root = index->allTags().front().digest;
    ASSERT_TRUE(index->image(root)) << "the tag names the image itself";
    EXPECT_EQ(index->image(root)->descriptor.platform, Platform::linuxAmd64());
}

TEST_F(KindsTest, OfSeveralThatServeTheOthersAreNamed)
{
    const QByteArray config = R"({"architecture":"amd64","os":"windows"})";
    QByteArrayList children;
    for (const QByteArray version : {"10.0.17763.1", "10.0.20348.2"}) {
        const Digest configDigest = m_storage.addBlob(u"nano"_s, config);
        const QByteArray child = R"({"schemaVersion":2,"mediaType":")" + QByteArray(mediatype::ociManifest) +
                                 R"(","annotations":{"v":")" + version + R"("},"config":{"mediaType":")" +
                                 mediatype::ociConfig + R"(","digest":")" + configDigest.toByteArray() +
                                 R"(","size":)" + QByteArray::number(config.size()) + R"(},"layers":[]})";
        children << R"({"mediaType":")" + QByteArray(mediatype::ociManifest) + R"(","digest":")" +
                        m_storage.addManifest(u"nano"_s, child).toByteArray() + R"(","size":)" +
                        QByteArray::number(child.size()) +
                        R"(,"platform":{"os":"windows","architecture":"amd64","os.version":")" + version +
                        "\"}}";
    }
    m_storage.tag(u"nano"_s, u"1"_s,
                  m_storage.addManifest(u"nano"_s, R"({"schemaVersion":2,"mediaType":")" +
                                                       QByteArray(mediatype::ociIndex) +
                                                       R"(","manifests":[)" + children.join(',') + "]}"));
    EXPECT_TRUE(failureOf("nano:1\n").why.contains(u"windows/amd64 (10.0.17763.1)"_s));
    m_platforms.platforms = {Platform{u"windows"_s, u"amd64"_s}};
    expectSound(convert("nano:1\n"));
    EXPECT_TRUE(m_notes.contains(u"10.0.17763.1"_s) && m_notes.contains(u"10.0.20348.2"_s))
        << m_notes.toStdString();
}

TEST_F(KindsTest, ATagPinnedBySha512IsKeptUnderIt)
{
    const QByteArray bytes = m_corpus.of(u"oci"_s).bytes();
    const Digest long512 = m_storage.addManifest(u"kinds/oci"_s, bytes, Digest::Algorithm::Sha512);
    expectSound(convert("kinds/oci:1@" + long512.toByteArray() + "\n"));
    const auto index = readPool(poolPath());
    EXPECT_EQ(index->allTags().front().digest, long512);
    expectSound(verified(index));
}

} // namespace
} // namespace layerpool::test
