// SPDX-License-Identifier: Apache-2.0
#include "work/TaskLog.h"

#include "Words.h"
#include "base/Text.h"

#include <QLoggingCategory>

#include <algorithm>
#include <mutex>
#include <utility>

namespace layerpool {
namespace {

constexpr int kTellMilliseconds = 100;
constexpr std::size_t kMostRequests = 10'000; // between two moments; who could read more

/// What requests say of themselves arrives here from any thread.
struct Requests
{
    std::mutex mutex; ///< guards all below
    std::vector<LogLine> lines;
    QtMessageHandler before = nullptr;
    bool isOpen = false;
};

Requests &requests()
{
    static Requests all;
    return all;
}

void takeMessage(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    Requests &all = requests();
    std::unique_lock lock(all.mutex);
    const bool isOurs = QLatin1String(context.category).startsWith(QLatin1String("layerpool."));
    if (type == QtDebugMsg && isOurs) {
        if (all.lines.size() < kMostRequests) {
            all.lines.push_back({QDateTime::currentDateTime(), LogLine::Level::Request, {}, message});
        }
        return;
    }
    const QtMessageHandler before = all.before;
    lock.unlock();
    if (before) {
        before(type, context, message);
    }
}

void openRequests(bool isOpen)
{
    {
        Requests &all = requests();
        const std::lock_guard lock(all.mutex);
        if (all.isOpen == isOpen) {
            return;
        }
        all.isOpen = isOpen;
        if (isOpen) {
            all.before = qInstallMessageHandler(takeMessage);
        } else {
            qInstallMessageHandler(all.before);
        }
    }
    QLoggingCategory::setFilterRules(isOpen ? QStringLiteral("layerpool.*.debug=true") : QString());
}

std::vector<LogLine> takeRequests()
{
    Requests &all = requests();
    const std::lock_guard lock(all.mutex);
    return std::exchange(all.lines, {});
}

QString endOf(const TaskResult &result)
{
    if (result.stopped) {
        return result.wasCancelled() ? Text::tr("Cancelled", "a task") : sentenceOf(*result.stopped);
    }
    QStringList said{Text::tr("Done in %1", "a task, a duration").arg(formatDuration(result.seconds)),
                     Text::tr("%n image(s)", nullptr, int(result.imagesDone))};
    if (const int failed = int(result.failures.size() + result.findings.size()); failed > 0) {
        said << Text::tr("%n problem(s)", nullptr, failed);
    }
    return (said + result.summary).join(QStringLiteral(" · "));
}

} // namespace

TaskLog::TaskLog(const TaskQueue &queue, QObject *parent) : QObject(parent)
{
    connect(&queue, &TaskQueue::queued, this, [this](TaskId id, const QString &title) {
        m_titles.insert(id, title);
        add(LogLine::Level::Event, id, Text::tr("Queued", "a task"));
    });
    connect(&queue, &TaskQueue::started, this,
            [this](TaskId id) { add(LogLine::Level::Event, id, Text::tr("Started", "a task")); });
    connect(&queue, &TaskQueue::stateChanged, this, [this, &queue](TaskId id) { onStateChanged(queue, id); });
    connect(&queue, &TaskQueue::reported, this, &TaskLog::onReported);
    connect(&queue, &TaskQueue::finished, this, &TaskLog::onFinished);
    m_timer.setInterval(kTellMilliseconds);
    connect(&m_timer, &QTimer::timeout, this, &TaskLog::tell);
}

TaskLog::~TaskLog()
{
    tellRequests(false);
}

void TaskLog::tellRequests(bool areTold)
{
    if (m_tellsRequests == areTold) {
        return;
    }
    m_tellsRequests = areTold;
    openRequests(areTold);
    tell();
}

void TaskLog::add(LogLine::Level level, TaskId id, const QString &text)
{
    m_lines.push_back({QDateTime::currentDateTime(), level, m_titles.value(id), text});
    if (!m_timer.isActive()) {
        m_timer.start();
    }
}

void TaskLog::onReported(TaskId id, const TaskEvent &event)
{
    switch (event.kind) {
    case TaskEvent::Kind::ImageDone:
        add(LogLine::Level::Event, id, Text::tr("%1 is done", "an image").arg(event.text));
        break;
    case TaskEvent::Kind::ImageSkipped:
        add(LogLine::Level::Event, id, Text::tr("%1 is there already", "an image").arg(event.text));
        break;
    case TaskEvent::Kind::ImageAbsent:
        add(LogLine::Level::Event, id, Text::tr("%1 is not there", "an image").arg(event.text));
        break;
    case TaskEvent::Kind::ImageFailed:
        add(LogLine::Level::Failure, id, event.error->sentenceAbout(event.text));
        break;
    case TaskEvent::Kind::Notice:
        add(LogLine::Level::Event, id, event.text);
    }
}

void TaskLog::onStateChanged(const TaskQueue &queue, TaskId id)
{
    if (queue.state(id) == TaskQueue::State::Paused) {
        add(LogLine::Level::Event, id, Text::tr("Paused", "a task"));
    } else if (queue.state(id) == TaskQueue::State::Waiting) {
        add(LogLine::Level::Event, id, Text::tr("Goes on", "a task"));
    }
}

void TaskLog::onFinished(TaskId id, const TaskResult &result)
{
    const bool wasCancelled = result.wasCancelled();
    const bool isFailure = !result.isClean() && !wasCancelled;
    for (const Error &finding : result.findings) {
        add(LogLine::Level::Failure, id, sentenceOf(finding));
    }
    add(isFailure ? LogLine::Level::Failure : LogLine::Level::Event, id, endOf(result));
}

// While requests are told the timer goes on: they come without being asked for.
void TaskLog::tell()
{
    std::vector<LogLine> lines = takeRequests();
    lines.insert(lines.end(), m_lines.begin(), m_lines.end());
    m_lines.clear();
    std::stable_sort(lines.begin(), lines.end(),
                     [](const LogLine &a, const LogLine &b) { return a.time < b.time; });
    if (!lines.empty()) {
        Q_EMIT told(lines);
    }
    if (!m_tellsRequests) {
        m_timer.stop();
    } else if (!m_timer.isActive()) {
        m_timer.start();
    }
}

} // namespace layerpool
