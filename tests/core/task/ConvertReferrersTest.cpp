// SPDX-License-Identifier: Apache-2.0
#include "base/Digester.h"
#include "core/task/ConvertTest.h"
#include "support/CorpusImages.h"
#include "image/ReferrerTag.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

QString fallbackTag(const Digest &subject)
{
    return ReferrerTag{subject, {}}.toString();
}

QString cosignTag(const Digest &subject)
{
    return ReferrerTag{subject, u".sig"_s}.toString();
}

class ConvertReferrersTest : public ConvertTest
{
protected:
    Sample addImage(const QString &tag = u"v1"_s)
    {
        return m_samples.add(u"a"_s, tag, {.kind = SampleKind::OciIndex});
    }

    Digest inPool(const QString &tag) const { return tagged(u"a:"_s + tag); }

    // As if it had been pushed to a registry with the API: the manifest is there, and no tag names it.
    Sample addListed(const Digest &subject)
    {
        const Sample sample = m_samples.addReferrer(u"a"_s, subject);
        const QString tag = QFileInfo(m_samples.tagLinkPath(u"a"_s, sample.tag)).path();
        EXPECT_TRUE(QDir(QFileInfo(tag).path()).removeRecursively());
        return sample;
    }
    void list(const Digest &subject, const QByteArray &index)
    {
        m_fake.on("GET", "/v2/a/referrers/" + subject.toByteArray())
            .reply(FakeReply::manifest(index, "application/vnd.oci.image.index.v1+json"));
    }
    // The API of a registry where nothing refers to anything else.
    void listNothing()
    {
        m_fake.on("GET", "/v2/a/referrers/*")
            .reply(FakeReply::manifest(R"({"schemaVersion":2,"manifests":[]})",
                                       "application/vnd.oci.image.index.v1+json"));
    }
    static QByteArray indexOf(const std::vector<QByteArray> &descriptors)
    {
        QByteArray joined;
        for (const QByteArray &descriptor : descriptors) {
            joined += (joined.isEmpty() ? "" : ",") + descriptor;
        }
        return R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[)" +
               joined + "]}";
    }
    static QByteArray descriptorOf(const SampleManifest &manifest)
    {
        return R"({"mediaType":")" + manifest.mediaType + R"(","digest":")" + manifest.digest.toByteArray() +
               R"(","size":)" + QByteArray::number(manifest.bytes.size()) + '}';
    }

    static ConvertRequest without(ConvertRequest request)
    {
        request.takesReferrers = false;
        return request;
    }
};

TEST_F(ConvertReferrersTest, SignaturesOfTheIndexAndOfTheChildComeAlongByteForByte)
{
    const Sample image = addImage();
    const Sample sbom = m_samples.addReferrer(u"a"_s, image.root);
    const Sample onIndex = m_samples.addSignature(u"a"_s, image.root);
    const Sample onChild = m_samples.addSignature(u"a"_s, image.amd64().digest);
    const Sample onOther = m_samples.addSignature(u"a"_s, image.manifests.back().digest);
    Result<ConvertPlan> planned = plan("a:v1\n");
    ASSERT_TRUE(planned);
    EXPECT_TRUE(planned->summary().notes.contains(u"3 signature(s) and other referrer(s) come along"_s));
    ConvertTask task(*std::move(planned));
    const TaskResult result = task.run(m_recorder.context());
    EXPECT_TRUE(result.isClean());
    EXPECT_EQ(result.imagesDone, 1);
    EXPECT_EQ(result.referrers, 3);
    EXPECT_EQ(inPool(fallbackTag(image.root)), sbom.root);
    EXPECT_EQ(inPool(cosignTag(image.root)), onIndex.root);
    EXPECT_EQ(inPool(cosignTag(image.amd64().digest)), onChild.root);
    EXPECT_EQ(inPool(onOther.tag), Digest()) << "that platform is not taken";
    const auto index = pool();
    for (const QString &tag : {sbom.tag, onIndex.tag, onChild.tag}) {
        EXPECT_TRUE(index->closure(*index->tag(*RepositoryName::parse(u"a"), tag)).missing.empty());
    }
}

