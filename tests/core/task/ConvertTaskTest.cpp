// SPDX-License-Identifier: Apache-2.0
#include "base/Digester.h"
#include "core/task/ConvertTest.h"
#include "pool/StagedBlob.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

#include <future>
#include <thread>

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

class ConvertTaskTest : public ConvertTest
{
};

TEST_F(ConvertTaskTest, EachDigestIsFetchedOnceForTheWholeList)
{
    const Sample a = m_samples.add(QStringLiteral("a"), QStringLiteral("v1"), {.sharedLayers = 2, .base = 0});
    m_samples.add(QStringLiteral("b"), QStringLiteral("v1"), {.sharedLayers = 2, .base = 0});
    const TaskResult result = convert("a:v1\nb:v1\n");
    EXPECT_TRUE(result.isClean());
    EXPECT_EQ(result.imagesDone, 2);
    EXPECT_EQ(m_recorder.count(TaskEvent::Kind::ImageDone), 2);
    int fetched = 0;
    for (const FakeRequest &request : m_fake.requests()) {
        fetched += request.path.endsWith(a.amd64().layers.front().toByteArray()) ? 1 : 0;
    }
    EXPECT_EQ(fetched, 1);
}

TEST_F(ConvertTaskTest, ThePlanSaysWhatTheTaskDoes)
{
    m_samples.add(QStringLiteral("a"), QStringLiteral("v1"));
    Result<ConvertPlan> planned = plan("a:v1\nnone:v1\n");
    ASSERT_TRUE(planned);
    const PlanSummary summary = planned->summary();
    EXPECT_EQ(summary.images, 1);
    ASSERT_EQ(summary.problems.size(), 1U);
    EXPECT_EQ(summary.problems.front().error.kind, ErrorKind::NotFound);
    const qint64 fetchBytes = planned->fetchBytes;
    ConvertTask task(*std::move(planned));
    const TaskResult result = task.run(m_recorder.context());
    EXPECT_EQ(result.bytesTransferred, fetchBytes);
    EXPECT_EQ(result.failures.size(), 1U);
}

TEST_F(ConvertTaskTest, OnePlatformIsTaggedByItsOwnManifest)
{
    const Sample sample =
        m_samples.add(QStringLiteral("a"), QStringLiteral("v1"), {.kind = SampleKind::DockerList});
    EXPECT_TRUE(convert("a:v1\n").isClean());
    EXPECT_EQ(tagged(QStringLiteral("a:v1")), sample.amd64().digest);
    EXPECT_FALSE(pool()->hasBlob(sample.root)) << "nothing names the index: it would be garbage";
}

TEST_F(ConvertTaskTest, ASecondRunAsksOnceForEachTagAndMovesNothing)
{
    m_samples.add(QStringLiteral("a"), QStringLiteral("v1"), {.kind = SampleKind::OciIndex});
    m_samples.add(QStringLiteral("b"), QStringLiteral("v1"));
    EXPECT_TRUE(convert("a:v1\nb:v1\n").isClean());
    m_fake.forgetRequests();
    const TaskResult result = convert("a:v1\nb:v1\n");
    EXPECT_EQ(result.imagesSkipped, 2);
    EXPECT_EQ(result.bytesTransferred, 0);
    EXPECT_EQ(m_fake.countBelow("HEAD", "/v2/"), 2);
    EXPECT_EQ(m_fake.countBelow("GET", "/v2/"), 4)
        << "the first look at the registry, one for referrers, the tags of each repository, and no manifest";
}

