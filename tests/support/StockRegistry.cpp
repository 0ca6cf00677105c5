// SPDX-License-Identifier: Apache-2.0
#include "support/StockRegistry.h"

#include "support/Run.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QHostAddress>
#include <QNetworkProxy>
#include <QRegularExpression>
#include <QTcpServer>
#include <QTcpSocket>

#include <csignal>
#include <sys/prctl.h>

namespace layerpool::test {
namespace {

constexpr int kUpMs = 10'000;
constexpr int kPollMs = 20;
constexpr int kStarts = 5; // another program may take the port between the look and the start

const QString kProgram = QStringLiteral("docker-registry");

quint16 freePort()
{
    QTcpServer server;
    return server.listen(QHostAddress::LocalHost) ? server.serverPort() : quint16(0);
}

void writeFile(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.flush()) {
        qFatal("cannot write %s", qUtf8Printable(path));
    }
}

QByteArray configText(const QString &storage, quint16 port, const StockRegistryOptions &options,
                      const QString &passwordFile)
{
    QByteArray text = "version: 0.1\n"
                      "log:\n  level: info\n"
                      "storage:\n"
                      "  filesystem:\n    rootdirectory: '" +
                      QFile::encodeName(storage) +
                      "'\n"
                      "  delete:\n    enabled: false\n"
                      "  maintenance:\n"
                      "    uploadpurging:\n      enabled: false\n";
    if (options.isReadOnly) {
        text += "    readonly:\n      enabled: true\n";
    }
    text += "http:\n  addr: 127.0.0.1:" + QByteArray::number(port) + "\n  secret: for-tests-only\n";
    if (!options.certificate.isEmpty()) {
        text += "  tls:\n    certificate: '" + QFile::encodeName(options.certificate) + "'\n    key: '" +
                QFile::encodeName(options.key) + "'\n";
    }
    if (!options.user.isEmpty()) {
        text +=
            "auth:\n  htpasswd:\n    realm: sample\n    path: '" + QFile::encodeName(passwordFile) + "'\n";
    }
    return text;
}

} // namespace

StockRegistry::StockRegistry(const QString &storageDirectory, const Options &options)
    : m_storage(QDir(storageDirectory).absolutePath()), m_options(options)
{
    if (!options.user.isEmpty()) {
        RunOptions input;
        input.input = options.password.toUtf8() + '\n';
        // Bcrypt of the least cost: the registry checks it at each request.
        const Outcome made =
            run(QStringLiteral("htpasswd"),
                {QStringLiteral("-niB"), QStringLiteral("-C"), QStringLiteral("4"), options.user}, input);
        writeFile(m_directory.filePath(QStringLiteral("htpasswd")), made.out);
    }
    for (int attempt = 0; attempt < kStarts && !m_isUp; ++attempt) {
        m_isUp = start();
    }
}

StockRegistry::~StockRegistry()
{
    m_process.terminate();
    if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(5000)) {
        m_process.kill();
        m_process.waitForFinished();
    }
}

bool StockRegistry::start()
{
    m_port = freePort();
    writeFile(configPath(),
              configText(m_storage, m_port, m_options, m_directory.filePath(QStringLiteral("htpasswd"))));
    const QString log = m_directory.filePath(QStringLiteral("log"));
    m_process.setStandardOutputFile(log, QIODevice::Append);
    m_process.setStandardErrorFile(log, QIODevice::Append);
    m_process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    m_process.start(kProgram, {QStringLiteral("serve"), configPath()});
    return m_process.waitForStarted() && waitUntilItAnswers();
}

bool StockRegistry::waitUntilItAnswers()
{
    const QDeadlineTimer deadline(kUpMs);
    const bool isPlain = m_options.certificate.isEmpty();
    while (!deadline.hasExpired()) {
        if (m_process.waitForFinished(kPollMs)) {
            return false; // it ended: most likely the port was taken
        }
        QTcpSocket probe;
        probe.setProxy(QNetworkProxy::NoProxy);
        probe.connectToHost(QHostAddress(QHostAddress::LocalHost), m_port);
        if (probe.waitForConnected(kPollMs) && (!isPlain || get(QStringLiteral("/v2/")).status != 0)) {
            return true;
        }
    }
    return false;
}

QString StockRegistry::host() const
{
    return QStringLiteral("127.0.0.1:%1").arg(m_port);
}

QString StockRegistry::configPath() const
{
    return m_directory.filePath(QStringLiteral("config.yml"));
}

QByteArray StockRegistry::log() const
{
    QFile file(m_directory.filePath(QStringLiteral("log")));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

PlainReply StockRegistry::request(const QByteArray &method, const QString &target) const
{
    QHash<QByteArray, QByteArray> headers = {{"Accept",
                                              "application/vnd.oci.image.index.v1+json, "
                                              "application/vnd.oci.image.manifest.v1+json, "
                                              "application/vnd.docker.distribution.manifest.list.v2+json, "
                                              "application/vnd.docker.distribution.manifest.v2+json"}};
    if (!m_options.user.isEmpty()) {
        const QByteArray pair = (m_options.user + QLatin1Char(':') + m_options.password).toUtf8();
        headers.insert("Authorization", "Basic " + pair.toBase64());
    }
    return plainRequest(method, m_port, target.toUtf8(), headers);
}

int StockRegistry::GarbageReport::eligible() const
{
    static const QRegularExpression summary(
        QStringLiteral("(\\d+) blobs marked, (\\d+) blobs and \\d+ manifests eligible"));
    const QRegularExpressionMatch match = summary.match(QString::fromUtf8(text));
    return match.hasMatch() ? match.captured(2).toInt() : -1;
}

StockRegistry::GarbageReport StockRegistry::collectGarbage(const QString &storageDirectory, bool isDryRun)
{
    const QTemporaryDir directory;
    const QString config = directory.filePath(QStringLiteral("config.yml"));
    writeFile(config, configText(QDir(storageDirectory).absolutePath(), 0, {}, {}));
    QStringList arguments = {QStringLiteral("garbage-collect"), config};
    if (isDryRun) {
        arguments.insert(1, QStringLiteral("--dry-run"));
    }
    const Outcome outcome = run(kProgram, arguments);
    return {outcome.exitStatus == 0, outcome.out + outcome.err};
}

} // namespace layerpool::test