TEST_F(ConvertReferrersTest, ASecondRunAsksForNoManifestAndWritesNothing)
{
    const Sample image = addImage();
    m_samples.addReferrer(u"a"_s, image.root);
    m_samples.addSignature(u"a"_s, image.root);
    EXPECT_TRUE(convert("a:v1\n").isClean());
    m_fake.forgetRequests();
    const TaskResult result = convert("a:v1\n");
    EXPECT_TRUE(result.isClean());
    EXPECT_EQ(result.imagesSkipped, 1);
    EXPECT_EQ(result.bytesWritten, 0);
    EXPECT_EQ(m_fake.countBelow("HEAD", "/v2/"), 3) << "the image's tag and its referrers'";
    EXPECT_EQ(m_fake.countBelow("GET", "/v2/a/manifests/"), 0);
    EXPECT_EQ(m_fake.count("GET", "/v2/a/tags/list"), 1);
    EXPECT_EQ(m_fake.countBelow("GET", "/v2/a/referrers/"), 1) << "it has no API, and says so once";
}

TEST_F(ConvertReferrersTest, WithoutThemNobodyAsks)
{
    const Sample image = addImage();
    m_samples.addSignature(u"a"_s, image.root);
    Result<ConvertPlan> planned = planConvert(without(request("a:v1\n")), m_recorder.context());
    ASSERT_TRUE(planned);
    ConvertTask task(*std::move(planned));
    EXPECT_TRUE(task.run(m_recorder.context()).isClean());
    EXPECT_EQ(pool()->totals().images, 1);
    EXPECT_EQ(m_fake.count("GET", "/v2/a/tags/list"), 0);
    EXPECT_EQ(m_fake.countBelow("GET", "/v2/a/referrers/"), 0);
}

TEST_F(ConvertReferrersTest, WhatThePoolAloneHasIsNotLostWithoutAWord)
{
    const Sample image = addImage();
    m_samples.addSignature(u"a"_s, image.root, {"us"});
    EXPECT_TRUE(convert("a:v1\n").isClean());
    QTemporaryDir storage;
    SampleRegistry others(storage.path());
    ASSERT_EQ(others.add(u"a"_s, u"v1"_s, {.kind = SampleKind::OciIndex}).root, image.root);
    const Sample theirs = others.addSignature(u"a"_s, image.root, {"them"});
    FakeRegistry other;
    other.serve(storage.path());
    ConvertRequest fromThere = request("a:v1\n");
    fromThere.naming.source = {other.host(), {}};
    const Result<ConvertPlan> planned = planConvert(fromThere, m_recorder.context());
    ASSERT_TRUE(isOk(planned));
    EXPECT_TRUE(planned->notes.join(u' ').contains(u"a:%1 moves in the pool"_s.arg(theirs.tag)))
        << planned->notes.join(u' ').toStdString();

    m_samples.addSignature(u"a"_s, image.root, {"us", "them"});
    const Result<ConvertPlan> grown = plan("a:v1\n");
    ASSERT_TRUE(isOk(grown));
    EXPECT_FALSE(grown->notes.join(u' ').contains(u"moves in the pool"_s)) << "it has all that the pool has";
}

TEST_F(ConvertReferrersTest, ANewSignatureIsFetchedThoughTheImageIsThere)
{
    const Sample image = addImage();
    EXPECT_TRUE(convert("a:v1\n").isClean());
    const Sample signature = m_samples.addSignature(u"a"_s, image.root);
    const TaskResult result = convert("a:v1\n");
    EXPECT_EQ(result.imagesDone, 1);
    EXPECT_EQ(inPool(signature.tag), signature.root);
}

TEST_F(ConvertReferrersTest, WhatTheApiListsIsFoundByTheFallbackTag)
{
    const Sample image = addImage();
    const Sample sbom = addListed(image.root);
    listNothing();
    list(image.root, sbom.bytes);
    const TaskResult result = convert("a:v1\n");
    EXPECT_TRUE(result.isClean());
    EXPECT_EQ(result.referrers, 1);
    const Digest root = inPool(fallbackTag(image.root));
    const auto index = pool();
    const Manifest *made = index->manifest(root);
    ASSERT_NE(made, nullptr);
    EXPECT_EQ(made->mediaType(), "application/vnd.oci.image.index.v1+json");
    ASSERT_EQ(made->children().size(), 1U);
    EXPECT_EQ(made->children().front().digest, sbom.manifests.front().digest);
    EXPECT_TRUE(made->bytes().contains("\"artifactType\""));
    EXPECT_TRUE(index->hasBlob(sbom.manifests.front().layers.front()));
    for (const Digest &digest : {image.root, image.amd64().digest, sbom.manifests.front().digest}) {
        EXPECT_EQ(m_fake.count("GET", "/v2/a/referrers/" + digest.toByteArray()), 1);
    }
}

