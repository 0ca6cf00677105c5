// SPDX-License-Identifier: Apache-2.0
#include "net/Trust.h"

#include "base/Text.h"
#include "image/RegistryAddress.h"
#include "net/Origin.h"

#include <QDir>

namespace layerpool {
namespace {

constexpr int kHttpsPort = 443;
const QStringList kClientOptions{QStringLiteral("--cert FILE"), QStringLiteral("--key FILE")};

Error withOptions(Error error, const QStringList &options)
{
    error.options = options;
    if (error.hint.isEmpty()) {
        error.hint = Text::tr("Name another file, or none");
    }
    return error;
}

QString hostAndPort(const QUrl &url)
{
    return url.port() < 0 ? QStringLiteral("%1:%2").arg(hostOf(url)).arg(portOf(url)) : hostOf(url);
}

// The port stands in a folder's name where it stands in the registry's.
QStringList folderNames(const QUrl &url)
{
    const QString whole = hostAndPort(url);
    if (portOf(url) != kHttpsPort) {
        return {whole};
    }
    const QString host = whole.section(QLatin1Char(':'), 0, -2);
    return host == RegistryAddress::dockerHubApi()
               ? QStringList{RegistryAddress::dockerHub().host, host, whole}
               : QStringList{host, whole};
}

} // namespace

QStringList standardCertificateFolders()
{
    return {QDir::home().filePath(QStringLiteral(".config/containers/certs.d")),
            QStringLiteral("/etc/containers/certs.d"), QStringLiteral("/etc/docker/certs.d")};
}

Result<std::unique_ptr<Trust>> Trust::create(const HttpOptions &options)
{
    std::unique_ptr<Trust> trust(new Trust(options));
    if (!options.caFile.isEmpty()) {
        Result<QList<QSslCertificate>> authorities = readAuthorities(options.caFile);
        if (!authorities) {
            return withOptions(authorities.error(), {QStringLiteral("--ca FILE")});
        }
        trust->m_authorities = *std::move(authorities);
    }
    if (options.certificateFile.isEmpty() != options.keyFile.isEmpty()) {
        return withOptions({ErrorKind::BadInput,
                            Text::tr("A client certificate needs its key, and a key its certificate"),
                            {},
                            Text::tr("Name both files")},
                           kClientOptions);
    }
    if (!options.certificateFile.isEmpty()) {
        Result<ClientCertificate> client = ClientCertificate::read(options.certificateFile, options.keyFile);
        if (!client) {
            return withOptions(client.error(), kClientOptions);
        }
        trust->m_client = *std::move(client);
    }
    return trust;
}

bool Trust::isInsecure(const QUrl &url) const
{
    return namesHost(m_insecureHosts, hostAndPort(url));
}

Result<Trust::HostFiles> Trust::filesOf(const QUrl &url) const
{
    HostFiles files;
    for (const QString &folder : m_folders) {
        for (const QString &name : folderNames(url)) {
            const QDir host(QDir(folder).filePath(name));
            if (!host.exists()) {
                continue;
            }
            if (!host.isReadable()) {
                return Error{ErrorKind::BadInput,
                             Text::tr("Cannot read the folder %1").arg(host.path()),
                             Text::tr("it holds the certificates for %1").arg(hostOf(url)),
                             {}};
            }
            for (const QString &file : host.entryList({QStringLiteral("*.crt")}, QDir::Files, QDir::Name)) {
                const Result<QList<QSslCertificate>> authorities = readAuthorities(host.filePath(file));
                if (!authorities) {
                    return authorities.error();
                }
                files.authorities += *authorities;
            }
            for (const QString &file : host.entryList({QStringLiteral("*.cert")}, QDir::Files, QDir::Name)) {
                const QString key = file.chopped(4) + QLatin1String("key");
                Result<ClientCertificate> client =
                    ClientCertificate::read(host.filePath(file), host.filePath(key));
                if (!client) {
                    return client.error();
                }
                if (!files.client) {
                    files.client = *std::move(client);
                }
            }
            return files;
        }
    }
    return files;
}

Result<QSslConfiguration> Trust::make(const QUrl &url, bool showsCertificate) const
{
    const Result<HostFiles> files = filesOf(url);
    if (!files) {
        return files.error();
    }
    QSslConfiguration ssl = QSslConfiguration::defaultConfiguration();
    ssl.setProtocol(QSsl::TlsV1_2OrLater);
    if (const QList<QSslCertificate> own = m_authorities + files->authorities; !own.isEmpty()) {
        // One private authority added to the default configuration would silently drop all of the system's.
        ssl.setCaCertificates(QSslConfiguration::systemCaCertificates() + own);
    }
    const std::optional<ClientCertificate> &client =
        showsCertificate && m_client ? m_client : files->client; // what was said now before what lies there
    if (client) {
        ssl.setLocalCertificateChain(client->chain);
        ssl.setPrivateKey(client->key);
    }
    return ssl;
}

Result<QSslConfiguration> Trust::configuration(const QUrl &url, bool showsCertificate)
{
    const std::pair key(hostAndPort(url), showsCertificate);
    const std::lock_guard lock(m_mutex);
    auto made = m_made.find(key);
    if (made == m_made.end()) {
        made = m_made.emplace(key, make(url, showsCertificate)).first;
    }
    return made->second;
}

} // namespace layerpool
