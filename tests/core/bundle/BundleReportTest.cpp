// SPDX-License-Identifier: Apache-2.0
#include "bundle/ReportCsv.h"
#include "bundle/ReportHtml.h"
#include "bundle/ReportJson.h"
#include "core/task/TaskTest.h"
#include "support/SampleImages.h"

#include <gtest/gtest.h>

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QXmlStreamReader>

#include <algorithm>

// What those who approve a transfer are told, and that no name makes it say anything else.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

Digest letterDigest(char letter)
{
    return *Digest::parse(QByteArrayView("sha256:" + QByteArray(64, letter)));
}

BundleReport plainReport()
{
    BundleReport report;
    report.name = u"next.tar.zst"_s;
    report.format = BundleFormat::TarZstd;
    report.id = letterDigest('1');
    report.made = QDateTime(QDate(2026, 3, 1), QTime(12, 30), Qt::UTC);
    report.pool = u"pool"_s;
    report.contents = u"images.txt"_s;
    report.files = {{u"next.tar.zst.001"_s, 4'294'967'295, letterDigest('2')},
                    {u"next.tar.zst.002"_s, 17, letterDigest('3')}};
    report.images.push_back(
        {.reference = u"team/app:v1"_s,
         .line = u"quay.io/team/app:v1"_s,
         .digest = letterDigest('a'),
         .platforms = {u"linux/amd64"_s, u"linux/arm64"_s},
         .created = QDateTime(QDate(2026, 2, 3), QTime(4, 5, 6), Qt::UTC),
         .bytes = 5'000'000'001,
         .newBytes = 5'000'000'001,
         .leftOutLayers = 0,
         .referrers = {{ArtifactKind::Signature, letterDigest('b')},
                       {ArtifactKind::Sbom, letterDigest('c'), u"application/spdx+json"_s}}});
    report.referrers = 2;
    report.bytes = report.newBytes = 5'000'000'001;
    return report;
}

BundleReport differentialReport()
{
    BundleReport report = plainReport();
    report.base = {letterDigest('d'), letterDigest('e')};
    report.unchanged = 7;
    report.images.front().newBytes = 1234;
    report.images.front().leftOutLayers = 3;
    report.newBytes = 1234;
    report.leftOutLayers = 3;
    return report;
}

/// A name that does what it can, in every place where one stands.
BundleReport hostileReport(const QString &name)
{
    BundleReport report = differentialReport();
    report.name = report.pool = report.contents = report.files.front().name = name;
    report.images.front().reference = report.images.front().line = name;
    report.images.front().platforms = {name};
    report.images.front().referrers.front().type = name;
    report.absent.push_back({name, {ErrorKind::NotFound, name, name, u"Convert it"_s}});
    return report;
}

struct Page
{
    QString text;      ///< all that is read, blanks made one
    QStringList names; ///< of the elements, in their order
    QString language;  ///< as the page says
    int scopedHeaders = 0;
    bool isWellFormed = false;

    int count(const QString &name) const { return static_cast<int>(names.count(name)); }
};

Page pageOf(const QByteArray &html)
{
    Page page;
    QXmlStreamReader reader(html);
    while (!reader.atEnd()) {
        reader.readNext();
        if (reader.isStartElement()) {
            page.names << reader.name().toString();
            page.scopedHeaders += reader.attributes().hasAttribute(u"scope"_s) ? 1 : 0;
            if (reader.name() == u"html"_s) {
                page.language = reader.attributes().value(u"lang"_s).toString();
            }
        }
        page.text += reader.isCharacters() ? reader.text().toString() : u" "_s;
    }
    page.isWellFormed = !reader.hasError();
    EXPECT_TRUE(page.isWellFormed) << reader.errorString().toStdString() << " in line "
                                   << reader.lineNumber();
    page.text = page.text.simplified();
    return page;
}

QStringList csvRows(const QByteArray &csv)
{
    EXPECT_TRUE(csv.startsWith("\xef\xbb\xbf"));
    QStringList rows = QString::fromUtf8(csv.sliced(3)).split(u"\r\n"_s);
    EXPECT_EQ(rows.takeLast(), QString()) << "the last row ends as all do";
    return rows;
}

QJsonObject jsonOf(const BundleReport &report)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(reportJson(report), &error);
    EXPECT_EQ(error.error, QJsonParseError::NoError) << error.errorString().toStdString();
    return document.object();
}

