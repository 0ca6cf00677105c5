// SPDX-License-Identifier: Apache-2.0
#include "task/TaskWork.h"

#include <algorithm>
#include <numeric>

namespace layerpool {

TaskWork::TaskWork(QStringList images, const std::vector<Part> &parts)
    : m_lines(std::move(images)), m_images(imageCount()), m_firsts(imageCount() + 1), m_parts(parts.size())
{
    m_byLine.reserve(m_lines.size());
    for (qsizetype i = 0; i < m_lines.size(); ++i) {
        m_byLine.insert(m_lines[i], static_cast<std::uint32_t>(i));
    }
    for (const Part &part : parts) {
        m_digests.push_back(part.digest);
        m_bytes.push_back(std::max<qint64>(0, part.bytes));
        for (const std::uint32_t image : part.images) {
            ++m_firsts[image + 1];
        }
    }
    std::partial_sum(m_firsts.begin(), m_firsts.end(), m_firsts.begin());
    m_users.resize(m_firsts.back());
    std::vector<std::uint32_t> next(m_firsts.begin(), m_firsts.end() - 1);
    for (std::uint32_t part = 0; part < parts.size(); ++part) {
        for (const std::uint32_t image : parts[part].images) {
            m_users[next[image]++] = part;
        }
    }
}

std::optional<std::size_t> TaskWork::find(const QString &line) const
{
    const auto found = m_byLine.constFind(line);
    return found == m_byLine.constEnd() ? std::nullopt : std::optional<std::size_t>(*found);
}

std::span<const std::uint32_t> TaskWork::partsOf(std::size_t image) const
{
    return {m_users.begin() + m_firsts[image], m_users.begin() + m_firsts[image + 1]};
}

TaskWork::Numbers TaskWork::image(std::size_t image) const
{
    Numbers numbers{m_images[image], 0, 0};
    bool isAtWork = false;
    for (const std::uint32_t each : partsOf(image)) {
        const Numbers of = part(each);
        isAtWork |= of.state != State::Waiting;
        numbers.done += of.done;
        numbers.total += of.total;
    }
    if (numbers.state == State::Waiting && isAtWork) {
        numbers.state = State::Working;
    }
    return numbers;
}

// What is known to have come is never more than there is, nor less than nothing.
TaskWork::Numbers TaskWork::part(std::size_t part) const
{
    const State state = m_parts[part].state;
    const qint64 total = m_bytes[part];
    const qint64 done = state == State::Done ? total : std::clamp<qint64>(m_parts[part].done, 0, total);
    return {state, done, total};
}

void TaskWork::settle(const QString &line, State state)
{
    if (const std::optional<std::size_t> image = find(line)) {
        m_images[*image] = state;
    }
}

} // namespace layerpool
