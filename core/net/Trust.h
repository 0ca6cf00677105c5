// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/Certificates.h"
#include "net/HttpOptions.h"

#include <QSslConfiguration>
#include <QUrl>

#include <map>
#include <memory>
#include <mutex>
#include <optional>

namespace layerpool {

/// Whom the clients of a task trust, and what they prove themselves with: the system's authorities, the
/// user's own, and what certs.d holds for a host. TLS 1.2 and up. Any thread.
class Trust
{
public:
    /// Reads the files that the options name. Errors: BadInput.
    static Result<std::unique_ptr<Trust>> create(const HttpOptions &options);

    /// For a connection to the URL's host. The user's certificate goes along only with `showsCertificate`;
    /// one of certs.d belongs to the host it lies there for. Errors: BadInput, where certs.d can't be
    /// understood.
    Result<QSslConfiguration> configuration(const QUrl &url, bool showsCertificate);

    /// Whether the user named the host as one whose certificate is not verified.
    bool isInsecure(const QUrl &url) const;

private:
    /// What one host needs beside the system's authorities.
    struct HostFiles
    {
        QList<QSslCertificate> authorities;
        std::optional<ClientCertificate> client;
    };

    explicit Trust(const HttpOptions &options)
        : m_insecureHosts(options.insecureHosts), m_folders(options.certificateFolders)
    {
    }

    Result<HostFiles> filesOf(const QUrl &url) const;
    Result<QSslConfiguration> make(const QUrl &url, bool showsCertificate) const;

    QStringList m_insecureHosts;
    QStringList m_folders;
    QList<QSslCertificate> m_authorities;
    std::optional<ClientCertificate> m_client;

    std::mutex m_mutex; ///< guards the one below
    std::map<std::pair<QString, bool>, Result<QSslConfiguration>> m_made;
};

} // namespace layerpool