// A plan looks beside the tasks that run; a task has its turn when they let it.
TEST_F(ConvertTaskTest, ItsTurnIsAfterThatOfOtherTasks)
{
    m_samples.add(QStringLiteral("a"), QStringLiteral("v1"));
    ConvertRequest wanted = request("a:v1\n");
    const auto turns = std::make_shared<RequestTurns>(1, QHash<QString, int>());
    wanted.registry.http.turns = turns;
    ASSERT_TRUE(turns->enter(QStringLiteral("elsewhere"), CancelToken()));
    const TaskContext context = m_recorder.context();
    Result<ConvertPlan> planned = planConvert(wanted, context);
    ASSERT_TRUE(isOk(planned));
    m_fake.forgetRequests();
    ConvertTask task(*std::move(planned));
    auto running = std::async(std::launch::async, [&] { return task.run(context); });
    while (!context.progress.doing().endsWith(QStringLiteral("waiting for other tasks"))) {
        std::this_thread::yield();
    }
    EXPECT_EQ(m_fake.requests().size(), 0U);
    turns->leave(QStringLiteral("elsewhere"));
    EXPECT_TRUE(running.get().isClean());
}

TEST_F(ConvertTaskTest, WhatTheRegistryStillAllowsStandsInThePlan)
{
    const Sample a = m_samples.add(QStringLiteral("a"), QStringLiteral("v1"));
    m_fake.on("GET", "/v2/a/manifests/v1")
        .reply(FakeReply::manifest(a.bytes, a.mediaType)
                   .header("ratelimit-limit", "100;w=21600")
                   .header("ratelimit-remaining", "76;w=21600"));
    const Result<ConvertPlan> planned = plan("a:v1\n");
    ASSERT_TRUE(isOk(planned));
    const QString notes = planned->summary().notes.join(QLatin1Char(' '));
    EXPECT_TRUE(notes.contains(QStringLiteral("allows 76 more of 100 pulls in 6 h"))) << notes.toStdString();
}

// A gigabyte of holes is hashed for long enough to be seen, and it hears that it is to stop.
TEST_F(ConvertTaskTest, WhileAnEarlierRunsPartIsHashedThatIsSaid)
{
    constexpr qint64 size = 1'000'000'000;
    const QByteArray type = "application/vnd.oci.image.manifest.v1+json";
    const Sample a = m_samples.add(QStringLiteral("a"), QStringLiteral("v1"));
    const Digest layer = Digester::of("a large one");
    const QByteArray config = QJsonDocument(QJsonDocument::fromJson(a.bytes)[u"config"].toObject()).toJson();
    m_fake.on("GET", "/v2/a/manifests/v1")
        .reply(FakeReply::manifest(
            R"({"schemaVersion":2,"mediaType":")" + type + R"(","config":)" + config +
                R"(,"layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar","size":)" +
                QByteArray::number(size) + R"(,"digest":")" + layer.toByteArray() + R"("}]})",
            type));
    const QString part =
        m_directory.filePath(QStringLiteral("pool/") + QString::fromLatin1(StagedBlob::nameOf(layer)));
    ASSERT_TRUE(QDir().mkpath(QFileInfo(part).path()));
    ASSERT_TRUE(QDir().mkpath(m_directory.filePath(QStringLiteral("pool/docker/registry/v2"))));
    QFile file(part);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly) && file.resize(size - 1));
    file.close();

    Result<ConvertPlan> planned = plan("a:v1\n");
    ASSERT_TRUE(isOk(planned));
    EXPECT_EQ(planned->keptBytes, size - 1);
    ConvertTask task(*std::move(planned));
    TaskResult result;
    std::thread running([&] { result = task.run(m_recorder.context()); });
    const QDeadlineTimer deadline(20'000);
    while (!m_recorder.progress.phase().startsWith(QStringLiteral("Checking ")) && !deadline.hasExpired()) {
        std::this_thread::yield();
    }
    EXPECT_FALSE(deadline.hasExpired()) << m_recorder.progress.phase().toStdString();
    m_recorder.cancel.cancel();
    running.join();
    ASSERT_TRUE(result.stopped);
    EXPECT_EQ(result.stopped->kind, ErrorKind::Cancelled);
    EXPECT_EQ(QFileInfo(part).size(), size - 1) << "it is as it was";
}

