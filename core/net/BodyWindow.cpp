// SPDX-License-Identifier: Apache-2.0
#include "net/BodyWindow.h"

#include "base/Text.h"

#include <algorithm>
#include <chrono>

namespace layerpool {
namespace {

Error cannotRead(const QIODevice &file, bool hasEnded)
{
    return {ErrorKind::Storage, Text::tr("Cannot read what is to be sent"),
            hasEnded ? Text::tr("the file ends too early") : file.errorString(),
            Text::tr("Check the disk, and verify the pool")};
}

} // namespace

BodyWindow::BodyWindow(QIODevice &file, qint64 offset, qint64 length, RateLimit &limit)
    : m_file(file), m_offset(offset), m_length(length), m_limit(limit)
{
    m_again.setSingleShot(true);
    m_again.setInterval(std::chrono::milliseconds(20));
    connect(&m_again, &QTimer::timeout, this, &QIODevice::readyRead);
    setOpenMode(ReadOnly | Unbuffered); // the file has a buffer of its own
}

bool BodyWindow::seek(qint64 position)
{
    return position >= m_read && QIODevice::seek(position);
}

qint64 BodyWindow::readData(char *data, qint64 most)
{
    const qint64 count = std::min(most, m_length - pos());
    if (count <= 0 || m_fault) {
        return -1;
    }
    const qint64 granted = m_limit.grant(count);
    if (granted == 0) {
        m_again.start(); // Qt asks again when it hears that there is more
        return 0;
    }
    const qint64 read = m_file.seek(m_offset + pos()) ? m_file.read(data, granted) : -1;
    if (read <= 0) {
        m_fault = cannotRead(m_file, read == 0);
        return -1;
    }
    m_read = std::max(m_read, pos() + read);
    return read;
}

} // namespace layerpool
