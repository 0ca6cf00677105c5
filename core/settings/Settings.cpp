// SPDX-License-Identifier: Apache-2.0
#include "settings/Settings.h"

#include <QStandardPaths>

namespace layerpool {
namespace {

constexpr qsizetype kMostRecent = 10;
const QString kName = QStringLiteral("layerpool");

} // namespace

Settings::Settings() : m_store(QSettings::IniFormat, QSettings::UserScope, kName, kName) {}

Settings::Settings(const QString &file) : m_store(file, QSettings::IniFormat), m_isOfFile(true) {}

QString Settings::tasksFolder() const
{
    return m_isOfFile ? m_store.fileName() + QStringLiteral(".tasks")
                      : QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) +
                            QStringLiteral("/tasks");
}

void Settings::remember(const Setting<QStringList> &setting, const QString &entry)
{
    QStringList entries = value(setting);
    entries.removeAll(entry);
    entries.prepend(entry);
    setValue(setting, entries.first(std::min(entries.size(), kMostRecent)));
}

} // namespace layerpool
