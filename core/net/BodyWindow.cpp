// SPDX-License-Identifier: Apache-2.0
#include "net/BodyWindow.h"

#include <algorithm>

namespace layerpool {

BodyWindow::BodyWindow(QIODevice &file, qint64 offset, qint64 length)
    : m_file(file), m_offset(offset), m_length(length)
{
    setOpenMode(ReadOnly | Unbuffered); // the file has a buffer of its own
}

bool BodyWindow::seek(qint64 position)
{
    return position >= m_read && QIODevice::seek(position);
}

qint64 BodyWindow::readData(char *data, qint64 most)
{
    const qint64 count = std::min(most, m_length - pos());
    if (count <= 0 || !m_file.seek(m_offset + pos())) {
        return -1;
    }
    const qint64 read = m_file.read(data, count);
    m_read = std::max(m_read, pos() + read);
    return read;
}

} // namespace layerpool
