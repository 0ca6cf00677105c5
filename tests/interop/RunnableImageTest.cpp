// SPDX-License-Identifier: Apache-2.0
#include "SmallRegistryTest.h"

#include <QDir>

// An image that went all the way still unpacks and runs.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

class RunnableImageTest : public SmallRegistryTest
{
protected:
    /// Takes demo/busybox:1 from a stock registry into an OCI layout, as operators do.
    void expectRuns(const QString &storage) const
    {
        const StockRegistry registry(storage, {.isReadOnly = true});
        ASSERT_TRUE(registry.isUp()) << registry.log().toStdString();
        const QString layout = path(u"layout"_s);
        const Outcome copied = test::run(
            u"skopeo"_s, {u"copy"_s, u"--insecure-policy"_s, u"--src-tls-verify=false"_s,
                          u"docker://%1/demo/busybox:1"_s.arg(registry.host()), u"oci:%1:1"_s.arg(layout)});
        ASSERT_EQ(copied.exitStatus, 0) << copied;
        const QString bundle = path(u"bundle"_s);
        const Outcome unpacked =
            test::run(u"umoci"_s, {u"unpack"_s, u"--rootless"_s, u"--image"_s, layout + u":1"_s, bundle});
        ASSERT_EQ(unpacked.exitStatus, 0) << unpacked;
        const Outcome said = test::run(bundle + u"/rootfs/bin/busybox"_s, {u"echo"_s, u"hello"_s});
        EXPECT_EQ(said.out, "hello\n") << said;
    }
};

TEST_F(RunnableImageTest, BusyboxRunsOutOfAPool)
{
    m_samples.addBusybox(u"demo/busybox"_s, u"1"_s, SampleKind::DockerList);
    fillPool("demo/busybox:1\n");
    expectRuns(pool());
}

TEST_F(RunnableImageTest, BusyboxRunsOnTheFarSide)
{
    m_samples.addBusybox(u"demo/busybox"_s, u"1"_s, SampleKind::OciManifest);
    fillPool("demo/busybox:1\nplain:1\n");
    const QString list = m_place.write(u"one.txt"_s, "demo/busybox:1\n");
    const QString tar = path(u"out.tar"_s);
    ASSERT_EQ(m_place.run({u"tar"_s, pool(), tar, u"--list"_s, list}).exitStatus, 0);
    ASSERT_TRUE(QDir().mkpath(path(u"carried"_s)));
    ASSERT_EQ(test::run(u"tar"_s, {u"-xf"_s, tar, u"-C"_s, path(u"carried"_s)}).exitStatus, 0);
    ASSERT_TRUE(QDir().mkpath(path(u"far"_s)));
    {
        const StockRegistry target(path(u"far"_s));
        ASSERT_TRUE(target.isUp());
        const Outcome pushed = m_place.run({u"push"_s, path(u"carried"_s), target.host()});
        ASSERT_EQ(pushed.exitStatus, 0) << pushed;
    }
    expectRuns(path(u"far"_s));
}

} // namespace
} // namespace layerpool::test
