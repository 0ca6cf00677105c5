// SPDX-License-Identifier: Apache-2.0
#include "SmallRegistryTest.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QXmlStreamReader>

#include <algorithm>

// What lies beside a bundle for people: the report for those who approve it, the README for those who get it.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

class BundleReportFilesTest : public SmallRegistryTest
{
protected:
    void SetUp() override
    {
        SmallRegistryTest::SetUp();
        ASSERT_NO_FATAL_FAILURE(fillPool());
    }
    Outcome pack(const QStringList &more = {}) const
    {
        return m_place.run(QStringList{u"tar"_s, pool(), path(u"out/all.tar"_s)} + more);
    }
    QStringList names() const { return QDir(path(u"out"_s)).entryList(QDir::Files, QDir::Name); }
    QByteArray beside(const QString &ending) const { return bytesOf(path(u"out/all"_s + ending)); }
    QJsonObject json() const { return QJsonDocument::fromJson(beside(u".report.json"_s)).object(); }
    static QJsonObject imageIn(const QJsonObject &report, const QString &name)
    {
        for (const QJsonValue image : report["images"_L1].toArray()) {
            if (image["image"_L1].toString() == name) {
                return image.toObject();
            }
        }
        return {};
    }
};

TEST_F(BundleReportFilesTest, EveryBundleHasThem)
{
    const Outcome packed = pack();
    ASSERT_EQ(packed.exitStatus, 0) << packed;
    EXPECT_EQ(names(),
              (QStringList{u"all.README.txt"_s, u"all.index.json"_s, u"all.report.csv"_s,
                           u"all.report.html"_s, u"all.report.json"_s, u"all.sha256"_s, u"all.tar"_s}));
    EXPECT_FALSE(beside(u".sha256"_s).contains("report")) << "it is no part of what is carried";

    const QByteArray html = beside(u".report.html"_s);
    QXmlStreamReader reader(html);
    while (!reader.atEnd()) {
        reader.readNext();
    }
    EXPECT_FALSE(reader.hasError()) << reader.errorString().toStdString();
    for (const char *reference : {"http:", "https:", "src=", "href=", "url("}) {
        EXPECT_FALSE(html.contains(reference)) << reference;
    }
    for (const Sample *image : {&m_one, &m_two, &m_two2, &m_plain}) {
        EXPECT_TRUE(html.contains(image->amd64().digest.toByteArray())) << image->reference().toStdString();
        EXPECT_TRUE(beside(u".report.csv"_s).contains(image->amd64().digest.toByteArray()));
    }

    const QJsonObject report = json();
    EXPECT_EQ(report["images"_L1].toArray().size(), 4);
    const QJsonObject two = imageIn(report, u"apps/two:v1"_s);
    EXPECT_EQ(two["digest"_L1].toString().toUtf8(), inPool(u"apps/two"_s, u"v1"_s));
    EXPECT_EQ(two["newBytes"_L1].toInteger(), two["bytes"_L1].toInteger());
    const QJsonObject index = QJsonDocument::fromJson(beside(u".index.json"_s)).object();
    EXPECT_EQ(report["id"_L1], index["id"_L1]);
}

TEST_F(BundleReportFilesTest, VolumesAreNamedWithTheirSums)
{
    const Outcome packed = pack({u"--volume-size"_s, u"64Ki"_s});
    ASSERT_EQ(packed.exitStatus, 0) << packed;
    const QJsonArray files = json()["files"_L1].toArray();
    ASSERT_GT(files.size(), 1);
    qint64 bytes = 0;
    for (const QJsonValue file : files) {
        const QString name = file["name"_L1].toString();
        const QByteArray line = file["sha256"_L1].toString().toLatin1() + "  " + name.toLatin1() + '\n';
        EXPECT_TRUE(beside(u".sha256"_s).contains(line)) << line.toStdString();
        EXPECT_TRUE(beside(u".report.html"_s).contains(line.first(64))) << name.toStdString();
        EXPECT_EQ(file["bytes"_L1].toInteger(), QFileInfo(path(u"out/"_s + name)).size());
        bytes += file["bytes"_L1].toInteger();
    }
    EXPECT_EQ(json()["totals"_L1]["fileBytes"_L1].toInteger(), bytes);
}

