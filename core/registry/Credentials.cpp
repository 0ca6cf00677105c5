// SPDX-License-Identifier: Apache-2.0
#include "registry/Credentials.h"

#include "base/Text.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

namespace layerpool {
namespace {

constexpr qint64 kLongestFile = 4 * 1024 * 1024;

// "https://index.docker.io/v1/" and "quay.io/team" both become what a reference says.
QString normalKey(QString key)
{
    for (const QLatin1String scheme : {QLatin1String("https://"), QLatin1String("http://")}) {
        if (key.startsWith(scheme)) {
            key.remove(0, scheme.size());
        }
    }
    for (const QLatin1String ending : {QLatin1String("/"), QLatin1String("/v1"), QLatin1String("/v2")}) {
        if (key.endsWith(ending)) {
            key.chop(ending.size());
        }
    }
    return key == QLatin1String("index.docker.io") || key == QLatin1String("registry-1.docker.io")
               ? QStringLiteral("docker.io")
               : key;
}

QStringList standardFiles()
{
    QStringList files;
    if (const QString named = qEnvironmentVariable("REGISTRY_AUTH_FILE"); !named.isEmpty()) {
        files << named;
    }
    if (const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR"); !runtime.isEmpty()) {
        files << runtime + QLatin1String("/containers/auth.json");
    }
    files << QDir::homePath() + QLatin1String("/.config/containers/auth.json")
          << QDir::homePath() + QLatin1String("/.docker/config.json");
    return files;
}

} // namespace

QByteArray Credential::basicHeader() const
{
    return "Basic " + (user.toUtf8() + ':' + password.toUtf8()).toBase64();
}

Result<Credentials> Credentials::load(const QString &authFile)
{
    Credentials credentials;
    if (!authFile.isEmpty()) {
        if (!QFile::exists(authFile)) {
            return Error{ErrorKind::BadInput,
                         Text::tr("Cannot read the auth file %1").arg(authFile),
                         Text::tr("there is no such file"),
                         {}};
        }
        if (Status added = credentials.addFile(authFile); !added) {
            return added.error();
        }
    }
    for (const QString &path : standardFiles()) {
        if (QFile::exists(path)) {
            if (Status added = credentials.addFile(path); !added) {
                return added.error();
            }
        }
    }
    return credentials;
}

Status Credentials::addFile(const QString &path)
{
    QFile file(path);
    const auto bad = [&](const QString &why) {
        return Error{ErrorKind::BadInput, Text::tr("Cannot read the auth file %1").arg(path), why, {}};
    };
    if (!file.open(QIODevice::ReadOnly)) {
        return bad(file.errorString());
    }
    const QJsonDocument document = QJsonDocument::fromJson(file.read(kLongestFile));
    if (!document.isObject()) {
        return bad(Text::tr("it is no JSON object"));
    }
    const QJsonObject auths = document.object().value(QLatin1String("auths")).toObject();
    for (auto entry = auths.begin(); entry != auths.end(); ++entry) {
        const QString pair = QString::fromUtf8(QByteArray::fromBase64(
            entry.value().toObject().value(QLatin1String("auth")).toString().toLatin1()));
        const qsizetype colon = pair.indexOf(QLatin1Char(':'));
        const QString key = normalKey(entry.key());
        if (colon > 0 && !m_byKey.contains(key)) { // the file that was read first has the say
            m_byKey.insert(key, {pair.first(colon), pair.sliced(colon + 1)});
        }
    }
    return {};
}

std::optional<Credential> Credentials::find(const QString &host, const QString &repository) const
{
    QString key = host + QLatin1Char('/') + repository;
    while (true) {
        if (const auto found = m_byKey.constFind(key); found != m_byKey.constEnd()) {
            return *found;
        }
        const qsizetype slash = key.lastIndexOf(QLatin1Char('/'));
        if (slash < 0) {
            return std::nullopt;
        }
        key.truncate(slash);
    }
}

} // namespace layerpool