TEST_F(ConvertTaskTest, SeveralPlatformsKeepASparseIndex)
{
    const Platform arm{QStringLiteral("linux"), QStringLiteral("arm64"), {}};
    const Platform riscv{QStringLiteral("linux"), QStringLiteral("riscv64"), {}};
    const Sample sample =
        m_samples.add(QStringLiteral("a"), QStringLiteral("v1"),
                      {.kind = SampleKind::OciIndex, .platforms = {Platform::linuxAmd64(), arm, riscv}});
    m_platforms.platforms = {Platform::linuxAmd64(), arm};
    EXPECT_TRUE(convert("a:v1\n").isClean());
    EXPECT_EQ(tagged(QStringLiteral("a:v1")), sample.root);
    EXPECT_TRUE(pool()->hasBlob(sample.of(arm).digest));
    EXPECT_FALSE(pool()->hasBlob(sample.of(riscv).digest));
}

TEST_F(ConvertTaskTest, AllPlatformsBringTheAttestationsToo)
{
    const Sample sample = m_samples.add(QStringLiteral("a"), QStringLiteral("v1"),
                                        {.kind = SampleKind::OciIndex, .hasAttestation = true});
    m_platforms.all = true;
    EXPECT_TRUE(convert("a:v1\n").isClean());
    for (const SampleManifest &manifest : sample.manifests) {
        EXPECT_TRUE(pool()->hasBlob(manifest.digest)) << manifest.platform.toString().toStdString();
    }
}

TEST_F(ConvertTaskTest, ASparseIndexKeepsTheAttestationsOfItsChildrenAlone)
{
    const Platform arm{QStringLiteral("linux"), QStringLiteral("arm64"), {}};
    const Platform riscv{QStringLiteral("linux"), QStringLiteral("riscv64"), {}};
    const auto add = [&](const QString &tag, const std::vector<Platform> &platforms) {
        return m_samples.add(QStringLiteral("a"), tag,
                             {.kind = SampleKind::OciIndex, .platforms = platforms, .hasAttestation = true});
    };
    const Sample ofOurs = add(QStringLiteral("ours"), {Platform::linuxAmd64(), arm, riscv});
    const Sample ofAnother = add(QStringLiteral("another"), {riscv, Platform::linuxAmd64(), arm});
    m_platforms.platforms = {Platform::linuxAmd64(), arm};
    const Result<ConvertPlan> planned = plan("a:ours\n");
    ASSERT_TRUE(isOk(planned));
    EXPECT_EQ(planned->images.front().manifests.size(), 4U);
    EXPECT_TRUE(convert("a:ours\na:another\n").isClean());
    const SampleManifest &attestation = ofOurs.manifests.back();
    EXPECT_EQ(tagged(QStringLiteral("a:ours")), ofOurs.root);
    EXPECT_TRUE(pool()->hasBlob(attestation.digest));
    EXPECT_TRUE(pool()->hasBlob(attestation.layers.front()));
    EXPECT_FALSE(pool()->hasBlob(ofOurs.of(riscv).digest));
    EXPECT_FALSE(pool()->hasBlob(ofAnother.manifests.back().digest)) << "its platform was not asked for";
    EXPECT_EQ(convert("a:ours\na:another\n").imagesSkipped, 2) << "all that is wanted is there";
}

TEST_F(ConvertTaskTest, AnAttestationThatIsNotThereIsLeftOutOfASparseIndex)
{
    const Sample sample = m_samples.add(QStringLiteral("a"), QStringLiteral("v1"),
                                        {.kind = SampleKind::OciIndex, .hasAttestation = true});
    const Digest attestation = sample.manifests.back().digest;
    ASSERT_TRUE(QFileInfo(m_samples.blobPath(attestation)).dir().removeRecursively());
    ASSERT_TRUE(
        QFileInfo(m_samples.revisionLinkPath(sample.repository, attestation)).dir().removeRecursively());
    m_platforms.platforms = ImageSpec::bothPlatforms();
    const Result<ConvertPlan> planned = plan("a:v1\n");
    ASSERT_TRUE(isOk(planned));
    EXPECT_TRUE(planned->summary().notes.join(u'\n').contains(u"a:v1: an attestation of it is left out"))
        << planned->summary().notes.join(u'\n').toStdString();
    EXPECT_TRUE(convert("a:v1\n").isClean());
    EXPECT_EQ(tagged(QStringLiteral("a:v1")), sample.root);
}