TEST_F(ConvertReferrersTest, TheOrderInWhichTheApiListsThemChangesNothing)
{
    const Sample image = addImage();
    const SampleManifest one = addListed(image.root).manifests.front();
    const SampleManifest two = addListed(image.amd64().digest).manifests.front();
    listNothing();
    list(image.root, indexOf({descriptorOf(one), descriptorOf(two)}));
    EXPECT_TRUE(convert("a:v1\n").isClean());
    const Digest root = inPool(fallbackTag(image.root));
    list(image.root, indexOf({descriptorOf(two), descriptorOf(one)}));
    const TaskResult again = convert("a:v1\n");
    EXPECT_EQ(again.imagesSkipped, 1);
    EXPECT_EQ(again.bytesWritten, 0);
    EXPECT_EQ(inPool(fallbackTag(image.root)), root);
}

TEST_F(ConvertReferrersTest, TheApisPagesAreAllRead)
{
    const Sample image = addImage();
    const SampleManifest one = addListed(image.root).manifests.front();
    const SampleManifest two = addListed(image.amd64().digest).manifests.front();
    listNothing();
    const QByteArray path = "/v2/a/referrers/" + image.root.toByteArray();
    const QByteArray type = "application/vnd.oci.image.index.v1+json";
    m_fake.on("GET", path)
        .reply(FakeReply::manifest(indexOf({descriptorOf(one)}), type)
                   .header("Link", '<' + path + "?page=2>; rel=\"next\""))
        .thenReply(FakeReply::manifest(indexOf({descriptorOf(two)}), type));
    EXPECT_EQ(convert("a:v1\n").referrers, 2);
}

TEST_F(ConvertReferrersTest, ASignatureOnAnSbomComesToo)
{
    const Sample image = addImage();
    const Sample sbom = m_samples.addReferrer(u"a"_s, image.root);
    const Sample onSbom = m_samples.addSignature(u"a"_s, sbom.manifests.front().digest);
    EXPECT_TRUE(convert("a:v1\n").isClean());
    EXPECT_EQ(inPool(onSbom.tag), onSbom.root);
}

TEST_F(ConvertReferrersTest, TwoTagsOfOneImageAreAskedForOnce)
{
    const Sample image = addImage(u"v1"_s);
    QDir tags(QFileInfo(m_samples.tagLinkPath(u"a"_s, u"v1"_s)).path() + u"/../.."_s);
    ASSERT_TRUE(tags.mkpath(u"latest/current"_s));
    ASSERT_TRUE(QFile::copy(m_samples.tagLinkPath(u"a"_s, u"v1"_s), tags.filePath(u"latest/current/link"_s)));
    m_samples.addSignature(u"a"_s, image.root);
    const TaskResult result = convert("a:v1\na:latest\n");
    EXPECT_EQ(result.imagesDone, 2);
    EXPECT_EQ(result.referrers, 1);
    EXPECT_EQ(m_fake.count("GET", "/v2/a/tags/list"), 1);
    EXPECT_EQ(m_fake.count("GET", "/v2/a/manifests/" + cosignTag(image.root).toLatin1()), 1);
}

TEST_F(ConvertReferrersTest, WhereTagsAreNotListedEachIsAskedFor)
{
    const Sample image = addImage();
    const Sample sbom = m_samples.addReferrer(u"a"_s, image.root);
    const Sample signature = m_samples.addSignature(u"a"_s, image.root);
    m_fake.on("GET", "/v2/a/tags/list").reply(FakeReply::error(403, "DENIED"));
    EXPECT_TRUE(convert("a:v1\n").isClean());
    EXPECT_EQ(inPool(sbom.tag), sbom.root);
    EXPECT_EQ(inPool(signature.tag), signature.root);
}

