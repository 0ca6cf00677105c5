// SPDX-License-Identifier: Apache-2.0
#include "models/TaskTexts.h"

#include "Icons.h"
#include "Words.h"
#include "base/Text.h"
#include "models/Alignment.h"
#include "models/TaskModel.h"

#include <algorithm>
#include <array>
#include <limits>

namespace layerpool {
namespace {

constexpr int kToldInToolTip = 10; // of thousands that failed

QString sentenceOf(const TaskChildren::Trouble &trouble)
{
    const QString sentence = sentenceOf(trouble.error);
    return trouble.image.isEmpty() || sentence.startsWith(trouble.image)
               ? sentence
               : Text::tr("%1 — %2", "an image, and why it failed").arg(trouble.image, sentence);
}

// A task at work whose images fail says so before it is over.
bool isFailing(const TaskEntry &task)
{
    return !task.row.isOver() && task.children.failedCount() > 0;
}

QString stateOf(const TaskEntry &task)
{
    if (!isFailing(task)) {
        return task.row.state();
    }
    const QString failed = Text::tr("%n failed", "images of a task", task.children.failedCount());
    const qint64 done = std::max<qint64>(0, task.row.imagesDone - task.children.failedCount());
    const QString state = task.row.runs() && task.row.imagesTotal > 0
                              ? Text::tr("%1 of %n image(s)", nullptr, int(task.row.imagesTotal)).arg(done)
                              : task.row.state();
    return Text::tr("%1 · %2", "how far a task is, and what failed in it").arg(state, failed);
}

QIcon stateIconOf(const TaskEntry &task)
{
    const TaskRow &row = task.row;
    const bool isBad = isFailing(task) || (row.isOver() && !row.wasCancelled() && !row.result->isClean());
    const bool isGood = row.isOver() && row.result->isClean();
    return themedIcon(isFailing(task) ? QStringLiteral("warning") : row.icon(), isBad    ? Tone::Bad
                                                                                : isGood ? Tone::Good
                                                                                         : Tone::Plain);
}

QString detailsOf(const TaskEntry &task, int mostTroubles = std::numeric_limits<int>::max())
{
    QStringList lines{task.row.title, stateOf(task)};
    if (isFailing(task) && !task.row.doing.isEmpty()) {
        lines << task.row.doing;
    }
    if (task.row.result) {
        lines += task.row.result->summary;
        lines += task.row.result->notes;
    }
    const int count = std::min(task.children.failedCount(), mostTroubles);
    for (int row = 0; row < count; ++row) {
        lines.append(sentenceOf(*task.children.troubleOf(task.children.nodeAt(row))));
    }
    if (count < task.children.failedCount()) {
        lines.append(Text::tr("and %n more", nullptr, task.children.failedCount() - count));
    }
    return lines.join(QLatin1Char('\n'));
}

QString taskText(const TaskEntry &task, int column)
{
    const TaskRow &row = task.row;
    switch (column) {
    case TaskModel::Title:
        return row.title;
    case TaskModel::State:
        return stateOf(task);
    case TaskModel::Progress:
        return row.isOver() ? row.time() : QString(); // else there is a bar
    case TaskModel::Amount:
        return row.amount();
    case TaskModel::Speed: {
        const QString rest = row.isOver() ? QString() : row.time();
        const QString speed = row.speedText();
        return rest.isEmpty() || speed.isEmpty()
                   ? speed
                   : Text::tr("%1, %2", "a speed, how long is left").arg(speed, rest);
    }
    default:
        return {};
    }
}

QString stateText(TaskWork::State state, const TaskRow &row)
{
    switch (state) {
    case TaskWork::State::Waiting:
        return row.isOver()                          ? Text::tr("Not done", "an image or a blob of a task")
               : row.phase == TaskRow::Phase::Paused ? Text::tr("Paused", "an image or a blob of a task")
                                                     : Text::tr("Waiting", "an image or a blob of a task");
    case TaskWork::State::Working:
        return Text::tr("At work", "an image or a blob of a task");
    case TaskWork::State::Done:
        return Text::tr("Done", "an image or a blob of a task");
    case TaskWork::State::Skipped:
        return Text::tr("There already", "an image of a task");
    case TaskWork::State::Failed:
        break;
    }
    return Text::tr("Failed", "an image or a blob of a task");
}

// Nothing is at work in a task that is paused or over.
TaskWork::Numbers stilled(TaskWork::Numbers numbers, const TaskRow &row)
{
    const bool isStill = row.phase == TaskRow::Phase::Paused || row.isOver();
    if (isStill && numbers.state == TaskWork::State::Working) {
        numbers.state = TaskWork::State::Waiting;
    }
    return numbers;
}

QString stateIcon(TaskWork::State state)
{
    constexpr std::array<const char *, 5> names{"waiting", "running", "done", "done", "warning"};
    return QString::fromLatin1(names.at(std::size_t(state)));
}

Tone toneOf(TaskWork::State state)
{
    return state == TaskWork::State::Failed ? Tone::Bad
           : state == TaskWork::State::Done ? Tone::Good
                                            : Tone::Plain;
}

QString amountText(const TaskWork::Numbers &numbers)
{
    if (numbers.total == 0) {
        return {};
    }
    const bool isBegun = numbers.state == TaskWork::State::Working ||
                         (numbers.state == TaskWork::State::Waiting && numbers.done > 0);
    return isBegun ? Text::tr("%1 of %2", "bytes done of all")
                         .arg(formatBytes(numbers.done), formatBytes(numbers.total))
                   : formatBytes(numbers.total);
}

// Where there is a bar.
std::optional<double> fractionOf(const TaskWork::Numbers &numbers)
{
    const bool hasBar = numbers.state == TaskWork::State::Working && numbers.total > 0;
    return hasBar ? std::optional(double(numbers.done) / double(numbers.total)) : std::nullopt;
}

// A bar is painted, and says nothing.
QString percentOf(std::optional<double> fraction)
{
    return fraction && *fraction >= 0 ? TaskModel::tr("%1 %", "a percentage").arg(int(*fraction * 100))
                                      : QString();
}

// What an image and a blob have in common: all but their names.
QVariant numbersData(const TaskRow &row, const TaskWork::Numbers &numbers, int column, int role)
{
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return column == TaskModel::State    ? stateText(numbers.state, row)
               : column == TaskModel::Amount ? amountText(numbers)
                                             : QVariant();
    case Qt::DecorationRole:
        return column == TaskModel::State ? themedIcon(stateIcon(numbers.state), toneOf(numbers.state))
                                          : QVariant();
    case Qt::AccessibleTextRole:
        return column == TaskModel::Progress ? percentOf(fractionOf(numbers)) : QString();
    case FractionRole:
        return fractionOf(numbers) ? QVariant(*fractionOf(numbers)) : QVariant();
    default:
        return {};
    }
}

QString detailsOf(const QString &name, const TaskRow &row, const TaskWork::Numbers &numbers)
{
    QStringList words{name, stateText(numbers.state, row)};
    if (const QString amount = amountText(numbers); !amount.isEmpty()) {
        words << amount;
    }
    return words.join(QStringLiteral(", "));
}

QVariant troubleData(const TaskChildren::Trouble &trouble, int column, int role)
{
    switch (role) {
    case Qt::DisplayRole:
        return column == TaskModel::Title ? sentenceOf(trouble) : QString();
    case Qt::ToolTipRole:
    case DetailsRole:
        return sentenceOf(trouble);
    case Qt::DecorationRole:
        return column == TaskModel::Title ? themedIcon(QStringLiteral("warning"), Tone::Bad) : QVariant();
    default:
        return {};
    }
}

} // namespace

