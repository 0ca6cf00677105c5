// SPDX-License-Identifier: Apache-2.0
#include "support/ReadOnly.h"

#include <QFile>

#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

namespace layerpool::test {
namespace {

constexpr mode_t kWritable = 0755;
constexpr mode_t kReadOnly = 0555;

bool mountReadOnly(const char *folder)
{
    // Not in a namespace of its own: threads that are there already would not see it.
    return ::mount(folder, folder, nullptr, MS_BIND, nullptr) == 0 &&
           ::mount(nullptr, folder, nullptr, MS_REMOUNT | MS_BIND | MS_RDONLY, nullptr) == 0;
}

} // namespace

ReadOnly::ReadOnly(const QString &folder) : m_folder(QFile::encodeName(folder)), m_isMount(::geteuid() == 0)
{
    m_isOne = m_isMount ? mountReadOnly(m_folder.constData()) : ::chmod(m_folder.constData(), kReadOnly) == 0;
}

ReadOnly::~ReadOnly()
{
    if (m_isMount) {
        ::umount2(m_folder.constData(), MNT_DETACH);
    } else {
        ::chmod(m_folder.constData(), kWritable);
    }
}

} // namespace layerpool::test
