// SPDX-License-Identifier: Apache-2.0
#include "base/BackgroundDigester.h"

#include <QtConcurrentRun>

namespace layerpool {
namespace {

constexpr qsizetype kWorthAThread = 64 * 1024;

} // namespace

void BackgroundDigester::add(QByteArrayView bytes)
{
    m_running.waitForFinished();
    if (bytes.size() < kWorthAThread) {
        m_digester.add(bytes);
        return;
    }
    m_running = QtConcurrent::run([this, bytes] { m_digester.add(bytes); });
}

Digest BackgroundDigester::finish()
{
    m_running.waitForFinished();
    return m_digester.finish();
}

} // namespace layerpool
