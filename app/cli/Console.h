// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ExitStatus.h"
#include "task/PlanSummary.h"
#include "task/Task.h"

#include <QFile>
#include <QJsonObject>

#include <functional>
#include <mutex>

namespace layerpool {

/// What a command says, and to whom: a summary to people on standard output, messages and one progress line
/// to standard error, or all of it as JSON lines on standard output. Runs long work in a worker thread while
/// this one shows progress and listens for Ctrl+C.
class Console
{
public:
    struct Options
    {
        bool json = false;
        QString logFile;
        QString failedFile; ///< gets the lines of failed images, as a list
    };

    explicit Console(QByteArray command);
    ~Console();

    /// Error: Storage (the log can't be written).
    Status configure(const Options &options);

    /// For people only, on standard output.
    void print(const QString &line);
    /// Worth knowing, on standard error; an event in JSON.
    void note(const QString &sentence);
    /// Any thread.
    void event(const TaskEvent &event);
    void printJson(const QJsonObject &object);
    bool isJson() const { return m_options.json; }
    /// So many lines of the list are bad, and the user said to go on without them: the end tells.
    void leaveOut(qint64 lines) { m_leftOut = lines; }

    /// The lines that the command works on: an end before its task leaves all of them undone.
    void expectLines(const QStringList &lines) { m_lines = lines; }
    /// Raised by Ctrl+C.
    const CancelToken &cancel() const { return m_cancel; }

    /// The end of a command that only tells.
    ExitStatus succeed();
    /// What a command ends with when it got no further. Returns its exit status.
    ExitStatus fail(const Error &error);
    ExitStatus fail(const Error &error, ExitStatus status);

    /// Shows a plan: whole for a dry run, else what a person must know before it starts.
    void showPlan(const PlanSummary &plan, bool isDryRun);
    /// The end of a dry run: nothing was done.
    ExitStatus finishDryRun(const PlanSummary &plan);

    /// Runs a function in a worker and returns what it returns.
    template <typename T>
    Result<T> runWorker(const std::function<Result<T>(const TaskContext &)> &work)
    {
        std::optional<Result<T>> result;
        runInThread([&](const TaskContext &context) { result.emplace(work(context)); });
        return *std::move(result);
    }

    /// Runs a task to its end and prints what came of it.
    ExitStatus runTask(Task &task);

private:
    void runInThread(const std::function<void(const TaskContext &)> &work);
    void showProgress(const TaskProgress &progress);
    void clearProgress();
    void writeError(const QString &line);
    /// The command that signs in where an error asks for it.
    void writeSignIn(const Error &error);
    void log(const QString &line);
    static void logMessage(QtMsgType type, const QMessageLogContext &context, const QString &message);
    /// What it means for the exit status that lines were left out: not all was done.
    ExitStatus withLeftOut(ExitStatus status) const;
    ExitStatus finish(const TaskResult &result, ExitStatus status);
    /// Says so where the file can't be written, and returns the exit status then.
    ExitStatus writeFailed(const TaskResult &result, ExitStatus status);
    Status writeLines(const QByteArray &text) const;

    QByteArray m_command;
    Options m_options;
    std::mutex m_mutex; ///< guards the streams and the log
    QFile m_log;
    bool m_isTerminal = false;
    bool m_hasProgressLine = false;
    double m_lastJsonProgress = 0;
    QHash<QString, int> m_timesSaid; ///< of a failure's sentence
    qint64 m_leftOut = 0;            ///< bad lines
    QStringList m_lines;
    CancelToken m_cancel;
};

} // namespace layerpool
