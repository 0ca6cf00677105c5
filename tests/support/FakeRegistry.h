// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QSslConfiguration>
#include <QString>
#include <QThread>

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace layerpool::test {

/// A request as it arrived.
struct FakeRequest
{
    QByteArray method;
    QByteArray path;                       ///< as sent, without the query
    QByteArray query;                      ///< as sent, without the `?`
    QHash<QByteArray, QByteArray> headers; ///< names in lower case; repeated ones joined by `, `
    QByteArray body;                       ///< its first 64 MiB
    qint64 bodyLength = 0;                 ///< bytes that arrived
    bool showedCertificate = false;        ///< a client certificate
    int connection = 0;                    ///< counts connections from 1
    int attempt = 0;                       ///< counts requests of this method and path from 1

    QByteArray header(const QByteArray &name) const { return headers.value(name.toLower()); }
    bool hasHeader(const QByteArray &name) const { return headers.contains(name.toLower()); }
};

/// An answer, and what goes wrong with it. Without a fault it is a correct one with its Content-Length.
class FakeReply
{
public:
    explicit FakeReply(int status = 200, QByteArray body = {}) : m_status(status), m_body(std::move(body)) {}

    static FakeReply json(int status, const QByteArray &body);
    /// The body of the distribution API's errors: `{"errors":[{"code":…,"message":…}]}`.
    static FakeReply error(int status, const QByteArray &code, const QByteArray &message = {});
    static FakeReply manifest(const QByteArray &bytes, const QByteArray &mediaType);
    /// With its digest's header; honours Range.
    static FakeReply blob(const QByteArray &bytes);
    static FakeReply redirect(const QString &location, int status = 307);
    static FakeReply unauthorized(const QByteArray &challenge);
    /// What a token server says.
    static FakeReply token(const QByteArray &token, int expiresIn = 300);
    /// Closes the connection without a byte.
    static FakeReply hangUp();
    /// Says nothing at all and keeps the connection.
    static FakeReply silence();

    FakeReply &header(const QByteArray &name, const QByteArray &value);
    FakeReply &honoursRange();
    FakeReply &chunked();
    /// No Content-Length: the end of the connection ends the body.
    FakeReply &withoutLength();
    /// Says this Content-Length, whatever the body has, and closes after the body.
    FakeReply &claimsLength(qint64 bytes);
    /// Closes the connection after so many bytes of the body.
    FakeReply &cutAfter(qint64 bytes);
    /// Sends so many bytes of the body, then nothing more, and keeps the connection.
    FakeReply &stallAfter(qint64 bytes);
    /// Sends the body by pieces of `bytes`, one each `everyMs`.
    FakeReply &trickle(qint64 bytes, int everyMs);
    /// Like `cutAfter`, and the connection ends with a reset: what was sent has time to arrive.
    FakeReply &resetAfter(qint64 bytes);
    /// Answers, or whatever it does, so much later than the request came.
    FakeReply &late(int ms);
    /// Answers when the request's headers are there; the body is read and dropped afterwards.
    FakeReply &beforeBody();
    bool isBeforeBody() const { return m_isBeforeBody; }

private:
    friend class FakeConnection;

    int m_status = 200;
    QByteArray m_body;
    QList<std::pair<QByteArray, QByteArray>> m_headers;
    std::optional<qint64> m_claimedLength;
    std::optional<qint64> m_stop; ///< bytes of body after which it ends or stalls
    qint64 m_piece = 0;
    int m_pieceMs = 0;
    int m_lateMs = 0;
    bool m_isRanged = false;
    bool m_isChunked = false;
    bool m_hasLength = true;
    bool m_isStalling = false;
    bool m_isSilent = false;
    bool m_isHangUp = false;
    bool m_isReset = false;
    bool m_isBeforeBody = false;
};

/// An HTTP/1.1 server on 127.0.0.1, in a thread of its own, that does what a test scripts and remembers what
/// it was asked. Each is an origin of its own.
///
///     FakeRegistry fake;
///     fake.on("GET", "/v2/x/manifests/t").reply(FakeReply(503)).thenReply(FakeReply::manifest(bytes, type));
///     …
///     EXPECT_EQ(fake.count("GET", "/v2/x/manifests/t"), 2);
///
/// Whatever no script names goes to `serve` or `acceptPushes` where they were called, else it is a 404; and
/// `GET /v2/` is a 200 by itself. Any thread may call any function.
class FakeRegistry
{
public:
    using Handler = std::function<FakeReply(const FakeRequest &)>;
    struct Step
    {
        Handler handler; ///< none: as usual
        bool isBeforeBody = false;
        std::optional<qint64> cutsBodyAfter = {};
    };

    /// Adds answers to one script; each request takes the next one, the last one stays.
    class Script
    {
    public:
        Script &reply(const FakeReply &reply);
        Script &thenReply(const FakeReply &reply) { return this->reply(reply); }
        Script &replyWith(Handler handler) { return add({std::move(handler), false}); }
        /// From here on as if there were no script.
        Script &thenAsUsual() { return add({}); }
        /// Takes so many bytes of the request's body as if there were no script, then closes the connection
        /// without an answer.
        Script &cutBodyAfter(qint64 bytes) { return add({{}, false, bytes}); }
        /// The last added answer so many times instead of once.
        Script &times(int count);

    private:
        friend class FakeRegistry;
        explicit Script(FakeRegistry *registry, QByteArray key) : m_registry(registry), m_key(std::move(key))
        {
        }
        Script &add(Step step);

        FakeRegistry *m_registry;
        QByteArray m_key;
    };

    FakeRegistry();
    enum class Clients { Unasked, MayShowCertificate, MustShowCertificate };
    /// Over TLS with this certificate and key (PEM files); `authority` signs the certificates of clients.
    FakeRegistry(const QString &certificate, const QString &key, Clients clients = Clients::Unasked,
                 const QString &authority = {});
    ~FakeRegistry();

    quint16 port() const { return m_port; }
    /// `127.0.0.1:PORT`.
    QString host() const { return QStringLiteral("127.0.0.1:%1").arg(m_port); }
    /// `http://127.0.0.1:PORT` and the path.
    QString url(const QString &path = {}) const;

    /// A script for a method and a path (without query); a path that ends in `*` stands for all that begin
    /// so. Calling it again for the same two replaces the script.
    Script on(const QByteArray &method, const QByteArray &path);

    /// Answers pulls from the storage directory of a registry (see SampleRegistry).
    void serve(const QString &storageDirectory);
    /// Takes pushes into memory, checked as a registry does; what was pushed can be pulled.
    void acceptPushes();
    /// Called for each request before its script, in the server's thread: an answer of its own, or none.
    void intercept(std::function<std::optional<FakeReply>(const FakeRequest &)> first);
    /// Answers only whoever shows this name and password; in place of what intercepts.
    void askForLogin(const QByteArray &user, const QByteArray &password);

    std::vector<FakeRequest> requests() const;
    std::vector<FakeRequest> requests(const QByteArray &method, const QByteArray &path) const;
    int count(const QByteArray &method, const QByteArray &path) const;
    /// All requests whose path begins so.
    int countBelow(const QByteArray &method, const QByteArray &pathStart) const;
    void forgetRequests();
    /// Connections that were accepted so far.
    int connections() const;

private:
    friend class FakeConnection;

    void listen(const std::optional<QSslConfiguration> &tls);
    /// What its script will do next; nothing where there is no script.
    std::optional<Step> nextStep(const FakeRequest &request) const;
    /// Numbers the request, remembers it, and finds its answer.
    FakeReply answer(FakeRequest request);
    FakeReply usual(const FakeRequest &request) const;
    QByteArray scriptFor(const FakeRequest &request) const;
    /// The body of the connection's last request, where the answer came before it.
    void addBody(const FakeRequest &request);

    mutable std::mutex m_mutex;
    std::map<QByteArray, std::vector<Step>> m_scripts; ///< by "METHOD path"
    std::map<QByteArray, std::size_t> m_steps;
    std::map<QByteArray, int> m_attempts;
    std::vector<FakeRequest> m_requests;
    std::function<std::optional<FakeReply>(const FakeRequest &)> m_first;
    Handler m_pulls;
    Handler m_pushes;
    int m_connections = 0;
    quint16 m_port = 0;
    bool m_isTls = false;
    QThread m_thread;
    QObject *m_worker = nullptr; ///< lives in m_thread, owns the server
};

/// A self-signed certificate for 127.0.0.1 and localhost with its key, made by openssl in a directory.
struct TestCertificate
{
    explicit TestCertificate(const QString &directory);
    QString certificate;
    QString key;
};

} // namespace layerpool::test
