// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Error.h"
#include "net/RateLimit.h"

#include <QIODevice>
#include <QTimer>

#include <optional>

namespace layerpool {

/// A part of a file as the body of one request. Random access: a sequential device would be taken into memory
/// whole. And read once: where a connection ends without an answer, Qt sends a request again by itself, and a
/// server that keeps what it got would have the same bytes twice. Handed out no faster than the limit allows.
class BodyWindow final : public QIODevice
{
    Q_OBJECT

public:
    /// From `offset`, `length` bytes. Open for reading; reads through to the file. Both must outlive it.
    BodyWindow(QIODevice &file, qint64 offset, qint64 length, RateLimit &limit);

    bool isSequential() const override { return false; }
    qint64 size() const override { return m_length; }
    /// Never back to what was read.
    bool seek(qint64 position) override;

    /// Whether it waits for the limit at this moment.
    bool isHeldBack() const { return m_again.isActive(); }

    /// Why the file can't be read on, where it can't: Qt takes that for silence. Storage.
    const std::optional<Error> &fault() const { return m_fault; }

protected:
    qint64 readData(char *data, qint64 most) override;
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QIODevice &m_file;
    qint64 m_offset;
    qint64 m_length;
    RateLimit &m_limit;
    QTimer m_again;
    qint64 m_read = 0;
    std::optional<Error> m_fault;
};

} // namespace layerpool