TEST_F(ConvertReferrersTest, AListOfManyPagesIsGivenUpForAFewQuestions)
{
    const Sample image = addImage();
    const Sample signature = m_samples.addSignature(u"a"_s, image.root);
    m_fake.on("GET", "/v2/a/tags/list").replyWith([](const FakeRequest &request) {
        const QByteArray number = QByteArray::number(request.attempt);
        return FakeReply::json(200, R"({"tags":["t)" + number + R"("]})")
            .header("Link", "</v2/a/tags/list?last=" + number + ">; rel=\"next\"");
    });
    EXPECT_TRUE(convert("a:v1\n").isClean());
    EXPECT_EQ(inPool(signature.tag), signature.root);
    EXPECT_EQ(m_fake.count("GET", "/v2/a/tags/list"), 8) << "four a manifest";
}

TEST_F(ConvertReferrersTest, AnImageWhoseReferrersCannotBeReadFailsAndSaysHowToGoOn)
{
    const Sample image = addImage();
    m_samples.add(u"b/c"_s, u"v1"_s);
    m_fake.on("GET", "/v2/a/referrers/*").reply(FakeReply(500));
    const TaskResult result = convert("a:v1\nb/c:v1\n");
    ASSERT_EQ(result.failures.size(), 1U);
    EXPECT_EQ(result.failures.front().image, u"a:v1"_s);
    EXPECT_EQ(result.failures.front().error.kind, ErrorKind::Server);
    EXPECT_EQ(result.failures.front().error.options, QStringList{u"--no-referrers"_s});
    EXPECT_EQ(result.imagesDone, 1);
    EXPECT_EQ(inPool(u"v1"_s), Digest());
}

TEST_F(ConvertReferrersTest, AReferrerThatIsGoneIsLeftOutWithANote)
{
    const Sample image = addImage();
    const SampleManifest there = addListed(image.root).manifests.front();
    const SampleManifest gone = addListed(image.amd64().digest).manifests.front();
    listNothing();
    list(image.root, indexOf({descriptorOf(gone), descriptorOf(there)}));
    m_fake.on("GET", "/v2/a/manifests/" + gone.digest.toByteArray())
        .reply(FakeReply::error(404, "MANIFEST_UNKNOWN"));
    const Result<ConvertPlan> planned = plan("a:v1\n");
    ASSERT_TRUE(planned);
    EXPECT_TRUE(std::any_of(planned->notes.begin(), planned->notes.end(), [&](const QString &note) {
        return note.contains(gone.digest.toString()) && note.contains(u"left out"_s);
    }));
    const TaskResult result = convert("a:v1\n");
    EXPECT_TRUE(result.isClean());
    EXPECT_EQ(result.referrers, 1);
    EXPECT_EQ(pool()->manifest(inPool(fallbackTag(image.root)))->children().size(), 1U);
}

TEST_F(ConvertReferrersTest, CosignsAttestationsAndBillsOfMaterialsComeToo)
{
    const Sample image = addImage();
    std::map<QString, Digest> made;
    for (const QString &ending : ReferrerTag::cosignEndings()) {
        const Sample sample = m_samples.addSignature(u"a"_s, image.root, {ending.toUtf8()});
        const QString tag = ReferrerTag{image.root, ending}.toString();
        HandMadeStorage(m_source.path()).tag(u"a"_s, tag, sample.root);
        made.emplace(tag, sample.root);
    }
    m_samples.addSignature(u"a"_s, image.root, {".sig"}); // its tag was the others' on the way
    ASSERT_EQ(made.size(), 3U);
    const TaskResult result = convert("a:v1\n");
    EXPECT_TRUE(result.isClean());
    EXPECT_EQ(result.referrers, 3);
    for (const auto &[tag, root] : made) {
        EXPECT_EQ(inPool(tag), root) << tag.toStdString();
    }
}

class ReferrerTroubleTest : public ConvertReferrersTest
{
protected:
    // Two repositories of one project, and an SBOM that the API lists for the second.
    void SetUp() override
    {
        ConvertReferrersTest::SetUp();
        m_samples.add(u"x/one"_s, u"v1"_s);
        m_two = m_samples.add(u"x/two"_s, u"v1"_s);
        m_sbom = m_samples.addReferrer(u"x/two"_s, m_two.root);
        const QString tag = QFileInfo(m_samples.tagLinkPath(u"x/two"_s, m_sbom.tag)).path();
        ASSERT_TRUE(QDir(QFileInfo(tag).path()).removeRecursively());
        const QByteArray type = "application/vnd.oci.image.index.v1+json";
        m_fake.on("GET", "/v2/x/two/referrers/*").reply(FakeReply::manifest(indexOf({}), type));
        m_fake.on("GET", "/v2/x/two/referrers/" + m_two.root.toByteArray())
            .reply(FakeReply::manifest(m_sbom.bytes, type));
    }

