// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "image/RegistryAddress.h"
#include "image/RepositoryName.h"

#include <map>
#include <set>
#include <vector>

namespace layerpool {

/// A text that machines on the far side need in a file of their own.
struct SettingsFile
{
    QString path; ///< where the program that reads it looks for it
    QString text;
};

/// The registries that images came from, and the settings with which containerd and podman find them at the
/// registry they were pushed to, under the names that they always had.
class MirrorSettings
{
public:
    /// `isPlainHttp`: how the target is spoken to. `isUnverified`: its certificate is not checked.
    MirrorSettings(RegistryAddress target, bool isPlainHttp, bool isUnverified)
        : m_target(std::move(target)), m_isPlainHttp(isPlainHttp), m_isUnverified(isUnverified)
    {
    }

    /// An image of a list's line (or of a pool, whose names are lines too) that lies in the pool under this
    /// name. A line that names no registry stands for Docker Hub.
    void add(const QString &line, const RepositoryName &poolName);

    /// A `hosts.toml` for each registry (containerd's docs/hosts.md), and one drop-in for all of them
    /// (containers-registries.conf(5), version 2). Empty where no image was added.
    std::vector<SettingsFile> files() const;

private:
    using Paths = std::set<QString>;

    void addAt(const QString &host, const QString &kept);
    QString hostsFile(const QString &host, const Paths &paths) const;
    QString mirrorsOf(const QString &host, const Paths &paths) const;

    RegistryAddress m_target;
    bool m_isPlainHttp;
    bool m_isUnverified;
    /// By registry, as images are named (`docker.io`, `registry.corp:5000`): what stands in front of its
    /// names at the target, which may be nothing.
    std::map<QString, Paths> m_paths;
};

} // namespace layerpool
