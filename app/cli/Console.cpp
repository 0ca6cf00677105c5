// SPDX-License-Identifier: Apache-2.0
#include "Console.h"

#include "Interrupt.h"
#include "base/DurableDirectory.h"
#include "task/PlanParts.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFutureWatcher>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLoggingCategory>
#include <QTimer>
#include <QUuid>
#include <QtConcurrentRun>

#include <cstdio>
#include <unistd.h>

namespace layerpool {
namespace {

// A registry's words are a stranger's: none of them moves the cursor or colours a terminal.
QString printable(QString line)
{
    for (QChar &c : line) {
        if (c.category() == QChar::Other_Control && c != QLatin1Char('\n') && c != QLatin1Char('\t')) {
            c = QChar::ReplacementCharacter;
        }
    }
    return line;
}

constexpr int kSampleMs = 100;
constexpr qint64 kJsonProgressMs = 1000;

QString sentenceOf(const Error &error)
{
    return error.sentence(error.options);
}

QJsonObject errorJson(const Error &error)
{
    return {{QStringLiteral("kind"), QString::fromLatin1(errorKindName(error.kind))},
            {QStringLiteral("message"), sentenceOf(error)},
            {QStringLiteral("what"), error.what},
            {QStringLiteral("why"), error.why},
            {QStringLiteral("hint"), error.hint},
            {QStringLiteral("options"), QJsonArray::fromStringList(error.options)}};
}

QString eventWord(TaskEvent::Kind kind)
{
    switch (kind) {
    case TaskEvent::Kind::ImageDone:
        return QStringLiteral("done");
    case TaskEvent::Kind::ImageSkipped:
        return QStringLiteral("skipped");
    case TaskEvent::Kind::ImageAbsent:
        return QStringLiteral("absent");
    case TaskEvent::Kind::ImageFailed:
        return QStringLiteral("failed");
    case TaskEvent::Kind::Notice:
        break;
    }
    return QStringLiteral("notice");
}

QJsonObject imageCounts(const TaskResult &result, qint64 failed)
{
    return {{QStringLiteral("done"), result.imagesDone},
            {QStringLiteral("skipped"), result.imagesSkipped},
            {QStringLiteral("kept"), result.imagesKept},
            {QStringLiteral("failed"), failed},
            {QStringLiteral("undone"), result.undone.size()}};
}

QJsonArray settingsJson(const std::vector<SettingsFile> &files)
{
    QJsonArray array;
    for (const SettingsFile &file : files) {
        array.append(QJsonObject{{QStringLiteral("file"), file.path}, {QStringLiteral("text"), file.text}});
    }
    return array;
}

QString badLinesLeftOut(qint64 count)
{
    return Text::tr("%n bad line(s) of the list left out", nullptr, static_cast<int>(count));
}

// Qt's message handler is one for the program, and so is its console.
Console *activeConsole = nullptr;

} // namespace

Console::Console(QByteArray command)
    : m_command(std::move(command)), m_isTerminal(::isatty(STDERR_FILENO) == 1)
{
    cancelOnInterrupt(m_cancel);
}

Console::~Console()
{
    qInstallMessageHandler(nullptr);
    clearProgress();
}

Status Console::configure(const Options &options)
{
    m_options = options;
    if (!options.failedFile.isEmpty() &&
        !QFileInfo(QFileInfo(options.failedFile).absolutePath()).isWritable()) {
        return Error{ErrorKind::Storage,
                     Text::tr("Cannot write %1").arg(options.failedFile),
                     Text::tr("its folder is not there, or may not be written"),
                     {}};
    }
    activeConsole = this;
    qInstallMessageHandler(logMessage);
    if (!options.logFile.isEmpty()) {
        m_log.setFileName(options.logFile);
        if (!m_log.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Text)) {
            return Error{ErrorKind::Storage,
                         Text::tr("Cannot write the log %1").arg(options.logFile),
                         m_log.errorString(),
                         {}};
        }
        QLoggingCategory::setFilterRules(QStringLiteral("layerpool.*.debug=true"));
    }
    return {};
}

void Console::logMessage(QtMsgType type, const QMessageLogContext &, const QString &message)
{
    const std::lock_guard lock(activeConsole->m_mutex);
    activeConsole->log(message);
    if (type != QtDebugMsg && type != QtInfoMsg) {
        activeConsole->writeError(message);
    }
}

