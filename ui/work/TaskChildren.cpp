// SPDX-License-Identifier: Apache-2.0
#include "work/TaskChildren.h"

#include "Words.h"
#include "base/Text.h"

#include <algorithm>
#include <numeric>

namespace layerpool {
namespace {

QString keyOf(const QString &image, const Error &error)
{
    return image + QLatin1Char('\n') + error.what + QLatin1Char('\n') + error.why;
}

} // namespace

int TaskChildren::rowOf(int node) const
{
    return node >= 0 && node < int(m_rows.size()) ? m_rows[std::size_t(node)] : -1;
}

void TaskChildren::setWork(std::shared_ptr<const TaskWork> work)
{
    m_work = std::move(work);
    m_troubles.clear();
    m_known.clear();
    m_failed = 0;
    m_order.resize(m_work ? m_work->imageCount() : 0);
    std::iota(m_order.begin(), m_order.end(), 0);
    m_rows = m_order;
}

const TaskChildren::Trouble *TaskChildren::troubleOf(int node) const
{
    const auto found = m_troubles.constFind(node);
    return found == m_troubles.constEnd() ? nullptr : &*found;
}

bool TaskChildren::isKnown(const QString &image, const Error &error) const
{
    return m_known.contains(keyOf(image, error));
}

std::optional<int> TaskChildren::nodeOf(const QString &image) const
{
    const std::optional<std::size_t> place = m_work ? m_work->find(image) : std::nullopt;
    return place && !troubleOf(int(*place)) ? std::optional(int(*place)) : std::nullopt;
}

void TaskChildren::raise(int node)
{
    const int from = rowOf(node);
    std::rotate(m_order.begin() + m_failed, m_order.begin() + from, m_order.begin() + from + 1);
    renumber(m_failed, from + 1);
}

void TaskChildren::fail(int node, const Error &error)
{
    raise(node);
    const QString &image = m_work->line(std::size_t(node));
    m_troubles.insert(node, {image, error});
    m_known.insert(keyOf(image, error));
    m_dropped = -1;
    ++m_failed;
}

void TaskChildren::add(const QString &image, const Error &error)
{
    const int node = int(m_order.size());
    m_troubles.insert(node, {image, error});
    m_known.insert(keyOf(image, error));
    m_order.insert(m_order.begin() + m_failed, node);
    m_rows.push_back(0);
    renumber(m_failed, count());
    ++m_failed;
}

void TaskChildren::renumber(int first, int end)
{
    for (int row = first; row < end; ++row) {
        m_rows[std::size_t(m_order[std::size_t(row)])] = row;
    }
}

std::vector<TaskChildren::Trouble> TaskChildren::troubles() const
{
    std::vector<Trouble> troubles;
    for (int row = 0; row < m_failed; ++row) {
        troubles.push_back(*troubleOf(nodeAt(row)));
    }
    return troubles;
}

QStringList partsOf(const Error &error)
{
    QStringList parts{Text::tr("What happened: %1").arg(error.what)};
    if (!error.why.isEmpty()) {
        parts << Text::tr("Why: %1").arg(error.why);
    }
    if (const QString hint = hintOf(error); !hint.isEmpty()) {
        parts << Text::tr("What to try: %1").arg(hint);
    }
    return parts;
}

int partCount(const Error &error)
{
    return 1 + int(!error.why.isEmpty()) + int(!error.hint.isEmpty());
}

} // namespace layerpool
