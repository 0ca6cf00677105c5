// SPDX-License-Identifier: Apache-2.0
#include "SmallRegistryTest.h"

#include <QDir>

// The base of a differential bundle, asked of the registry that will get it.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

class RegistryInventoryTest : public SmallRegistryTest
{
protected:
    void SetUp() override
    {
        SmallRegistryTest::SetUp();
        ASSERT_TRUE(QDir().mkpath(path(u"far"_s)));
        m_list = m_place.write(u"far.list"_s, QByteArray(allLines) + "apps/grown:v1\napps/none:v1\n");
    }
    Outcome cli(const QStringList &words) const { return m_place.run(words); }
    QString file() const { return path(u"far.json"_s); }
    Outcome inventory(const QString &registry, const QStringList &more = {}) const
    {
        return cli(QStringList{u"inventory"_s, registry, u"--list"_s, m_list, file()} + more);
    }

    QString m_list;
};

TEST_F(RegistryInventoryTest, TheNextReleaseLandsWholeOverWhatTheRegistryHas)
{
    const ImageSpec spec{.layerSizes = {200'000, 20'000}, .sharedLayers = 1, .base = 7};
    m_samples.add(u"apps/grown"_s, u"v1"_s, spec);
    const Sample next = m_samples.add(u"apps/moved"_s, u"v2"_s, spec);
    m_samples.addSignature(u"apps/one"_s, m_one.root);
    const StockRegistry far(path(u"far"_s));
    ASSERT_TRUE(far.isUp()) << far.log().toStdString();
    const QString mirror = far.host() + u"/m"_s;
    ASSERT_NO_FATAL_FAILURE(fillPool(QByteArray(allLines) + "apps/grown:v1\n"));
    ASSERT_EQ(cli({u"push"_s, pool(), mirror}).exitStatus, 0);

    const Outcome asked = inventory(mirror);
    EXPECT_EQ(asked.exitStatus, 0) << asked;
    EXPECT_TRUE(asked.out.contains("apps/none:v1 is not at " + mirror.toUtf8())) << asked;
    EXPECT_TRUE(asked.out.contains("5 of 6 images are there")) << asked;
    ASSERT_EQ(cli({u"inventory"_s, pool(), path(u"pool.json"_s)}).exitStatus, 0);
    EXPECT_EQ(run(u"cmp"_s, {file(), path(u"pool.json"_s)}).exitStatus, 0) << "it has what the pool has";
    const Outcome again = inventory(mirror);
    EXPECT_EQ(again.exitStatus, 3) << again;
    EXPECT_TRUE(again.err.contains("--force")) << again;

    ASSERT_NO_FATAL_FAILURE(fillPool("apps/moved:v2\n"));
    const Outcome packed = cli({u"tar"_s, pool(), path(u"next.tar"_s), u"--exclude"_s, file()});
    ASSERT_EQ(packed.exitStatus, 0) << packed;
    EXPECT_TRUE(packed.err.contains("5 images are on the far side")) << packed;
    const QByteArray names = run(u"tar"_s, {u"-tf"_s, path(u"next.tar"_s)}).out;
    EXPECT_FALSE(names.contains(next.amd64().layers.front().hex() + "/data"));
    EXPECT_TRUE(names.contains(next.amd64().layers.back().hex() + "/data"));
    const Outcome pushed = cli({u"push"_s, path(u"next.tar"_s), mirror});
    EXPECT_EQ(pushed.exitStatus, 0) << pushed;
    const Outcome verified = cli({u"verify"_s, mirror, u"--against"_s, pool()});
    EXPECT_EQ(verified.exitStatus, 0) << verified;
}

TEST_F(RegistryInventoryTest, ARegistryThatDoesNotAnswerOrShutsItsDoorGivesNone)
{
    const StockRegistry far(path(u"far"_s), {.user = u"ann"_s, .password = u"s3cret"_s});
    ASSERT_TRUE(far.isUp()) << far.log().toStdString();
    const Outcome denied = inventory(far.host());
    EXPECT_EQ(denied.exitStatus, 4) << denied;
    EXPECT_TRUE(denied.err.contains("layerpool-cli login " + far.host().toUtf8())) << denied;
    const Outcome silent = inventory(deadHost(), {u"--retries"_s, u"1"_s});
    EXPECT_EQ(silent.exitStatus, 4) << silent;
    EXPECT_FALSE(isThere(file()));

    const QString login = m_place.write(u"auth.json"_s, R"({"auths":{")" + far.host().toUtf8() +
                                                            R"(":{"auth":"YW5uOnMzY3JldA=="}}})");
    const Outcome empty = inventory(far.host(), {u"--authfile"_s, login});
    EXPECT_EQ(empty.exitStatus, 0) << empty;
    EXPECT_TRUE(empty.out.contains("0 of 6 images are there")) << empty;
}

TEST_F(RegistryInventoryTest, APoolIsAskedForAListTooAndARegistryWithoutOneIsNot)
{
    ASSERT_NO_FATAL_FAILURE(fillPool());
    const Outcome some = inventory(pool());
    EXPECT_EQ(some.exitStatus, 0) << some;
    EXPECT_TRUE(some.out.contains("apps/none:v1")) << some;
    EXPECT_TRUE(some.out.contains("3 repositories")) << some;
    const Outcome unasked = cli({u"inventory"_s, m_source.host(), path(u"other.json"_s)});
    EXPECT_EQ(unasked.exitStatus, 2) << unasked;
    EXPECT_TRUE(unasked.err.contains("say which images to look for: --list FILE")) << unasked;
    const Outcome mistyped = inventory(u"pol"_s);
    EXPECT_EQ(mistyped.exitStatus, 3) << mistyped;
    EXPECT_TRUE(mistyped.err.contains("There is no pool at pol")) << mistyped;
    const Outcome told = inventory(pool(), {u"--force"_s, u"--json"_s});
    EXPECT_EQ(told.exitStatus, 0) << told;
    EXPECT_TRUE(told.out.contains("\"event\":\"inventory\"")) << told;
    EXPECT_TRUE(told.out.contains("\"state\":\"absent\"")) << told;
}

} // namespace
} // namespace layerpool::test