TEST(ReportHtmlTest, SaysWhatTheBundleHolds)
{
    const Page page = pageOf(reportHtml(plainReport()));
    for (const QString &said :
         {u"next.tar.zst"_s, u"images.txt"_s, u"team/app:v1"_s, u"quay.io/team/app:v1"_s,
          letterDigest('a').toString(), letterDigest('1').toString(), u"linux/amd64, linux/arm64"_s,
          u"Signature, SBOM"_s, u"next.tar.zst.002"_s, QString(64, u'3'), u"4294967295"_s,
          u"sha256sum -c next.sha256"_s, u"was not checked"_s}) {
        EXPECT_TRUE(page.text.contains(said)) << said.toStdString() << '\n' << page.text.toStdString();
    }
    EXPECT_FALSE(page.text.contains(u"Inventories"_s)) << "there is no base";
    EXPECT_EQ(page.count(u"table"_s), 3) << "none of images that could not be packed";
}

TEST(ReportHtmlTest, NamesTheKeyThatSignsAndHowToCheckIt)
{
    EXPECT_TRUE(pageOf(reportHtml(plainReport())).text.contains(u"it is not signed"_s));
    BundleReport report = plainReport();
    report.signer = u"2293CF367D70AD0F"_s;
    const Page page = pageOf(reportHtml(report));
    EXPECT_TRUE(page.text.contains(u"Signed by the key 2293CF367D70AD0F"_s)) << page.text.toStdString();
    EXPECT_TRUE(page.text.contains(u"minisign -Vm next.sha256 -p KEY.pub"_s)) << page.text.toStdString();
    EXPECT_FALSE(page.text.contains(u"it is not signed"_s));
    EXPECT_EQ(jsonOf(report)["signedBy"_L1].toString(), report.signer);
    EXPECT_TRUE(jsonOf(plainReport())["signedBy"_L1].isNull());
}

TEST(ReportHtmlTest, NamesTheProgramThatComesAlong)
{
    EXPECT_TRUE(jsonOf(plainReport())["tool"_L1].isNull());
    BundleReport report = plainReport();
    report.tool = {"layerpool-cli-portable", 1234, letterDigest('f')};
    EXPECT_EQ(jsonOf(report)["tool"_L1]["name"_L1].toString(), u"layerpool-cli-portable"_s);
    EXPECT_EQ(jsonOf(report)["tool"_L1]["sha256"_L1].toString(), QString(64, u'f'));
    const QString said = pageOf(reportHtml(report)).text;
    EXPECT_TRUE(said.contains(u"layerpool-cli-portable"_s) && said.contains(letterDigest('f').toString()))
        << said.toStdString();
}

TEST(ReportHtmlTest, ADifferentialBundleNamesItsBase)
{
    const Page page = pageOf(reportHtml(differentialReport()));
    EXPECT_TRUE(page.text.contains(letterDigest('d').toString())) << page.text.toStdString();
    EXPECT_TRUE(page.text.contains(letterDigest('e').toString()));
    EXPECT_TRUE(page.text.contains(u"1.2 kB"_s)) << page.text.toStdString();
    EXPECT_TRUE(page.text.contains(u"Layers left out"_s));
}

TEST(ReportHtmlTest, AScreenReaderFindsItsWay)
{
    const Page page = pageOf(reportHtml(hostileReport(u"a"_s)));
    EXPECT_EQ(page.language, u"en"_s);
    EXPECT_EQ(page.count(u"h1"_s), 1);
    EXPECT_EQ(page.count(u"main"_s), 1);
    EXPECT_EQ(page.count(u"table"_s), 4);
    EXPECT_EQ(page.count(u"caption"_s), page.count(u"table"_s));
    EXPECT_EQ(page.count(u"thead"_s), page.count(u"table"_s)) << "which paper repeats";
    EXPECT_EQ(page.scopedHeaders, page.count(u"th"_s));
}

TEST(ReportHtmlTest, AHostileNameIsAName)
{
    const QString name = u"<script>alert(\"1\")</script>&amp;'%1%2<!--"_s;
    const QByteArray html = reportHtml(hostileReport(name));
    const Page page = pageOf(html);
    EXPECT_TRUE(page.text.contains(name)) << page.text.toStdString();
    EXPECT_EQ(page.count(u"script"_s), 0);
    EXPECT_FALSE(html.contains("<script"));
    EXPECT_FALSE(html.contains("<!--"));
}

