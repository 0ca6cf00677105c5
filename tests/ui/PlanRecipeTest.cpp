// SPDX-License-Identifier: Apache-2.0
#include "work/Planner.h"

#include "UiTest.h"
#include "sign/SecretKeyFile.h"

#include <QThreadPool>
#include <QtConcurrentRun>

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

class PlanRecipeTest : public UiTest
{
protected:
    Result<PreparedTask> plan(const PlanRecipe &recipe, std::shared_ptr<const PoolIndex> pool = nullptr)
    {
        return plannerOf(recipe, {}, std::move(pool))({CancelToken(), m_progress});
    }

    TaskProgress m_progress;
};

PlanChoices allChanged()
{
    PlanChoices choices;
    choices.source = u"quay.io/x"_s;
    choices.mirrors = u"a=b"_s;
    choices.platforms = u"linux/arm64"_s;
    choices.takesReferrers = false;
    choices.takesForeignLayers = true;
    choices.keepsHost = true;
    choices.bundle = u"/disc/a.tar.001"_s;
    choices.as = u"team/app:v1"_s;
    choices.target = u"harbor.corp:443/mirror"_s;
    choices.replaces = true;
    choices.base = {u"/far/a.json"_s, u"/far/b.json"_s};
    choices.layout = ExportFormat::OciLayout;
    choices.withTool = true;
    choices.signKey = u"/home/ann/release.key"_s;
    choices.movedTags = MovedTags::Keep;
    choices.sparse = SparseIndexes::Children;
    choices.asksRegistry = true;
    return choices;
}

TEST_F(PlanRecipeTest, IsTheSameAfterItWasKept)
{
    for (const Verb verb :
         {Verb::Convert, Verb::Select, Verb::Tar, Verb::Push, Verb::Verify, Verb::Import, Verb::Export}) {
        const PlanRecipe recipe{verb,
                                u"/data/pool"_s,
                                u"a.txt"_s,
                                Subject::Kind::List,
                                {u"redis:6"_s, u"nginx@sha256:00"_s},
                                allChanged(),
                                {u"Left out: line 2"_s}};
        EXPECT_EQ(PlanRecipe::fromJson(recipe.toJson()), recipe);
    }
}

TEST_F(PlanRecipeTest, OfWhatItDoesNotKnowThereIsNone)
{
    QJsonObject json = PlanRecipe{Verb::Tar, u"/p"_s, {}, Subject::Kind::Pool, {}, {}}.toJson();
    EXPECT_TRUE(PlanRecipe::fromJson(json));
    json.insert(u"verb"_s, u"teleport"_s);
    EXPECT_FALSE(PlanRecipe::fromJson(json));
    EXPECT_FALSE(PlanRecipe::fromJson({}));
    json.insert(u"verb"_s, u"push"_s);
    json.insert(u"choices"_s, QJsonObject{{u"sparse"_s, 99}, {u"target"_s, 5}});
    const std::optional<PlanRecipe> odd = PlanRecipe::fromJson(json);
    ASSERT_TRUE(odd);
    EXPECT_EQ(odd->choices.sparse, SparseIndexes::Children);
    EXPECT_EQ(odd->choices.target, QString());
}

TEST_F(PlanRecipeTest, AListATickAndThePoolArePlannedWithOrWithoutTheIndex)
{
    const QString pool = makePool(u"pool"_s, {u"redis:6"_s, u"nginx:1"_s, u"etcd:3"_s});
    PlanChoices choices;
    choices.target = path(u"small"_s);
    const auto index = indexOf(pool);
    for (const auto &known : {index, std::shared_ptr<const PoolIndex>()}) {
        const auto count = [&](Subject::Kind kind, const QStringList &lines) {
            const Result<PreparedTask> made = plan({Verb::Select, pool, u"x"_s, kind, lines, choices}, known);
            EXPECT_TRUE(made);
            return made ? made->summary.images : -1;
        };
        EXPECT_EQ(count(Subject::Kind::List, {u"redis:6"_s, u"nginx:1"_s}), 2);
        EXPECT_EQ(count(Subject::Kind::Ticked, {u"nginx:1"_s, u"gone:1"_s}), 1);
        EXPECT_EQ(count(Subject::Kind::Pool, {}), 3);
    }
}