TEST_F(BundleReportFilesTest, SayWhatIsLeftOutAndWhatIsAbsent)
{
    const QString base = path(u"base.json"_s);
    const QString list = m_place.write(u"some.txt"_s, "apps/one:v1\napps/none:v9\n");
    ASSERT_EQ(m_place.run({u"inventory"_s, pool(), base}).exitStatus, 0);
    const Outcome packed = pack({u"--exclude"_s, base, u"--list"_s, list});
    ASSERT_EQ(packed.exitStatus, 1) << packed;
    const QJsonObject report = json();
    const QJsonObject one = imageIn(report, u"apps/one:v1"_s);
    EXPECT_LT(one["newBytes"_L1].toInteger(), one["bytes"_L1].toInteger());
    EXPECT_EQ(one["leftOutLayers"_L1].toInteger(), qint64(m_one.manifests.front().layers.size()));
    EXPECT_EQ(report["contents"_L1].toString(), u"some.txt"_s);
    const QJsonObject index = QJsonDocument::fromJson(bytesOf(base)).object();
    EXPECT_EQ(report["base"_L1].toArray(), QJsonArray{index["id"_L1]});
    ASSERT_EQ(report["absent"_L1].toArray().size(), 1);
    EXPECT_EQ(report["absent"_L1][0]["image"_L1].toString(), u"apps/none:v9"_s);
    EXPECT_TRUE(beside(u".report.html"_s).contains("apps/none:v9"));
    EXPECT_TRUE(beside(u".report.csv"_s).contains("\r\napps/none:v9,"));
    for (const QString &ending : {u".report.html"_s, u".report.csv"_s, u".report.json"_s}) {
        EXPECT_FALSE(beside(ending).contains(path({}).toUtf8()))
            << "where it lies on this machine is nobody else's business: " << ending.toStdString();
    }
}

TEST_F(BundleReportFilesTest, NoReportIsLeftOfABundleThatIsReplacedWithoutOne)
{
    ASSERT_EQ(pack().exitStatus, 0);
    ASSERT_TRUE(QFile::remove(path(u"out/all.tar"_s)) && QFile::remove(path(u"out/all.index.json"_s)) &&
                QFile::remove(path(u"out/all.README.txt"_s)) && QFile::remove(path(u"out/all.sha256"_s)));
    const Outcome refused = pack({u"--no-report"_s});
    EXPECT_EQ(refused.exitStatus, 3)
        << "its own or not, a report that is there would be taken for this one's";
    EXPECT_TRUE(refused.err.contains("all.report.html exists")) << refused;
    const Outcome packed = pack({u"--no-report"_s, u"--force"_s});
    ASSERT_EQ(packed.exitStatus, 0) << packed;
    EXPECT_EQ(names(),
              (QStringList{u"all.README.txt"_s, u"all.index.json"_s, u"all.sha256"_s, u"all.tar"_s}));
}

TEST_F(BundleReportFilesTest, TheReadmeInsideIsTheOneBeside)
{
    ASSERT_EQ(pack().exitStatus, 0);
    const Outcome inside = run(u"tar"_s, {u"-xOf"_s, path(u"out/all.tar"_s), u"layerpool/README.txt"_s});
    ASSERT_EQ(inside.exitStatus, 0) << inside;
    EXPECT_TRUE(inside.out.contains("sha256sum -c NAME.sha256"));
    EXPECT_EQ(inside.out, beside(u".README.txt"_s));
    // A folder of lists with a bundle in it is a folder of lists.
    m_place.write(u"out/some.txt"_s, "apps/one:v1\n");
    const Outcome listed = m_place.run(
        {u"tar"_s, pool(), path(u"other/some.tar"_s), u"--list"_s, path(u"out"_s), u"--dry-run"_s});
    EXPECT_EQ(listed.exitStatus, 0) << listed;
}

// What the tar holds besides the storage is for people: without it, it is a bundle all the same.
TEST_F(BundleReportFilesTest, ABundleWithoutItsReadmeIsTakenIn)
{
    ASSERT_EQ(pack().exitStatus, 0);
    const QString bundle = path(u"plain.tar"_s);
    const QString folder = path(u"untarred"_s);
    ASSERT_TRUE(QDir().mkpath(folder));
    ASSERT_EQ(run(u"tar"_s, {u"-C"_s, folder, u"-xf"_s, path(u"out/all.tar"_s)}).exitStatus, 0);
    ASSERT_TRUE(QFile::remove(folder + u"/layerpool/README.txt"_s));
    ASSERT_EQ(run(u"tar"_s, {u"-C"_s, folder, u"-cf"_s, bundle, u"layerpool"_s, u"docker"_s}).exitStatus, 0);
    const Outcome taken = m_place.run({u"import"_s, path(u"far"_s), bundle});
    EXPECT_EQ(taken.exitStatus, 0) << taken;
    EXPECT_TRUE(isSame(treeOf(path(u"far/docker"_s)), treeOf(pool() + u"/docker"_s)));
}

} // namespace
} // namespace layerpool::test