TEST_F(ConvertTaskTest, WithoutReferrersASparseIndexHasNoAttestations)
{
    const Sample sample = m_samples.add(QStringLiteral("a"), QStringLiteral("v1"),
                                        {.kind = SampleKind::OciIndex, .hasAttestation = true});
    ConvertRequest wanted = request("a:v1\n");
    wanted.platforms.platforms = ImageSpec::bothPlatforms();
    wanted.takesReferrers = false;
    Result<ConvertPlan> planned = planConvert(wanted, m_recorder.context());
    ASSERT_TRUE(isOk(planned));
    EXPECT_TRUE(ConvertTask(*std::move(planned)).run(m_recorder.context()).isClean());
    EXPECT_EQ(tagged(QStringLiteral("a:v1")), sample.root);
    EXPECT_FALSE(pool()->hasBlob(sample.manifests.back().digest));

    m_platforms = wanted.platforms;
    EXPECT_TRUE(convert("a:v1\n").isClean());
    EXPECT_TRUE(pool()->hasBlob(sample.manifests.back().digest)) << "a later run brings what is lacking";
}

TEST_F(ConvertTaskTest, AnAbsentPlatformIsAnsweredWithThoseThereAre)
{
    m_samples.add(QStringLiteral("a"), QStringLiteral("v1"), {.kind = SampleKind::OciIndex});
    m_platforms.platforms = {Platform{QStringLiteral("windows"), QStringLiteral("amd64"), {}}};
    const Result<ConvertPlan> planned = plan("a:v1\n");
    ASSERT_TRUE(planned);
    ASSERT_EQ(planned->failures.size(), 1U);
    EXPECT_TRUE(planned->failures.front().error.why.contains(QStringLiteral("linux/amd64, linux/arm64")));
}

TEST_F(ConvertTaskTest, OfSeveralPlatformsOneMustBeThereAndTheOthersAreSaidToBeAbsent)
{
    m_samples.add(QStringLiteral("a"), QStringLiteral("index"), {.kind = SampleKind::OciIndex});
    m_samples.add(QStringLiteral("a"), QStringLiteral("single"));
    const Platform windows{QStringLiteral("windows"), QStringLiteral("amd64"), {}};
    const Platform riscv{QStringLiteral("linux"), QStringLiteral("riscv64"), {}};
    m_platforms.platforms = {windows, Platform::linuxAmd64(), riscv};
    const Result<ConvertPlan> planned = plan("a:index\na:single\n");
    ASSERT_TRUE(isOk(planned));
    EXPECT_EQ(planned->images.size(), 2U);
    EXPECT_EQ(
        planned->notes,
        QStringList(
            {QStringLiteral("a:index: there is none for windows/amd64, only for linux/amd64, linux/arm64"),
             QStringLiteral("a:index: there is none for linux/riscv64, only for linux/amd64, linux/arm64"),
             QStringLiteral("a:single: there is none for windows/amd64, only for linux/amd64"),
             QStringLiteral("a:single: there is none for linux/riscv64, only for linux/amd64")}));
    EXPECT_TRUE(convert("a:index\na:single\n").isClean());

    m_platforms.platforms = {windows, riscv};
    const Result<ConvertPlan> none = plan("a:index\na:single\n");
    ASSERT_TRUE(isOk(none));
    ASSERT_EQ(none->failures.size(), 2U);
    EXPECT_EQ(none->failures.front().error.kind, ErrorKind::NotFound);
    EXPECT_EQ(none->failures.front().error.what,
              QStringLiteral("There is no image for windows/amd64, linux/riscv64"));
    EXPECT_EQ(none->failures.front().error.why, QStringLiteral("there are linux/amd64, linux/arm64"));
    EXPECT_EQ(none->failures.back().error.why, QStringLiteral("there is only linux/amd64"));
}

