// SPDX-License-Identifier: Apache-2.0
#include "core/task/PushTest.h"

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

class PushTaskTest : public PushTest
{
protected:
    int blobHeads(const QByteArray &repository) const
    {
        return m_fake.countBelow("HEAD", "/v2/" + repository + "/blobs/");
    }

    QStringList problems(const PushPlan &plan) const
    {
        QStringList sentences;
        for (const PlanSummary::Problem &problem : plan.summary().problems) {
            sentences << problem.error.sentence();
        }
        return sentences;
    }
};

TEST_F(PushTaskTest, WhatWasPushedIsThereAndIsNotSentAgain)
{
    m_prefix = u"mirror/far"_s;
    const Sample a = m_samples.add(u"team/a"_s, u"v1"_s);
    addIndex(u"team/b"_s, ImageSpec::bothPlatforms());
    const TaskResult first = push();
    EXPECT_TRUE(first.isClean());
    EXPECT_EQ(first.imagesDone, 2);
    EXPECT_EQ(there("mirror/far/team/a", "v1"), a.root.toByteArray());
    EXPECT_TRUE(verify().isClean());
    m_fake.forgetRequests();
    const TaskResult again = push();
    EXPECT_EQ(again.imagesSkipped, 2);
    EXPECT_EQ(again.bytesTransferred, 0);
    EXPECT_EQ(m_fake.countBelow("HEAD", "/v2/"), 2) << "one for each tag";
    EXPECT_EQ(m_fake.requests().size(), 3U) << "and the first look at the registry";
}

TEST_F(PushTaskTest, WhatTheTargetStillAllowsStandsInThePlan)
{
    m_samples.add(u"team/a"_s, u"v1"_s);
    m_fake.on("HEAD", "/v2/team/a/manifests/v1")
        .reply(FakeReply(404)
                   .header("ratelimit-limit", "100;w=21600")
                   .header("ratelimit-remaining", "76;w=21600"));
    const QString notes = notesOf(plan());
    EXPECT_TRUE(notes.contains(u"allows 76 more of 100 pulls in 6 h"_s)) << notes.toStdString();
}

// Two repositories with one base; two tags of one image.
TEST_F(PushTaskTest, ThePlansFiguresAddUpAndAreKept)
{
    m_samples.add(u"team/a"_s, u"v1"_s, {.base = 7});
    EXPECT_TRUE(push().isClean());
    m_samples.add(u"team/a"_s, u"v2"_s, {.base = 7});
    m_samples.add(u"team/b"_s, u"v1"_s, {.base = 7});
    const PushPlan planned = plan();
    const auto figures = planned.summary().figures;
    ASSERT_EQ(figures.size(), 3U);
    std::map<RepositoryName, std::set<Digest>> needed;
    qint64 bytes = 0;
    for (const PushImage &image : planned.images) {
        bytes += image.image.closure.bytes;
        for (const Descriptor &blob : image.image.closure.blobs) {
            bytes -= needed[image.repository].insert(blob.digest).second ? 0 : blob.size;
        }
    }
    EXPECT_EQ(figures[0].bytes + figures[1].bytes + figures[2].bytes, bytes);
    EXPECT_GT(figures[1].bytes, 0);
    const TaskResult result = push();
    EXPECT_EQ(result.bytesTransferred, figures[0].bytes);
    EXPECT_EQ(result.bytesReused, figures[1].bytes + figures[2].bytes);
}

TEST_F(PushTaskTest, ANewRepositoryIsNotAskedForEachBlob)
{
    m_samples.add(u"team/a"_s, u"v1"_s, {.layers = 6});
    EXPECT_TRUE(push().isClean());
    EXPECT_EQ(blobHeads("team/a"), 1);
}

TEST_F(PushTaskTest, WhatAStoppedPushLeftIsNotSentAgain)
{
    const Sample a = m_samples.add(u"team/a"_s, u"v1"_s, {.layers = 4});
    m_fake.on("PUT", "/v2/team/a/manifests/v1").reply(FakeReply(403)).thenAsUsual();
    EXPECT_EQ(push().failures.size(), 1U);
    m_fake.forgetRequests();
    const TaskResult again = push();
    EXPECT_TRUE(again.isClean());
    EXPECT_EQ(m_fake.countBelow("POST", "/v2/team/a/blobs/uploads/"), 0);
    EXPECT_EQ(there("team/a", "v1"), a.root.toByteArray());
}

