// SPDX-License-Identifier: Apache-2.0
#include "Workplace.h"

#include "support/FakeRegistry.h"
#include "support/PlainHttp.h"
#include "support/SampleImages.h"
#include "support/StockRegistry.h"

#include <gtest/gtest.h>

#include <QDir>
#include <QFileInfo>
#include <QTest>

#include <csignal>
#include <filesystem>

// Ctrl+C and kill -9 in the middle: what is there is whole, and the same command finishes the work.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

constexpr qint64 kLayer = 2 * 1024 * 1024;
constexpr qint64 kArrived = 700'000; // bytes of a layer, when the registry falls silent
constexpr int kWaitMs = 20'000;
constexpr int kPromptMs = 5'000; // to the end after Ctrl+C

ImageSpec bigSpec()
{
    ImageSpec spec;
    spec.layers = 1;
    spec.sharedLayers = 0;
    spec.layerBytes = kLayer;
    return spec;
}

class InterruptTest : public testing::Test
{
protected:
    InterruptTest()
    {
        m_fake.serve(m_samples.path());
        m_place.write(u"images.txt"_s, "apps/big:v1\napps/small:v1\n");
    }

    QString path(const QString &name) const { return m_place.path(name); }
    QString pool() const { return path(u"pool"_s); }
    const Digest &layer() const { return m_big.amd64().layers.front(); }
    QByteArray layerPath() const { return "/v2/apps/big/blobs/" + layer().toByteArray(); }

    QStringList convertInto(const QString &target) const
    {
        return {u"convert"_s, target, u"--list"_s, path(u"images.txt"_s), u"--source"_s, m_fake.host()};
    }

    /// The layer stops on its way, once.
    void stallLayer()
    {
        const QByteArray bytes = bytesOf(m_samples.blobPath(layer()));
        m_fake.on("GET", layerPath()).reply(FakeReply::blob(bytes).stallAfter(kArrived)).thenAsUsual();
    }

    /// The layer has come as far as it will, and the other image is whole: its manifest comes last.
    bool isHalfway() const { return staged() == kArrived && staged(m_small.root) == m_small.bytes.size(); }

    /// How much of the layer lies in the pool's staging.
    qint64 staged() const { return staged(layer()); }

    qint64 staged(const Digest &digest) const
    {
        namespace fs = std::filesystem;
        std::error_code none;
        const QString name = u"sha256-"_s + QString::fromLatin1(digest.hex());
        const fs::path own = (pool() + u"/.layerpool"_s).toStdString();
        for (const fs::directory_entry &entry : fs::recursive_directory_iterator(own, none)) {
            if (entry.path().filename() == name.toStdString()) {
                return static_cast<qint64>(entry.file_size());
            }
        }
        return 0;
    }

    /// Starts the convert and returns when the layer has come as far as it will.
    std::unique_ptr<BackgroundRun> convertHalfway()
    {
        stallLayer();
        std::unique_ptr<BackgroundRun> running = m_place.cli().start(convertInto(pool()));
        EXPECT_TRUE(QTest::qWaitFor([this] { return isHalfway(); }, kWaitMs)) << staged();
        return running;
    }

    /// The same command again: it asks for the rest alone, and the pool is as if nothing had happened.
    void expectFinishes()
    {
        EXPECT_TRUE(isVerified(m_place, pool()));
        EXPECT_EQ(tagLink(pool(), u"apps/big"_s, u"v1"_s), "");
        m_fake.forgetRequests();
        const Outcome again = m_place.run(convertInto(pool()));
        ASSERT_EQ(again.exitStatus, 0) << again;
        EXPECT_TRUE(again.err.contains(" that an earlier run left")) << again;
        const std::vector<FakeRequest> asked = m_fake.requests("GET", layerPath());
        ASSERT_EQ(asked.size(), 1U);
        EXPECT_EQ(asked.front().header("range"), "bytes=" + QByteArray::number(kArrived) + '-');
        expectAsUndisturbed();
    }

    void expectAsUndisturbed()
    {
        const Outcome undisturbed = m_place.run(convertInto(path(u"undisturbed"_s)));
        ASSERT_EQ(undisturbed.exitStatus, 0) << undisturbed;
        EXPECT_TRUE(isSame(treeOf(pool() + u"/docker"_s), treeOf(path(u"undisturbed/docker"_s))));
        EXPECT_EQ(staged(), 0);
        EXPECT_TRUE(isVerified(m_place, pool()));
        EXPECT_TRUE(hasNoGarbage(pool()));
    }