TEST(ReportHtmlTest, NothingMakesANameLookLikeAnother)
{
    for (const char16_t each : {u'\0', u'\x1b', u'\n', u'\x7f', u'\x202e', u'\x200b', u'\x2066', u'\xfffe'}) {
        const QString name = u"app"_s + QChar(each) + u"gnp.exe"_s;
        const QString text = pageOf(reportHtml(hostileReport(name))).text;
        EXPECT_TRUE(text.contains(u"app\ufffdgnp.exe"_s)) << int(each);
        EXPECT_FALSE(text.contains(QChar(each))) << int(each);
        EXPECT_FALSE(QString::fromUtf8(reportCsv(hostileReport(name))).contains(name)) << int(each);
    }
}

TEST(ReportHtmlTest, AsksForNothingOverANetwork)
{
    const QByteArray html = reportHtml(hostileReport(u"a"_s)).toLower();
    for (const char *reference :
         {"http:", "https:", "//", "src=", "href=", "url(", "@import", "<script", "<link"}) {
        EXPECT_FALSE(html.contains(reference)) << reference;
    }
}

TEST(ReportCsvTest, HasARowForEachImage)
{
    BundleReport report = differentialReport();
    report.absent.push_back(
        {u"gone:1"_s, {ErrorKind::NotFound, u"gone:1 is not in the pool"_s, {}, u"Convert it first"_s}});
    const QStringList rows = csvRows(reportCsv(report));
    ASSERT_EQ(rows.size(), 3);
    EXPECT_EQ(rows[1], u"team/app:v1,quay.io/team/app:v1,"_s + letterDigest('a').toString() +
                           u",\"linux/amd64, linux/arm64\",2026-02-03T04:05:06Z,5000000001,1234,3,"
                           "\"Signature, SBOM\",yes,"_s);
    EXPECT_EQ(rows[2], u"gone:1,gone:1,,,,,,,,no,\"gone:1 is not in the pool.\""_s);
    EXPECT_EQ(rows[0].count(u','), rows[2].count(u','));
}

TEST(ReportCsvTest, QuotesWhatWouldEndACell)
{
    const QString csv = QString::fromUtf8(reportCsv(hostileReport(u"a\",\"b"_s)));
    EXPECT_TRUE(csv.contains(u"\r\n\"a\"\",\"\"b\",\"a\"\",\"\"b\",sha256:"_s)) << csv.toStdString();
    EXPECT_EQ(csvRows(reportCsv(hostileReport(u"a\r\nb"_s))).size(), 3) << "no name ends a row";
}

TEST(ReportCsvTest, NoNameIsAFormula)
{
    for (const QString &name : {u"=1+1"_s, u"+1"_s, u"-1"_s, u"@SUM(A1)"_s}) {
        const QStringList rows = csvRows(reportCsv(hostileReport(name)));
        ASSERT_EQ(rows.size(), 3);
        EXPECT_TRUE(rows[1].startsWith(u'\'' + name + u",'"_s + name + u',')) << rows[1].toStdString();
    }
    EXPECT_TRUE(csvRows(reportCsv(hostileReport(u"=A1,B1"_s)))[1].startsWith(u"\"'=A1,B1\","_s));
}

