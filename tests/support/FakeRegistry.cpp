// SPDX-License-Identifier: Apache-2.0
#include "support/FakeRegistry.h"

#include "base/Digester.h"
#include "support/FakeConnection.h"
#include "support/FakeStorage.h"
#include "support/Run.h"

#include "support/TestAuthority.h"

#include <QDir>
#include <QFile>
#include <QHostAddress>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>

#include <algorithm>

namespace layerpool::test {
namespace {

QByteArray keyOf(const QByteArray &method, const QByteArray &path)
{
    return method + ' ' + path;
}

QSslConfiguration tlsOf(const QString &certificate, const QString &key, FakeRegistry::Clients clients,
                        const QString &authority)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificate(QSslCertificate(pemIn(certificate)));
    configuration.setPrivateKey(QSslKey(pemIn(key), QSsl::Rsa));
    configuration.setPeerVerifyMode(clients == FakeRegistry::Clients::Unasked ? QSslSocket::VerifyNone
                                    : clients == FakeRegistry::Clients::MayShowCertificate
                                        ? QSslSocket::QueryPeer
                                        : QSslSocket::VerifyPeer);
    if (!authority.isEmpty()) {
        configuration.setCaCertificates(QSslCertificate::fromPath(authority));
    }
    return configuration;
}

} // namespace

FakeReply FakeReply::json(int status, const QByteArray &body)
{
    return FakeReply(status, body).header("Content-Type", "application/json");
}

FakeReply FakeReply::error(int status, const QByteArray &code, const QByteArray &message)
{
    return json(status, R"({"errors":[{"code":")" + code + R"(","message":")" + message + R"("}]})");
}

FakeReply FakeReply::manifest(const QByteArray &bytes, const QByteArray &mediaType)
{
    return FakeReply(200, bytes)
        .header("Content-Type", mediaType)
        .header("Docker-Content-Digest", Digester::of(bytes).toByteArray());
}

FakeReply FakeReply::blob(const QByteArray &bytes)
{
    return FakeReply(200, bytes)
        .header("Content-Type", "application/octet-stream")
        .header("Docker-Content-Digest", Digester::of(bytes).toByteArray())
        .honoursRange();
}

FakeReply FakeReply::redirect(const QString &location, int status)
{
    return FakeReply(status).header("Location", location.toUtf8());
}

FakeReply FakeReply::unauthorized(const QByteArray &challenge)
{
    return error(401, "UNAUTHORIZED", "authentication required").header("WWW-Authenticate", challenge);
}

FakeReply FakeReply::token(const QByteArray &token, int expiresIn)
{
    return json(200, R"({"token":")" + token + R"(","expires_in":)" + QByteArray::number(expiresIn) + '}');
}

FakeReply FakeReply::hangUp()
{
    FakeReply reply;
    reply.m_isHangUp = true;
    return reply;
}

FakeReply FakeReply::silence()
{
    FakeReply reply;
    reply.m_isSilent = true;
    return reply;
}

FakeReply &FakeReply::header(const QByteArray &name, const QByteArray &value)
{
    m_headers.append({name, value});
    return *this;
}

FakeReply &FakeReply::honoursRange()
{
    m_isRanged = true;
    return *this;
}

FakeReply &FakeReply::chunked()
{
    m_isChunked = true;
    return *this;
}

FakeReply &FakeReply::withoutLength()
{
    m_hasLength = false;
    return header("Connection", "close");
}

FakeReply &FakeReply::claimsLength(qint64 bytes)
{
    m_claimedLength = bytes;
    return *this;
}

FakeReply &FakeReply::cutAfter(qint64 bytes)
{
    m_stop = bytes;
    return *this;
}

FakeReply &FakeReply::stallAfter(qint64 bytes)
{
    m_stop = bytes;
    m_isStalling = true;
    return *this;
}

FakeReply &FakeReply::resetAfter(qint64 bytes)
{
    m_stop = bytes;
    m_isReset = true;
    return *this;
}

FakeReply &FakeReply::trickle(qint64 bytes, int everyMs)
{
    m_piece = bytes;
    m_pieceMs = everyMs;
    return *this;
}

FakeReply &FakeReply::late(int ms)
{
    m_lateMs = ms;
    return *this;
}

