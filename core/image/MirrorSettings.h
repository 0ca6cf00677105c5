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
    /// The registry that they were pushed to.
    struct Target
    {
        RegistryAddress address;
        bool isPlainHttp = false;
        bool isUnverified = false;    ///< its certificate is not checked
        bool hasOwnAuthority = false; ///< that of its certificate is not one of the system's
    };

    explicit MirrorSettings(Target target) : m_target(std::move(target)) {}

    /// An image of a list, and its name in the pool. A line that names no registry stands for Docker Hub, as
    /// it does wherever it is pulled.
    void addLine(const QString &line, const RepositoryName &poolName);
    /// An image of a pool. Its registry is known only where its name keeps it, or is an official one of
    /// Docker Hub; else it may be any.
    void addName(const RepositoryName &poolName);

    /// A `hosts.toml` for each registry, and `_default` for those that aren't known (containerd's
    /// docs/hosts.md); and one drop-in for all of them (containers-registries.conf(5), version 2). Empty
    /// where no image was added.
    std::vector<SettingsFile> files() const;

private:
    /// How the names of one registry are found at the target.
    struct Names
    {
        std::set<QString> paths;           ///< what stands in front of them; may be empty
        std::map<QString, QString> others; ///< those that lie under another name: asked for, and there
    };

    void addPath(const QString &registry, const QString &kept);
    QString atTarget(const QString &path) const;
    QString hostsFile(const QString &registry, const Names &names) const;
    QString registriesOf(const QString &registry, const Names &names) const;
    QString mirror(const QString &path) const;

    Target m_target;
    std::map<QString, Names> m_registries; ///< as images are named: `docker.io`, `registry.corp:5000`
};

} // namespace layerpool