TEST(ReportJsonTest, IsReadBackToTheByte)
{
    const QJsonObject json = jsonOf(differentialReport());
    EXPECT_EQ(json["version"_L1].toInt(), 1);
    EXPECT_EQ(json["name"_L1].toString(), u"next.tar.zst"_s);
    EXPECT_EQ(json["format"_L1].toString(), u"tar.zst"_s);
    EXPECT_EQ(json["id"_L1].toString(), letterDigest('1').toString());
    EXPECT_EQ(json["made"_L1].toString(), u"2026-03-01T12:30:00Z"_s);
    EXPECT_EQ(json["base"_L1].toArray(),
              (QJsonArray{letterDigest('d').toString(), letterDigest('e').toString()}));
    const QJsonObject file = json["files"_L1][0].toObject();
    EXPECT_EQ(file["name"_L1].toString(), u"next.tar.zst.001"_s);
    EXPECT_EQ(file["bytes"_L1].toInteger(), 4'294'967'295);
    EXPECT_EQ(file["sha256"_L1].toString(), QString(64, u'2'));
    const QJsonObject image = json["images"_L1][0].toObject();
    EXPECT_EQ(image["image"_L1].toString(), u"team/app:v1"_s);
    EXPECT_EQ(image["line"_L1].toString(), u"quay.io/team/app:v1"_s);
    EXPECT_EQ(image["digest"_L1].toString(), letterDigest('a').toString());
    EXPECT_EQ(image["bytes"_L1].toInteger(), 5'000'000'001);
    EXPECT_EQ(image["newBytes"_L1].toInteger(), 1234);
    EXPECT_EQ(image["leftOutLayers"_L1].toInt(), 3);
    EXPECT_EQ(image["created"_L1].toString(), u"2026-02-03T04:05:06Z"_s);
    EXPECT_EQ(image["referrers"_L1][0]["kind"_L1].toString(), u"signature"_s);
    EXPECT_EQ(image["referrers"_L1][1]["type"_L1].toString(), u"application/spdx+json"_s);
    const QJsonObject totals = json["totals"_L1].toObject();
    EXPECT_EQ(totals["images"_L1].toInt(), 1);
    EXPECT_EQ(totals["unchanged"_L1].toInt(), 7);
    EXPECT_EQ(totals["fileBytes"_L1].toInteger(), 4'294'967'312);
}

TEST(ReportJsonTest, SaysWhyAnImageIsAbsent)
{
    const QJsonObject absent = jsonOf(hostileReport(u"a\"b"_s))["absent"_L1][0].toObject();
    EXPECT_EQ(absent["image"_L1].toString(), u"a\"b"_s);
    EXPECT_EQ(absent["kind"_L1].toString(), QString::fromLatin1(errorKindName(ErrorKind::NotFound)));
    EXPECT_FALSE(absent["message"_L1].toString().contains(u"Convert it"_s)) << "a hint for another";
}

class BundleReportTest : public testing::Test
{
protected:
    BundleReport reportOfAll(const std::map<Digest, qint64> &leftOut = {})
    {
        const auto index = readPool(m_folder.path());
        return BundleReport::of(*index, Selection::ofAll(*index), leftOut);
    }

    QTemporaryDir m_folder;
    SampleRegistry m_samples{m_folder.path()};
};

TEST_F(BundleReportTest, FindsPlatformsAndWhatIsSigned)
{
    const Sample image =
        m_samples.add(u"a"_s, u"v1"_s, {.kind = SampleKind::OciIndex, .hasAttestation = true});
    m_samples.addSignature(u"a"_s, image.root);
    m_samples.addReferrer(u"a"_s, image.root);
    m_samples.add(u"b"_s, u"v1"_s);
    const BundleReport report = reportOfAll();
    ASSERT_EQ(report.images.size(), 2U);
    const BundleReport::Image &signedOne = report.images.front();
    EXPECT_EQ(signedOne.reference, u"a:v1"_s);
    EXPECT_EQ(signedOne.digest, image.root);
    EXPECT_EQ(signedOne.platforms, (QStringList{u"linux/amd64"_s, u"linux/arm64"_s}));
    std::vector<ArtifactKind> kinds;
    for (const PoolReferrer &referrer : signedOne.referrers) {
        kinds.push_back(referrer.kind);
    }
    std::sort(kinds.begin(), kinds.end());
    EXPECT_EQ(kinds, (std::vector{ArtifactKind::Signature, ArtifactKind::Attestation, ArtifactKind::Sbom}));
    EXPECT_EQ(report.referrers, 2);
    EXPECT_TRUE(report.images.back().referrers.empty());
    EXPECT_EQ(report.bytes, m_samples.blobBytes());
}

TEST_F(BundleReportTest, WhatIsLeftOutIsNotNew)
{
    const Sample image = m_samples.add(u"b"_s, u"v1"_s);
    const Digest layer = image.amd64().layers.front();
    const qint64 size = QFileInfo(m_samples.blobPath(layer)).size();
    const BundleReport report = reportOfAll({{layer, size}});
    ASSERT_EQ(report.images.size(), 1U);
    EXPECT_EQ(report.images.front().bytes, m_samples.blobBytes());
    EXPECT_EQ(report.images.front().newBytes, m_samples.blobBytes() - size);
    EXPECT_EQ(report.images.front().leftOutLayers, 1);
    EXPECT_EQ(report.newBytes, m_samples.blobBytes() - size);
    EXPECT_EQ(report.leftOutLayers, 1);
}

} // namespace
} // namespace layerpool::test
