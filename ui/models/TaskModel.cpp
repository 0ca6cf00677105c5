// SPDX-License-Identifier: Apache-2.0
#include "models/TaskModel.h"

#include "models/TaskTexts.h"

#include <algorithm>

namespace layerpool {
namespace {

constexpr int kSampleMilliseconds = 100;
constexpr int kNodeBits = 32;
static_assert(sizeof(quintptr) * 8 > kNodeBits);

// An index carries what it is below of: nothing, a task, or an image of a task.
quintptr belowTask(TaskId id)
{
    return quintptr(id) << kNodeBits;
}

quintptr belowImage(TaskId id, int node)
{
    return belowTask(id) | quintptr(node + 1);
}

TaskId taskIn(quintptr below)
{
    return TaskId(below >> kNodeBits);
}

/// Below zero where it is below a task itself.
int nodeIn(quintptr below)
{
    return int(below & ((quintptr(1) << kNodeBits) - 1)) - 1;
}

} // namespace

TaskModel::TaskModel(Workspace &workspace, QObject *parent)
    : QAbstractItemModel(parent), m_workspace(workspace)
{
    TaskQueue &queue = workspace.queue();
    connect(&queue, &TaskQueue::queued, this, &TaskModel::onQueued);
    connect(&queue, &TaskQueue::started, this, &TaskModel::onStarted);
    connect(&queue, &TaskQueue::stateChanged, this, &TaskModel::onStateChanged);
    connect(&queue, &TaskQueue::moved, this, &TaskModel::onMoved);
    connect(&queue, &TaskQueue::reported, this, &TaskModel::onReported);
    connect(&queue, &TaskQueue::finished, this, &TaskModel::onFinished);
    m_clock.start();
    m_sampler.setInterval(kSampleMilliseconds);
    connect(&m_sampler, &QTimer::timeout, this, &TaskModel::sample);
}

int TaskModel::placeOf(TaskId id) const
{
    const auto found = std::find_if(m_tasks.begin(), m_tasks.end(),
                                    [id](const TaskEntry &task) { return task.row.id == id; });
    return found == m_tasks.end() ? -1 : int(found - m_tasks.begin());
}

void TaskModel::onQueued(TaskId id, const QString &title)
{
    const int place = int(m_workspace.queue().order().size()) - 1;
    beginInsertRows({}, place, place);
    TaskEntry task;
    task.row.id = id;
    task.row.title = title;
    m_tasks.insert(m_tasks.begin() + place, std::move(task));
    endInsertRows();
}

void TaskModel::onStarted(TaskId id)
{
    const int place = placeOf(id);
    clearChildren(place); // what an earlier run had is planned anew
    TaskRow &row = m_tasks[std::size_t(place)].row;
    row.follow(TaskQueue::State::Running);
    row.restart();
    m_sampler.start();
    tellPhase(place);
}

void TaskModel::onStateChanged(TaskId id)
{
    const int place = placeOf(id);
    m_tasks[std::size_t(place)].row.follow(*m_workspace.queue().state(id));
    stopSampling();
    tellPhase(place);
}

void TaskModel::onMoved(TaskId, int from, int to)
{
    moveTask(from, to);
}

void TaskModel::moveTask(int from, int to)
{
    if (from == to) {
        return;
    }
    beginMoveRows({}, from, from, {}, to > from ? to + 1 : to);
    const auto first = m_tasks.begin();
    if (from < to) {
        std::rotate(first + from, first + from + 1, first + to + 1);
    } else {
        std::rotate(first + to, first + from, first + from + 1);
    }
    endMoveRows();
}

void TaskModel::onReported(TaskId id, const TaskEvent &event)
{
    const int place = placeOf(id);
    const TaskProgress *progress = m_workspace.queue().progress(id);
    if (place < 0 || !progress) {
        return;
    }
    takeWork(place, progress->work());
    if (event.kind == TaskEvent::Kind::ImageFailed && event.error) {
        addTrouble(place, event.text, *event.error);
    }
}

void TaskModel::onFinished(TaskId id, const TaskResult &result)
{
    const int at = placeOf(id);
    for (const ImageFailure &failure : result.failures) {
        addTrouble(at, failure.image, failure.error);
    }
    for (const Error &finding : result.findings) {
        addTrouble(at, {}, finding);
    }
    if (result.stopped && result.stopped->kind != ErrorKind::Cancelled) {
        addTrouble(at, {}, *result.stopped);
    }
    m_tasks[std::size_t(at)].row.end(result);
    const int place = int(m_workspace.queue().order().size()); // after those that are not over
    moveTask(at, place);
    stopSampling();
    tellPhase(place);
    Q_EMIT taskFinished(index(place, 0));
}

void TaskModel::takeWork(int place, std::shared_ptr<const TaskWork> work)
{
    TaskChildren &children = m_tasks[std::size_t(place)].children;
    if (!work || work.get() == children.work()) {
        return;
    }
    clearChildren(place);
    if (const int count = int(work->imageCount()); count > 0) {
        beginInsertRows(index(place, 0), 0, count - 1);
        children.setWork(std::move(work));
        endInsertRows();
    }
}

void TaskModel::clearChildren(int place)
{
    TaskEntry &task = m_tasks[std::size_t(place)];
    if (const int count = task.children.count(); count > 0) {
        beginRemoveRows(index(place, 0), 0, count - 1);
        task.children.setWork(nullptr);
        endRemoveRows();
    }
}

// A failure is told when it happens, and again in the result.
void TaskModel::addTrouble(int place, const QString &image, const Error &error)
{
    TaskChildren &children = m_tasks[std::size_t(place)].children;
    if (children.isKnown(image, error)) {
        return;
    }
    if (const std::optional<int> node = children.nodeOf(image)) {
        failImage(place, *node, error);
        return;
    }
    const int row = children.failedCount();
    beginInsertRows(index(place, 0), row, row);
    children.add(image, error);
    endInsertRows();
}

// Its blobs make room for the reasons.
void TaskModel::failImage(int place, int node, const Error &error)
{
    TaskEntry &task = m_tasks[std::size_t(place)];
    const QModelIndex parent = index(place, 0);
    const int from = task.children.rowOf(node);
    const int to = task.children.failedCount();
    const bool hasParts = childCount(task, node) > 0;
    if (hasParts) {
        beginRemoveRows(imageIndex(place, node), 0, childCount(task, node) - 1);
        task.children.drop(node);
        endRemoveRows();
    }
    if (from != to) {
        beginMoveRows(parent, from, from, parent, to);
        task.children.raise(node);
        endMoveRows();
    }
    beginInsertRows(imageIndex(place, node), 0, partCount(error) - 1);
    task.children.fail(node, error);
    endInsertRows();
    const QModelIndex image = imageIndex(place, node);
    Q_EMIT dataChanged(image, image.siblingAtColumn(ColumnCount - 1));
}

void TaskModel::sample()
{
    for (int place = 0; place < int(m_tasks.size()); ++place) {
        TaskRow &row = m_tasks[std::size_t(place)].row;
        const TaskProgress *progress = row.isOver() ? nullptr : m_workspace.queue().progress(row.id);
        if (!progress || row.phase == Phase::Waiting || row.phase == Phase::Paused) {
            continue;
        }
        takeWork(place, progress->work());
        row.sample(*progress, m_clock.elapsed());
        tellChanged(place);
    }
}

void TaskModel::stopSampling()
{
    if (!m_workspace.queue().hasRunning()) {
        m_sampler.stop();
    }
}

void TaskModel::tellChanged(int place)
{
    Q_EMIT dataChanged(index(place, 0), index(place, ColumnCount - 1));
}

void TaskModel::tellPhase(int place)
{
    tellChanged(place);
    Q_EMIT phaseChanged(index(place, 0));
}

QModelIndex TaskModel::taskOf(const QModelIndex &index) const
{
    return index.isValid() && !isTask(index)
               ? createIndex(placeOf(taskIn(index.internalId())), 0, quintptr(0))
               : index.siblingAtColumn(0);
}

// Below zero for a task and for what is below an image.
int TaskModel::nodeOf(const QModelIndex &image) const
{
    if (isTask(image) || nodeIn(image.internalId()) >= 0) {
        return -1;
    }
    return childrenOf(image).nodeAt(image.row());
}

const TaskChildren &TaskModel::childrenOf(const QModelIndex &index) const
{
    return m_tasks[std::size_t(taskOf(index).row())].children;
}

QModelIndex TaskModel::imageIndex(int place, int node) const
{
    const TaskEntry &task = m_tasks[std::size_t(place)];
    return createIndex(task.children.rowOf(node), 0, belowTask(task.row.id));
}

int TaskModel::childCount(const TaskEntry &task, int node) const
{
    if (const TaskChildren::Trouble *trouble = task.children.troubleOf(node)) {
        return partCount(trouble->error);
    }
    return task.children.isImage(node) && !task.children.isDropped(node)
               ? int(task.children.work()->partsOf(std::size_t(node)).size())
               : 0;
}

bool TaskModel::isFailure(const QModelIndex &index) const
{
    if (!index.isValid() || isTask(index)) {
        return false;
    }
    const int image = nodeIn(index.internalId());
    return childrenOf(index).troubleOf(image < 0 ? nodeOf(index) : image);
}

QString TaskModel::failedImage(const QModelIndex &index) const
{
    if (!isFailure(index)) {
        return {};
    }
    const int image = nodeIn(index.internalId());
    return childrenOf(index).troubleOf(image < 0 ? nodeOf(index) : image)->image;
}

QStringList TaskModel::failedImages(const QModelIndex &task) const
{
    QStringList images;
    for (const TaskChildren::Trouble &trouble : childrenOf(task).troubles()) {
        if (!trouble.image.isEmpty()) {
            images.append(trouble.image);
        }
    }
    if (rowOf(task).hasBroken() || (rowOf(task).isOver() && !images.isEmpty())) {
        images += rowOf(task).result->undone; // a cancel alone says that they are not wanted
    }
    return images;
}

bool TaskModel::canRetry(const QModelIndex &task) const
{
    const bool isOfPool = verbOf(task) == Verb::Verify; // which is read as a whole
    const bool hasTrouble = childrenOf(task).failedCount() > 0;
    return rowOf(task).isOver() &&
           ((isOfPool && hasTrouble) || rowOf(task).hasBroken() || !failedImages(task).isEmpty());
}

const TaskResult *TaskModel::resultOf(const QModelIndex &task) const
{
    const std::optional<TaskResult> &result = rowOf(task).result;
    return result ? &*result : nullptr;
}

const Made *TaskModel::madeBy(const QModelIndex &task) const
{
    const TaskResult *result = resultOf(task);
    return result && result->made ? &*result->made : nullptr;
}

bool TaskModel::hasFinished() const
{
    return std::any_of(m_tasks.begin(), m_tasks.end(),
                       [](const TaskEntry &task) { return task.row.isOver(); });
}

void TaskModel::removeFinished()
{
    for (int place = int(m_tasks.size()) - 1; place >= 0; --place) {
        removeAt(place);
    }
}

void TaskModel::remove(const QModelIndex &task)
{
    removeAt(task.row());
}

void TaskModel::removeAt(int place)
{
    if (!m_tasks[std::size_t(place)].row.isOver()) {
        return;
    }
    beginRemoveRows({}, place, place);
    m_tasks.erase(m_tasks.begin() + place);
    endRemoveRows();
}

QModelIndex TaskModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent)) {
        return {};
    }
    if (!parent.isValid()) {
        return createIndex(row, column, quintptr(0));
    }
    const TaskId id = rowOf(taskOf(parent)).id;
    return createIndex(row, column, isTask(parent) ? belowTask(id) : belowImage(id, nodeOf(parent)));
}

