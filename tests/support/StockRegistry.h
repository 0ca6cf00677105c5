// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/PlainHttp.h"

#include <QByteArray>
#include <QProcess>
#include <QString>
#include <QTemporaryDir>

namespace layerpool::test {

struct StockRegistryOptions
{
    bool isReadOnly = false;
    QString user = {}; ///< asks for Basic authentication where it is set
    QString password = {};
    QString certificate = {}; ///< PEM; speaks TLS where it is set
    QString key = {};
};

/// Debian's docker-registry over a storage directory, on a free port of 127.0.0.1: the judge of what a pool
/// must be. Ends its process by id when it goes out of scope; the process also dies with the test.
class StockRegistry
{
public:
    using Options = StockRegistryOptions;

    /// Waits until it answers; `isUp` tells whether it did within ten seconds.
    explicit StockRegistry(const QString &storageDirectory, const Options &options = {});
    ~StockRegistry();

    bool isUp() const { return m_isUp; }
    quint16 port() const { return m_port; }
    /// `127.0.0.1:PORT`.
    QString host() const;
    /// What it logged so far, the access log among it.
    QByteArray log() const;
    QString configPath() const;

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
    bool start();
    bool waitUntilItAnswers();

    QTemporaryDir m_directory;
    QString m_storage;
    Options m_options;
    quint16 m_port = 0;
    bool m_isUp = false;
    QProcess m_process;
};

} // namespace layerpool::test
