// SPDX-License-Identifier: Apache-2.0
#include "image/MirrorSettings.h"

#include "image/ImageReference.h"

namespace layerpool {
namespace {

// What --keep-host made of a registry's host, and back: `registry.corp_5000` was `registry.corp:5000`. Empty
// where the first part of a name in the pool is no host.
QString keptHost(const RepositoryName &poolName)
{
    if (poolName.hasOnePart()) {
        return {};
    }
    QString first = poolName.toString().section(QLatin1Char('/'), 0, 0);
    const qsizetype port = first.lastIndexOf(QLatin1Char('_'));
    if (port > 0) {
        first[port] = QLatin1Char(':');
    }
    const bool isHost = first.contains(QLatin1Char('.')) || first.contains(QLatin1Char(':')) ||
                        first == QLatin1String("localhost");
    return isHost && isRegistryHost(first) ? first : QString();
}

} // namespace

void MirrorSettings::add(const QString &line, const RepositoryName &poolName)
{
    if (const QString kept = keptHost(poolName); !kept.isEmpty()) {
        addAt(kept, poolName.toString().section(QLatin1Char('/'), 0, 0));
        return;
    }
    const Result<ImageReference> reference = ImageReference::parse(line);
    const bool isNamed = reference && !reference->registry.isEmpty();
    const Result<RegistryAddress> named = isNamed ? RegistryAddress::parse(reference->registry)
                                                  : Result<RegistryAddress>(RegistryAddress::dockerHub());
    if (named) {
        addAt(named->host, {});
    }
}

void MirrorSettings::addAt(const QString &host, const QString &kept)
{
    QStringList parts{m_target.prefix, kept};
    parts.removeAll(QString());
    m_paths[host].insert(parts.join(QLatin1Char('/')));
}

std::vector<SettingsFile> MirrorSettings::files() const
{
    std::vector<SettingsFile> files;
    QStringList mirrors;
    for (const auto &[host, paths] : m_paths) {
        files.push_back(
            {QStringLiteral("/etc/containerd/certs.d/%1/hosts.toml").arg(host), hostsFile(host, paths)});
        mirrors << mirrorsOf(host, paths);
    }
    if (!files.empty()) {
        files.push_back({QStringLiteral("/etc/containers/registries.conf.d/layerpool.conf"),
                         mirrors.join(QLatin1Char('\n'))});
    }
    return files;
}

// A path in front of the names is a part of the API's root for containerd, which override_path says.
QString MirrorSettings::hostsFile(const QString &host, const Paths &paths) const
{
    const QString scheme = m_isPlainHttp ? QStringLiteral("http") : QStringLiteral("https");
    QString text = QStringLiteral("server = \"https://%1\"\n").arg(host);
    for (const QString &path : paths) {
        const QString root = path.isEmpty() ? QString() : QStringLiteral("/v2/") + path;
        text += QStringLiteral("\n[host.\"%1://%2%3\"]\n  capabilities = [\"pull\", \"resolve\"]\n")
                    .arg(scheme, m_target.host, root);
        if (!root.isEmpty()) {
            text += QStringLiteral("  override_path = true\n");
        }
        if (m_isUnverified && !m_isPlainHttp) {
            text += QStringLiteral("  skip_verify = true\n");
        }
    }
    return text;
}

QString MirrorSettings::mirrorsOf(const QString &host, const Paths &paths) const
{
    QString text = QStringLiteral("[[registry]]\nlocation = \"%1\"\n").arg(host);
    for (const QString &path : paths) {
        text += QStringLiteral("\n[[registry.mirror]]\nlocation = \"%1\"\n")
                    .arg(RegistryAddress{m_target.host, path}.toString());
        if (m_isPlainHttp || m_isUnverified) {
            text += QStringLiteral("insecure = true\n");
        }
    }
    return text;
}

} // namespace layerpool