    void expectSecondHasItsSbom(const TaskResult &result) const
    {
        EXPECT_EQ(result.referrers, 1);
        const Digest root = tagged(u"x/two:"_s + fallbackTag(m_two.root));
        ASSERT_NE(pool()->manifest(root), nullptr);
        EXPECT_EQ(pool()->manifest(root)->children().front().digest, m_sbom.manifests.front().digest);
    }

    QStringList notesOf(const QByteArray &text)
    {
        const Result<ConvertPlan> planned = plan(text);
        EXPECT_TRUE(isOk(planned));
        return planned ? planned->notes : QStringList();
    }
    static bool mentions(const QStringList &notes, const QString &what, const QString &how)
    {
        return std::any_of(notes.begin(), notes.end(),
                           [&](const QString &note) { return note.contains(what) && note.contains(how); });
    }

    /// The API lists so many referrers of the second image, each with annotations of so many bytes.
    void listTalkative(int count, qsizetype bytes)
    {
        const QByteArray type = "application/vnd.oci.image.manifest.v1+json";
        const QByteArray config = configOf(m_two.bytes);
        std::vector<QByteArray> descriptors;
        for (int i = 0; i < count; ++i) {
            const QByteArray text = R"({"schemaVersion":2,"mediaType":")" + type +
                                    R"(","artifactType":"application/x-note",)" + R"("config":)" + config +
                                    R"(,"layers":[],"annotations":{"a":")" + QByteArray::number(i) +
                                    QByteArray(bytes, 'x') + R"("}})";
            const QByteArray digest = Digester::of(text).toByteArray();
            m_fake.on("GET", "/v2/x/two/manifests/" + digest).reply(FakeReply::manifest(text, type));
            descriptors.push_back(R"({"mediaType":")" + type + R"(","digest":")" + digest + R"(","size":)" +
                                  QByteArray::number(text.size()) + '}');
        }
        m_fake.on("GET", "/v2/x/two/referrers/" + m_two.root.toByteArray())
            .reply(FakeReply::manifest(indexOf(descriptors), "application/vnd.oci.image.index.v1+json"));
    }
    static QByteArray configOf(const QByteArray &manifest)
    {
        const QJsonObject object = QJsonDocument::fromJson(manifest).object();
        return QJsonDocument(object.value(u"config"_s).toObject()).toJson(QJsonDocument::Compact);
    }

    Sample m_two;
    Sample m_sbom;
};

TEST_F(ReferrerTroubleTest, ARepositoryThatMayNotBeAskedSpoilsNoNeighbour)
{
    for (const int status : {401, 403}) {
        m_fake.on("GET", "/v2/x/one/referrers/*").reply(FakeReply::error(status, "DENIED"));
        const TaskResult result = convert("x/one:v1\nx/two:v1\n");
        EXPECT_TRUE(result.isClean()) << status;
        expectSecondHasItsSbom(result);
        ASSERT_TRUE(QDir(m_directory.filePath(u"pool"_s)).removeRecursively());
    }
}

TEST_F(ReferrerTroubleTest, ARepositoryThatFailsSpoilsNoNeighbour)
{
    m_fake.on("GET", "/v2/x/one/referrers/*").reply(FakeReply(500).header("Retry-After", "0"));
    const TaskResult result = convert("x/one:v1\nx/two:v1\n");
    ASSERT_EQ(result.failures.size(), 1U);
    EXPECT_EQ(result.failures.front().image, u"x/one:v1"_s);
    EXPECT_TRUE(result.failures.front().error.options.contains(u"--no-referrers"_s));
    expectSecondHasItsSbom(result);
}

TEST_F(ReferrerTroubleTest, AListOfTagsThatNeverComesIsDoneWithout)
{
    const Sample own = m_samples.addSignature(u"x/two"_s, m_two.root);
    m_fake.on("GET", "/v2/x/two/tags/list").reply(FakeReply::hangUp());
    EXPECT_TRUE(convert("x/two:v1\n").isClean());
    EXPECT_EQ(tagged(u"x/two:"_s + own.tag), own.root);
}

