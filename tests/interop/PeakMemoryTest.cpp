// SPDX-License-Identifier: Apache-2.0
#include "Workplace.h"

#include "support/SampleImages.h"
#include "support/StockRegistry.h"

#include <gtest/gtest.h>

#include <QDir>
#include <QFile>
#include <QTest>

#include <algorithm>

// A blob's size is no memory: what streams needs as much for a megabyte as for a terabyte. The long proof,
// with gigabytes, is tests/soak.sh.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

constexpr int kJobs = 8;
constexpr qint64 kMostKiB = 64 * 1024;
constexpr int kPeakWaitMs = 200'000;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kIsInstrumented = true;
#else
constexpr bool kIsInstrumented = false;
#endif

// The high-water mark of a process that runs, in KiB; it never sinks.
qint64 peakOf(qint64 processId)
{
    QFile file(u"/proc/%1/status"_s.arg(processId));
    if (!file.open(QIODevice::ReadOnly)) {
        return 0;
    }
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith("VmHWM:")) {
            return line.sliced(6).trimmed().split(' ').front().toLongLong();
        }
    }
    return 0;
}

class PeakMemoryTest : public testing::Test
{
protected:
    void SetUp() override
    {
        if (kIsInstrumented) {
            GTEST_SKIP() << "a sanitizer's own memory would be measured";
        }
    }

    QString path(const QString &name) const { return m_place.path(name); }

    void expectFlat(const QStringList &arguments)
    {
        const auto running = m_place.cli().start(arguments);
        qint64 peak = 0;
        EXPECT_TRUE(QTest::qWaitFor(
            [&] {
                peak = std::max(peak, peakOf(running->processId()));
                return !running->isRunning();
            },
            kPeakWaitMs));
        const Outcome outcome = running->wait();
        EXPECT_EQ(outcome.exitStatus, 0) << outcome;
        EXPECT_GT(peak, 1024) << "it was not looked at";
        EXPECT_LT(peak, kMostKiB) << arguments.front().toStdString();
    }

    /// An image of such layers, there and back.
    void expectFlat(int layers, qint64 layerBytes)
    {
        SampleRegistry samples(path(u"source"_s));
        ImageSpec spec;
        spec.layers = layers;
        spec.sharedLayers = 0;
        spec.layerBytes = layerBytes;
        const Sample large = samples.add(u"large"_s, u"v1"_s, spec);
        const StockRegistry source(samples.path());
        ASSERT_TRUE(source.isUp()) << source.log().toStdString();
        const QString jobs = QString::number(kJobs);
        expectFlat({u"convert"_s, path(u"pool"_s), u"--list"_s, m_place.write(u"list.txt"_s, "large:v1\n"),
                    u"--source"_s, source.host(), u"--jobs"_s, jobs});
        EXPECT_EQ(tagLink(path(u"pool"_s), u"large"_s, u"v1"_s), large.root.toByteArray());

        ASSERT_TRUE(QDir().mkpath(path(u"far"_s)));
        const StockRegistry far(path(u"far"_s));
        ASSERT_TRUE(far.isUp()) << far.log().toStdString();
        expectFlat({u"push"_s, path(u"pool"_s), far.host(), u"--jobs"_s, jobs});
        EXPECT_EQ(tagLink(path(u"far"_s), u"large"_s, u"v1"_s), large.root.toByteArray());
        expectFlatBundle(large.root);
    }

    /// The pool as a file, plain and packed, into another pool.
    void expectFlatBundle(const Digest &root)
    {
        const QString tar = path(u"all.tar"_s);
        expectFlat({u"tar"_s, path(u"pool"_s), tar});
        ASSERT_EQ(run(u"zstd"_s, {u"-q"_s, u"-1"_s, tar}).exitStatus, 0);
        for (const QString &name : {tar, tar + u".zst"_s}) {
            expectFlat({u"import"_s, path(u"other"_s), name});
            EXPECT_EQ(tagLink(path(u"other"_s), u"large"_s, u"v1"_s), root.toByteArray());
            QDir(path(u"other"_s)).removeRecursively();
        }
    }

    Workplace m_place;
};

TEST_F(PeakMemoryTest, ALargeBlobIsConvertedPushedPackedAndImportedInLittle)
{
    expectFlat(1, 256'000'000);
}

TEST_F(PeakMemoryTest, SoAreManyAtATime)
{
    expectFlat(kJobs, 64'000'000);
}

} // namespace
} // namespace layerpool::test
