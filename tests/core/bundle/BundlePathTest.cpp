// SPDX-License-Identifier: Apache-2.0
#include "bundle/BundlePath.h"

#include <gtest/gtest.h>

// Which names a bundle's entries may have, and what they mean.

namespace layerpool::test {
namespace {

using Kind = BundlePath::Kind;

const QByteArray kHex = QByteArray(62, '0') + "ab";
const QByteArray kLongHex = QByteArray(128, 'f');
const QByteArray kRoot = "docker/registry/v2/";
const QByteArray kAppPath = kRoot + "repositories/team/app/";

BundlePath fileAt(const QByteArray &name)
{
    const Result<BundlePath> path = BundlePath::parse(name, false);
    EXPECT_TRUE(isOk(path)) << name.toStdString();
    return path ? *path : BundlePath();
}

TEST(BundlePathTest, KnowsEachPlaceOfTheLayout)
{
    const BundlePath blob = fileAt(kRoot + "blobs/sha256/00/" + kHex + "/data");
    EXPECT_EQ(blob.kind, Kind::Blob);
    EXPECT_EQ(blob.digest.toByteArray(), "sha256:" + kHex);
    EXPECT_EQ(fileAt(kRoot + "blobs/sha512/ff/" + kLongHex + "/data").digest.toByteArray(),
              "sha512:" + kLongHex);

    const BundlePath layer = fileAt(kAppPath + "_layers/sha256/" + kHex + "/link");
    EXPECT_EQ(layer.kind, Kind::LayerLink);
    EXPECT_EQ(layer.repository.toByteArray(), "team/app");
    EXPECT_EQ(layer.digest, blob.digest);
    EXPECT_EQ(fileAt(kAppPath + "_manifests/revisions/sha256/" + kHex + "/link").kind, Kind::RevisionLink);

    const BundlePath tag = fileAt(kAppPath + "_manifests/tags/V1.0_x/current/link");
    EXPECT_EQ(tag.kind, Kind::TagLink);
    EXPECT_EQ(tag.tag, QStringLiteral("V1.0_x"));
    EXPECT_EQ(fileAt(kAppPath + "_manifests/tags/v1/index/sha256/" + kHex + "/link").kind, Kind::TagHistory);
}

TEST(BundlePathTest, ADotInFrontIsNoMatter)
{
    EXPECT_EQ(fileAt("./" + kRoot + "blobs/sha256/00/" + kHex + "/data").kind, Kind::Blob);
    EXPECT_TRUE(isOk(BundlePath::parse(".", true)));
}

TEST(BundlePathTest, FoldersOnTheWayAreKnown)
{
    QByteArray way;
    for (const QByteArray &path :
         {kRoot + "blobs/sha256/00/" + kHex, kAppPath + "_layers/sha256/" + kHex,
          kAppPath + "_manifests/revisions/sha256/" + kHex, kAppPath + "_manifests/tags/v1/current",
          kAppPath + "_manifests/tags/v1/index/sha256/" + kHex}) {
        for (qsizetype end = path.indexOf('/'); end > 0; end = path.indexOf('/', end + 1)) {
            way = path.first(end);
            const Result<BundlePath> folder = BundlePath::parse(way, true);
            ASSERT_TRUE(isOk(folder)) << way.toStdString();
            EXPECT_EQ(folder->kind, Kind::Folder) << way.toStdString();
            EXPECT_FALSE(BundlePath::parse(way, false)) << "a file: " << way.toStdString();
        }
        EXPECT_TRUE(isOk(BundlePath::parse(path, true))) << path.toStdString();
    }
}

TEST(BundlePathTest, WhatARegistryAndAPoolKeepBesideIsLeftOut)
{
    for (const QByteArray &name :
         {kAppPath + "_uploads/0c5a/data", kAppPath + "_uploads/0c5a/hashstates/sha256/0",
          kAppPath + "_manifests/revisions/sha256/" + kHex + "/signatures/sha256/" + kHex + "/link",
          QByteArray(".layerpool/lock"), QByteArray("./.layerpool/staging/partial/x"),
          QByteArray("layerpool/README.txt"), QByteArray("./layerpool/README.txt"),
          QByteArray("layerpool/other.json"), QByteArray("scheduler-state.json")}) {
        EXPECT_EQ(fileAt(name).kind, Kind::LeftOut) << name.toStdString();
    }
}

TEST(BundlePathTest, AProgramLiesInOnePlaceUnderAPlainName)
{
    for (const QByteArray &name :
         {QByteArray("layerpool-cli-portable"), QByteArray("Layerpool-1.2+3_x.AppImage"), QByteArray("7")}) {
        EXPECT_EQ(fileAt("layerpool/tool/" + name).kind, Kind::Tool) << name.toStdString();
        EXPECT_FALSE(BundlePath::parse("layerpool/tool/" + name, true)) << "a folder: " << name.toStdString();
    }
    EXPECT_EQ(fileAt("./layerpool/tool/x").kind, Kind::Tool);
    EXPECT_TRUE(isOk(BundlePath::parse("layerpool/tool", true)));
    EXPECT_FALSE(BundlePath::parse("layerpool/tool", false));
    for (const QByteArray &name :
         {QByteArray(".hidden"), QByteArray("-v"), QByteArray("a b"), QByteArray("a;b"), QByteArray("bin/x"),
          QByteArray("../x"), QByteArray("x/"), QByteArray(101, 'x')}) {
        EXPECT_TRUE(isError(BundlePath::parse("layerpool/tool/" + name, false), ErrorKind::BadInput))
            << name.toStdString();
    }
}

TEST(BundlePathTest, AnythingElseHasNoPlace)
{
    const std::vector<QByteArray> names{
        "/" + kRoot + "blobs/sha256/00/" + kHex + "/data",
        "../" + kRoot + "blobs/sha256/00/" + kHex + "/data",
        kRoot + "blobs/sha256/00/../00/" + kHex + "/data",
        ".layerpool/../../x",
        "layerpool/../x",
        "layerpool//README.txt",
        "layerpool/../README.txt",
        "README.txt",
        kAppPath + "_uploads/../../x",
        "././" + kRoot + "blobs/sha256/00/" + kHex + "/data",
        kRoot + "blobs//sha256/00/" + kHex + "/data",
        kRoot + "blobs/./sha256/00/" + kHex + "/data",
        kRoot + "blobs\\sha256/00/" + kHex + "/data",
        ".layerpool/a\\b",
        ".layerpool/a\nb",
        ".layerpool/\xc3\xa9",
        kRoot + "blobs/sha256/01/" + kHex + "/data",
        kRoot + "blobs/sha256/00/" + kHex.toUpper() + "/data",
        kRoot + "blobs/sha256/00/" + kHex.first(63) + "/data",
        kRoot + "blobs/sha512/00/" + kHex + "/data",
        kRoot + "blobs/md5/00/" + kHex + "/data",
        kRoot + "blobs/sha256/00/" + kHex + "/data/x",
        kRoot + "blobs/sha256/00/" + kHex + "/date",
        kRoot + "blobs/sha256/00/" + kHex,
        kAppPath + "_layers/sha256/" + kHex + "/link/x",
        kAppPath + "_layers/sha256/" + kHex + "/signatures/x",
        kAppPath + "_manifests/tags/.hidden/current/link",
        kAppPath + "_manifests/tags/v1/current/link/x",
        kAppPath + "_manifests/tags/v1/link",
        kAppPath + "_manifests/tags/" + QByteArray(129, 'a') + "/current/link",
        kAppPath + "_manifests/other/x",
        kAppPath + "_other/x",
        kAppPath + "stray",
        kRoot + "repositories/_layers/sha256/" + kHex + "/link",
        kRoot + "repositories/Team/app/_layers/sha256/" + kHex + "/link",
        kRoot + "repositories/" + QByteArray(256, 'a') + "/_layers/sha256/" + kHex + "/link",
        kRoot + "other",
        "docker/registry/v3/x",
        "registry/" + kRoot + "blobs/sha256/00/" + kHex + "/data",
        "etc/passwd",
        "",
    };
    for (const QByteArray &name : names) {
        const Result<BundlePath> path = BundlePath::parse(name, false);
        EXPECT_TRUE(isError(path, ErrorKind::BadInput)) << name.toStdString();
        EXPECT_TRUE(path || !path.error().why.isEmpty()) << name.toStdString();
    }
}

} // namespace
} // namespace layerpool::test