TEST_F(ReferrerTroubleTest, WhatIsWrongWithOneIsANote)
{
    const Digest bad = m_sbom.manifests.front().digest;
    const QByteArray path = "/v2/x/two/manifests/" + bad.toByteArray();
    for (const FakeReply &wrong : {FakeReply::error(404, "MANIFEST_UNKNOWN"), FakeReply::error(403, "DENIED"),
                                   FakeReply::manifest("{}", "application/vnd.oci.image.manifest.v1+json")}) {
        m_fake.on("GET", path).reply(wrong);
        EXPECT_TRUE(mentions(notesOf("x/two:v1\n"), bad.toString(), u"left out"_s));
        const TaskResult result = convert("x/two:v1\n");
        EXPECT_TRUE(result.isClean());
        EXPECT_EQ(result.referrers, 0);
    }
}

TEST_F(ReferrerTroubleTest, WhereTheirTagsAreForbiddenThatIsSaidOnce)
{
    addImage();
    addImage(u"v2"_s);
    m_fake.on("GET", "/v2/a/tags/list").reply(FakeReply::error(403, "DENIED"));
    m_fake.on("HEAD", "/v2/a/manifests/sha256-*").reply(FakeReply(403));
    const QStringList notes = notesOf("a:v1\na:v2\n");
    ASSERT_EQ(notes.size(), 1) << notes.join(u'\n').toStdString();
    EXPECT_TRUE(mentions(notes, u"images of a "_s, m_fake.host()));
    EXPECT_EQ(convert("a:v1\na:v2\n").imagesDone, 2);
}

TEST_F(ReferrerTroubleTest, OneOfAnUnknownKindIsANote)
{
    const QByteArray bytes = R"({"schemaVersion":2,"mediaType":"application/x-thing"})";
    const QByteArray digest = Digester::of(bytes).toByteArray();
    m_fake.on("GET", "/v2/x/two/manifests/" + digest)
        .reply(FakeReply::manifest(bytes, "application/x-thing"));
    m_fake.on("GET", "/v2/x/two/referrers/" + m_two.root.toByteArray())
        .reply(FakeReply::manifest(
            indexOf({R"({"mediaType":"application/x-thing","size":53,"digest":")" + digest + "\"}"}),
            "application/vnd.oci.image.index.v1+json"));
    EXPECT_TRUE(mentions(notesOf("x/two:v1\n"), QString::fromLatin1(digest), u"application/x-thing"_s));
    EXPECT_TRUE(convert("x/two:v1\n").isClean());
}

TEST_F(ReferrerTroubleTest, AFallbackTagThatIsNoManifestIsANoteAndCosignsAreFound)
{
    const Sample image = addImage();
    const Sample sbom = m_samples.addReferrer(u"a"_s, image.root);
    const Sample signature = m_samples.addSignature(u"a"_s, image.root);
    m_fake.on("GET", "/v2/a/manifests/" + sbom.tag.toLatin1()).reply(FakeReply::json(200, "{\"a\":1}"));
    EXPECT_TRUE(mentions(notesOf("a:v1\n"), sbom.tag, u"left out"_s));
    const TaskResult result = convert("a:v1\n");
    EXPECT_TRUE(result.isClean());
    EXPECT_EQ(inPool(signature.tag), signature.root);
    EXPECT_EQ(inPool(sbom.tag), Digest());
}

TEST_F(ReferrerTroubleTest, MoreThanAThousandAreNotAskedFor)
{
    QByteArray list;
    for (int i = 0; i < 1200; ++i) {
        list += (i == 0 ? "" : ",") +
                QByteArray(R"({"mediaType":"application/vnd.oci.image.manifest.v1+json",)") +
                R"("size":2,"digest":"sha256:)" + QByteArray::number(i).rightJustified(64, '0') + "\"}";
    }
    const QByteArray path = "/v2/x/two/referrers/" + m_two.root.toByteArray();
    m_fake.on("GET", path)
        .reply(FakeReply::manifest(indexOf({list}), "application/vnd.oci.image.index.v1+json")
                   .header("Link", '<' + path + "?page=2>; rel=\"next\""));
    m_fake.forgetRequests();
    const QStringList notes = notesOf("x/two:v1\n");
    EXPECT_TRUE(mentions(notes, m_two.root.toString(), u"More than 1000"_s))
        << notes.join(u'\n').toStdString();
    EXPECT_LE(notes.size(), 10);
    EXPECT_EQ(m_fake.count("GET", path), 1) << "no further page";
    EXPECT_EQ(m_fake.countBelow("GET", "/v2/x/two/manifests/sha256:00000000"), 1000);
}

