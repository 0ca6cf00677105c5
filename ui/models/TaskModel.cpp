// SPDX-License-Identifier: Apache-2.0
#include "models/TaskModel.h"

#include "Icons.h"
#include "Words.h"
#include "base/Text.h"

#include <algorithm>

namespace layerpool {
namespace {

constexpr int kSampleMilliseconds = 100;

bool isNumber(int column)
{
    return column == TaskModel::Amount || column == TaskModel::Speed;
}

int alignmentOf(int column)
{
    return int(Qt::AlignVCenter | (isNumber(column) ? Qt::AlignRight : Qt::AlignLeft));
}

} // namespace

TaskModel::TaskModel(Workspace &workspace, QObject *parent)
    : QAbstractItemModel(parent), m_workspace(workspace)
{
    TaskQueue &queue = workspace.queue();
    connect(&queue, &TaskQueue::queued, this, &TaskModel::onQueued);
    connect(&queue, &TaskQueue::started, this, &TaskModel::onStarted);
    connect(&queue, &TaskQueue::reported, this, &TaskModel::onReported);
    connect(&queue, &TaskQueue::finished, this, &TaskModel::onFinished);
    m_clock.start();
    m_sampler.setInterval(kSampleMilliseconds);
    connect(&m_sampler, &QTimer::timeout, this, &TaskModel::sample);
}

int TaskModel::rowOfId(TaskId id) const
{
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [id](const Row &row) { return row.id == id; });
    return found == m_rows.end() ? -1 : int(found - m_rows.begin());
}

void TaskModel::onQueued(TaskId id, const QString &title)
{
    beginInsertRows({}, 0, 0);
    Row row;
    row.id = id;
    row.title = title;
    m_rows.insert(m_rows.begin(), std::move(row));
    endInsertRows();
}

void TaskModel::onStarted(TaskId id)
{
    const int row = rowOfId(id);
    if (row < 0) {
        return;
    }
    m_rows[std::size_t(row)].phase = Phase::Running;
    m_sampler.start();
    tellChanged(row);
}

void TaskModel::onReported(TaskId id, const TaskEvent &event)
{
    const int row = rowOfId(id);
    if (row >= 0 && event.kind == TaskEvent::Kind::ImageFailed && event.error) {
        addTrouble(row, event.text, *event.error);
    }
}

void TaskModel::onFinished(TaskId id, const TaskResult &result)
{
    const int at = rowOfId(id);
    if (at < 0) {
        return;
    }
    for (const ImageFailure &failure : result.failures) {
        addTrouble(at, failure.image, failure.error);
    }
    for (const Error &finding : result.findings) {
        addTrouble(at, {}, finding);
    }
    if (result.stopped && result.stopped->kind != ErrorKind::Cancelled) {
        addTrouble(at, {}, *result.stopped);
    }
    Row &row = m_rows[std::size_t(at)];
    row.phase = result.stopped ? Phase::Stopped : Phase::Done;
    row.result = result;
    if (!m_workspace.queue().hasWork()) {
        m_sampler.stop();
    }
    tellChanged(at);
    Q_EMIT taskFinished(index(at, 0));
}

// A failure is told when it happens, and again in the result.
void TaskModel::addTrouble(int row, const QString &image, const Error &error)
{
    std::vector<Trouble> &troubles = m_rows[std::size_t(row)].troubles;
    const bool isKnown = std::any_of(troubles.begin(), troubles.end(), [&](const Trouble &trouble) {
        return trouble.image == image && trouble.error.what == error.what && trouble.error.why == error.why;
    });
    if (isKnown) {
        return;
    }
    const int count = int(troubles.size());
    beginInsertRows(index(row, 0), count, count);
    troubles.push_back({image, error});
    endInsertRows();
}

void TaskModel::sample()
{
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        Row &row = m_rows[i];
        const TaskProgress *progress =
            row.phase == Phase::Running ? m_workspace.queue().progress(row.id) : nullptr;
        if (!progress) {
            continue;
        }
        row.doing = progress->doing();
        row.imagesDone = progress->imagesDone;
        row.imagesTotal = progress->imagesTotal;
        row.bytesDone = progress->bytesDone;
        row.bytesTotal = progress->bytesTotal;
        row.speed.add(m_clock.elapsed(), row.bytesDone);
        tellChanged(int(i));
    }
}