    Workplace m_place;
    SampleRegistry m_samples{path(u"source"_s)};
    const Sample m_big = m_samples.add(u"apps/big"_s, u"v1"_s, bigSpec());
    const Sample m_small = m_samples.add(u"apps/small"_s, u"v1"_s);
    FakeRegistry m_fake;
};

TEST_F(InterruptTest, ConvertStopsAtCtrlCAndGoesOn)
{
    const std::unique_ptr<BackgroundRun> running = convertHalfway();
    running->interrupt();
    const Outcome outcome = running->wait(kPromptMs);
    EXPECT_EQ(outcome.exitStatus, 130) << outcome;
    EXPECT_TRUE(outcome.err.contains("Cancelled")) << outcome;
    EXPECT_TRUE(outcome.out.contains("1 not finished")) << outcome;
    EXPECT_TRUE(outcome.out.contains("700.0 kB of unfinished blobs are kept for the next run")) << outcome;
    expectFinishes();
}

TEST_F(InterruptTest, ConvertGoesOnAfterItWasKilled)
{
    const std::unique_ptr<BackgroundRun> running = convertHalfway();
    running->signal(SIGKILL);
    EXPECT_EQ(running->wait(kPromptMs).exitStatus, -1);
    expectFinishes();
}

TEST_F(InterruptTest, ConvertStopsWhileItAsksForManifests)
{
    const QByteArray manifest = "/v2/apps/big/manifests/v1";
    m_fake.on("GET", manifest).reply(FakeReply::silence()).thenAsUsual();
    const QString failed = m_place.write(u"failed.txt"_s, "of/another:run\n");
    const std::unique_ptr<BackgroundRun> running =
        m_place.cli().start(convertInto(pool()) + QStringList{u"--failed"_s, failed});
    ASSERT_TRUE(QTest::qWaitFor([&] { return m_fake.count("GET", manifest) == 1; }, kWaitMs));
    running->interrupt();
    EXPECT_EQ(running->wait(kPromptMs).exitStatus, 130);
    EXPECT_EQ(test::bytesOf(failed), "apps/big:v1\napps/small:v1\n");
    EXPECT_FALSE(QFileInfo::exists(pool()));
    EXPECT_EQ(m_place.run(convertInto(pool())).exitStatus, 0);
    expectAsUndisturbed();
}

TEST_F(InterruptTest, AResultIsPrintedAfterCtrlC)
{
    stallLayer();
    const std::unique_ptr<BackgroundRun> running =
        m_place.cli().start(convertInto(pool()) + QStringList{u"--json"_s});
    ASSERT_TRUE(QTest::qWaitFor([this] { return isHalfway(); }, kWaitMs));
    running->interrupt();
    const Outcome outcome = running->wait(kPromptMs);
    EXPECT_EQ(outcome.exitStatus, 130) << outcome;
    EXPECT_EQ(outcome.result().value(u"command"_s).toString(), u"convert"_s) << outcome;
    EXPECT_EQ(outcome.result().value(u"images"_s).toObject().value(u"undone"_s).toInt(), 1) << outcome;
}

TEST_F(InterruptTest, TheFiguresOfBothRunsAddUp)
{
    const auto bytesOf = [](const Outcome &outcome, const QString &word) {
        return outcome.result().value(u"bytes"_s).toObject().value(word).toInteger(-1);
    };
    const QStringList asJson{u"--json"_s};
    const Outcome calm = m_place.run(convertInto(path(u"calm"_s)) + asJson);
    const qint64 whole = bytesOf(calm, u"transferred"_s);
    EXPECT_EQ(bytesOf(calm, u"written"_s), whole + m_big.amd64().bytes.size() + m_small.amd64().bytes.size());
    EXPECT_EQ(bytesOf(calm, u"kept"_s), 0);

    stallLayer();
    const std::unique_ptr<BackgroundRun> running = m_place.cli().start(convertInto(pool()) + asJson);
    ASSERT_TRUE(QTest::qWaitFor([this] { return isHalfway(); }, kWaitMs));
    running->interrupt();
    const Outcome cut = running->wait(kPromptMs);
    EXPECT_EQ(bytesOf(cut, u"kept"_s), kArrived) << cut;
    const Outcome again = m_place.run(convertInto(pool()) + asJson);
    EXPECT_EQ(bytesOf(cut, u"transferred"_s) + bytesOf(again, u"transferred"_s), whole) << cut << again;
    EXPECT_EQ(bytesOf(again, u"reused"_s) + bytesOf(again, u"transferred"_s), whole) << again;
    EXPECT_EQ(bytesOf(again, u"kept"_s), 0) << again;

    qint64 done = 0;
    for (const QJsonObject &event : again.events()) {
        if (event.value(u"event"_s) == u"progress"_s) {
            const qint64 now = event.value(u"bytes"_s).toObject().value(u"done"_s).toInteger();
            EXPECT_GE(now, done) << again;
            done = now;
        }
    }
}