TEST_F(PlanRecipeTest, APoolThatIsGoneIsSaid)
{
    const Result<PreparedTask> made = plan({Verb::Verify, path(u"gone"_s), {}, Subject::Kind::Pool, {}, {}});
    ASSERT_FALSE(made);
    EXPECT_TRUE(made.error().sentence().contains(path(u"gone"_s)));
}

// A task that was paused goes on with the key that it had; another session does not have its password.
TEST_F(PlanRecipeTest, WhoSignsIsKnownInThisSessionAlone)
{
    const QString file = path(u"release.key"_s);
    const QByteArray password("s3cret");
    const SecretKey key = SecretKey::generate();
    ASSERT_TRUE(isOk(SecretKeyFile::writePair(file, key, password, {32768, 16 * 1024 * 1024})));
    PlanRecipe recipe{Verb::Tar, makePool(u"pool"_s, {u"redis:6"_s}), {}, Subject::Kind::Pool, {}, {}};
    recipe.choices.target = path(u"all.tar"_s);
    recipe.choices.signKey = file;
    const PlanMaker maker =
        plannerOf(recipe, {}, nullptr, std::make_shared<SigningKey>(file, QByteArray(password)));
    ASSERT_TRUE(isOk(maker({CancelToken(), m_progress})));
    const Result<PreparedTask> later = plan(recipe);
    ASSERT_FALSE(later);
    EXPECT_TRUE(later.error().sentence().contains(u"is not kept. Make the bundle again"_s))
        << later.error().sentence().toStdString();
    ASSERT_TRUE(QFile::remove(file));
    const Result<PreparedTask> again = maker({CancelToken(), m_progress});
    ASSERT_TRUE(isOk(again));
    EXPECT_TRUE(again->summary.notes.join(u' ').contains(key.publicKey().name()));
}

// Else plans that nobody wants any more keep every worker from the one that is wanted.
TEST_F(PlanRecipeTest, WhoWaitsForAKeyThatIsBeingOpenedCanBeCancelled)
{
    const QString file = path(u"slow.key"_s);
    ASSERT_TRUE(isOk(SecretKeyFile::writePair(file, SecretKey::generate(), QByteArrayView("s3cret"),
                                              {quint64(1) << 20, quint64(1) << 25})));
    SigningKey key(file, QByteArray("s3cret"));
    QThreadPool worker;
    const auto opening = QtConcurrent::run(&worker, [&] {
        return bool(key.open({CancelToken(), m_progress}));
    });
    EXPECT_TRUE(soon([this] { return !m_progress.doing().isEmpty(); }));
    const CancelToken cancel;
    cancel.cancel();
    EXPECT_TRUE(isError(key.open({cancel, m_progress}), ErrorKind::Cancelled));
    EXPECT_TRUE(opening.result());
}

TEST_F(PlanRecipeTest, HoldsTheSubjectsLines)
{
    auto list = std::make_shared<ImagesList>();
    ASSERT_TRUE(list->addText("# first\nredis:6 # why\nredis:6\nbad:bad:bad\nnginx\n", u"a.txt"_s));
    Subject subject;
    subject.kind = Subject::Kind::List;
    subject.name = u"a.txt"_s;
    subject.list = list;
    const PlanRecipe recipe = PlanRecipe::of(Verb::Convert, u"/p"_s, subject, {});
    EXPECT_EQ(recipe.lines, QStringList({u"redis:6"_s, u"nginx"_s}));
    EXPECT_EQ(recipe.name, u"a.txt"_s);
    ASSERT_EQ(recipe.leftOut.size(), 1);
    EXPECT_TRUE(recipe.leftOut.first().startsWith(u"Left out: line 4: bad:bad:bad ("_s))
        << recipe.leftOut.first().toStdString();
}

TEST_F(PlanRecipeTest, WhatWasLeftOutIsToldAtTheEnd)
{
    PlanChoices choices;
    choices.target = path(u"small"_s);
    const QString line = u"Left out: line 2: bad:bad:bad (it has two tags)"_s;
    const Result<PreparedTask> made = plan({Verb::Select,
                                            makePool(u"pool"_s, {u"redis:6"_s}),
                                            u"a.txt"_s,
                                            Subject::Kind::List,
                                            {u"redis:6"_s},
                                            choices,
                                            {line}});
    ASSERT_TRUE(made);
    const TaskResult result = made->task->run({CancelToken(), m_progress});
    EXPECT_TRUE(result.isClean());
    EXPECT_EQ(result.notes.value(0), line);
}

} // namespace
} // namespace layerpool::test
