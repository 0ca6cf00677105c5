// SPDX-License-Identifier: Apache-2.0
#include "registry/AuthFile.h"

#include "base/DurableDirectory.h"
#include "base/Text.h"
#include "image/RegistryAddress.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUuid>

#include <sys/stat.h>

namespace layerpool {
namespace {

constexpr qint64 kLongestFile = 4 * 1024 * 1024;
constexpr mode_t kOwnerOnly = 0600;
const QLatin1String kAuths("auths");
const QLatin1String kAuth("auth");
const QString kDockerHubKey = QStringLiteral("https://index.docker.io/v1/");

// "https://index.docker.io/v1/" and "quay.io/team" both become what a reference says.
QString normalKey(QString key)
{
    bool isUrl = false;
    for (const QLatin1String scheme : {QLatin1String("https://"), QLatin1String("http://")}) {
        if (key.startsWith(scheme)) {
            key.remove(0, scheme.size());
            isUrl = true;
        }
    }
    for (const QLatin1String ending : {QLatin1String("/"), QLatin1String("/v1"), QLatin1String("/v2")}) {
        if (key.endsWith(ending) && (isUrl || ending.size() == 1)) { // quay.io/v2 is a namespace
            key.chop(ending.size());
        }
    }
    return key == QLatin1String("index.docker.io") || key == RegistryAddress::dockerHubApi()
               ? RegistryAddress::dockerHub().host
               : key;
}

// However it is spelled; whether it was there.
bool takeOut(QJsonObject &auths, const QString &host)
{
    bool wasThere = false;
    for (const QString &key : auths.keys()) {
        if (normalKey(key) == host) {
            auths.remove(key);
            wasThere = true;
        }
    }
    return wasThere;
}

std::optional<Credential> credentialOf(const QJsonObject &entry)
{
    Credential credential;
    credential.identityToken = entry.value(QLatin1String("identitytoken")).toString();
    const QString pair = QString::fromUtf8(QByteArray::fromBase64(entry.value(kAuth).toString().toLatin1()));
    if (const qsizetype colon = pair.indexOf(QLatin1Char(':')); colon > 0) {
        credential.user = pair.first(colon);
        credential.password = pair.sliced(colon + 1);
        while (credential.password.endsWith(QChar(u'\0'))) { // old versions of Docker filled it up
            credential.password.chop(1);
        }
    } else if (credential.identityToken.isEmpty()) {
        return std::nullopt;
    }
    return credential;
}

QJsonObject entryOf(const Credential &credential)
{
    QJsonObject entry;
    const QByteArray pair = credential.user.toUtf8() + ':' + credential.password.toUtf8();
    entry.insert(kAuth, QString::fromLatin1(pair.toBase64()));
    if (!credential.identityToken.isEmpty()) {
        entry.insert(QLatin1String("identitytoken"), credential.identityToken);
    }
    return entry;
}

Error unreadable(const QString &path, const QString &why)
{
    return {ErrorKind::BadInput, Text::tr("Cannot read the auth file %1").arg(path), why, {}};
}

Result<QJsonObject> readObject(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return unreadable(path, file.exists() ? file.errorString() : Text::tr("there is no such file"));
    }
    const QByteArray bytes = file.read(kLongestFile);
    if (bytes.trimmed().isEmpty()) {
        return QJsonObject(); // podman makes such files
    }
    const QJsonDocument document = QJsonDocument::fromJson(bytes);
    return document.isObject() ? Result<QJsonObject>(document.object())
                               : unreadable(path, Text::tr("it is no JSON object"));
}

Result<QJsonObject> readObjectIfThere(const QString &path)
{
    return QFileInfo::exists(path) ? readObject(path) : Result<QJsonObject>(QJsonObject());
}

Status stage(const DurableDirectory &folder, const QByteArray &name, const QByteArray &bytes)
{
    Result<UniqueFd> file = folder.createFile(name);
    if (!file) {
        return file.error();
    }
    const QString path = folder.pathOf(name);
    if (::fchmod(file->get(), kOwnerOnly) != 0) { // before there is anything in it
        return systemError(Text::tr("Cannot write %1").arg(path), errno);
    }
    if (const Status written = writeAll(file->get(), bytes, path); !written) {
        return written;
    }
    return ::fsync(file->get()) == 0 ? Status() : systemError(Text::tr("Cannot write %1").arg(path), errno);
}

Status writeObject(const QString &path, const QJsonObject &object)
{
    const QFileInfo named(path);
    const QFileInfo info(named.exists() ? named.canonicalFilePath() : named.absoluteFilePath());
    const Result<DurableDirectory> folder = DurableDirectory::create(info.absolutePath());
    if (!folder) {
        return folder.error();
    }
    const QByteArray name = QFile::encodeName(info.fileName());
    const QByteArray staged = '.' + name + '.' + QUuid::createUuid().toByteArray(QUuid::Id128);
    Status written = stage(*folder, staged, QJsonDocument(object).toJson());
    if (written) {
        written = folder->replace(staged, name);
    }
    if (!written) {
        (void)folder->remove(staged); // what went wrong first is what is told
        return written;
    }
    return folder->sync();
}

} // namespace

Result<AuthFile> AuthFile::read(const QString &path)
{
    const Result<QJsonObject> object = readObject(path);
    if (!object) {
        return object.error();
    }
    AuthFile file;
    file.m_path = path;
    const QJsonObject auths = object->value(kAuths).toObject();
    for (auto entry = auths.begin(); entry != auths.end(); ++entry) {
        if (const auto credential = credentialOf(entry.value().toObject())) {
            file.m_byKey.insert(normalKey(entry.key()), *credential);
        }
    }
    const QJsonObject helpers = object->value(QLatin1String("credHelpers")).toObject();
    for (auto helper = helpers.begin(); helper != helpers.end(); ++helper) {
        file.m_helpers.insert(normalKey(helper.key()), helper.value().toString());
    }
    file.m_helperForOthers = object->value(QLatin1String("credsStore")).toString();
    return file;
}

std::optional<Credential> AuthFile::find(const QString &host, const QString &repository) const
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

Result<std::optional<Credential>> AuthFileStore::find(const QString &host, const CancelToken &)
{
    if (!QFileInfo::exists(m_path)) {
        return std::optional<Credential>();
    }
    const Result<AuthFile> file = AuthFile::read(m_path);
    return file ? Result<std::optional<Credential>>(file->find(host, {})) : file.error();
}

Status AuthFileStore::store(const QString &host, const Credential &credential, const CancelToken &)
{
    Result<QJsonObject> object = readObjectIfThere(m_path);
    if (!object) {
        return object.error();
    }
    QJsonObject auths = object->value(kAuths).toObject();
    takeOut(auths, host);
    auths.insert(host == RegistryAddress::dockerHub().host ? kDockerHubKey : host, entryOf(credential));
    object->insert(kAuths, auths);
    return writeObject(m_path, *object);
}

Result<bool> AuthFileStore::remove(const QString &host, const CancelToken &)
{
    Result<QJsonObject> object = readObjectIfThere(m_path);
    if (!object) {
        return object.error();
    }
    QJsonObject auths = object->value(kAuths).toObject();
    if (!takeOut(auths, host)) {
        return false;
    }
    object->insert(kAuths, auths);
    const Status written = writeObject(m_path, *object);
    return written ? Result<bool>(true) : written.error();
}

Status AuthFileStore::check(const CancelToken &)
{
    const Result<QJsonObject> object = readObjectIfThere(m_path);
    return object ? Status() : object.error();
}

} // namespace layerpool
