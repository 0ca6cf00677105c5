// SPDX-License-Identifier: Apache-2.0
#include "work/Recent.h"

#include "settings/Settings.h"

#include <QFileInfo>

namespace layerpool {
namespace {

QSet<QString> missingOf(const QStringList &paths)
{
    QSet<QString> missing;
    for (const QString &path : paths) {
        if (!QFileInfo::exists(path)) {
            missing.insert(path);
        }
    }
    return missing;
}

} // namespace

Recent::Recent(Settings &settings, QThreadPool &workers, QObject *parent)
    : QObject(parent), m_settings(settings), m_looking(workers, this)
{
    look();
}

QStringList Recent::lists() const
{
    return m_settings.value(settings::recentLists);
}

QStringList Recent::pools() const
{
    return m_settings.value(settings::recentPools);
}

void Recent::rememberList(const QString &path)
{
    m_settings.remember(settings::recentLists, path);
    m_missing.remove(path);
    Q_EMIT changed();
}

void Recent::rememberPool(const QString &path)
{
    m_settings.remember(settings::recentPools, path);
    m_missing.remove(path);
    Q_EMIT changed();
}

void Recent::clear()
{
    m_settings.setValue(settings::recentLists, {});
    m_settings.setValue(settings::recentPools, {});
    Q_EMIT changed();
}

void Recent::look()
{
    m_looking.ask([paths = lists() + pools()] { return missingOf(paths); },
                  [this](const QSet<QString> &missing) {
                      if (missing != m_missing) {
                          m_missing = missing;
                          Q_EMIT changed();
                      }
                  });
}

} // namespace layerpool
