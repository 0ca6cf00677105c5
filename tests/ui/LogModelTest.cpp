// SPDX-License-Identifier: Apache-2.0
#include "models/LogModel.h"

#include "UiTest.h"
#include "work/TextFile.h"

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

LogLine line(const QString &text, LogLine::Level level = LogLine::Level::Event, const QString &task = {})
{
    return {QDateTime(QDate(2024, 2, 3), QTime(4, 5, 6), Qt::UTC), level, task, text};
}

class LogModelTest : public UiTest
{
protected:
    LogModel m_model{nullptr, 4};
    LogFilter m_filter{m_model};
    QAbstractItemModelTester m_tester{&m_model, QAbstractItemModelTester::FailureReportingMode::Fatal};
    QAbstractItemModelTester m_filterTester{&m_filter, QAbstractItemModelTester::FailureReportingMode::Fatal};
};

TEST_F(LogModelTest, TheOldestLinesGoWhenThereAreTooMany)
{
    m_model.add({line(u"1"_s), line(u"2"_s), line(u"3"_s)});
    m_model.add({line(u"4"_s), line(u"5"_s)});
    EXPECT_EQ(column(m_model, LogModel::What), QStringList({u"2"_s, u"3"_s, u"4"_s, u"5"_s}));
    m_model.add({line(u"a"_s), line(u"b"_s), line(u"c"_s), line(u"d"_s), line(u"e"_s), line(u"f"_s)});
    EXPECT_EQ(column(m_model, LogModel::What), QStringList({u"c"_s, u"d"_s, u"e"_s, u"f"_s}));
}

TEST_F(LogModelTest, IsFilteredByTextAndLevel)
{
    m_model.add({line(u"GET /v2/"_s, LogLine::Level::Request), line(u"Redis is done"_s),
                 line(u"nginx failed"_s, LogLine::Level::Failure, u"Convert a.txt"_s)});
    EXPECT_EQ(column(m_filter, LogModel::What), QStringList({u"Redis is done"_s, u"nginx failed"_s}));
    m_filter.setText(u"redis"_s);
    EXPECT_EQ(column(m_filter, LogModel::What), QStringList({u"Redis is done"_s}));
    m_filter.setText(u"convert"_s);
    EXPECT_EQ(column(m_filter, LogModel::What), QStringList({u"nginx failed"_s}));
    m_filter.setText({});
    m_filter.setLevel(LogLine::Level::Failure);
    EXPECT_EQ(m_filter.rowCount(), 1);
    m_filter.setLevel(LogLine::Level::Request);
    EXPECT_EQ(m_filter.rowCount(), 3);
}

TEST_F(LogModelTest, AnotherFilterMakesItsRowsAtOnce)
{
    LogModel lines;
    LogFilter filter(lines);
    const QAbstractItemModelTester tester(&filter, QAbstractItemModelTester::FailureReportingMode::Fatal);
    std::vector<LogLine> many;
    for (int i = 0; i < 100; ++i) {
        many.push_back(line(QString::number(i), i % 2 ? LogLine::Level::Failure : LogLine::Level::Event));
    }
    lines.add(many);
    const qint64 found = filter.numberOf(filter.index(51, 0));
    const QSignalSpy removed(&filter, &QAbstractItemModel::rowsRemoved);
    const QSignalSpy reset(&filter, &QAbstractItemModel::modelReset);
    filter.setLevel(LogLine::Level::Failure);
    EXPECT_EQ(filter.rowCount(), 50);
    EXPECT_EQ(reset.count(), 1);
    EXPECT_EQ(removed.count(), 0) << "not row by row";
    EXPECT_EQ(filter.indexOf(found).row(), 25);
    EXPECT_FALSE(filter.indexOf(found + 1).isValid());
}

TEST_F(LogModelTest, AFilterKeepsUpWithWhatComesAndGoes)
{
    m_filter.setText(u"x"_s);
    m_model.add({line(u"x1"_s), line(u"2"_s), line(u"x3"_s)});
    const qint64 third = m_filter.numberOf(m_filter.index(1, 0));
    m_model.add({line(u"4"_s), line(u"x5"_s)});
    EXPECT_EQ(column(m_filter, LogModel::What), QStringList({u"x3"_s, u"x5"_s}));
    EXPECT_EQ(m_filter.indexOf(third).row(), 0);
    m_model.add({line(u"6"_s), line(u"7"_s)});
    EXPECT_EQ(column(m_filter, LogModel::What), QStringList(u"x5"_s));
    m_filter.setText({});
    EXPECT_EQ(column(m_filter, LogModel::What), QStringList({u"4"_s, u"x5"_s, u"6"_s, u"7"_s}));
}

TEST_F(LogModelTest, IsSavedLineByLineAndOverNothing)
{
    m_model.add({line(u"one"_s), line(u"two"_s, LogLine::Level::Failure, u"Push"_s)});
    EXPECT_TRUE(writeNewFile(path(u"a.log"_s), m_filter.text()));
    QFile file(path(u"a.log"_s));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    EXPECT_EQ(file.readAll(), "2024-02-03T04:05:06.000Z\tEvent\tone\n"
                              "2024-02-03T04:05:06.000Z\tFailure\tPush\ttwo\n");
    const Status again = writeNewFile(path(u"a.log"_s), u"x"_s);
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().kind, ErrorKind::Conflict);
}

} // namespace
} // namespace layerpool::test