TEST_F(ReferrerTroubleTest, ManyThatSayMuchAreListedWithoutTheirAnnotations)
{
    listTalkative(90, 50'000);
    EXPECT_TRUE(mentions(notesOf("x/two:v1\n"), m_two.root.toString(), u"without its annotations"_s));
    const TaskResult result = convert("x/two:v1\n");
    EXPECT_TRUE(result.isClean());
    EXPECT_EQ(result.referrers, 90);
    const Digest root = tagged(u"x/two:"_s + fallbackTag(m_two.root));
    const auto index = pool();
    ASSERT_NE(index->manifest(root), nullptr);
    EXPECT_EQ(index->manifest(root)->children().size(), 90U);
}

TEST_F(ReferrerTroubleTest, OfThoseThatAreTooLargeTogetherOnlySomeAreTaken)
{
    listTalkative(5, 3'000'000);
    const QStringList notes = notesOf("x/two:v1\n");
    EXPECT_TRUE(mentions(notes, m_two.root.toString(), u"3 manifest(s) that refer to"_s))
        << notes.join(u'\n').toStdString();
    EXPECT_EQ(m_fake.countBelow("GET", "/v2/x/two/manifests/sha256:"), 3) << "nobody asks for more";
    const TaskResult result = convert("x/two:v1\n");
    EXPECT_TRUE(result.isClean());
    EXPECT_EQ(result.referrers, 2);
}

TEST_F(ReferrerTroubleTest, ASignatureWhoseBlobIsGoneIsLeftOut)
{
    const Sample image = addImage();
    const Sample signature = m_samples.addSignature(u"a"_s, image.root);
    m_fake.on("GET", "/v2/a/blobs/" + signature.manifests.front().layers.front().toByteArray())
        .reply(FakeReply::error(404, "BLOB_UNKNOWN"));
    const TaskResult result = convert("a:v1\n");
    EXPECT_TRUE(result.isClean());
    EXPECT_EQ(result.referrers, 0);
    EXPECT_EQ(inPool(u"v1"_s), image.amd64().digest);
    EXPECT_EQ(inPool(signature.tag), Digest());
    EXPECT_EQ(result.notes.size(), 1);
}

TEST_F(ReferrerTroubleTest, OfAListOnlyTheOneWhoseBlobIsGoneIsLeftOut)
{
    const Sample image = addImage();
    const SampleManifest there = addListed(image.root).manifests.front();
    const SampleManifest broken = addListed(image.amd64().digest).manifests.front();
    listNothing();
    list(image.root, indexOf({descriptorOf(broken), descriptorOf(there)}));
    m_fake.on("GET", "/v2/a/blobs/" + broken.layers.front().toByteArray())
        .reply(FakeReply::error(404, "BLOB_UNKNOWN"));
    const TaskResult result = convert("a:v1\n");
    EXPECT_TRUE(result.isClean());
    EXPECT_EQ(result.referrers, 1);
    const Digest root = inPool(fallbackTag(image.root));
    const auto index = pool();
    ASSERT_NE(index->manifest(root), nullptr);
    ASSERT_EQ(index->manifest(root)->children().size(), 1U);
    EXPECT_EQ(index->manifest(root)->children().front().digest, there.digest);
    EXPECT_TRUE(
        index->closure(*index->tag(*RepositoryName::parse(u"a"), fallbackTag(image.root))).missing.empty());
}

TEST_F(ReferrerTroubleTest, AnImageIsNotPublishedWithoutASignatureThatCannotBeReached)
{
    const Sample image = addImage();
    const Sample signature = m_samples.addSignature(u"a"_s, image.root);
    m_fake.on("GET", "/v2/a/blobs/" + signature.manifests.front().layers.front().toByteArray())
        .reply(FakeReply::hangUp());
    const TaskResult result = convert("a:v1\n");
    ASSERT_EQ(result.failures.size(), 1U);
    EXPECT_EQ(result.failures.front().error.kind, ErrorKind::Unreachable);
    EXPECT_EQ(inPool(u"v1"_s), Digest());
    EXPECT_EQ(inPool(signature.tag), Digest());
}

} // namespace
} // namespace layerpool::test