TEST_F(InterruptTest, APartThatWasSpoiledIsFetchedAnew)
{
    const std::unique_ptr<BackgroundRun> running = convertHalfway();
    running->signal(SIGKILL);
    running->wait(kPromptMs);
    // As after a power cut: the length is there, the bytes are not.
    namespace fs = std::filesystem;
    for (const auto &entry : fs::recursive_directory_iterator((pool() + u"/.layerpool"_s).toStdString())) {
        if (entry.is_regular_file() && entry.file_size() == static_cast<std::uintmax_t>(kArrived)) {
            QFile file(QString::fromStdString(entry.path().string()));
            ASSERT_TRUE(file.open(QIODevice::ReadWrite));
            ASSERT_EQ(file.write(QByteArray(kArrived, '\0')), kArrived);
        }
    }
    const Outcome again = m_place.run(convertInto(pool()));
    EXPECT_EQ(again.exitStatus, 0) << again;
    expectAsUndisturbed();
}

TEST_F(InterruptTest, PushStopsAtCtrlCAndGoesOn)
{
    ASSERT_EQ(m_place.run(convertInto(pool())).exitStatus, 0);
    const Tree before = treeOf(pool() + u"/docker"_s);
    FakeRegistry target;
    target.acceptPushes();
    std::atomic<bool> isStalled = true;
    target.intercept([&](const FakeRequest &request) -> std::optional<FakeReply> {
        const bool isUpload = request.method == "PUT" && request.path.startsWith("/v2/apps/big/blobs/");
        return isUpload && isStalled ? std::optional(FakeReply::silence()) : std::nullopt;
    });
    const QStringList push{u"push"_s, pool(), target.host()};
    const std::unique_ptr<BackgroundRun> running = m_place.cli().start(push);
    ASSERT_TRUE(
        QTest::qWaitFor([&] { return target.countBelow("PUT", "/v2/apps/big/blobs/") > 0; }, kWaitMs));
    running->interrupt();
    const Outcome outcome = running->wait(kPromptMs);
    EXPECT_EQ(outcome.exitStatus, 130) << outcome;
    const auto tagAtTarget = [&](const QByteArray &repository) {
        return plainRequest("GET", target.port(), "/v2/" + repository + "/manifests/v1");
    };
    EXPECT_EQ(tagAtTarget("apps/big").status, 404);
    EXPECT_TRUE(isSame(treeOf(pool() + u"/docker"_s), before));

    isStalled = false;
    const Outcome again = m_place.run(push);
    EXPECT_EQ(again.exitStatus, 0) << again;
    EXPECT_TRUE(tagAtTarget("apps/big").body == m_big.bytes);
    EXPECT_TRUE(tagAtTarget("apps/small").body == m_small.bytes);
}

TEST_F(InterruptTest, PushGoesOnAfterItWasKilled)
{
    ASSERT_EQ(m_place.run(convertInto(pool())).exitStatus, 0);
    const QString far = path(u"far"_s);
    ASSERT_TRUE(QDir().mkpath(far));
    const StockRegistry target(far);
    ASSERT_TRUE(target.isUp()) << target.log().toStdString();
    const QStringList push{u"push"_s, pool(), target.host()};
    {
        const std::unique_ptr<BackgroundRun> running = m_place.cli().start(push);
        const QString uploads = registryRoot(far) + u"/repositories/apps"_s;
        ASSERT_TRUE(QTest::qWaitFor([&] { return QFileInfo::exists(uploads); }, kWaitMs));
        running->signal(SIGKILL);
        running->wait(kPromptMs);
    }
    const Outcome again = m_place.run(push);
    EXPECT_EQ(again.exitStatus, 0) << again;
    EXPECT_EQ(tagLink(far, u"apps/big"_s, u"v1"_s), m_big.root.toByteArray());
    EXPECT_EQ(tagLink(far, u"apps/small"_s, u"v1"_s), m_small.root.toByteArray());
    EXPECT_TRUE(isVerified(m_place, far));
    EXPECT_TRUE(isVerified(m_place, pool()));
}

} // namespace
} // namespace layerpool::test
