// SPDX-License-Identifier: Apache-2.0
#include "base/Digester.h"
#include "bundle/BundleReader.h"
#include "bundle/BundleTool.h"
#include "core/task/ImportTest.h"
#include "task/TarPlan.h"

// The program that a bundle carries for a far side that has none.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

class BundleToolTest : public ImportTest
{
protected:
    void SetUp() override
    {
        m_samples.add(u"team/a"_s, u"v1"_s, {.kind = SampleKind::DockerManifest, .layerBytes = 20'000});
        ASSERT_TRUE(QDir(m_programs.path()).mkpath(u"bin"_s));
        ASSERT_TRUE(QDir(m_programs.path()).mkpath(u"share/layerpool"_s));
    }

    QString bin() const { return m_programs.filePath(u"bin"_s); }
    QString put(const QString &name, const QByteArray &bytes = "program") const
    {
        QFile file(m_programs.filePath(name));
        EXPECT_TRUE(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
        return file.fileName();
    }
    std::optional<ToolFile> tool() const
    {
        Result<ToolFile> found = readTool(bin(), {});
        EXPECT_TRUE(isOk(found));
        return found ? std::optional(*std::move(found)) : std::nullopt;
    }
    Result<TarPlan> planWith(const std::optional<ToolFile> &tool, const QString &name) const
    {
        const auto index = readPool(m_source.path());
        TarRequest request{.name = u"all"_s, .target = path(name)};
        request.tool = tool;
        return planTar(index, Selection::ofAll(*index), std::move(request));
    }
    TaskResult pack(const std::optional<ToolFile> &tool, const QString &name)
    {
        Result<TarPlan> planned = planWith(tool, name);
        EXPECT_TRUE(isOk(planned));
        return planned ? TarTask(*std::move(planned)).run(m_recorder.context()) : TaskResult();
    }
    QByteArray bytesIn(const QString &name) const
    {
        QFile file(path(name));
        EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << name.toStdString();
        return file.readAll();
    }
    static QStringList entryNames(const QString &bundle)
    {
        const auto entries = BundleEntries::open(bundle, {});
        EXPECT_TRUE(isOk(entries));
        QStringList names;
        for (;;) {
            const Result<std::optional<BundleEntry>> entry = (*entries)->next();
            EXPECT_TRUE(isOk(entry));
            if (!entry || !*entry) {
                return names;
            }
            names << QString::fromLatin1((*entry)->name);
        }
    }

    QTemporaryDir m_programs;
};

TEST_F(BundleToolTest, IsLookedForBesideTheProgramAndInItsShare)
{
    const Result<ToolFile> none = readTool(bin(), {});
    ASSERT_TRUE(isError(none, ErrorKind::BadInput));
    for (const QString &said : {u"layerpool-cli-portable"_s, u"Layerpool*.AppImage"_s, bin(),
                                m_programs.filePath(u"share/layerpool"_s)}) {
        EXPECT_TRUE(none.error().why.contains(said)) << none.error().sentence().toStdString();
    }
    put(u"bin/layerpool.AppImage"_s);
    put(u"bin/Layerpool 3 (1).AppImage"_s);
    ASSERT_TRUE(QDir(bin()).mkdir(u"Layerpool-9.AppImage"_s));
    EXPECT_EQ(findTool(bin()), QString()) << "other names, or a folder";
    const QString shared = put(u"share/layerpool/layerpool-cli-portable"_s);
    EXPECT_EQ(findTool(bin()), shared);
    put(u"bin/Layerpool-1.9.AppImage"_s);
    const QString newest = put(u"bin/Layerpool-1.10.AppImage"_s);
    EXPECT_EQ(findTool(bin()), newest);
    const QString portable = put(u"bin/layerpool-cli-portable"_s, "prog");
    const std::optional<ToolFile> found = tool();
    ASSERT_TRUE(found);
    EXPECT_EQ(found->path, portable);
    EXPECT_EQ(found->tool, (BundleTool{"layerpool-cli-portable", 4, Digester::of("prog")}));
}

TEST_F(BundleToolTest, StandsBeforeTheImagesAndIsPassedOverByAnImport)
{
    put(u"bin/layerpool-cli-portable"_s, QByteArray(3'000'000, 'p'));
    for (const QString &name : {u"plain.tar"_s, u"gzip.tar.gz"_s, u"zstd.tar.zst"_s, u"zip.zip"_s}) {
        SCOPED_TRACE(name.toStdString());
        EXPECT_TRUE(pack(tool(), name).isClean());
        EXPECT_TRUE(pack(tool(), u"again-"_s + name).isClean());
        EXPECT_TRUE(bytesIn(name) == bytesIn(u"again-"_s + name)) << "the same program, the same bytes";
        EXPECT_EQ(entryNames(path(name)).first(3),
                  QStringList({u"layerpool/index.json"_s, u"layerpool/README.txt"_s,
                               u"layerpool/tool/layerpool-cli-portable"_s}));
        QDir(pool()).removeRecursively();
        EXPECT_EQ(imported(path(name)).imagesDone, 1);
        EXPECT_TRUE(images() == treeOf(m_source.filePath(u"docker"_s)));
        EXPECT_FALSE(QFileInfo::exists(pool() + u"/layerpool"_s));
        const auto reader = BundleReader::open(path(name), {});
        ASSERT_TRUE(isOk(reader));
        const auto held = (*reader)->read([](const Descriptor &, BlobBytes &) { return Status(); });
        ASSERT_TRUE(isOk(held));
        EXPECT_EQ(held->tool, tool()->tool);
    }
}

TEST_F(BundleToolTest, ThePlanAndThePageBesideCountAndNameIt)
{
    put(u"bin/layerpool-cli-portable"_s, QByteArray(3'000'000, 'p'));
    const auto toWrite = [](const PlanSummary &summary) { return summary.figures.at(1).bytes; };
    const Result<TarPlan> without = planWith({}, u"a.tar"_s);
    const Result<TarPlan> with = planWith(tool(), u"a.tar"_s);
    ASSERT_TRUE(isOk(without) && isOk(with));
    const PlanSummary summary = with->summary();
    EXPECT_GT(toWrite(summary), toWrite(without->summary()) + 3'000'000);
    EXPECT_TRUE(summary.notes.join(u' ').contains(u"layerpool-cli-portable"_s));
    EXPECT_TRUE(pack(tool(), u"a.tar"_s).isClean());
    EXPECT_LE(QFileInfo(path(u"a.tar"_s)).size(), toWrite(summary) + bytesIn(u"a.index.json"_s).size());
    EXPECT_TRUE(bytesIn(u"a.README.txt"_s).contains("layerpool/tool/layerpool-cli-portable import"));
    EXPECT_TRUE(bytesIn(u"a.report.json"_s).contains("layerpool-cli-portable"));
}

TEST_F(BundleToolTest, OneThatChangedSinceStopsItAndNothingIsLeft)
{
    put(u"bin/layerpool-cli-portable"_s, "program");
    const std::optional<ToolFile> before = tool();
    for (const QByteArray &bytes : {QByteArray("PROGRAM"), QByteArray("prog"), QByteArray("programs")}) {
        put(u"bin/layerpool-cli-portable"_s, bytes);
        const TaskResult result = pack(before, u"a.tar"_s);
        ASSERT_TRUE(result.stopped) << bytes.toStdString();
        EXPECT_EQ(result.stopped->kind, ErrorKind::Conflict);
        EXPECT_TRUE(result.stopped->what.contains(before->path));
        EXPECT_FALSE(QFileInfo::exists(path(u"a.tar"_s)));
    }
}

} // namespace
} // namespace layerpool::test
