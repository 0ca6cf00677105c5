// SPDX-License-Identifier: Apache-2.0
#include "work/PoolWatcher.h"

#include "pool/PoolFingerprint.h"

namespace layerpool {
namespace {

constexpr std::chrono::seconds kInterval{5};

} // namespace

PoolWatcher::PoolWatcher(QThreadPool &workers) : m_looking(workers, this)
{
    m_timer.setInterval(kInterval);
    connect(&m_timer, &QTimer::timeout, this, &PoolWatcher::look);
}

void PoolWatcher::watch(const QString &path, const QByteArray &known)
{
    m_path = path;
    m_known = known;
    m_looking.drop();
    m_timer.start();
}

void PoolWatcher::look()
{
    m_looking.ask([path = m_path] { return poolFingerprint(path); },
                  [this](const QByteArray &now) {
                      if (now != m_known) {
                          Q_EMIT changed();
                      }
                  });
}

} // namespace layerpool