void TaskModel::tellChanged(int row)
{
    Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

TaskId TaskModel::idOf(const QModelIndex &task) const
{
    return rowOf(task).id;
}

Verb TaskModel::verbOf(const QModelIndex &task) const
{
    return m_workspace.verbOf(rowOf(task).id);
}

TaskModel::Phase TaskModel::phaseOf(const QModelIndex &task) const
{
    return rowOf(task).phase;
}

QString TaskModel::titleOf(const QModelIndex &task) const
{
    return rowOf(task).title;
}

QStringList TaskModel::failedImages(const QModelIndex &task) const
{
    const Row &row = rowOf(task);
    QStringList images;
    for (const Trouble &trouble : row.troubles) {
        if (!trouble.image.isEmpty()) {
            images.append(trouble.image);
        }
    }
    if (hasBroken(row)) {
        images += row.result->undone;
    }
    return images;
}

// A task that was cancelled was not wanted; one that broke off was.
bool TaskModel::hasBroken(const Row &row)
{
    return row.result && row.result->stopped && row.result->stopped->kind != ErrorKind::Cancelled;
}

bool TaskModel::canRetry(const QModelIndex &task) const
{
    const Row &row = rowOf(task);
    const bool isOfPool = verbOf(task) == Verb::Verify; // which is read as a whole
    return row.result && (!failedImages(task).isEmpty() || (isOfPool && !row.troubles.empty()));
}

const TaskResult *TaskModel::resultOf(const QModelIndex &task) const
{
    const std::optional<TaskResult> &result = rowOf(task).result;
    return result ? &*result : nullptr;
}

bool TaskModel::hasFinished() const
{
    return std::any_of(m_rows.begin(), m_rows.end(), [](const Row &row) { return row.phase >= Phase::Done; });
}

void TaskModel::removeFinished()
{
    for (int row = int(m_rows.size()) - 1; row >= 0; --row) {
        if (m_rows[std::size_t(row)].phase >= Phase::Done) {
            beginRemoveRows({}, row, row);
            m_rows.erase(m_rows.begin() + row);
            endRemoveRows();
        }
    }
}

// A task's own rows carry 0, what is below it the task's id: it stays true when rows come on top.
QModelIndex TaskModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent)) {
        return {};
    }
    return createIndex(row, column, parent.isValid() ? quintptr(rowOf(parent).id) : quintptr(0));
}

QModelIndex TaskModel::parent(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == 0) {
        return {};
    }
    const int row = rowOfId(TaskId(index.internalId()));
    return row < 0 ? QModelIndex() : createIndex(row, 0, quintptr(0));
}

int TaskModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid()) {
        return int(m_rows.size());
    }
    return isTask(parent) && parent.column() == 0 ? int(rowOf(parent).troubles.size()) : 0;
}

int TaskModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QVariant TaskModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return alignmentOf(index.column());
    }
    if (isTask(index)) {
        return taskData(rowOf(index), index.column(), role);
    }
    return troubleData(rowOf(index.parent()).troubles[std::size_t(index.row())], index.column(), role);
}

QVariant TaskModel::taskData(const Row &row, int column, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return taskText(row, column);
    case Qt::ToolTipRole:
        return column == Title || column == State ? detailsOf(row) : taskText(row, column);
    case Qt::DecorationRole:
        if (column == Title) {
            return themedIcon(verbIcon(m_workspace.verbOf(row.id)));
        }
        return column == State ? themedIcon(iconOf(row)) : QVariant();
    case Qt::AccessibleTextRole: // a bar is painted, and says nothing
        return column == Progress ? percentOf(row) : QString();
    case FractionRole:
        return fractionOf(row);
    case DetailsRole:
        return detailsOf(row);
    case SettingsRole:
        return row.result ? textOf(row.result->settings) : QString();
    default:
        return {};
    }
}

QString TaskModel::percentOf(const Row &row) const
{
    const QVariant fraction = fractionOf(row);
    return fraction.isValid() && fraction.toDouble() >= 0
               ? tr("%1 %", "a percentage").arg(int(fraction.toDouble() * 100))
               : QString();
}