void Console::log(const QString &line)
{
    if (m_log.isOpen()) {
        m_log.write((QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs) + QLatin1Char(' ') +
                     printable(line) + QLatin1Char('\n'))
                        .toUtf8());
        m_log.flush();
    }
}

void Console::print(const QString &line)
{
    const std::lock_guard lock(m_mutex);
    log(line);
    if (!m_options.json) {
        clearProgress();
        std::fputs((printable(line) + QLatin1Char('\n')).toLocal8Bit().constData(), stdout);
        std::fflush(stdout);
    }
}

void Console::printJson(const QJsonObject &object)
{
    if (m_options.json) {
        std::fputs((QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n').constData(), stdout);
        std::fflush(stdout);
    }
}

void Console::writeError(const QString &line)
{
    clearProgress();
    std::fputs((printable(line) + QLatin1Char('\n')).toLocal8Bit().constData(), stderr);
}

void Console::writeSignIn(const Error &error)
{
    if (!error.signInTo.isEmpty() && m_command != "login" && m_command != "logout") {
        writeError(QStringLiteral("  layerpool-cli login ") + error.signInTo);
    }
}

void Console::note(const QString &sentence)
{
    const std::lock_guard lock(m_mutex);
    log(sentence);
    if (m_options.json) {
        printJson(
            {{QStringLiteral("event"), QStringLiteral("notice")}, {QStringLiteral("message"), sentence}});
    } else {
        writeError(sentence);
    }
}

void Console::event(const TaskEvent &event)
{
    if (event.kind == TaskEvent::Kind::Notice) {
        note(event.text);
        return;
    }
    const std::lock_guard lock(m_mutex);
    const QString word = eventWord(event.kind);
    log(QStringLiteral("%1 %2 %3").arg(word, event.text, event.error ? sentenceOf(*event.error) : QString()));
    QJsonObject object{{QStringLiteral("event"), QStringLiteral("image")},
                       {QStringLiteral("image"), event.text},
                       {QStringLiteral("state"), word}};
    if (event.error) {
        object.insert(QStringLiteral("error"), errorJson(*event.error));
        // A registry that is down fails a hundred images for one reason: it is said once.
        if (!m_options.json && ++m_timesSaid[sentenceOf(*event.error)] == 1) {
            writeError(event.error->sentenceAbout(event.text, event.error->options));
            writeSignIn(*event.error);
        }
    }
    printJson(object);
}

ExitStatus Console::succeed()
{
    return finish({}, ExitStatus::Done);
}

ExitStatus Console::fail(const Error &error)
{
    return fail(error, exitStatusOf(error));
}

ExitStatus Console::fail(const Error &error, ExitStatus status)
{
    TaskResult result;
    result.stopped = error;
    result.undone = m_lines;
    return finish(result, m_lines.isEmpty() ? status : writeFailed(result, status));
}

void Console::showPlan(const PlanSummary &plan, bool isDryRun)
{
    QJsonObject figures;
    for (const PlanSummary::Figure &figure : plan.figures) {
        figures.insert(figure.key, figure.bytes);
    }
    {
        const std::lock_guard lock(m_mutex);
        printJson({{QStringLiteral("event"), QStringLiteral("plan")},
                   {QStringLiteral("sentence"), plan.sentence},
                   {QStringLiteral("images"), plan.images},
                   {QStringLiteral("skipped"), plan.skipped},
                   {QStringLiteral("bytes"), figures},
                   {QStringLiteral("notes"), QJsonArray::fromStringList(plan.notes)}});
    }
    if (isDryRun) {
        for (const QString &line : plan.lines()) {
            print(line);
        }
        return;
    }
    print(plan.sentence);
    for (const QString &line : plan.notes) {
        note(line);
    }
}

ExitStatus Console::finishDryRun(const PlanSummary &plan)
{
    TaskResult result;
    for (const PlanSummary::Problem &problem : plan.problems) {
        result.failures.push_back({problem.image, problem.error});
    }
    result.imagesSkipped = plan.skipped;
    result.imagesKept = plan.kept;
    result.stopped = plan.blocker;
    ExitStatus status = exitStatusOf(result);
    if (status == ExitStatus::NoRegistry && plan.images > 0) {
        status = ExitStatus::NotAll;
    }
    status = withLeftOut(status);
    if (m_options.json) {
        return finish(result, status);
    }
    if (m_leftOut > 0) {
        print(badLinesLeftOut(m_leftOut));
    }
    return status;
}

ExitStatus Console::withLeftOut(ExitStatus status) const
{
    return status == ExitStatus::Done && m_leftOut > 0 ? ExitStatus::NotAll : status;
}

void Console::runInThread(const std::function<void(const TaskContext &)> &work)
{
    TaskProgress progress;
    const TaskContext context{m_cancel, progress, [this](const TaskEvent &event) { this->event(event); }};
    QEventLoop loop;
    QFutureWatcher<void> watcher;
    QObject::connect(&watcher, &QFutureWatcher<void>::finished, &loop, &QEventLoop::quit);
    QTimer sample;
    QObject::connect(&sample, &QTimer::timeout, &loop, [&] { showProgress(progress); });
    sample.start(kSampleMs);
    watcher.setFuture(QtConcurrent::run([&] { work(context); }));
    if (!watcher.isFinished()) {
        loop.exec();
    }
    watcher.waitForFinished();
    const std::lock_guard lock(m_mutex);
    clearProgress();
}

void Console::showProgress(const TaskProgress &progress)
{
    const std::lock_guard lock(m_mutex);
    const double now = static_cast<double>(QDateTime::currentMSecsSinceEpoch());
    if (m_options.json) {
        if (now - m_lastJsonProgress >= kJsonProgressMs) {
            m_lastJsonProgress = now;
            QJsonObject object{{QStringLiteral("event"), QStringLiteral("progress")},
                               {QStringLiteral("phase"), progress.phase()},
                               {QStringLiteral("images"),
                                QJsonObject{{QStringLiteral("done"), progress.imagesDone.load()},
                                            {QStringLiteral("total"), progress.imagesTotal.load()}}},
                               {QStringLiteral("bytes"),
                                QJsonObject{{QStringLiteral("done"), progress.bytesDone.load()},
                                            {QStringLiteral("total"), progress.bytesTotal.load()}}}};
            if (const std::optional<HostWait> wait = progress.waiting()) {
                object.insert(QStringLiteral("waiting"),
                              QJsonObject{{QStringLiteral("host"), wait->host},
                                          {QStringLiteral("seconds"), wait->seconds}});
            }
            printJson(object);
        }
        return;
    }
    if (!m_isTerminal || progress.doing().isEmpty()) { // a question may stand on this line
        return;
    }
    QString line = progress.doing();
    if (progress.imagesTotal > 0) { // not every work is on images
        line = Text::tr("%1: %2 of %3 images").arg(line).arg(progress.imagesDone).arg(progress.imagesTotal);
    }
    if (progress.bytesTotal > 0) {
        line += Text::tr(", %1 of %2").arg(formatBytes(progress.bytesDone), formatBytes(progress.bytesTotal));
    }
    std::fputs(("\r\x1b[K" + line.toLocal8Bit()).constData(), stderr);
    std::fflush(stderr);
    m_hasProgressLine = true;
}

void Console::clearProgress()
{
    if (m_hasProgressLine) {
        std::fputs("\r\x1b[K", stderr);
        m_hasProgressLine = false;
    }
}

ExitStatus Console::runTask(Task &task)
{
    TaskResult result;
    runInThread([&](const TaskContext &context) { result = task.run(context); });
    if (result.listed) {
        printJson({{QStringLiteral("event"), QStringLiteral("inventory")},
                   {QStringLiteral("repositories"), result.listed->repositories},
                   {QStringLiteral("blobs"), result.listed->blobs},
                   {QStringLiteral("bytes"), result.listed->bytes}});
    }
    return finish(result, writeFailed(result, withLeftOut(exitStatusOf(result))));
}

ExitStatus Console::writeFailed(const TaskResult &result, ExitStatus status)
{
    if (m_options.failedFile.isEmpty()) {
        return status;
    }
    QByteArray text;
    for (const ImageFailure &failure : result.failures) {
        text += failure.image.toUtf8() + '\n';
    }
    for (const QString &line : result.undone) {
        text += line.toUtf8() + '\n';
    }
    const Status written = writeLines(text);
    if (!written) {
        note(sentenceOf(written.error()));
    }
    return !written && status == ExitStatus::Done ? ExitStatus::Storage : status;
}

// Under its name only when it is whole: it may be the very list that was run.
Status Console::writeLines(const QByteArray &text) const
{
    const QFileInfo file(m_options.failedFile);
    const Result<DurableDirectory> directory = DurableDirectory::open(file.absolutePath());
    if (!directory) {
        return storageError(directory.error());
    }
    const QByteArray name = QFile::encodeName(file.fileName());
    const QByteArray staged = '.' + name + '.' + QUuid::createUuid().toByteArray(QUuid::Id128);
    if (Status written = directory->writeFile(staged, text); !written) {
        return storageError(written.error());
    }
    return directory->replace(staged, name);
}

ExitStatus Console::finish(const TaskResult &result, ExitStatus status)
{
    const auto failed = static_cast<qint64>(result.failures.size());
    if (m_options.json) {
        QJsonArray failures;
        for (const ImageFailure &failure : result.failures) {
            QJsonObject object = errorJson(failure.error);
            object.insert(QStringLiteral("image"), failure.image);
            failures.append(object);
        }
        QJsonArray findings;
        for (const Error &finding : result.findings) {
            findings.append(errorJson(finding));
        }
        QJsonObject object{
            {QStringLiteral("event"), QStringLiteral("result")},
            {QStringLiteral("command"), QString::fromLatin1(m_command)},
            {QStringLiteral("images"), imageCounts(result, failed)},
            {QStringLiteral("referrers"), result.referrers},
            {QStringLiteral("bytes"), QJsonObject{{QStringLiteral("transferred"), result.bytesTransferred},
                                                  {QStringLiteral("reused"), result.bytesReused},
                                                  {QStringLiteral("written"), result.bytesWritten},
                                                  {QStringLiteral("kept"), result.bytesKept}}},
            {QStringLiteral("skippedLines"), m_leftOut},
            {QStringLiteral("seconds"), result.seconds},
            {QStringLiteral("failures"), failures},
            {QStringLiteral("findings"), findings},
            {QStringLiteral("status"), static_cast<int>(status)}};
        if (!result.notes.isEmpty()) {
            object.insert(QStringLiteral("notes"), QJsonArray::fromStringList(result.notes));
        }
        if (!result.settings.empty()) {
            object.insert(QStringLiteral("settings"), settingsJson(result.settings));
        }
        if (result.stopped) {
            object.insert(QStringLiteral("error"), errorJson(*result.stopped));
        }
        printJson(object);
        return status;
    }
    for (auto said = m_timesSaid.constBegin(); said != m_timesSaid.constEnd(); ++said) {
        if (said.value() > 1) {
            writeError(Text::tr("%n more image(s): %1", nullptr, said.value() - 1).arg(said.key()));
        }
    }
    for (const Error &finding : result.findings) {
        writeError(sentenceOf(finding));
    }
    if (result.stopped) {
        writeError(sentenceOf(*result.stopped));
        writeSignIn(*result.stopped);
    }
    if (!result.summary.isEmpty()) {
        const bool isOfImages = !result.made || result.imagesDone + result.imagesSkipped + failed > 0;
        QStringList parts{isOfImages
                              ? Text::tr("%n image(s) done", nullptr, static_cast<int>(result.imagesDone))
                              : Text::tr("Done", "a file was made, and no image counted")};
        if (const qint64 there = result.imagesSkipped - result.imagesKept; there > 0) {
            parts << Text::tr("%1 already there").arg(there);
        }
        if (result.imagesKept > 0) {
            parts << Text::tr("%1 kept as they are there").arg(result.imagesKept);
        }
        if (failed > 0) {
            parts << Text::tr("%1 failed").arg(failed);
        }
        if (!result.undone.isEmpty()) {
            parts << Text::tr("%1 not finished", "images").arg(result.undone.size());
        }
        if (m_leftOut > 0) {
            parts << badLinesLeftOut(m_leftOut);
        }
        print(Text::tr("%1 in %2. %3.")
                  .arg(parts.join(QStringLiteral(", ")), formatDuration(result.seconds),
                       result.summary.join(QStringLiteral(". "))));
    }
    for (const QString &note : result.notes) {
        print(note);
    }
    if (!result.settings.empty()) {
        print(Text::tr("For the machines there, so that the original names resolve:"));
    }
    for (const SettingsFile &file : result.settings) {
        print(QStringLiteral("\n# %1\n%2").arg(file.path, file.text.trimmed()));
    }
    return status;
}

} // namespace layerpool