QVariant taskData(const TaskEntry &task, Verb verb, int column, int role)
{
    const TaskRow &row = task.row;
    switch (role) {
    case Qt::DisplayRole:
        return taskText(task, column);
    case Qt::ToolTipRole:
        return column == TaskModel::Title || column == TaskModel::State ? detailsOf(task, kToldInToolTip)
                                                                        : taskText(task, column);
    case Qt::DecorationRole:
        if (column == TaskModel::Title) {
            return themedIcon(verbIcon(verb));
        }
        return column == TaskModel::State ? stateIconOf(task) : QVariant();
    case Qt::AccessibleTextRole:
        return column == TaskModel::Progress ? percentOf(row.fraction()) : QString();
    case FractionRole:
        return row.fraction() ? QVariant(*row.fraction()) : QVariant();
    case DetailsRole:
        return detailsOf(task);
    case SettingsRole:
        return row.result ? textOf(row.result->settings) : QString();
    default:
        return {};
    }
}

QVariant imageData(const TaskEntry &task, int node, int column, int role)
{
    const TaskChildren &children = task.children;
    if (const TaskChildren::Trouble *trouble = children.troubleOf(node)) {
        return troubleData(*trouble, column, role);
    }
    const TaskWork &work = *children.work();
    const auto image = std::size_t(node);
    const bool isName = column == TaskModel::Title && (role == Qt::DisplayRole || role == Qt::ToolTipRole);
    if (isName || role == ReferenceRole) {
        return work.line(image);
    }
    const TaskWork::Numbers numbers = stilled(work.image(image), task.row);
    return role == DetailsRole ? detailsOf(work.line(image), task.row, numbers)
                               : numbersData(task.row, numbers, column, role);
}

QVariant partData(const TaskEntry &task, int node, int row, int column, int role)
{
    const TaskChildren &children = task.children;
    const bool isTitle = column == TaskModel::Title;
    if (const TaskChildren::Trouble *trouble = children.troubleOf(node)) {
        const bool isText = role == Qt::DisplayRole || role == Qt::ToolTipRole;
        return (isText && isTitle) || role == DetailsRole ? partsOf(trouble->error).value(row) : QVariant();
    }
    const TaskWork &work = *children.work();
    const std::size_t part = work.partsOf(std::size_t(node))[std::size_t(row)];
    const QString digest = work.digest(part).toString();
    if (isTitle && role == Qt::DisplayRole) {
        return Text::tr("Blob %1").arg(work.digest(part).shortHex());
    }
    if (role == DigestRole || (isTitle && role == Qt::ToolTipRole)) {
        return digest;
    }
    const TaskWork::Numbers numbers = stilled(work.part(part), task.row);
    return role == DetailsRole ? detailsOf(digest, task.row, numbers)
                               : numbersData(task.row, numbers, column, role);
}

int taskAlignment(int column)
{
    const bool isNumber = column == TaskModel::Amount || column == TaskModel::Speed;
    return isNumber ? numberAlignment : textAlignment;
}

QVariant taskHeader(int column, int role)
{
    if (role == Qt::TextAlignmentRole) {
        return taskAlignment(column);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (column) {
    case TaskModel::Title:
        return Text::tr("Task");
    case TaskModel::State:
        return Text::tr("State");
    case TaskModel::Progress:
        return Text::tr("Progress");
    case TaskModel::Amount:
        return Text::tr("Done", "how much of a task");
    case TaskModel::Speed:
        return Text::tr("Speed");
    default:
        return {};
    }
}

} // namespace layerpool
