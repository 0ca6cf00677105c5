// SPDX-License-Identifier: Apache-2.0
#include "SmallRegistryTest.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>

// What scripts rely on: `--json` is one object a line, and the last says how it ended.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

class JsonOutputTest : public SmallRegistryTest
{
protected:
    /// Checks the contract's shape and returns the last line's object.
    QJsonObject resultOf(const Outcome &outcome, const QString &command) const
    {
        EXPECT_EQ(outcome.err, "") << outcome;
        EXPECT_TRUE(outcome.out.endsWith('\n')) << outcome;
        QJsonObject last;
        for (const QByteArray &line : outcome.out.trimmed().split('\n')) {
            QJsonParseError error;
            last = QJsonDocument::fromJson(line, &error).object();
            EXPECT_EQ(error.error, QJsonParseError::NoError) << line.toStdString();
            EXPECT_TRUE(last.value(u"event"_s).isString()) << line.toStdString();
        }
        EXPECT_EQ(last.value(u"event"_s).toString(), u"result"_s) << outcome;
        EXPECT_EQ(last.value(u"command"_s).toString(), command) << outcome;
        expectNumbers(last.value(u"images"_s).toObject(), {u"done"_s, u"skipped"_s, u"failed"_s});
        expectNumbers(last.value(u"bytes"_s).toObject(), {u"transferred"_s, u"reused"_s, u"written"_s});
        expectNumbers(last, {u"seconds"_s});
        EXPECT_TRUE(last.value(u"failures"_s).isArray()) << outcome;
        return last;
    }

    static void expectNumbers(const QJsonObject &object, const QStringList &names)
    {
        for (const QString &name : names) {
            EXPECT_TRUE(object.value(name).isDouble()) << name.toStdString();
        }
    }

    static int imagesOf(const QJsonObject &result, const QString &word)
    {
        return result.value(u"images"_s).toObject().value(word).toInt(-1);
    }
};

TEST_F(JsonOutputTest, EveryCommandEndsWithItsResult)
{
    const QJsonObject converted = resultOf(convert(allLines, {u"--json"_s}), u"convert"_s);
    EXPECT_EQ(imagesOf(converted, u"done"_s), 4);
    EXPECT_GT(converted.value(u"bytes"_s).toObject().value(u"transferred"_s).toInt(), 0);
    QDir(path({})).mkdir(u"far"_s);
    const StockRegistry far(path(u"far"_s));
    ASSERT_TRUE(far.isUp());
    const QString list = path(u"images.txt"_s);
    const QStringList small{pool(), path(u"small"_s), u"--list"_s, list};
    const std::vector<QStringList> calls{
        QStringList{u"select"_s} + small,
        {u"tar"_s, pool(), path(u"out.tar"_s)},
        {u"push"_s, pool(), far.host()},
        {u"verify"_s, pool()},
        {u"ls"_s, pool()},
        {u"ls"_s, pool(), u"apps/one:v1"_s},
        {u"stats"_s, pool()},
    };
    for (const QStringList &call : calls) {
        const Outcome outcome = m_place.run(call + QStringList{u"--json"_s});
        EXPECT_EQ(outcome.exitStatus, 0) << outcome;
        EXPECT_EQ(resultOf(outcome, call.front()).value(u"failures"_s).toArray().size(), 0) << outcome;
    }
}

TEST_F(JsonOutputTest, ADryRunEndsWithItsResult)
{
    const Outcome outcome = convert(allLines, {u"--json"_s, u"--dry-run"_s});
    EXPECT_EQ(outcome.exitStatus, 0) << outcome;
    resultOf(outcome, u"convert"_s);
    EXPECT_FALSE(isThere(pool()));
}

TEST_F(JsonOutputTest, FailuresNameImageKindAndMessage)
{
    const Outcome outcome = convert("apps/one:v1\napps/none:v1\n", {u"--json"_s});
    EXPECT_EQ(outcome.exitStatus, 1) << outcome;
    const QJsonObject result = resultOf(outcome, u"convert"_s);
    EXPECT_EQ(imagesOf(result, u"done"_s), 1);
    EXPECT_EQ(imagesOf(result, u"failed"_s), 1);
    ASSERT_EQ(result.value(u"failures"_s).toArray().size(), 1);
    const QJsonObject failure = result.value(u"failures"_s).toArray().first().toObject();
    EXPECT_EQ(failure.value(u"image"_s).toString(), u"apps/none:v1"_s);
    EXPECT_EQ(failure.value(u"kind"_s).toString(), u"not-found"_s);
    EXPECT_FALSE(failure.value(u"message"_s).toString().isEmpty());
}

TEST_F(JsonOutputTest, ImagesThatAreThereAreSkipped)
{
    fillPool();
    const QJsonObject result = resultOf(convert(allLines, {u"--json"_s}), u"convert"_s);
    EXPECT_EQ(imagesOf(result, u"skipped"_s), 4);
    EXPECT_EQ(result.value(u"bytes"_s).toObject().value(u"transferred"_s).toInt(-1), 0);
}

TEST_F(JsonOutputTest, ErrorsEndWithAResultToo)
{
    const Outcome noList = m_place.run({u"convert"_s, pool(), u"--json"_s});
    EXPECT_EQ(noList.exitStatus, 2);
    resultOf(noList, u"convert"_s);
    const Outcome noPool = m_place.run({u"stats"_s, pool(), u"--json"_s});
    EXPECT_EQ(noPool.exitStatus, 3);
    resultOf(noPool, u"stats"_s);
    const Outcome badLines = convert("apps/One:v1\n", {u"--json"_s});
    EXPECT_EQ(badLines.exitStatus, 2);
    resultOf(badLines, u"convert"_s);
    const Outcome noOption = m_place.run({u"convert"_s, pool(), u"--json"_s, u"--colour"_s});
    EXPECT_EQ(noOption.exitStatus, 2);
    resultOf(noOption, u"convert"_s);
}

} // namespace
} // namespace layerpool::test
