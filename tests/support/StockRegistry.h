// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/PlainHttp.h"
#include "support/ServerProcess.h"

#include <QByteArray>
#include <QString>

namespace layerpool::test {

struct StockRegistryOptions
{
    bool isReadOnly = false;
    QString user = {}; ///< asks for Basic authentication where it is set
    QString password = {};
    QString certificate = {}; ///< PEM; speaks TLS where it is set
    QString key = {};
    QString tokenRealm = {};       ///< asks for tokens of this server where it is set (see TokenServer)
    QString tokenCertificate = {}; ///< PEM; that its tokens are signed with
    QString remote = {};           ///< a URL: a caching proxy of this registry where it is set
    QString allowedLayerUrls = {}; ///< a pattern: foreign layers may name such addresses; else none
};

/// Debian's docker-registry over a storage directory, on a free port of 127.0.0.1: the judge of what a pool
/// must be.
class StockRegistry
{
public:
    using Options = StockRegistryOptions;

    /// Waits until it answers; `isUp` tells whether it did within ten seconds.
    explicit StockRegistry(const QString &storageDirectory, const Options &options = {});

    bool isUp() const { return m_server.isUp(); }
    quint16 port() const { return m_server.port(); }
    /// `127.0.0.1:PORT`.
    QString host() const { return m_server.host(); }
    /// What it logged so far, the access log among it.
    QByteArray log() const { return m_server.log(); }

    /// Ends it at once, in the middle of whatever it does.
    void pullPlug() { m_server.kill(); }
    /// Starts it again at the same address; false where it does not answer.
    bool plugIn() { return m_server.startAgain(); }

    /// Asks it over a bare socket; manifests of all four kinds are accepted. Not with TLS.
    PlainReply get(const QString &target) const { return request("GET", target); }
    PlainReply request(const QByteArray &method, const QString &target) const;

    /// `docker-registry garbage-collect --dry-run` over a storage directory: what it printed, both channels.
    /// `hasSucceeded` says whether it ended with 0.
    struct GarbageReport
    {
        bool hasSucceeded = false;
        QByteArray text;
        /// How many blobs it would delete; -1 where it did not say.
        int eligible() const;
    };
    static GarbageReport collectGarbage(const QString &storageDirectory, bool isDryRun = true);

private:
    Options m_options;
    ServerProcess m_server;
};

} // namespace layerpool::test
