// SPDX-License-Identifier: Apache-2.0
#include "image/ManifestSkim.h"

#include "image/ImageConfig.h"
#include "image/ImageSummary.h"
#include "image/Manifest.h"
#include "support/Print.h"
#include "support/SampleImages.h"

#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <functional>

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

bool isAlike(const Descriptor &a, const Descriptor &b)
{
    return a.mediaType == b.mediaType && a.digest == b.digest && a.size == b.size &&
           a.platform == b.platform && a.urls == b.urls;
}

bool isAlike(const std::vector<Descriptor> &a, const std::vector<Descriptor> &b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const Descriptor &x, const Descriptor &y) { return isAlike(x, y); });
}

/// The same with a member that nobody knows, which the skim leaves to the slower reading.
QByteArray withUnknownMember(QByteArray json)
{
    return json.insert(json.indexOf('{') + 1, "\"x-unknown\":[],");
}

/// Calls with the bytes as they are, cut anywhere, and with each byte made another.
void forEachChange(const QByteArray &bytes, const std::function<void(const QByteArray &)> &job)
{
    job(bytes);
    for (qsizetype at = 0; at < bytes.size(); ++at) {
        job(bytes.first(at));
        for (const char other :
             {'"', '{', '}', '[', ']', ',', ':', '\\', '0', '-', 'e', ' ', '\n', 'A', '\xc3', '\0'}) {
            QByteArray changed = bytes;
            changed[at] = other;
            job(changed);
        }
    }
}

class ManifestSkimTest : public testing::Test
{
protected:
    std::vector<QByteArray> manifests()
    {
        std::vector<QByteArray> found;
        for (int kind = 0; kind < sampleKindCount; ++kind) {
            const Sample sample = m_samples.add(
                u"a"_s, u"v%1"_s.arg(kind), {.kind = SampleKind(kind), .layers = 2, .hasAttestation = true});
            found.push_back(sample.bytes);
            found.push_back(sample.manifests.front().bytes);
        }
        return found;
    }

    QTemporaryDir m_folder;
    SampleRegistry m_samples{m_folder.path()};
};

TEST_F(ManifestSkimTest, ReadsOrdinaryManifestsAndIndexes)
{
    for (const QByteArray &bytes : manifests()) {
        const auto skimmed = skimManifest(bytes);
        const Result<Manifest> parsed = Manifest::parse(withUnknownMember(bytes));
        ASSERT_TRUE(parsed);
        ASSERT_TRUE(skimmed) << bytes.constData();
        EXPECT_EQ(skimmed->mediaType, parsed->mediaType());
        EXPECT_TRUE(isAlike(skimmed->config, parsed->config()));
        EXPECT_TRUE(isAlike(skimmed->layers, parsed->layers()));
        EXPECT_TRUE(isAlike(skimmed->children, parsed->children()));
    }
}

// What is taken in haste must be what is taken at leisure.
TEST_F(ManifestSkimTest, TakesNothingThatTheSlowerReadingRefuses)
{
    int taken = 0;
    for (const QByteArray &original : manifests()) {
        forEachChange(original, [&](const QByteArray &bytes) {
            const auto skimmed = skimManifest(bytes);
            if (!skimmed) {
                return;
            }
            ++taken;
            const Result<Manifest> parsed = Manifest::parse(withUnknownMember(bytes));
            ASSERT_TRUE(parsed) << bytes.constData();
            ASSERT_EQ(skimmed->mediaType, parsed->mediaType()) << bytes.constData();
            ASSERT_TRUE(isAlike(skimmed->config, parsed->config())) << bytes.constData();
            ASSERT_TRUE(isAlike(skimmed->layers, parsed->layers())) << bytes.constData();
            ASSERT_TRUE(isAlike(skimmed->children, parsed->children())) << bytes.constData();
        });
    }
    EXPECT_GT(taken, 100);
}

TEST_F(ManifestSkimTest, LeavesTheUnusualToTheSlowerReading)
{
    const QByteArray digest = "sha256:" + QByteArray(64, 'a');
    const auto image = [&](const QByteArray &more, const QByteArray &size = "7") {
        return R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",)"
               R"("config":{"mediaType":"application/vnd.oci.image.config.v1+json","size":)" +
               size + R"(,"digest":")" + digest + R"("},"layers":[])" + more + '}';
    };
    EXPECT_TRUE(skimManifest(image({})));
    EXPECT_TRUE(skimManifest(image(R"(,"annotations":{"a":"b"})")));
    EXPECT_FALSE(skimManifest(image(R"(,"subject":null)")));
    EXPECT_FALSE(skimManifest(image(R"(,"layers":[])"))) << "twice";
    EXPECT_FALSE(skimManifest(image(R"(,"Layers":[])"))) << "some programs fold names";
    EXPECT_FALSE(skimManifest(image(R"(,"manifests":[])"))) << "two kinds at once";
    EXPECT_FALSE(skimManifest(image(R"(,"annotations":{"a":"\u00e9"})")));
    EXPECT_FALSE(skimManifest(image({}, "7.0")));
    EXPECT_FALSE(skimManifest(image({}, "1e3")));
    EXPECT_FALSE(skimManifest(image({}, "-7")));
    EXPECT_FALSE(skimManifest(image({}, "07")));
    EXPECT_FALSE(skimManifest(image({}) + "x"));
    EXPECT_FALSE(skimManifest({}));
}

TEST_F(ManifestSkimTest, AnImagesSummaryIsWhatItsConfigSays)
{
    const QByteArray config =
        R"({"created":"2024-05-06T07:08:09.123456789Z","architecture":"arm","variant":"v7","os":"linux",)"
        R"("config":{"Env":["A=\"b\" \u0026"],"Cmd":null,"n":[1,true,false]},"history":[{"created_by":"x\\y"}]})";
    forEachChange(config, [](const QByteArray &bytes) {
        const ImageSummary summary = ImageSummary::parse(bytes);
        const ImageConfig whole = ImageConfig::parse(bytes);
        ASSERT_EQ(summary.platform, whole.platform) << bytes.constData();
        ASSERT_EQ(summary.created, whole.created) << bytes.constData();
    });
    EXPECT_EQ(ImageSummary::parse(config).platform, (Platform{u"linux"_s, u"arm"_s, u"v7"_s}));
}

} // namespace
} // namespace layerpool::test
