// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Digest.h"

#include <QHash>
#include <QStringList>

#include <atomic>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace layerpool {

/// What a task works on: its images, and the parts (blobs) that they wait for. A task sets it once, when it
/// knows its plan; its workers only add to atomics, and whoever shows it reads those that are seen. Any
/// thread may call any function. A hundred bytes an image, and as many a part.
class TaskWork
{
public:
    enum class State : std::uint8_t { Waiting, Working, Done, Skipped, Failed };

    struct Part
    {
        Digest digest;
        qint64 bytes = 0;                  ///< 0 where nobody knows
        std::vector<std::uint32_t> images; ///< that need it: places in the list of images
    };
    struct Numbers
    {
        State state = State::Waiting;
        qint64 done = 0;  ///< bytes
        qint64 total = 0; ///< bytes; 0 where it waits for none, or nobody knows
    };

    /// `images`: their lines.
    explicit TaskWork(QStringList images, const std::vector<Part> &parts = {});

    std::size_t imageCount() const { return static_cast<std::size_t>(m_lines.size()); }
    const QString &line(std::size_t image) const { return m_lines[static_cast<qsizetype>(image)]; }
    std::optional<std::size_t> find(const QString &line) const;
    /// The parts that the image waits for.
    std::span<const std::uint32_t> partsOf(std::size_t image) const;
    const Digest &digest(std::size_t part) const { return m_digests[part]; }

    /// An image that is not settled is at work when one of its parts is.
    Numbers image(std::size_t image) const;
    Numbers part(std::size_t part) const;

    /// The end of an image; of a line that is none of them, nothing.
    void settle(const QString &line, State state);
    /// Bytes of a part have come; below zero: they were thrown away.
    void add(std::size_t part, qint64 bytes) { m_parts[part].done += bytes; }
    void setPart(std::size_t part, State state) { m_parts[part].state = state; }

private:
    struct PartCount
    {
        std::atomic<qint64> done = 0;
        std::atomic<State> state = State::Waiting;
    };

    QStringList m_lines;
    QHash<QString, std::uint32_t> m_byLine;
    std::vector<std::atomic<State>> m_images;
    std::vector<std::uint32_t> m_firsts; ///< where an image's parts begin in `m_users`, and one for the end
    std::vector<std::uint32_t> m_users;  ///< parts, image by image
    std::vector<Digest> m_digests;
    std::vector<qint64> m_bytes;
    std::vector<PartCount> m_parts;
};

} // namespace layerpool