TEST_F(ConvertTaskTest, ADigestThatIsNotThereIsNotToldAsATag)
{
    m_samples.add(QStringLiteral("a"), QStringLiteral("v1"));
    const QByteArray digest = "sha256:" + QByteArray(64, '0');
    m_fake.on("GET", "/v2/a/manifests/" + digest).reply(FakeReply::error(404, "MANIFEST_UNKNOWN"));
    const Result<ConvertPlan> planned = plan("a@" + digest + "\n");
    ASSERT_TRUE(isOk(planned));
    ASSERT_EQ(planned->failures.size(), 1U);
    const QString sentence = planned->failures.front().error.sentence();
    EXPECT_TRUE(sentence.contains(QStringLiteral("digest"))) << sentence.toStdString();
    EXPECT_FALSE(sentence.contains(QStringLiteral("tag"))) << sentence.toStdString();
}

TEST_F(ConvertTaskTest, APinnedLineKeepsItsIndexWhole)
{
    const Sample sample =
        m_samples.add(QStringLiteral("a"), QStringLiteral("v1"), {.kind = SampleKind::OciIndex});
    EXPECT_TRUE(convert("a@" + sample.root.toByteArray() + "\n").isClean());
    const auto index = pool();
    const PoolTag *tag =
        index->tag(*RepositoryName::parse(u"a"), QStringLiteral("sha256-") + sample.root.shortHex());
    ASSERT_NE(tag, nullptr);
    EXPECT_EQ(tag->digest, sample.root);
    EXPECT_EQ(index->closure(*tag).manifests.size(), 3U);
}

TEST_F(ConvertTaskTest, ATagThatMovedOnIsSaidToHave)
{
    const Sample old = m_samples.add(QStringLiteral("a"), QStringLiteral("v1"), {.seed = 1});
    const Sample now = m_samples.add(QStringLiteral("a"), QStringLiteral("v1"), {.seed = 2});
    ASSERT_NE(old.root, now.root);
    const Result<ConvertPlan> planned = plan("a:v1@" + old.root.toByteArray() + "\n");
    ASSERT_TRUE(planned);
    EXPECT_TRUE(planned->notes.join(QLatin1Char('\n')).contains(QStringLiteral("moved on")))
        << planned->notes.join(QLatin1Char('\n')).toStdString();
    ASSERT_EQ(planned->images.size(), 1U);
    EXPECT_EQ(planned->images.front().root, old.root);
    EXPECT_EQ(planned->images.front().tag, QStringLiteral("v1"));
}

TEST_F(ConvertTaskTest, ATagThatMovesInThePoolIsSaidTo)
{
    m_samples.add(u"team/app"_s, u"v1"_s);
    EXPECT_TRUE(convert("team/app:v1\n").isClean());
    const Digest before = tagged(u"team/app:v1"_s);
    const Sample other = m_samples.add(u"team/app"_s, u"v1"_s, {.seed = 2});
    const Result<ConvertPlan> planned = plan("team/app:v1\n");
    ASSERT_TRUE(isOk(planned));
    const PlanSummary summary = planned->summary();
    EXPECT_EQ(summary.moved, 1);
    EXPECT_TRUE(summary.notes.contains(
        u"team/app:v1 moves from %1 to %2"_s.arg(before.toString(), other.amd64().digest.toString())))
        << summary.notes.join(u' ').toStdString();
    EXPECT_TRUE(summary.sentence.endsWith(u"; 1 tag(s) will stand for another image than now"_s))
        << summary.sentence.toStdString();
}

TEST_F(ConvertTaskTest, ARunThatCannotEvenBeginNamesAllThatItDidNotComeTo)
{
    m_samples.add(u"team/app"_s, u"v1"_s);
    Result<ConvertPlan> planned = plan("team/app:v1\n");
    ASSERT_TRUE(isOk(planned));
    planned->request.registry.http.caFile = m_directory.filePath(u"gone.pem"_s);
    const TaskResult result = ConvertTask(*std::move(planned)).run(m_recorder.context());
    ASSERT_TRUE(result.stopped);
    EXPECT_EQ(result.undone, QStringList{u"team/app:v1"_s});
    EXPECT_FALSE(QFileInfo::exists(m_directory.filePath(u"pool"_s))) << "no empty pool is left behind";
}

