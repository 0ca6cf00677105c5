// SPDX-License-Identifier: Apache-2.0
#include "registry/Keyring.h"

#include "base/Text.h"

#include <QDeadlineTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <qt6keychain/keychain.h>

#include <condition_variable>

namespace layerpool {
namespace {

constexpr std::chrono::seconds kPatience(30);
constexpr std::chrono::milliseconds kPoll(50);
const QString kService = QStringLiteral("layerpool");
const QLatin1String kUser("user");
const QLatin1String kPassword("password");
const QLatin1String kIdentityToken("identitytoken");

QByteArray toBytes(const Credential &credential)
{
    QJsonObject object{{kUser, credential.user}, {kPassword, credential.password}};
    if (!credential.identityToken.isEmpty()) {
        object.insert(kIdentityToken, credential.identityToken);
    }
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

std::optional<Credential> fromBytes(const QByteArray &bytes)
{
    const QJsonObject object = QJsonDocument::fromJson(bytes).object();
    if (object.isEmpty()) {
        return std::nullopt;
    }
    return Credential{object.value(kUser).toString(), object.value(kPassword).toString(),
                      object.value(kIdentityToken).toString()};
}

Error noKeyring(const QString &why)
{
    return {ErrorKind::Unsupported,
            Text::tr("This machine has no keyring that could be used"),
            why.simplified(),
            {}};
}

Error keyringError(int error, const QString &text)
{
    if (error == QKeychain::AccessDenied || error == QKeychain::AccessDeniedByUser) {
        return {ErrorKind::Storage, Text::tr("The keyring stays closed"),
                Text::tr("access to it was not given"), Text::tr("Unlock it and try again")};
    }
    return noKeyring(error == QKeychain::OtherError ? text : Text::tr("no keyring service answers"));
}

template <typename JobType>
std::function<QKeychain::Job *()> jobFor(const QString &host)
{
    return [host] {
        auto *job = new JobType(kService);
        job->setKey(host);
        return job;
    };
}

} // namespace

Keyring::Keyring()
{
    m_worker.moveToThread(&m_thread);
}

Keyring::~Keyring()
{
    m_thread.quit();
    m_thread.wait();
}

Result<Keyring::Outcome> Keyring::run(const std::function<QKeychain::Job *()> &make,
                                      const CancelToken &cancel)
{
    struct State
    {
        std::mutex mutex;
        std::condition_variable ended;
        std::optional<Outcome> outcome;
    };
    if (m_isSilent) {
        return noKeyring(Text::tr("it does not answer"));
    }
    std::call_once(m_started, [this] { m_thread.start(); });
    const auto state = std::make_shared<State>();
    QMetaObject::invokeMethod(&m_worker, [worker = &m_worker, make, state] {
        QKeychain::Job *job = make();
        QObject::connect(job, &QKeychain::Job::finished, worker, [state](QKeychain::Job *ended) {
            const auto *read = qobject_cast<QKeychain::ReadPasswordJob *>(ended);
            const std::lock_guard lock(state->mutex);
            state->outcome = Outcome{ended->error(), ended->errorString(),
                                     read != nullptr ? read->binaryData() : QByteArray()};
            state->ended.notify_all();
        });
        job->start();
    });
    const QDeadlineTimer deadline(kPatience);
    std::unique_lock lock(state->mutex);
    while (!state->outcome) {
        if (cancel.isCancelled()) {
            return cancelledError();
        }
        if (deadline.hasExpired()) {
            m_isSilent = true;
            return noKeyring(Text::tr("it does not answer"));
        }
        state->ended.wait_for(lock, kPoll);
    }
    return *state->outcome;
}

Result<std::optional<Credential>> Keyring::find(const QString &host, const CancelToken &cancel)
{
    const Result<Outcome> outcome = run(jobFor<QKeychain::ReadPasswordJob>(host), cancel);
    if (!outcome) {
        return outcome.error();
    }
    if (outcome->error == QKeychain::EntryNotFound) {
        return std::optional<Credential>();
    }
    if (outcome->error != QKeychain::NoError) {
        return keyringError(outcome->error, outcome->text);
    }
    return fromBytes(outcome->data);
}

Status Keyring::store(const QString &host, const Credential &credential, const CancelToken &cancel)
{
    const Result<Outcome> outcome = run(
        [host, bytes = toBytes(credential)] {
            auto *job = new QKeychain::WritePasswordJob(kService);
            job->setKey(host);
            job->setBinaryData(bytes);
            return job;
        },
        cancel);
    if (!outcome) {
        return outcome.error();
    }
    return outcome->error == QKeychain::NoError ? Status() : keyringError(outcome->error, outcome->text);
}

Result<bool> Keyring::remove(const QString &host, const CancelToken &cancel)
{
    const Result<std::optional<Credential>> there = find(host, cancel); // not every keyring says afterwards
    if (!there || !*there) {
        return there ? Result<bool>(false) : there.error();
    }
    const Result<Outcome> outcome = run(jobFor<QKeychain::DeletePasswordJob>(host), cancel);
    if (!outcome) {
        return outcome.error();
    }
    return outcome->error == QKeychain::NoError ? Result<bool>(true)
                                                : keyringError(outcome->error, outcome->text);
}

Status Keyring::check(const CancelToken &cancel)
{
    const Result<std::optional<Credential>> nobody = find(QStringLiteral("check.invalid"), cancel);
    return nobody ? Status() : nobody.error();
}

} // namespace layerpool
