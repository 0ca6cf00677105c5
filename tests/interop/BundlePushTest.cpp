// SPDX-License-Identifier: Apache-2.0
#include "SmallRegistryTest.h"

#include <QDir>

// A bundle where it lies: looked at, checked, pushed and packed anew, and never unpacked.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

class BundlePushTest : public SmallRegistryTest
{
protected:
    Outcome cli(const QStringList &words) const { return m_place.run(words); }
    QString packed(const QString &name, const QStringList &more = {}) const
    {
        const QString bundle = path(name);
        const Outcome outcome = cli(QStringList{u"tar"_s, pool(), bundle} + more);
        EXPECT_EQ(outcome.exitStatus, 0) << outcome;
        return bundle;
    }
    /// An empty registry gets the bundle, and then holds what the pool does.
    void expectPushed(const QString &bundle, const QString &what)
    {
        SCOPED_TRACE(what.toStdString());
        const QString root = path(u"far-"_s + what);
        ASSERT_TRUE(QDir().mkpath(root));
        const StockRegistry far(root);
        ASSERT_TRUE(far.isUp()) << far.log().toStdString();
        const Outcome pushed = cli({u"push"_s, bundle, far.host() + u"/mirror"_s});
        EXPECT_EQ(pushed.exitStatus, 0) << pushed;
        const Outcome compared = cli({u"verify"_s, far.host() + u"/mirror"_s, u"--against"_s, pool()});
        EXPECT_EQ(compared.exitStatus, 0) << compared;
        const Outcome again = cli({u"push"_s, bundle, far.host() + u"/mirror"_s});
        EXPECT_EQ(again.exitStatus, 0) << again;
        EXPECT_TRUE(again.out.contains("4 already there")) << again;
    }
};

TEST_F(BundlePushTest, EveryFormatIsPushedFromWhereItLies)
{
    fillPool();
    expectPushed(packed(u"all.tar"_s), u"tar"_s);
    expectPushed(packed(u"zipped.zip"_s), u"zip"_s);
    packed(u"parts.tar"_s, {u"--volume-size"_s, u"64Ki"_s});
    expectPushed(path(u"parts.tar.002"_s), u"volumes"_s);
    expectPushed(packed(u"packed.tar.zst"_s), u"zstd"_s);
    const Outcome plan =
        cli({u"push"_s, path(u"packed.tar.zst"_s), m_source.host() + u"/x"_s, u"--dry-run"_s});
    EXPECT_TRUE((plan.out + plan.err).contains("were unpacked into a temporary file")) << plan;
}

TEST_F(BundlePushTest, ABundleIsLookedAtAsAPoolIs)
{
    fillPool();
    const QString bundle = packed(u"all.tar"_s);
    for (const QStringList &words : {QStringList{u"ls"_s}, QStringList{u"stats"_s}, QStringList{u"verify"_s},
                                     QStringList{u"inventory"_s}}) {
        const bool isInventory = words.first() == u"inventory"_s;
        QStringList ofPool = words + QStringList{pool()};
        QStringList ofBundle = words + QStringList{bundle};
        if (isInventory) {
            ofPool << path(u"pool.json"_s);
            ofBundle << path(u"bundle.json"_s);
        }
        const Outcome there = cli(ofPool);
        const Outcome here = cli(ofBundle);
        EXPECT_EQ(here.exitStatus, 0) << here;
        if (words.first() == u"ls"_s) {
            EXPECT_EQ(here.out, there.out);
        }
    }
    EXPECT_EQ(bytesOf(path(u"pool.json"_s)), bytesOf(path(u"bundle.json"_s)));
    const Outcome selected =
        cli({u"select"_s, bundle, path(u"small"_s), u"--list"_s, m_place.write(u"one.list"_s, "plain:1\n")});
    EXPECT_EQ(selected.exitStatus, 2) << selected;
    const Outcome exported = cli({u"export"_s, bundle, path(u"out"_s), u"--format"_s, u"oci-layout"_s});
    EXPECT_EQ(exported.exitStatus, 2) << exported;
    const Outcome served = cli({u"serve"_s, bundle});
    EXPECT_EQ(served.exitStatus, 2) << served;
    const Outcome unread = cli({u"serve"_s, m_place.write(u"bad.tar"_s, "no bundle")});
    EXPECT_TRUE(unread.err.contains("is no folder")) << "what is not taken is not read: " << unread;
    const Outcome missing = cli({u"push"_s, path(u"none.tar"_s), m_source.host()});
    EXPECT_EQ(missing.exitStatus, 2) << missing;
    EXPECT_TRUE(missing.err.contains("Cannot read the bundle")) << missing;
}

