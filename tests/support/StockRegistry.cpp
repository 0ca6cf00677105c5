// SPDX-License-Identifier: Apache-2.0
#include "support/StockRegistry.h"

#include "support/Run.h"
#include "support/TokenServer.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>

namespace layerpool::test {
namespace {

const QString kProgram = QStringLiteral("docker-registry");

QString configIn(const QString &directory)
{
    return QDir(directory).filePath(QStringLiteral("config.yml"));
}

QString passwordsIn(const QString &directory)
{
    return QDir(directory).filePath(QStringLiteral("htpasswd"));
}

QByteArray quoted(const QString &text)
{
    return '\'' + QFile::encodeName(text) + '\'';
}

QByteArray configText(const QString &storage, quint16 port, const StockRegistryOptions &options,
                      const QString &passwordFile)
{
    QByteArray text = "version: 0.1\n"
                      "log:\n  level: info\n"
                      "storage:\n"
                      "  filesystem:\n    rootdirectory: " +
                      quoted(storage) +
                      "\n"
                      "  delete:\n    enabled: false\n"
                      "  maintenance:\n"
                      "    uploadpurging:\n      enabled: false\n";
    if (options.isReadOnly) {
        text += "    readonly:\n      enabled: true\n";
    }
    if (!options.allowedLayerUrls.isEmpty()) {
        text += "validation:\n  manifests:\n    urls:\n      allow:\n        - '" +
                options.allowedLayerUrls.toUtf8() + "'\n";
    }
    text += "http:\n  addr: 127.0.0.1:" + QByteArray::number(port) + "\n  secret: for-tests-only\n";
    if (!options.certificate.isEmpty()) {
        text += "  tls:\n    certificate: " + quoted(options.certificate) +
                "\n    key: " + quoted(options.key) + "\n";
    }
    if (!options.user.isEmpty()) {
        text += "auth:\n  htpasswd:\n    realm: sample\n    path: " + quoted(passwordFile) + "\n";
    }
    if (!options.tokenRealm.isEmpty()) {
        text += "auth:\n  token:\n    realm: " + quoted(options.tokenRealm) +
                "\n    service: " + TokenServer::service + "\n    issuer: " + TokenServer::issuer +
                "\n    rootcertbundle: " + quoted(options.tokenCertificate) + "\n";
    }
    if (!options.remote.isEmpty()) {
        text += "proxy:\n  remoteurl: " + quoted(options.remote) + "\n";
    }
    return text;
}

void makePasswords(const QString &file, const StockRegistryOptions &options)
{
    RunOptions input;
    input.input = options.password.toUtf8() + '\n';
    // Bcrypt of the least cost: the registry checks it at each request.
    const Outcome made =
        run(QStringLiteral("htpasswd"),
            {QStringLiteral("-niB"), QStringLiteral("-C"), QStringLiteral("4"), options.user}, input);
    writeFile(file, made.out);
}

ServerProcess::Recipe recipe(const QString &storage, const StockRegistryOptions &options)
{
    const auto configure = [storage, options](quint16 port, const QString &directory) {
        if (!options.user.isEmpty()) {
            makePasswords(passwordsIn(directory), options);
        }
        writeFile(configIn(directory), configText(storage, port, options, passwordsIn(directory)));
        return QStringList{QStringLiteral("serve"), configIn(directory)};
    };
    const auto answers = [](quint16 port) { return plainRequest("GET", port, "/v2/").status != 0; };
    return {kProgram, configure, options.certificate.isEmpty() ? answers : std::function<bool(quint16)>()};
}

} // namespace

StockRegistry::StockRegistry(const QString &storageDirectory, const Options &options)
    : m_options(options), m_server(recipe(QDir(storageDirectory).absolutePath(), options))
{
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
    return plainRequest(method, port(), target.toUtf8(), headers);
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
    const QString config = configIn(directory.path());
    writeFile(config, configText(QDir(storageDirectory).absolutePath(), 0, {}, {}));
    QStringList arguments = {QStringLiteral("garbage-collect"), config};
    if (isDryRun) {
        arguments.insert(1, QStringLiteral("--dry-run"));
    }
    const Outcome outcome = run(kProgram, arguments);
    return {outcome.exitStatus == 0, outcome.out + outcome.err};
}

} // namespace layerpool::test