TEST_F(ConvertTaskTest, ATagThatIsGoneIsSaidToBe)
{
    const Sample sample = m_samples.add(QStringLiteral("a"), QStringLiteral("v1"));
    const Result<ConvertPlan> planned = plan("a:v0@" + sample.root.toByteArray() + "\n");
    ASSERT_TRUE(isOk(planned));
    ASSERT_EQ(planned->images.size(), 1U);
    EXPECT_EQ(planned->notes, QStringList(QStringLiteral("a:v0@%1: the tag is no longer at %2")
                                              .arg(sample.root.toString(), m_fake.host())));
}

TEST_F(ConvertTaskTest, TwoLinesForOneNameAreRefusedByBothNames)
{
    const Result<ConvertPlan> planned = plan("quay.test/a:v1\nghcr.test/a:v1\n");
    ASSERT_FALSE(planned);
    EXPECT_EQ(planned.error().kind, ErrorKind::BadInput);
    EXPECT_TRUE(planned.error().what.contains(QStringLiteral("quay.test/a:v1")));
    EXPECT_TRUE(planned.error().what.contains(QStringLiteral("ghcr.test/a:v1")));
    EXPECT_TRUE(m_fake.requests().empty()) << "nothing was asked for";
}

TEST_F(ConvertTaskTest, AMirrorIsAskedFirstAndTheRegistryAfterIt)
{
    m_samples.add(QStringLiteral("a"), QStringLiteral("v1"));
    FakeRegistry mirror;
    ConvertRequest wanted = request("a:v1\n");
    wanted.naming.mirrors[m_fake.host()] = {{mirror.host(), QStringLiteral("cache")}};
    const Result<ConvertPlan> planned = planConvert(wanted, m_recorder.context());
    ASSERT_TRUE(planned);
    EXPECT_EQ(mirror.count("GET", "/v2/cache/a/manifests/v1"), 1);
    ASSERT_EQ(planned->images.size(), 1U);
    EXPECT_EQ(planned->images.front().source.host, m_fake.host());
}

TEST_F(ConvertTaskTest, MirrorsThatRefuseOrLackItAreAskedInOrderAndPassedOver)
{
    m_samples.add(QStringLiteral("a"), QStringLiteral("v1"));
    FakeRegistry refusing;
    refusing.on("GET", "/v2/a/manifests/v1").reply(FakeReply(403));
    FakeRegistry lacking;
    ConvertRequest wanted = request("a:v1\n");
    wanted.naming.mirrors[m_fake.host()] = {{refusing.host(), {}}, {lacking.host(), {}}};
    const Result<ConvertPlan> planned = planConvert(wanted, m_recorder.context());
    ASSERT_TRUE(planned);
    ASSERT_EQ(planned->images.size(), 1U);
    EXPECT_EQ(planned->images.front().source.host, m_fake.host());
    EXPECT_EQ(refusing.count("GET", "/v2/a/manifests/v1"), 1);
    EXPECT_EQ(lacking.count("GET", "/v2/a/manifests/v1"), 1);
    ASSERT_GE(planned->notes.size(), 2);
    EXPECT_TRUE(planned->notes.at(0).contains(refusing.host()));
    EXPECT_TRUE(planned->notes.at(1).contains(lacking.host()));
}

