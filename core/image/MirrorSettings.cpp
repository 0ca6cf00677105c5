// SPDX-License-Identifier: Apache-2.0
#include "image/MirrorSettings.h"

#include "image/NamingRules.h"

namespace layerpool {
namespace {

// containerd's name for every registry that has no folder of its own.
const QString kAnyRegistry = QStringLiteral("_default");

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

QString joined(const QString &front, const QString &path)
{
    return front.isEmpty() || path.isEmpty() ? front + path : front + QLatin1Char('/') + path;
}

QString commented(const QString &text)
{
    QStringList lines = text.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    for (QString &line : lines) {
        line.prepend(QStringLiteral("# "));
    }
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

} // namespace

void MirrorSettings::addLine(const QString &line, const RepositoryName &poolName)
{
    const Result<ImageReference> reference = ImageReference::parse(line);
    if (!reference) {
        return addName(poolName);
    }
    const Result<RegistryAddress> named = reference->registry.isEmpty()
                                              ? Result<RegistryAddress>(RegistryAddress::dockerHub())
                                              : RegistryAddress::parse(reference->registry);
    if (!named) {
        return;
    }
    const QString asked = officialName(reference->repository, named->isDockerHub()).toString();
    const QString there = poolName.toString();
    if (there == asked) {
        addPath(named->host, {});
    } else if (there.endsWith(QLatin1Char('/') + asked)) {
        addPath(named->host, there.chopped(asked.size() + 1));
    } else {
        m_registries[named->host].others[asked] = atTarget(there);
    }
}

void MirrorSettings::addName(const RepositoryName &poolName)
{
    const QString name = poolName.toString();
    if (const QString kept = keptHost(poolName); !kept.isEmpty()) {
        addPath(kept, name.section(QLatin1Char('/'), 0, 0));
    } else {
        const bool isOfficial = name.startsWith(QLatin1String("library/"));
        addPath(isOfficial ? RegistryAddress::dockerHub().host : kAnyRegistry, {});
    }
}

void MirrorSettings::addPath(const QString &registry, const QString &kept)
{
    m_registries[registry].paths.insert(joined(m_target.address.prefix, kept));
}

QString MirrorSettings::atTarget(const QString &path) const
{
    return m_target.address.toString() + QLatin1Char('/') + path;
}

std::vector<SettingsFile> MirrorSettings::files() const
{
    std::vector<SettingsFile> files;
    QStringList registries;
    for (const auto &[registry, names] : m_registries) {
        files.push_back({QStringLiteral("/etc/containerd/certs.d/%1/hosts.toml").arg(registry),
                         hostsFile(registry, names)});
        registries << registriesOf(registry, names);
    }
    if (!files.empty()) {
        const QString authority =
            m_target.hasOwnAuthority
                ? QStringLiteral("# Its authority's certificate: /etc/containers/certs.d/%1/ca.crt\n\n")
                      .arg(m_target.address.host)
                : QString();
        files.push_back({QStringLiteral("/etc/containers/registries.conf.d/layerpool.conf"),
                         authority + registries.join(QLatin1Char('\n'))});
    }
    return files;
}

// A path in front of the names is a part of the API's root for containerd, which override_path says. It has
// no words for a single name that differs.
QString MirrorSettings::hostsFile(const QString &registry, const Names &names) const
{
    const QString scheme = m_target.isPlainHttp ? QStringLiteral("http") : QStringLiteral("https");
    QString text =
        registry == kAnyRegistry ? QString() : QStringLiteral("server = \"https://%1\"\n").arg(registry);
    for (const QString &path : names.paths) {
        const QString root = path.isEmpty() ? QString() : QStringLiteral("/v2/") + path;
        text += text.isEmpty() ? QString() : QStringLiteral("\n");
        text += QStringLiteral("[host.\"%1://%2%3\"]\n  capabilities = [\"pull\", \"resolve\"]\n")
                    .arg(scheme, m_target.address.host, root);
        if (!root.isEmpty()) {
            text += QStringLiteral("  override_path = true\n");
        }
        if (m_target.isUnverified && !m_target.isPlainHttp) {
            text += QStringLiteral("  skip_verify = true\n");
        }
        if (m_target.hasOwnAuthority) {
            text += QStringLiteral("  ca = \"ca.crt\" # its authority's certificate, beside this file\n");
        }
    }
    for (const auto &[asked, there] : names.others) {
        text += QStringLiteral("\n# %1 is not found by this: pull it as %2\n").arg(asked, there);
    }
    return text;
}

QString MirrorSettings::registriesOf(const QString &registry, const Names &names) const
{
    QString text;
    if (!names.paths.empty()) {
        const QString location = registry == kAnyRegistry ? QStringLiteral("REGISTRY") : registry;
        text = QStringLiteral("[[registry]]\nlocation = \"%1\"\n").arg(location);
    }
    for (const QString &path : names.paths) {
        text += mirror(RegistryAddress{m_target.address.host, path}.toString());
    }
    if (registry == kAnyRegistry) {
        return QStringLiteral("# For each registry that the other images came from:\n") + commented(text);
    }
    for (const auto &[asked, there] : names.others) {
        text += text.isEmpty() ? QString() : QStringLiteral("\n");
        text += QStringLiteral("[[registry]]\nlocation = \"%1/%2\"\n").arg(registry, asked) + mirror(there);
    }
    return text;
}

QString MirrorSettings::mirror(const QString &path) const
{
    QString text = QStringLiteral("\n[[registry.mirror]]\nlocation = \"%1\"\n").arg(path);
    if (m_target.isPlainHttp || m_target.isUnverified) {
        text += QStringLiteral("insecure = true\n");
    }
    return text;
}

} // namespace layerpool