TEST_F(PushTaskTest, WhatWasNotAskedForIsStillNotSentTwice)
{
    const Sample a = m_samples.add(u"team/a"_s, u"v1"_s, {.layers = 3, .layerSizes = {9000, 8000, 50'000}});
    m_fake.on("PUT", "/v2/team/a/manifests/v1").reply(FakeReply(403)).thenAsUsual();
    EXPECT_EQ(push().failures.size(), 1U);
    const QByteArray largest = "/v2/team/a/blobs/" + a.amd64().layers.back().toByteArray();
    m_fake.on("HEAD", largest).reply(FakeReply(404)); // as if it had been on its way
    m_fake.forgetRequests();
    EXPECT_TRUE(push().isClean());
    EXPECT_EQ(blobHeads("team/a"), 1);
    EXPECT_EQ(m_fake.countBelow("PUT", "/v2/team/a/blobs/uploads/"), 0) << "each is found there";
}

// As of a second push, for what failed in the first.
TEST_F(PushTaskTest, WhatAnEarlierPushHasBroughtIsNotSentAgain)
{
    const ImageSpec spec{.layerSizes = {200'000, 2000}, .sharedLayers = 1, .base = 7};
    m_samples.add(u"team/b"_s, u"v1"_s, spec);
    EXPECT_TRUE(push().isClean());
    m_samples.add(u"team/a"_s, u"v1"_s, spec); // was never pushed
    m_samples.add(u"team/c"_s, u"v1"_s, spec);
    PushRequest request = requestOf(m_pool.path());
    const auto isOfAnother = [](const Selection::Image &image) {
        return image.tag.repository.toString() != u"team/c"_s;
    };
    std::erase_if(request.selection.images, isOfAnother);
    const Result<PushPlan> planned = planPush(request, m_recorder.context());
    ASSERT_TRUE(isOk(planned));
    EXPECT_GE(planned->mountBytes, 200'000) << "the layer of b";
    EXPECT_LT(planned->uploadBytes, 100'000);
    const TaskResult result = PushTask(*planned).run(m_recorder.context());
    EXPECT_EQ(result.imagesDone, 1);
    EXPECT_EQ(result.bytesTransferred, planned->uploadBytes + planned->manifestBytes);
    EXPECT_EQ(m_recorder.progress.bytesTotal, planned->uploadBytes);
}

TEST_F(PushTaskTest, ASparseIndexThatIsRefusedSaysWhatToDo)
{
    const Sample a = addIndex(u"team/a"_s, ImageSpec::bothPlatforms());
    dropChild(a, m_arm);
    EXPECT_TRUE(notesOf(plan()).contains(u"sparse index (without linux/arm64)"_s));
    const TaskResult result = push();
    ASSERT_EQ(result.failures.size(), 1U);
    const QString sentence = result.failures.front().error.sentence();
    EXPECT_TRUE(sentence.contains(u"does not take the sparse index of team/a:v1"_s))
        << sentence.toStdString();
    EXPECT_TRUE(sentence.contains(u"linux/arm64"_s)) << sentence.toStdString();
    EXPECT_EQ(result.failures.front().error.options,
              QStringList({u"--sparse rewrite"_s, u"--sparse children"_s}));
}

TEST_F(PushTaskTest, ASparseIndexMayGoAsANewOne)
{
    const Sample a = addIndex(u"team/a"_s, ImageSpec::bothPlatforms());
    dropChild(a, m_arm);
    m_sparse = SparseIndexes::Rewrite;
    const PushPlan planned = plan();
    const Digest made = planned.images.front().tags.front().digest;
    ASSERT_NE(made, a.root);
    EXPECT_EQ(made, plan().images.front().tags.front().digest) << "the same each time";
    const TaskResult result = push();
    EXPECT_TRUE(result.isClean());
    EXPECT_EQ(there("team/a", "v1"), made.toByteArray());
    const QString notes = result.notes.join(QLatin1Char('\n'));
    EXPECT_TRUE(notes.contains(made.toString()) && notes.contains(a.root.toString())) << notes.toStdString();
    EXPECT_TRUE(verify().isClean());
    EXPECT_EQ(push().imagesSkipped, 1);
}

TEST_F(PushTaskTest, ASparseIndexMayGoAsItsChildren)
{
    const Platform riscv{u"linux"_s, u"riscv64"_s, {}};
    const Sample a = addIndex(u"team/a"_s, {m_amd, m_arm, riscv});
    dropChild(a, m_arm);
    m_sparse = SparseIndexes::Children;
    const TaskResult result = push();
    EXPECT_TRUE(result.isClean());
    EXPECT_EQ(there("team/a", "v1-linux-amd64"), a.of(m_amd).digest.toByteArray());
    EXPECT_EQ(there("team/a", "v1-linux-riscv64"), a.of(riscv).digest.toByteArray());
    EXPECT_EQ(there("team/a", "v1"), QByteArray());
    EXPECT_TRUE(verify().isClean());
    EXPECT_EQ(push().imagesSkipped, 1);
}

TEST_F(PushTaskTest, AnIndexThatIsWholeIsLeftAsItIs)
{
    const Sample a = addIndex(u"team/a"_s, ImageSpec::bothPlatforms());
    m_sparse = SparseIndexes::Rewrite;
    EXPECT_TRUE(push().isClean());
    EXPECT_EQ(there("team/a", "v1"), a.root.toByteArray());
}

TEST_F(PushTaskTest, TagsThatDifferComeFirstInThePlan)
{
    const Sample before = m_samples.add(u"team/a"_s, u"v1"_s, {.seed = 1});
    EXPECT_TRUE(push().isClean());
    const Sample now = m_samples.add(u"team/a"_s, u"v1"_s, {.seed = 2});
    EXPECT_EQ(verify().failures.size(), 1U);
    EXPECT_EQ(plan().summary().moved, 1);
    EXPECT_EQ(plan().summary().notes.value(0),
              u"team/a:v1 moves from %1 to %2"_s.arg(before.root.toString(), now.root.toString()));
    EXPECT_EQ(push().imagesDone, 1);
    EXPECT_EQ(there("team/a", "v1"), now.root.toByteArray());
}

TEST_F(PushTaskTest, TagsThatDifferMayBeKeptAndAreToldFromThoseThatAreThere)
{
    m_movedTags = MovedTags::Keep;
    const Sample before = m_samples.add(u"team/a"_s, u"v1"_s, {.seed = 1});
    m_samples.add(u"team/b"_s, u"v1"_s);
    EXPECT_TRUE(push().isClean());
    const Sample now = m_samples.add(u"team/a"_s, u"v1"_s, {.seed = 2});
    const PlanSummary summary = plan().summary();
    EXPECT_TRUE(summary.sentence.contains(u"Nothing to push"_s)) << summary.sentence.toStdString();
    EXPECT_TRUE(
        summary.sentence.endsWith(u"; 1 image(s) are there already; 1 image(s) keep the tag that is there"_s))
        << summary.sentence.toStdString();
    EXPECT_EQ(summary.skipped, 2);
    const QString stays =
        u"team/a:v1 stays at %1 there (here it is %2)"_s.arg(before.root.toString(), now.root.toString());
    EXPECT_EQ(summary.notes.value(0), stays);
    const TaskResult result = push();
    EXPECT_EQ(result.imagesSkipped, 2);
    EXPECT_EQ(result.imagesKept, 1);
    EXPECT_FALSE(result.settings.empty()) << "team/b is there";
    EXPECT_TRUE(result.summary.value(0).startsWith(u"Nothing was sent, "_s));
    EXPECT_EQ(there("team/a", "v1"), before.root.toByteArray());
    const TaskResult verified = verify();
    EXPECT_TRUE(verified.isClean());
    EXPECT_EQ(verified.imagesDone, 1);
    EXPECT_EQ(verified.imagesKept, 1);
    EXPECT_EQ(verified.notes, QStringList{stays});
}

TEST_F(PushTaskTest, AnImmutableTagFailsItsImageAlone)
{
    m_samples.add(u"team/a"_s, u"v1"_s);
    m_samples.add(u"team/b"_s, u"v1"_s);
    m_fake.on("PUT", "/v2/team/a/manifests/v1")
        .reply(FakeReply::error(412, "PRECONDITION", "'v1' configured as immutable"));
    const TaskResult result = push();
    EXPECT_EQ(result.imagesDone, 1);
    ASSERT_EQ(result.failures.size(), 1U);
    EXPECT_EQ(result.failures.front().image, u"team/a:v1"_s);
    EXPECT_TRUE(result.failures.front().error.sentence().contains(u"configured as immutable"_s));
}

TEST_F(PushTaskTest, ABlobThatCannotBeReadOnIsNamed)
{
    const Sample a = m_samples.add(u"team/a"_s, u"v1"_s, {.layers = 1, .layerBytes = 500'000});
    const QString file = m_samples.blobPath(a.amd64().layers.front());
    m_fake.intercept([file](const FakeRequest &request) -> std::optional<FakeReply> {
        EXPECT_TRUE(request.method != "POST" || QFile::resize(file, 1000)); // it was opened by then
        return std::nullopt;
    });
    PushRequest one = requestOf(m_pool.path());
    one.registry.jobs = 1; // the largest comes first
    const Result<PushPlan> planned = planPush(one, m_recorder.context());
    ASSERT_TRUE(isOk(planned));
    const TaskResult result = PushTask(*planned).run(m_recorder.context());
    ASSERT_EQ(result.failures.size(), 1U);
    EXPECT_EQ(result.failures.front().error.kind, ErrorKind::Storage);
    EXPECT_TRUE(result.failures.front().error.what.contains(file));
}

TEST_F(PushTaskTest, AMissingProjectIsSaidOnceAndInThePlan)
{
    m_prefix = u"mirror"_s;
    m_samples.add(u"team/a"_s, u"v1"_s);
    m_samples.add(u"team/b"_s, u"v1"_s);
    const FakeReply missing = FakeReply::error(404, "NOT_FOUND", "project mirror not found");
    m_fake.on("GET", "/v2/mirror/*").reply(missing);
    m_fake.on("HEAD", "/v2/mirror/*").reply(FakeReply(404));
    const QStringList said = problems(plan());
    ASSERT_EQ(said.size(), 2);
    EXPECT_EQ(said[0], said[1]) << "so that it is printed once";
    EXPECT_TRUE(said[0].contains(u"has no project “mirror”"_s)) << said[0].toStdString();
    const TaskResult result = push();
    EXPECT_EQ(result.failures.front().error.kind, ErrorKind::Denied);
    EXPECT_EQ(m_fake.countBelow("POST", "/v2/"), 0);
}

TEST_F(PushTaskTest, ARepositoryThatIsNotThereYetIsNoMissingProject)
{
    m_prefix = u"my-project"_s;
    m_samples.add(u"team/a"_s, u"v1"_s);
    const FakeReply missing = FakeReply::error(404, "NOT_FOUND", "repository my-project/team/a not found");
    m_fake.on("GET", "/v2/my-project/team/a/manifests/*").reply(missing).thenAsUsual();
    m_fake.on("GET", "/v2/my-project/team/a/tags/list").reply(missing).thenAsUsual();
    EXPECT_EQ(problems(plan()), QStringList());
    EXPECT_EQ(push().failures.size(), 0U);
}

TEST_F(PushTaskTest, AStoppedPushNamesWhatItDidNotComeTo)
{
    m_samples.add(u"team/a"_s, u"v1"_s);
    m_samples.add(u"team/b"_s, u"v1"_s);
    PushTask task(plan());
    m_recorder.cancel.cancel();
    const TaskResult result = task.run(m_recorder.context());
    ASSERT_TRUE(result.stopped);
    EXPECT_EQ(result.undone, (QStringList{u"team/a:v1"_s, u"team/b:v1"_s}));
}

TEST_F(PushTaskTest, ARunThatCannotEvenBeginNamesAllThatItDidNotComeTo)
{
    m_samples.add(u"team/a"_s, u"v1"_s);
    m_samples.add(u"team/b"_s, u"v1"_s);
    const QStringList all{u"team/a:v1"_s, u"team/b:v1"_s};
    PushPlan planned = plan();
    planned.request.registry.http.caFile = m_pool.filePath(u"gone.pem"_s);
    const TaskResult pushed = PushTask(planned).run(m_recorder.context());
    ASSERT_TRUE(pushed.stopped);
    EXPECT_EQ(pushed.undone, all);
    const PushRequest &request = planned.request;
    const TaskResult verified = VerifyTargetTask({request.index, request.selection, request.name,
                                                  request.target, m_movedTags, m_sparse, request.registry})
                                    .run(m_recorder.context());
    ASSERT_TRUE(verified.stopped);
    EXPECT_EQ(verified.undone, all);
}

TEST_F(PushTaskTest, ThePushSaysHowTheOriginalNamesResolveThere)
{
    m_samples.add(u"library/redis"_s, u"5"_s);
    m_samples.add(u"quay.io/team/a"_s, u"v1"_s);
    m_samples.add(u"ghcr.io/team/b"_s, u"v1"_s);
    m_fake.on("PUT", "/v2/ghcr.io/team/b/manifests/v1").reply(FakeReply(403));
    const TaskResult result = push();
    ASSERT_EQ(result.settings.size(), 3U) << "nothing of ghcr.io came there";
    EXPECT_EQ(result.settings[0].path, u"/etc/containerd/certs.d/docker.io/hosts.toml"_s);
    EXPECT_EQ(result.settings[1].path, u"/etc/containerd/certs.d/quay.io/hosts.toml"_s);
    EXPECT_TRUE(result.settings[1].text.contains(m_fake.url(u"/v2/quay.io"_s)));
}

TEST_F(PushTaskTest, AVerifyNamesEachImageThatIsNotWholeThere)
{
    const Sample a = m_samples.add(u"team/a"_s, u"v1"_s);
    const Sample b = m_samples.add(u"team/b"_s, u"v1"_s);
    const Sample c = addIndex(u"team/c"_s, ImageSpec::bothPlatforms());
    m_samples.add(u"team/d"_s, u"v1"_s);
    EXPECT_TRUE(push().isClean());
    m_fake.on("HEAD", "/v2/team/a/blobs/" + a.amd64().layers.back().toByteArray()).reply(FakeReply(404));
    m_fake.on("HEAD", "/v2/team/b/blobs/" + b.amd64().config.toByteArray())
        .reply(FakeReply(200).claimsLength(3));
    m_fake.on("HEAD", "/v2/team/c/manifests/" + c.of(m_arm).digest.toByteArray()).reply(FakeReply(404));
    m_fake.forgetRequests();
    const TaskResult result = verify();
    EXPECT_EQ(result.imagesDone, 1);
    ASSERT_EQ(result.failures.size(), 3U);
    EXPECT_EQ(result.failures[0].image, u"team/a:v1"_s);
    EXPECT_EQ(result.failures[0].error.kind, ErrorKind::NotFound);
    EXPECT_TRUE(result.failures[0].error.what.contains(a.amd64().layers.back().toString()));
    EXPECT_EQ(result.failures[1].error.kind, ErrorKind::Corrupt);
    EXPECT_TRUE(result.failures[2].error.what.contains(c.of(m_arm).digest.toString()));
    EXPECT_EQ(m_fake.countBelow("GET", "/v2/"), 1) << "the first look at the registry; nothing is downloaded";
}

TEST_F(PushTaskTest, WhereNoImageIsThereNoNameResolves)
{
    m_samples.add(u"team/a"_s, u"v1"_s, {.seed = 1});
    EXPECT_FALSE(push().settings.empty());
    m_samples.add(u"team/a"_s, u"v1"_s, {.seed = 2});
    m_movedTags = MovedTags::Keep;
    const TaskResult kept = push();
    EXPECT_EQ(kept.imagesKept, 1);
    EXPECT_TRUE(kept.settings.empty()) << "another image is there under its name";
    m_movedTags = MovedTags::Move;
    m_fake.on("PUT", "/v2/team/a/manifests/v1").reply(FakeReply(403));
    const TaskResult failed = push();
    EXPECT_EQ(failed.failures.size(), 1U);
    EXPECT_TRUE(failed.settings.empty());
}

} // namespace
} // namespace layerpool::test
