// SPDX-License-Identifier: Apache-2.0
#include "SmallRegistryTest.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

// The next release, for a far side that has the one before.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

class DifferentialTest : public SmallRegistryTest
{
protected:
    DifferentialTest()
    {
        const ImageSpec spec{.layerSizes = {200'000, 20'000}, .sharedLayers = 1, .base = 7};
        m_old = m_samples.add(u"apps/grown"_s, u"v1"_s, spec);
        m_next = m_samples.add(u"apps/grown"_s, u"v2"_s, spec);
    }
    Outcome cli(const QStringList &words) const { return m_place.run(words); }
    QString far() const { return path(u"far"_s); }
    QString base() const { return path(u"base.json"_s); }
    QString bundle() const { return path(u"next.tar"_s); }
    static QByteArray dataOf(const Digest &digest)
    {
        return "docker/registry/v2/blobs/sha256/" + digest.hex().first(2) + '/' + digest.hex() + "/data";
    }

    /// The far side gets the first release; then the pool gets the next, and a bundle of what is new.
    void makeBundle(const QStringList &more = {})
    {
        ASSERT_NO_FATAL_FAILURE(fillPool(QByteArray(allLines) + "apps/grown:v1\n"));
        const Outcome whole = cli({u"tar"_s, pool(), path(u"whole.tar"_s)});
        ASSERT_EQ(whole.exitStatus, 0) << whole;
        const Outcome there = cli({u"import"_s, far(), path(u"whole.tar"_s)});
        ASSERT_EQ(there.exitStatus, 0) << there;
        const Outcome inventory = cli({u"inventory"_s, far(), base()});
        ASSERT_EQ(inventory.exitStatus, 0) << inventory;
        ASSERT_NO_FATAL_FAILURE(fillPool("apps/grown:v2\n"));
        const Outcome packed = cli(QStringList{u"tar"_s, pool(), bundle(), u"--exclude"_s, base()} + more);
        ASSERT_EQ(packed.exitStatus, 0) << packed;
        m_packed = packed;
    }
    QByteArray entries() const { return run(u"tar"_s, {u"-tf"_s, bundle()}).out; }
    QJsonObject index() const
    {
        return QJsonDocument::fromJson(run(u"tar"_s, {u"-xOf"_s, bundle(), u"layerpool/index.json"_s}).out)
            .object();
    }

    Sample m_old;
    Sample m_next;
    Outcome m_packed;
};

TEST_F(DifferentialTest, CarriesWhatIsNewAndLandsWhole)
{
    ASSERT_NO_FATAL_FAILURE(makeBundle());
    const Digest shared = m_next.amd64().layers.front();
    EXPECT_EQ(m_old.amd64().layers.front(), shared);
    const QByteArray names = entries();
    EXPECT_FALSE(names.contains(dataOf(shared)));
    EXPECT_TRUE(names.contains(dataOf(m_next.amd64().layers.back())));
    EXPECT_TRUE(names.contains(dataOf(m_next.amd64().config)));
    EXPECT_FALSE(names.contains("repositories/plain")) << "an image that is there already";
    EXPECT_TRUE(m_packed.err.contains("5 images are on the far side")) << m_packed;
    const QJsonArray leftOut = index().value("leftOut"_L1).toArray();
    ASSERT_EQ(leftOut.size(), 1);
    EXPECT_EQ(leftOut[0]["digest"_L1].toString(), shared.toString());

    const Outcome taken = cli({u"import"_s, far(), bundle()});
    EXPECT_EQ(taken.exitStatus, 0) << taken;
    EXPECT_TRUE(isSame(treeOf(far() + u"/docker"_s), treeOf(pool() + u"/docker"_s)));
}

TEST_F(DifferentialTest, AListKeepsItsImagesAndManifestsAlwaysTravel)
{
    ASSERT_NO_FATAL_FAILURE(
        makeBundle({u"--list"_s, m_place.write(u"both.txt"_s, "apps/grown:v1\napps/grown:v2\n")}));
    const QByteArray names = entries();
    EXPECT_TRUE(names.contains("tags/v1/current/link"));
    EXPECT_TRUE(names.contains(dataOf(m_old.amd64().digest)));
    EXPECT_TRUE(names.contains(dataOf(m_old.amd64().config)));
    EXPECT_FALSE(names.contains(dataOf(m_old.amd64().layers.back())));
}

TEST_F(DifferentialTest, IsRefusedWhereItsBaseIsNot)
{
    ASSERT_NO_FATAL_FAILURE(makeBundle());
    const QString empty = path(u"empty"_s);
    const Outcome taken = cli({u"import"_s, empty, bundle()});
    EXPECT_EQ(taken.exitStatus, 2) << taken;
    EXPECT_TRUE(taken.err.contains("apps/grown:v2")) << taken;
    EXPECT_TRUE(taken.err.contains(m_next.amd64().layers.front().toByteArray())) << taken;
    EXPECT_FALSE(QDir(empty + u"/docker/registry/v2/repositories"_s).exists());
}

TEST_F(DifferentialTest, AnEarlierBundleIsABaseToo)
{
    ASSERT_NO_FATAL_FAILURE(makeBundle());
    const QString ofBundle = path(u"of-bundle.json"_s);
    const Outcome inventory = cli({u"inventory"_s, path(u"whole.tar"_s), ofBundle});
    ASSERT_EQ(inventory.exitStatus, 0) << inventory;
    EXPECT_EQ(run(u"cmp"_s, {ofBundle, base()}).exitStatus, 0) << "of the pool that it made";
    EXPECT_EQ(run(u"cmp"_s, {ofBundle, path(u"whole.index.json"_s)}).exitStatus, 0);
    ASSERT_EQ(
        cli({u"tar"_s, path(u"whole.tar"_s), path(u"split.tar"_s), u"--volume-size"_s, u"64Ki"_s}).exitStatus,
        0);
    for (const QString &name : {u"split.tar"_s, u"split.tar.001"_s}) {
        const QString ofVolumes = path(name + u".json"_s);
        EXPECT_EQ(cli({u"inventory"_s, path(name), ofVolumes}).exitStatus, 0);
        EXPECT_EQ(run(u"cmp"_s, {ofVolumes, ofBundle}).exitStatus, 0) << name.toStdString();
    }
    const Outcome again = cli({u"inventory"_s, far(), ofBundle});
    EXPECT_EQ(again.exitStatus, 3) << again;
    EXPECT_TRUE(again.err.contains("--force")) << again;
}

TEST_F(DifferentialTest, WhatIsNoInventoryIsSaidBeforeAnythingIsDone)
{
    ASSERT_NO_FATAL_FAILURE(fillPool());
    for (const auto &[file, sentence] :
         {std::pair(m_place.write(u"bad.json"_s, "{}"), QByteArray("is no inventory")),
          std::pair(path(u"nowhere.json"_s), QByteArray("Cannot read the inventory"))}) {
        const Outcome packed = cli({u"tar"_s, pool(), bundle(), u"--exclude"_s, file});
        EXPECT_EQ(packed.exitStatus, 2) << packed;
        EXPECT_TRUE(packed.err.contains(sentence)) << packed;
        EXPECT_FALSE(isThere(bundle()));
    }
}

} // namespace
} // namespace layerpool::test
