// SPDX-License-Identifier: Apache-2.0
#include "SmallRegistryTest.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QThread>

#include <algorithm>
#include <filesystem>
#include <iostream>

// What hostile_bundles.py makes is refused whole, and named, and leaves no trace.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

constexpr std::size_t kFewestHostile = 60;

struct HostileBundle
{
    QString file;
    QByteArray names; ///< what must be said; empty where the whole is at fault
};

class HostileBundlesTest : public SmallRegistryTest
{
protected:
    void SetUp() override
    {
        SmallRegistryTest::SetUp();
        fillPool("plain:1\n");
        ImageSpec tiny;
        tiny.layers = 2;
        tiny.layerBytes = 700;
        tiny.sharedLayers = 0;
        m_near.add(u"apps/new"_s, u"v1"_s, tiny);
        for (const QString &folder : {u"corpus"_s, u"work"_s, u"tmp"_s}) {
            ASSERT_TRUE(QDir(m_far).mkpath(folder));
        }
        const Outcome made =
            run(u"python3"_s,
                {u"-B"_s, QStringLiteral(LAYERPOOL_SOURCE_DIR) + u"/tests/interop/hostile_bundles.py"_s,
                 m_near.path(), corpusFile({})});
        ASSERT_EQ(made.exitStatus, 0) << made;
        m_corpus = QJsonDocument::fromJson(bytesOf(corpusFile(u"corpus.json"_s))).object();
    }

    QString corpusFile(const QString &name) const { return m_far + u"/corpus/"_s + name; }

    std::vector<HostileBundle> hostileBundles() const
    {
        std::vector<HostileBundle> bundles;
        for (const QJsonValue bundle : m_corpus[u"hostile"_s].toArray()) {
            bundles.push_back(
                {corpusFile(bundle[u"file"_s].toString()), bundle[u"names"_s].toString().toUtf8()});
        }
        return bundles;
    }

    /// One that holds an image already.
    QString makePool(std::size_t number) const
    {
        const QString made = m_far + u"/pool%1"_s.arg(number);
        QDir(made).removeRecursively();
        std::filesystem::copy(QFile::encodeName(pool()).toStdString(), QFile::encodeName(made).toStdString(),
                              std::filesystem::copy_options::recursive);
        return made;
    }

    std::unique_ptr<BackgroundRun> startImport(const QString &pool, const QString &bundle) const
    {
        RunOptions options;
        options.workingDirectory = m_far + u"/work"_s;
        options.environment.insert(u"TMPDIR"_s, m_far + u"/tmp"_s);
        return m_cli.start({u"import"_s, pool, bundle}, options);
    }

    static testing::AssertionResult isRefused(const HostileBundle &bundle, const Outcome &outcome)
    {
        if (outcome.exitStatus != 2 || outcome.err.isEmpty() || !outcome.err.contains(bundle.names)) {
            return testing::AssertionFailure() << bundle.file.toStdString() << " is not refused for "
                                               << bundle.names.toStdString() << ": " << outcome;
        }
        return testing::AssertionSuccess();
    }

    /// All that the imports could reach, but for what a pool keeps to itself.
    Tree reachable() const
    {
        Tree tree = treeOf(m_far);
        std::erase_if(tree, [](const auto &entry) { return entry.first.contains(u"/.layerpool/"_s); });
        tree.merge(treeOf(m_cli.home()));
        return tree;
    }

    const Cli &m_cli = m_place.cli();
    const QString m_far = path(u"far"_s);
    SampleRegistry m_near{path(u"near"_s)};
    QJsonObject m_corpus;
};

TEST_F(HostileBundlesTest, AreRefusedByNameAndLeaveNoTrace)
{
    const std::vector<HostileBundle> bundles = hostileBundles();
    ASSERT_GE(bundles.size(), kFewestHostile);
    std::vector<QString> pools; // so many at a time, each into its own
    while (pools.size() < static_cast<std::size_t>(std::max(2, QThread::idealThreadCount()))) {
        pools.push_back(makePool(pools.size()));
    }
    const Tree pristine = treeOf(pool() + u"/docker"_s);
    const Tree before = reachable();
    std::size_t refused = 0;
    for (std::size_t first = 0; first < bundles.size(); first += pools.size()) {
        const std::size_t count = std::min(pools.size(), bundles.size() - first);
        std::vector<std::unique_ptr<BackgroundRun>> running;
        for (std::size_t i = 0; i < count; ++i) {
            running.push_back(startImport(pools[i], bundles[first + i].file));
        }
        for (std::size_t i = 0; i < count; ++i) {
            const HostileBundle &bundle = bundles[first + i];
            const testing::AssertionResult isDone = isRefused(bundle, running[i]->wait());
            const testing::AssertionResult isUnchanged = isSame(treeOf(pools[i] + u"/docker"_s), pristine);
            EXPECT_TRUE(isDone);
            EXPECT_TRUE(isUnchanged) << bundle.file.toStdString();
            refused += isDone && isUnchanged ? 1 : 0;
            if (!isUnchanged) { // the next one is to be judged by itself
                makePool(i);
            }
        }
    }
    EXPECT_TRUE(isSame(reachable(), before));
    std::cout << refused << " of " << bundles.size() << " refused\n";
    EXPECT_EQ(refused, bundles.size());
}

// Else the corpus could be refused for what is wrong with all of it.
TEST_F(HostileBundlesTest, WouldBeTakenWithoutTheirBadness)
{
    const QJsonArray sound = m_corpus[u"sound"_s].toArray();
    ASSERT_FALSE(sound.isEmpty());
    for (const QJsonValue file : sound) {
        const QString into = path(u"sound"_s);
        const Outcome outcome = startImport(into, corpusFile(file.toString()))->wait();
        EXPECT_EQ(outcome.exitStatus, 0) << file.toString().toStdString() << ": " << outcome;
        EXPECT_TRUE(isSame(treeOf(into + u"/docker"_s), treeOf(m_near.path() + u"/docker"_s)))
            << file.toString().toStdString();
        QDir(into).removeRecursively();
    }
}

} // namespace
} // namespace layerpool::test