FakeReply &FakeReply::beforeBody()
{
    m_isBeforeBody = true;
    return *this;
}

FakeRegistry::Script &FakeRegistry::Script::reply(const FakeReply &reply)
{
    return add({[reply](const FakeRequest &) { return reply; }, reply.isBeforeBody()});
}

FakeRegistry::Script &FakeRegistry::Script::add(Step step)
{
    const std::scoped_lock lock(m_registry->m_mutex);
    m_registry->m_scripts[m_key].push_back(std::move(step));
    return *this;
}

FakeRegistry::Script &FakeRegistry::Script::times(int count)
{
    const std::scoped_lock lock(m_registry->m_mutex);
    std::vector<Step> &steps = m_registry->m_scripts[m_key];
    const Step last = steps.back();
    steps.insert(steps.end(), static_cast<std::size_t>(count - 1), last);
    return *this;
}

FakeRegistry::FakeRegistry()
{
    listen(std::nullopt);
}

FakeRegistry::FakeRegistry(const QString &certificate, const QString &key, Clients clients,
                           const QString &authority)
{
    listen(tlsOf(certificate, key, clients, authority));
}

FakeRegistry::~FakeRegistry()
{
    QMetaObject::invokeMethod(
        m_worker, [this] { delete m_worker; }, Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

void FakeRegistry::listen(const std::optional<QSslConfiguration> &tls)
{
    m_isTls = tls.has_value();
    m_worker = new QObject;
    m_worker->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater); // in its own thread
    m_thread.start();
    const auto start = [&] {
        QTcpServer *server = nullptr;
        if (tls) {
            auto *secure = new QSslServer(m_worker);
            secure->setSslConfiguration(*tls);
            server = secure;
        } else {
            server = new QTcpServer(m_worker);
        }
        QObject::connect(server, &QTcpServer::pendingConnectionAvailable, m_worker, [this, server] {
            while (QTcpSocket *socket = server->nextPendingConnection()) {
                std::unique_lock lock(m_mutex);
                const int number = ++m_connections;
                lock.unlock(); // the first request may be there already
                new FakeConnection(this, socket, number);
            }
        });
        if (!server->listen(QHostAddress::LocalHost)) {
            qFatal("cannot listen on 127.0.0.1");
        }
        m_port = server->serverPort();
    };
    QMetaObject::invokeMethod(m_worker, start, Qt::BlockingQueuedConnection);
}

QString FakeRegistry::url(const QString &path) const
{
    return (m_isTls ? QStringLiteral("https://") : QStringLiteral("http://")) + host() + path;
}

FakeRegistry::Script FakeRegistry::on(const QByteArray &method, const QByteArray &path)
{
    const std::scoped_lock lock(m_mutex);
    const QByteArray key = keyOf(method, path);
    m_scripts[key].clear();
    m_steps[key] = 0;
    return Script(this, key);
}

void FakeRegistry::serve(const QString &storageDirectory)
{
    const std::scoped_lock lock(m_mutex);
    m_pulls = pullsFrom(storageDirectory);
}

void FakeRegistry::acceptPushes()
{
    const std::scoped_lock lock(m_mutex);
    m_pushes = pushesIntoMemory();
}

void FakeRegistry::intercept(std::function<std::optional<FakeReply>(const FakeRequest &)> first)
{
    const std::scoped_lock lock(m_mutex);
    m_first = std::move(first);
}

void FakeRegistry::askForLogin(const QByteArray &user, const QByteArray &password)
{
    const QByteArray login = "Basic " + QByteArray(user + ':' + password).toBase64();
    intercept([login](const FakeRequest &request) {
        return request.header("Authorization") == login
                   ? std::nullopt
                   : std::optional(FakeReply::unauthorized("Basic realm=\"fake\""));
    });
}

// The script of just this path, else the longest one with a `*` that fits; empty where there is none.
QByteArray FakeRegistry::scriptFor(const FakeRequest &request) const
{
    const QByteArray key = keyOf(request.method, request.path);
    QByteArray best;
    for (const auto &[script, steps] : m_scripts) {
        const bool fits = script == key || (script.endsWith('*') && key.startsWith(script.chopped(1)));
        if (fits && !steps.empty() && (script == key || (best != key && script.size() > best.size()))) {
            best = script;
        }
    }
    return best;
}

std::optional<FakeRegistry::Step> FakeRegistry::nextStep(const FakeRequest &request) const
{
    const std::scoped_lock lock(m_mutex);
    const QByteArray script = scriptFor(request);
    if (script.isEmpty()) {
        return std::nullopt;
    }
    const std::vector<Step> &steps = m_scripts.at(script);
    return steps.at(std::min(m_steps.at(script), steps.size() - 1));
}

FakeReply FakeRegistry::answer(FakeRequest request)
{
    std::unique_lock lock(m_mutex);
    request.attempt = ++m_attempts[keyOf(request.method, request.path)];
    m_requests.push_back(request);
    const auto first = m_first;
    Step step;
    if (const QByteArray script = scriptFor(request); !script.isEmpty()) {
        const std::vector<Step> &steps = m_scripts.at(script);
        step = steps.at(std::min(m_steps[script]++, steps.size() - 1));
    }
    lock.unlock(); // handlers may look at this registry
    if (first) {
        if (std::optional<FakeReply> reply = first(request)) {
            return *std::move(reply);
        }
    }
    if (step.cutsBodyAfter) {
        usual(request);
        return FakeReply::hangUp();
    }
    return step.handler ? step.handler(request) : usual(request);
}

FakeReply FakeRegistry::usual(const FakeRequest &request) const
{
    std::unique_lock lock(m_mutex);
    const Handler pulls = m_pulls;
    const Handler pushes = m_pushes;
    lock.unlock();
    if (request.path == "/v2/") {
        return FakeReply::json(200, "{}").header("Docker-Distribution-Api-Version", "registry/2.0");
    }
    const Handler &own = pushes ? pushes : pulls;
    return own ? own(request) : FakeReply::error(404, "NAME_UNKNOWN", "nothing is scripted here");
}

void FakeRegistry::addBody(const FakeRequest &request)
{
    const std::scoped_lock lock(m_mutex);
    const auto last = std::find_if(m_requests.rbegin(), m_requests.rend(),
                                   [&](const FakeRequest &r) { return r.connection == request.connection; });
    if (last != m_requests.rend()) {
        last->body = request.body;
        last->bodyLength = request.bodyLength;
    }
}

std::vector<FakeRequest> FakeRegistry::requests() const
{
    const std::scoped_lock lock(m_mutex);
    return m_requests;
}

std::vector<FakeRequest> FakeRegistry::requests(const QByteArray &method, const QByteArray &path) const
{
    std::vector<FakeRequest> found = requests();
    std::erase_if(found, [&](const FakeRequest &r) { return r.method != method || r.path != path; });
    return found;
}

int FakeRegistry::count(const QByteArray &method, const QByteArray &path) const
{
    return static_cast<int>(requests(method, path).size());
}

int FakeRegistry::countBelow(const QByteArray &method, const QByteArray &pathStart) const
{
    const std::scoped_lock lock(m_mutex);
    return static_cast<int>(std::count_if(m_requests.begin(), m_requests.end(), [&](const FakeRequest &r) {
        return r.method == method && r.path.startsWith(pathStart);
    }));
}

void FakeRegistry::forgetRequests()
{
    const std::scoped_lock lock(m_mutex);
    m_requests.clear();
    m_attempts.clear();
}

int FakeRegistry::connections() const
{
    const std::scoped_lock lock(m_mutex);
    return m_connections;
}

TestCertificate::TestCertificate(const QString &directory)
    : certificate(QDir(directory).filePath(QStringLiteral("certificate.pem")))
    , key(QDir(directory).filePath(QStringLiteral("key.pem")))
{
    const QString words = QStringLiteral("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 "
                                         "-addext subjectAltName=IP:127.0.0.1,DNS:localhost -keyout");
    const Outcome made =
        run(QStringLiteral("openssl"),
            words.split(QLatin1Char(' ')) + QStringList{key, QStringLiteral("-out"), certificate});
    if (made.exitStatus != 0) {
        qFatal("openssl makes no certificate: %s", made.err.constData());
    }
}

} // namespace layerpool::test