TEST_F(ConvertTaskTest, ADamagedSourceFailsThatImageAndLeavesNothingOfIt)
{
    const Sample bad = m_samples.add(QStringLiteral("bad"), QStringLiteral("v1"), {.base = 0});
    m_samples.add(QStringLiteral("good"), QStringLiteral("v1"), {.base = 1});
    const Digest layer = bad.amd64().layers.back();
    m_fake.on("GET", "/v2/bad/blobs/" + layer.toByteArray())
        .reply(FakeReply(200, QByteArray(QFileInfo(m_samples.blobPath(layer)).size(), 'x')));
    const TaskResult result = convert("bad:v1\ngood:v1\n");
    ASSERT_EQ(result.failures.size(), 1U);
    EXPECT_EQ(result.failures.front().image, QStringLiteral("bad:v1"));
    EXPECT_EQ(result.failures.front().error.kind, ErrorKind::Corrupt);
    EXPECT_EQ(result.imagesDone, 1);
    EXPECT_FALSE(pool()->hasBlob(layer));
    EXPECT_EQ(tagged(QStringLiteral("bad:v1")), Digest());
}

// One that is cut short has brought whole images, the first of the list.
TEST_F(ConvertTaskTest, ImagesComeInTheListsOrderTheirSharedLayersWithTheFirst)
{
    m_samples.add(QStringLiteral("z"), QStringLiteral("v1"),
                  {.layers = 2, .layerSizes = {3'000, 90'000}, .sharedLayers = 1, .base = 0});
    m_samples.add(QStringLiteral("m"), QStringLiteral("v1"), {.layers = 2, .layerSizes = {5'000, 400'000}});
    m_samples.add(QStringLiteral("a"), QStringLiteral("v1"),
                  {.layers = 2, .layerSizes = {3'000, 700'000}, .sharedLayers = 1, .base = 0});
    ConvertRequest wanted = request("z:v1\nm:v1\na:v1\n");
    wanted.registry.jobs = 1;
    const Result<ConvertPlan> planned = planConvert(wanted, m_recorder.context());
    ASSERT_TRUE(isOk(planned));
    std::vector<std::size_t> images;
    std::vector<qint64> sizes;
    for (const ConvertPlan::Blob &blob : planned->toFetch) {
        images.push_back(blob.needs.front().image);
        sizes.push_back(blob.descriptor.size);
    }
    EXPECT_EQ(images, (std::vector<std::size_t>{0, 0, 0, 1, 1, 1, 2, 2})) << "a's shared layer comes with z";
    EXPECT_GT(sizes[0], sizes[2]) << "an image's largest comes first";
}

// It would be fetched alone when all others are there.
TEST_F(ConvertTaskTest, ABlobThatTakesLongerThanAnEqualShareBeginsFirst)
{
    m_samples.add(QStringLiteral("a"), QStringLiteral("v1"), {.layers = 3, .layerSizes = {50'000}});
    m_samples.add(QStringLiteral("z"), QStringLiteral("v1"), {.layers = 2, .layerSizes = {50'000, 900'000}});
    ConvertRequest wanted = request("a:v1\nz:v1\n");
    wanted.registry.jobs = 4;
    const Result<ConvertPlan> planned = planConvert(wanted, m_recorder.context());
    ASSERT_TRUE(isOk(planned));
    EXPECT_GT(planned->toFetch[0].descriptor.size, 800'000);
    EXPECT_EQ(planned->toFetch[1].needs.front().image, 0U);
}

TEST_F(ConvertTaskTest, ACancelledRunKeepsThePoolWholeAndIsFinishedByTheNext)
{
    m_samples.add(QStringLiteral("there"), QStringLiteral("v1"), {.base = 1});
    ASSERT_TRUE(convert("there:v1\n").isClean());
    m_samples.add(QStringLiteral("a"), QStringLiteral("v1"));
    Result<ConvertPlan> planned = plan("a:v1\n");
    ASSERT_TRUE(planned);
    ConvertTask task(*std::move(planned));
    m_recorder.cancel.cancel();
    const TaskResult result = task.run(m_recorder.context());
    ASSERT_TRUE(result.stopped);
    EXPECT_EQ(result.stopped->kind, ErrorKind::Cancelled);
    EXPECT_EQ(tagged(QStringLiteral("a:v1")), Digest());
    m_recorder.cancel = {};
    EXPECT_TRUE(convert("a:v1\n").isClean());
}

} // namespace
} // namespace layerpool::test
