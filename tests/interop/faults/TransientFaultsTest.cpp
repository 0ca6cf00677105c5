// SPDX-License-Identifier: Apache-2.0
#include "TokenGate.h"

#include "interop/Workplace.h"
#include "support/SampleImages.h"

#include <gtest/gtest.h>

#include <QDir>

#include <cstdio>

// The six faults that pass by themselves, once in a run: ours has to survive all of them. How many skopeo
// survives is printed beside it, for comparison; nothing is asserted of it.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

constexpr qint64 kPart = 100'000;

/// An image at a registry of its own, whose layer is in the way of one fault.
class Disturbed
{
public:
    Disturbed(const Sample &sample, const QByteArray &bytes, const QString &storage)
        : layerPath("/v2/apps/one/blobs/" + sample.amd64().layers.front().toByteArray()), layer(bytes)
    {
        registry.serve(storage);
    }

    FakeRegistry registry;
    std::unique_ptr<TokenGate> gate;
    const QByteArray layerPath;
    const QByteArray layer;

    void once(const FakeReply &reply) { registry.on("GET", layerPath).reply(reply).thenAsUsual(); }
};

struct Fault
{
    const char *name;
    void (*provoke)(Disturbed &);
};

constexpr Fault kFaults[] = {
    {"cut", [](Disturbed &at) { at.once(FakeReply::blob(at.layer).cutAfter(kPart)); }},
    {"stall", [](Disturbed &at) { at.once(FakeReply::blob(at.layer).stallAfter(kPart)); }},
    {"503", [](Disturbed &at) { at.once(FakeReply(503).header("Retry-After", "1")); }},
    {"429", [](Disturbed &at) { at.once(FakeReply(429).header("Retry-After", "1")); }},
    {"refused token",
     [](Disturbed &at) {
         at.gate = std::make_unique<TokenGate>(at.registry);
         at.gate->handOutBad(1);
     }},
    {"sudden 401",
     [](Disturbed &at) {
         at.gate = std::make_unique<TokenGate>(at.registry);
         at.gate->revokeAt("GET", at.layerPath);
     }},
};
constexpr std::size_t kCount = std::size(kFaults);

class TransientFaultsTest : public testing::Test
{
protected:
    static ImageSpec spec()
    {
        ImageSpec spec;
        spec.layers = 1;
        spec.sharedLayers = 0;
        spec.layerBytes = 300'000;
        return spec;
    }

    std::vector<std::unique_ptr<Disturbed>> provokeAll() const
    {
        std::vector<std::unique_ptr<Disturbed>> all;
        for (const Fault &fault : kFaults) {
            all.push_back(std::make_unique<Disturbed>(m_sample, m_layer, m_samples.path()));
            fault.provoke(*all.back());
        }
        return all;
    }

    /// Runs a program against each fault, all at once, since most of the time is waiting.
    std::vector<Outcome>
    runAll(const std::function<std::unique_ptr<BackgroundRun>(const QString &host, const QString &target)>
               &start,
           const QString &name) const
    {
        const std::vector<std::unique_ptr<Disturbed>> all = provokeAll();
        std::vector<std::unique_ptr<BackgroundRun>> running;
        for (std::size_t i = 0; i < kCount; ++i) {
            running.push_back(start(all[i]->registry.host(), m_place.path(name + QString::number(i))));
        }
        std::vector<Outcome> outcomes;
        for (const std::unique_ptr<BackgroundRun> &run : running) {
            outcomes.push_back(run->wait());
        }
        return outcomes;
    }

    Workplace m_place{Workplace::Medium::Memory};
    SampleRegistry m_samples{m_place.path(u"source"_s)};
    const Sample m_sample = m_samples.add(u"apps/one"_s, u"v1"_s, spec());
    const QByteArray m_layer = bytesOf(m_samples.blobPath(m_sample.amd64().layers.front()));
};

TEST_F(TransientFaultsTest, SixOfSix)
{
    const QString list = m_place.write(u"images.txt"_s, "apps/one:v1\n");
    const std::vector<Outcome> ours = runAll(
        [&](const QString &host, const QString &target) {
            return m_place.cli().start(
                {u"convert"_s, target, u"--list"_s, list, u"--source"_s, host, u"--timeout"_s, u"2"_s});
        },
        u"pool"_s);
    const std::vector<Outcome> skopeos = runAll(
        [&](const QString &host, const QString &target) {
            return std::make_unique<BackgroundRun>(
                u"skopeo"_s,
                QStringList{u"--command-timeout"_s, u"15s"_s, u"copy"_s, u"--quiet"_s, u"--insecure-policy"_s,
                            u"--retry-times"_s, u"3"_s, u"--src-tls-verify=false"_s,
                            u"docker://%1/apps/one:v1"_s.arg(host), u"dir:"_s + target},
                forSkopeo());
        },
        u"dir"_s);

    const Outcome version = run(u"skopeo"_s, {u"--version"_s});
    ASSERT_EQ(version.exitStatus, 0) << "there is no skopeo to compare with: " << version;
    std::printf("\n%s\n%-15s %-14s %s\n", version.out.trimmed().constData(), "fault", "layerpool-cli",
                "skopeo copy --retry-times 3");
    int survivedByUs = 0;
    int survivedByIt = 0;
    for (std::size_t i = 0; i < kCount; ++i) {
        EXPECT_EQ(ours[i].exitStatus, 0) << kFaults[i].name << ": " << ours[i];
        const QString pool = m_place.path(u"pool%1"_s.arg(i));
        EXPECT_EQ(tagLink(pool, u"apps/one"_s, u"v1"_s), m_sample.root.toByteArray()) << kFaults[i].name;
        EXPECT_TRUE(isSame(treeOf(pool), treeOf(m_place.path(u"pool0"_s)))) << kFaults[i].name;
        const auto word = [](const Outcome &outcome) {
            return outcome.exitStatus == 0 ? "survives" : "fails";
        };
        std::printf("%-15s %-14s %s\n", kFaults[i].name, word(ours[i]), word(skopeos[i]));
        survivedByUs += ours[i].exitStatus == 0 ? 1 : 0;
        survivedByIt += skopeos[i].exitStatus == 0 ? 1 : 0;
    }
    std::printf("%-15s %-14s %s\n", "", qPrintable(u"%1 of %2"_s.arg(survivedByUs).arg(kCount)),
                qPrintable(u"%1 of %2"_s.arg(survivedByIt).arg(kCount)));
}

} // namespace
} // namespace layerpool::test