TEST_F(BundlePushTest, ALargeBundleIsSplitAndASmallerOneMadeOfIt)
{
    fillPool();
    const QString whole = packed(u"all.tar"_s);
    const Outcome split = cli({u"tar"_s, whole, path(u"parts.tar"_s), u"--volume-size"_s, u"64Ki"_s});
    EXPECT_EQ(split.exitStatus, 0) << split;
    const Outcome joined =
        run(u"sh"_s, {u"-c"_s, u"cat \"$1\".*[0-9] | cmp - \"$2\""_s, u"sh"_s, path(u"parts.tar"_s), whole});
    EXPECT_EQ(joined.exitStatus, 0) << joined;
    const Outcome part =
        cli({u"tar"_s, whole, path(u"one.zip"_s), u"--list"_s, m_place.write(u"one.list"_s, "plain:1\n")});
    EXPECT_EQ(part.exitStatus, 0) << part;
    const Outcome listed = cli({u"ls"_s, path(u"one.zip"_s)});
    EXPECT_TRUE(listed.out.contains("plain")) << listed;
    EXPECT_FALSE(listed.out.contains("apps/one")) << listed;
}

TEST_F(BundlePushTest, ABadBlobIsFoundByVerify)
{
    fillPool();
    const QString bundle = packed(u"all.tar"_s);
    QByteArray bytes = bytesOf(bundle);
    const qsizetype at = bytes.indexOf(bytesOf(m_samples.blobPath(m_plain.amd64().layers.back())));
    ASSERT_GT(at, 0);
    bytes[at + 5] = char(bytes[at + 5] + 1);
    const Outcome found = cli({u"verify"_s, m_place.write(u"bad.tar"_s, bytes)});
    EXPECT_EQ(found.exitStatus, 1) << found;
    EXPECT_TRUE((found.out + found.err).contains(m_plain.amd64().layers.back().hex())) << found;
    const Outcome cut =
        cli({u"push"_s, m_place.write(u"cut.tar"_s, bytes.first(bytes.size() / 2)), m_source.host()});
    EXPECT_EQ(cut.exitStatus, 2) << cut;
}

// The layers that a differential bundle leaves out are found at the target, or nothing of the image moves.
TEST_F(BundlePushTest, ADifferentialBundleIsPushedToWhereItsBaseIs)
{
    const ImageSpec spec{.layerSizes = {200'000, 20'000}, .sharedLayers = 1, .base = 7};
    m_samples.add(u"apps/grown"_s, u"v1"_s, spec);
    const Sample next = m_samples.add(u"apps/moved"_s, u"v2"_s, spec);
    fillPool("apps/grown:v1\n");
    const QString base = packed(u"base.tar"_s);
    ASSERT_TRUE(QDir().mkpath(path(u"far"_s)));
    const StockRegistry far(path(u"far"_s));
    ASSERT_TRUE(far.isUp());
    fillPool("apps/moved:v2\n");
    const QString bundle = packed(u"next.tar"_s, {u"--exclude"_s, path(u"base.index.json"_s)});
    EXPECT_LT(QFileInfo(bundle).size(), 100'000);

    const Outcome early =
        cli({u"push"_s, bundle, far.host() + u"/m"_s, u"--failed"_s, path(u"failed.list"_s)});
    EXPECT_EQ(early.exitStatus, 1) << early;
    EXPECT_TRUE(early.err.contains("lacks a layer that the bundle leaves out")) << early;
    EXPECT_TRUE(early.err.contains(next.amd64().layers.front().hex())) << early;
    EXPECT_EQ(bytesOf(path(u"failed.list"_s)), "apps/moved:v2\n");
    EXPECT_FALSE(isThere(path(u"far/docker"_s))) << "nothing moved";

    const Outcome anew = cli({u"tar"_s, bundle, path(u"anew.tar"_s)});
    EXPECT_EQ(anew.exitStatus, 2) << anew;
    EXPECT_TRUE(anew.err.contains("it leaves out layers")) << anew;
    const Outcome verified = cli({u"verify"_s, bundle});
    EXPECT_TRUE((verified.out + verified.err).contains("1 layer is left out")) << verified;

    const Outcome listed = cli({u"ls"_s, bundle, u"apps/moved:v2"_s});
    EXPECT_EQ(listed.out.count("left out"), 1) << listed;
    EXPECT_TRUE(listed.out.contains(next.amd64().layers.front().toByteArray() + "  left out\n")) << listed;
    const QByteArray parts = cli({u"ls"_s, bundle, u"apps/moved:v2"_s, u"--json"_s}).out;
    EXPECT_EQ(parts.count("\"leftOut\":true"), 1) << parts.toStdString();
    EXPECT_GT(parts.count("\"leftOut\":false"), 0) << parts.toStdString();
    EXPECT_TRUE(cli({u"stats"_s, bundle, u"--json"_s}).out.contains("\"leftOutBlobs\":1"));

    ASSERT_EQ(cli({u"push"_s, base, far.host() + u"/m"_s}).exitStatus, 0);
    const Outcome pushed = cli({u"push"_s, bundle, far.host() + u"/m"_s});
    EXPECT_EQ(pushed.exitStatus, 0) << pushed;
    EXPECT_EQ(cli({u"verify"_s, far.host() + u"/m"_s, u"--against"_s, pool()}).exitStatus, 0);
}

} // namespace
} // namespace layerpool::test
