// SPDX-License-Identifier: Apache-2.0
#include "core/task/ConvertTest.h"

#include "image/ReferrerTag.h"

#include <QFile>

#include <algorithm>

// Where blobs come from: mirrors that turn out to lack some, and manifests that contradict one another.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

class ConvertSourcesTest : public ConvertTest
{
protected:
    void SetUp() override
    {
        ConvertTest::SetUp();
        m_mirror.serve(m_source.path());
        m_image = m_samples.add(u"a"_s, u"v1"_s, {.layerBytes = 100'000});
    }

    const Digest &layer() const { return m_image.amd64().layers.back(); }
    QByteArray layerPath() const { return "/v2/a/blobs/" + layer().toByteArray(); }
    QByteArray bytesOf(const Digest &blob) const
    {
        QFile file(m_samples.blobPath(blob));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    TaskResult convertByMirror()
    {
        ConvertRequest wanted = request("a:v1\n");
        wanted.naming.mirrors[m_fake.host()] = {{m_mirror.host(), {}}};
        wanted.takesReferrers = false;
        Result<ConvertPlan> planned = planConvert(wanted, m_recorder.context());
        EXPECT_TRUE(isOk(planned));
        ConvertTask task(*std::move(planned));
        return task.run(m_recorder.context());
    }

    void expectWhole(const TaskResult &result) const
    {
        EXPECT_TRUE(result.isClean());
        EXPECT_EQ(tagged(u"a:v1"_s), m_image.root);
        EXPECT_EQ(m_mirror.count("GET", "/v2/a/manifests/v1"), 1);
        EXPECT_EQ(m_fake.count("GET", "/v2/a/manifests/v1"), 0);
        EXPECT_EQ(m_fake.countBelow("GET", "/v2/a/blobs/"), 1) << "the others came from the mirror";
        EXPECT_EQ(m_recorder.progress.bytesDone, m_recorder.progress.bytesTotal);
    }

    /// The image again under another name, with a manifest that lies about the layer's size.
    void addLiar(qint64 declared)
    {
        m_samples.add(u"liar"_s, u"v1"_s);
        const QByteArray size = QByteArray::number(bytesOf(layer()).size());
        QByteArray bytes = m_image.bytes;
        const qsizetype digestAt = bytes.indexOf(layer().toByteArray());
        // The size of a descriptor stands beside its digest, before or after it.
        const qsizetype from = bytes.lastIndexOf('{', digestAt);
        const qsizetype at = bytes.indexOf(size, from);
        ASSERT_TRUE(from >= 0 && at > from && at < bytes.indexOf('}', digestAt));
        bytes.replace(at, size.size(), QByteArray::number(declared));
        m_fake.on("GET", "/v2/liar/manifests/v1").reply(FakeReply::manifest(bytes, m_image.mediaType));
        for (const Digest &blob : m_image.amd64().layers) {
            m_fake.on("GET", "/v2/liar/blobs/" + blob.toByteArray()).reply(FakeReply::blob(bytesOf(blob)));
        }
        const Digest &config = m_image.amd64().config;
        m_fake.on("GET", "/v2/liar/blobs/" + config.toByteArray()).reply(FakeReply::blob(bytesOf(config)));
    }

    void expectOnlyTheLiarFails(const TaskResult &result) const
    {
        ASSERT_EQ(result.failures.size(), 1U);
        EXPECT_EQ(result.failures.front().image, u"liar:v1"_s);
        EXPECT_EQ(result.failures.front().error.kind, ErrorKind::Corrupt);
        EXPECT_TRUE(result.failures.front().error.why.contains(QString::number(bytesOf(layer()).size())))
            << result.failures.front().error.sentence().toStdString();
        EXPECT_EQ(tagged(u"a:v1"_s), m_image.root);
        EXPECT_EQ(tagged(u"liar:v1"_s), Digest());
        EXPECT_EQ(pool()->usage().find(layer())->bytes, bytesOf(layer()).size());
    }

    FakeRegistry m_mirror;
    Sample m_image;
};

TEST_F(ConvertSourcesTest, ABlobThatTheMirrorLacksComesFromTheRegistry)
{
    m_mirror.on("GET", layerPath()).reply(FakeReply::error(404, "BLOB_UNKNOWN"));
    expectWhole(convertByMirror());
}

TEST_F(ConvertSourcesTest, ABlobThatTheMirrorSpoilsComesFromTheRegistry)
{
    m_mirror.on("GET", layerPath()).reply(FakeReply(200, QByteArray(bytesOf(layer()).size(), 'x')));
    expectWhole(convertByMirror());
}

TEST_F(ConvertSourcesTest, ABlobThatTheMirrorBreaksOffGoesOnAtTheRegistry)
{
    m_mirror.on("GET", layerPath())
        .reply(FakeReply::blob(bytesOf(layer())).cutAfter(60'000))
        .thenReply(FakeReply::hangUp());
    const TaskResult result = convertByMirror();
    expectWhole(result);
    const auto asked = m_fake.requests("GET", layerPath());
    ASSERT_EQ(asked.size(), 1U);
    EXPECT_EQ(asked.front().header("range"), "bytes=60000-");
    EXPECT_EQ(result.bytesTransferred, m_recorder.progress.bytesTotal) << "no byte came twice";
}

TEST_F(ConvertSourcesTest, ABlobThatIsCutAtAnyByteGoesOnThere)
{
    const QByteArray bytes = bytesOf(layer());
    for (const qint64 at : {qint64(1), qint64(65'536), bytes.size() - 1}) {
        m_fake.on("GET", layerPath())
            .reply(FakeReply::blob(bytes).cutAfter(at))
            .thenReply(FakeReply::blob(bytes));
        m_fake.forgetRequests();
        const TaskResult result = convert("a:v1\n");
        EXPECT_TRUE(result.isClean());
        const auto asked = m_fake.requests("GET", layerPath());
        ASSERT_EQ(asked.size(), 2U);
        EXPECT_EQ(asked.back().header("range"), "bytes=" + QByteArray::number(at) + '-');
        EXPECT_EQ(result.bytesTransferred, m_recorder.progress.bytesTotal) << "no byte came twice";
        QDir(m_directory.filePath(u"pool"_s)).removeRecursively();
    }
}

TEST_F(ConvertSourcesTest, WhereAllFailEachIsNamedAndTheOneThatTellsMostDecides)
{
    m_mirror.on("GET", layerPath()).reply(FakeReply(200, QByteArray(bytesOf(layer()).size(), 'x')));
    m_fake.on("GET", layerPath()).reply(FakeReply::error(404, "BLOB_UNKNOWN"));
    const TaskResult result = convertByMirror();
    ASSERT_EQ(result.failures.size(), 1U);
    const Error &error = result.failures.front().error;
    EXPECT_EQ(error.kind, ErrorKind::Corrupt);
    EXPECT_TRUE(error.why.contains(m_mirror.host())) << error.sentence().toStdString();
    EXPECT_TRUE(error.why.contains(m_fake.host())) << error.sentence().toStdString();
}

// Behind an air gap the registry itself is out of reach: what is wrong with the mirror is what counts.
TEST_F(ConvertSourcesTest, WhereTheRegistryIsOutOfReachTheMirrorsReasonIsSaid)
{
    m_mirror.on("GET", "/token").reply(FakeReply(500));
    m_mirror.intercept([this](const FakeRequest &request) -> std::optional<FakeReply> {
        return request.path == "/token"
                   ? std::nullopt
                   : std::optional(FakeReply::unauthorized("Bearer realm=\"" +
                                                           m_mirror.url(u"/token"_s).toLatin1() + "\""));
    });
    m_fake.intercept([](const FakeRequest &) { return std::optional(FakeReply::hangUp()); });
    const TaskResult result = convertByMirror();
    ASSERT_EQ(result.failures.size(), 1U);
    const Error &error = result.failures.front().error;
    EXPECT_EQ(error.what, u"No source gives a:v1"_s);
    EXPECT_EQ(error.kind, ErrorKind::Server);
    EXPECT_TRUE(error.why.contains(m_mirror.host())) << error.sentence().toStdString();
    EXPECT_TRUE(error.why.contains(m_fake.host())) << error.sentence().toStdString();
}

TEST_F(ConvertSourcesTest, WhoDeclaresAWrongSizeFailsAlone)
{
    for (const QByteArray &list : {QByteArray("a:v1\nliar:v1\n"), QByteArray("liar:v1\na:v1\n")}) {
        for (const qint64 declared : {bytesOf(layer()).size() / 10, bytesOf(layer()).size() + 100'000}) {
            addLiar(declared);
            expectOnlyTheLiarFails(convert(list));
            QDir(m_directory.filePath(u"pool"_s)).removeRecursively();
        }
    }
}

TEST_F(ConvertSourcesTest, WhoDeclaresAWrongSizeFailsBesideAnImageThatIsThere)
{
    EXPECT_TRUE(convert("a:v1\n").isClean());
    for (const qint64 declared : {bytesOf(layer()).size() / 10, bytesOf(layer()).size() + 100'000}) {
        addLiar(declared);
        const TaskResult result = convert("liar:v1\na:v1\n");
        expectOnlyTheLiarFails(result);
        EXPECT_EQ(result.imagesSkipped, 1);
        EXPECT_EQ(result.imagesDone, 0);
    }
}

TEST_F(ConvertSourcesTest, ASignatureThatDeclaresAWrongSizeIsLeftOut)
{
    const Sample signature = m_samples.addSignature(u"a"_s, m_image.root);
    const QByteArray lie =
        R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",)"
        R"("config":{"mediaType":"application/vnd.oci.image.config.v1+json","size":7,"digest":")" +
        m_image.amd64().config.toByteArray() +
        R"("},"layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","size":9,"digest":")" +
        layer().toByteArray() + R"("}]})";
    m_fake.on("GET", "/v2/a/manifests/" + signature.tag.toLatin1())
        .reply(FakeReply::manifest(lie, "application/vnd.oci.image.manifest.v1+json"));
    const TaskResult result = convert("a:v1\n");
    EXPECT_TRUE(result.isClean());
    EXPECT_EQ(result.referrers, 0);
    EXPECT_EQ(tagged(u"a:v1"_s), m_image.root);
    EXPECT_EQ(tagged(u"a:"_s + signature.tag), Digest());
    EXPECT_EQ(result.notes.size(), 1);
}

TEST_F(ConvertSourcesTest, WhatIsThrownAwayIsNeverTakenBackFromTheProgress)
{
    const qint64 whole = bytesOf(layer()).size();
    qint64 before = 0;
    bool hasShrunk = false;
    m_fake.on("GET", layerPath()).replyWith([&](const FakeRequest &request) {
        hasShrunk = hasShrunk || m_recorder.progress.bytesDone < before;
        before = m_recorder.progress.bytesDone;
        return request.attempt == 1 ? FakeReply(200, QByteArray(whole, 'x'))
                                    : FakeReply::blob(bytesOf(layer()));
    });
    const TaskResult result = convert("a:v1\n");
    EXPECT_TRUE(result.isClean());
    EXPECT_FALSE(hasShrunk);
    EXPECT_GE(before, whole) << "it was asked twice";
    EXPECT_EQ(m_recorder.progress.bytesDone, m_recorder.progress.bytesTotal);
    EXPECT_EQ(result.bytesTransferred, m_recorder.progress.bytesDone) << "all that came is counted";
}

} // namespace
} // namespace layerpool::test