QModelIndex TaskModel::parent(const QModelIndex &index) const
{
    if (!index.isValid() || isTask(index)) {
        return {};
    }
    const int place = placeOf(taskIn(index.internalId()));
    if (place < 0) {
        return {};
    }
    const int node = nodeIn(index.internalId());
    return node < 0 ? createIndex(place, 0, quintptr(0)) : imageIndex(place, node);
}

int TaskModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid()) {
        return int(m_tasks.size());
    }
    if (parent.column() != 0) {
        return 0;
    }
    const TaskEntry &task = m_tasks[std::size_t(taskOf(parent).row())];
    if (isTask(parent)) {
        return task.children.count();
    }
    const int node = nodeOf(parent);
    return node < 0 ? 0 : childCount(task, node);
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
        return taskAlignment(index.column());
    }
    const TaskEntry &task = m_tasks[std::size_t(taskOf(index).row())];
    const int column = index.column();
    if (isTask(index)) {
        return taskData(task, m_workspace.verbOf(task.row.id), column, role);
    }
    const int image = nodeIn(index.internalId());
    return image < 0 ? imageData(task, nodeOf(index), column, role)
                     : partData(task, image, index.row(), column, role);
}

QVariant TaskModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    return orientation == Qt::Horizontal ? taskHeader(section, role) : QVariant();
}

} // namespace layerpool
