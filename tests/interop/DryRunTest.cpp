// SPDX-License-Identifier: Apache-2.0
#include "SmallRegistryTest.h"

#include <QDir>

#include <algorithm>

// Every verb that has a plan shows it, and does nothing, where `--dry-run` is typed.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

using DryRunTest = SmallRegistryTest;

TEST_F(DryRunTest, APushShowsWhatItWouldSendAndSendsNothing)
{
    fillPool();
    ASSERT_TRUE(QDir().mkpath(path(u"far"_s)));
    const StockRegistry far(path(u"far"_s));
    ASSERT_TRUE(far.isUp()) << far.log().toStdString();
    const QStringList push{u"push"_s, pool(), far.host(), u"--dry-run"_s};
    const Outcome outcome = m_place.run(push);
    EXPECT_EQ(outcome.exitStatus, 0) << outcome;
    EXPECT_TRUE(outcome.out.startsWith("Push 4 image") && outcome.out.contains(far.host().toUtf8()))
        << outcome;
    EXPECT_FALSE(isThere(registryRoot(path(u"far"_s)) + u"/repositories"_s));
    EXPECT_FALSE(far.log().contains("PUT")) << far.log().toStdString();

    const Outcome json = m_place.run(push + QStringList{u"--json"_s});
    const std::vector<QJsonObject> events = json.events();
    const auto plan = std::find_if(events.begin(), events.end(), [](const QJsonObject &event) {
        return event.value(u"event"_s) == u"plan"_s;
    });
    ASSERT_NE(plan, events.end()) << json;
    EXPECT_EQ(plan->value(u"images"_s).toInt(), 4) << json;
    EXPECT_EQ(json.result().value(u"images"_s).toObject().value(u"done"_s).toInt(-1), 0) << json;

    ASSERT_EQ(m_place.run({u"push"_s, pool(), far.host()}).exitStatus, 0);
    const Outcome again = m_place.run(push);
    EXPECT_EQ(again.exitStatus, 0) << again;
    EXPECT_TRUE(again.out.startsWith("Nothing to push to ")) << again;
}

TEST_F(DryRunTest, AVerifyShowsWhatItWouldReadAndReadsNothing)
{
    fillPool();
    QFile layer(pool() + u"/docker/registry/v2/blobs/sha256/%1/%2/data"_s.arg(
                             QString::fromLatin1(m_plain.amd64().layers.front().hex().left(2)),
                             QString::fromLatin1(m_plain.amd64().layers.front().hex())));
    ASSERT_TRUE(layer.open(QIODevice::ReadWrite) && layer.write("x") == 1);
    layer.close();
    const Outcome dry = m_place.run({u"verify"_s, pool(), u"--dry-run"_s});
    EXPECT_EQ(dry.exitStatus, 0) << dry;
    EXPECT_FALSE(dry.out.isEmpty()) << dry;
    EXPECT_EQ(m_place.run({u"verify"_s, pool()}).exitStatus, 1) << "it would have found it";
    const Outcome target = m_place.run({u"verify"_s, deadHost(), u"--against"_s, pool(), u"--dry-run"_s});
    EXPECT_EQ(target.exitStatus, 0) << target;
    EXPECT_TRUE(target.err.isEmpty()) << "nobody is asked\n" << target;
}

} // namespace
} // namespace layerpool::test