QVariant TaskModel::troubleData(const Trouble &trouble, int column, int role) const
{
    const QString sentence = sentenceOf(trouble.error);
    const QString whole = sentence.startsWith(trouble.image)
                              ? sentence
                              : tr("%1 — %2", "an image, and why it failed").arg(trouble.image, sentence);
    switch (role) {
    case Qt::DisplayRole:
        return column == Title ? whole : QString();
    case Qt::ToolTipRole:
    case DetailsRole:
        return whole;
    case Qt::DecorationRole:
        return column == Title ? themedIcon(QStringLiteral("warning")) : QVariant();
    default:
        return {};
    }
}

QString TaskModel::taskText(const Row &row, int column) const
{
    switch (column) {
    case Title:
        return row.title;
    case State:
        return stateOf(row);
    case Progress:
        return row.result ? tr("in %1", "a duration").arg(formatDuration(row.result->seconds)) : QString();
    case Amount:
        return amountOf(row);
    case Speed: {
        const double speed = row.phase == Phase::Running ? row.speed.bytesPerSecond() : 0;
        return speed > 0 ? formatSpeed(speed) : QString();
    }
    default:
        return {};
    }
}

QString TaskModel::stateOf(const Row &row) const
{
    switch (row.phase) {
    case Phase::Waiting:
        return tr("Waiting");
    case Phase::Running:
        return row.doing.isEmpty() ? tr("Running") : row.doing;
    case Phase::Stopped:
        return row.result->stopped->kind == ErrorKind::Cancelled ? tr("Cancelled") : tr("Stopped");
    case Phase::Done:
        break;
    }
    const int failed = int(row.result->failures.size());
    const int found = int(row.result->findings.size());
    if (failed > 0) {
        return tr("%n image(s) failed", nullptr, failed);
    }
    if (found > 0) {
        return tr("%n fault(s) found", nullptr, found);
    }
    return tr("Done", "a task that is over");
}

QString TaskModel::iconOf(const Row &row) const
{
    switch (row.phase) {
    case Phase::Waiting:
        return QStringLiteral("waiting");
    case Phase::Running:
        return QStringLiteral("running");
    case Phase::Stopped:
        return QStringLiteral("cancel");
    case Phase::Done:
        break;
    }
    return row.result->isClean() ? QStringLiteral("done") : QStringLiteral("warning");
}

QString TaskModel::amountOf(const Row &row) const
{
    if (row.result) {
        const TaskResult &result = *row.result;
        const qint64 bytes = std::max(result.bytesTransferred, result.bytesWritten);
        const QString images = tr("%n image(s)", nullptr, int(result.imagesDone));
        return bytes > 0 ? tr("%1, %2", "images, bytes").arg(images, formatBytes(bytes)) : images;
    }
    if (row.bytesTotal > 0) {
        return tr("%1 of %2", "bytes done of all")
            .arg(formatBytes(row.bytesDone), formatBytes(row.bytesTotal));
    }
    if (row.imagesTotal > 0) {
        return tr("%1 of %n image(s)", nullptr, int(row.imagesTotal)).arg(row.imagesDone);
    }
    return {};
}

QVariant TaskModel::fractionOf(const Row &row) const
{
    if (row.result) {
        return {}; // a finished task says what it did, and has no bar
    }
    if (row.phase == Phase::Waiting) {
        return 0.0;
    }
    if (row.bytesTotal > 0) {
        return std::min(1.0, double(row.bytesDone) / double(row.bytesTotal));
    }
    return row.imagesTotal > 0 ? double(row.imagesDone) / double(row.imagesTotal) : -1.0;
}

QString TaskModel::detailsOf(const Row &row) const
{
    QStringList lines{row.title, stateOf(row)};
    if (row.result) {
        lines += row.result->summary;
        lines += row.result->notes;
    }
    for (const Trouble &trouble : row.troubles) {
        lines.append(troubleData(trouble, Title, DetailsRole).toString());
    }
    return lines.join(QLatin1Char('\n'));
}

QVariant TaskModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return alignmentOf(section);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Title:
        return tr("Task");
    case State:
        return tr("State");
    case Progress:
        return tr("Progress");
    case Amount:
        return tr("Done", "how much of a task");
    case Speed:
        return tr("Speed");
    default:
        return {};
    }
}

} // namespace layerpool
