// SPDX-License-Identifier: Apache-2.0
#include "registry/CredentialHelper.h"

#include "base/Text.h"

#include <QDeadlineTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>

#include <algorithm>
#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>

namespace layerpool {
namespace {

constexpr int kPatienceMs = 10'000;
constexpr int kPollMs = 50;
constexpr qsizetype kLongestAnswer = 1024 * 1024;

// The proxy of "http://NAME:PASSWORD@HOST:PORT"; NO_PROXY is left as it is.
QString withoutLogin(const QString &proxy)
{
    const qsizetype at = proxy.lastIndexOf(QLatin1Char('@'));
    const qsizetype scheme = proxy.indexOf(QLatin1String("://"));
    return at < 0 ? proxy : proxy.first(scheme < 0 ? 0 : scheme + 3) + proxy.sliced(at + 1);
}

// What helpers need to find their own keeping place; nothing else of our environment is theirs to see.
QProcessEnvironment bareEnvironment()
{
    static const QStringList names{
        QStringLiteral("PATH"),          QStringLiteral("HOME"),
        QStringLiteral("USER"),          QStringLiteral("LOGNAME"),
        QStringLiteral("LANG"),          QStringLiteral("TMPDIR"),
        QStringLiteral("DISPLAY"),       QStringLiteral("WAYLAND_DISPLAY"),
        QStringLiteral("XAUTHORITY"),    QStringLiteral("DBUS_SESSION_BUS_ADDRESS"),
        QStringLiteral("GNUPGHOME"),     QStringLiteral("GPG_TTY"),
        QStringLiteral("SSL_CERT_FILE"), QStringLiteral("SSL_CERT_DIR"),
        QStringLiteral("HTTPS_PROXY"),   QStringLiteral("https_proxy"),
        QStringLiteral("NO_PROXY"),      QStringLiteral("no_proxy"),
    };
    static const QStringList beginnings{
        QStringLiteral("XDG_"),   QStringLiteral("LC_"),     QStringLiteral("PASSWORD_STORE_"),
        QStringLiteral("AWS_"),   QStringLiteral("GOOGLE_"), QStringLiteral("CLOUDSDK_"),
        QStringLiteral("AZURE_"),
    };
    const QProcessEnvironment ours = QProcessEnvironment::systemEnvironment();
    QProcessEnvironment bare;
    for (const QString &name : ours.keys()) {
        const bool isWanted =
            names.contains(name) || std::any_of(beginnings.begin(), beginnings.end(),
                                                [&](const QString &start) { return name.startsWith(start); });
        if (isWanted) {
            const bool isProxy = name.endsWith(QLatin1String("_proxy"), Qt::CaseInsensitive);
            bare.insert(name, isProxy ? withoutLogin(ours.value(name)) : ours.value(name));
        }
    }
    return bare;
}

Error helperError(const QString &program, const QString &server, const QString &why)
{
    return {ErrorKind::Denied, Text::tr("%1 gives no login for %2").arg(program, server), why,
            Text::tr("Mend it, or sign in another way")};
}

Result<std::optional<Credential>> readAnswer(const QByteArray &out, const Error &unreadable)
{
    const QJsonObject object = QJsonDocument::fromJson(out).object();
    const QString user = object.value(QLatin1String("Username")).toString();
    const QString secret = object.value(QLatin1String("Secret")).toString();
    if (object.isEmpty()) {
        return unreadable;
    }
    if (secret.isEmpty()) {
        return std::optional<Credential>();
    }
    return std::optional(user == identityTokenUser ? Credential{{}, {}, secret} : Credential{user, secret});
}

} // namespace

Result<std::optional<Credential>> askCredentialHelper(const QString &name, const QString &server,
                                                      const CancelToken &cancel)
{
    const QString program = QLatin1String("docker-credential-") + name;
    const auto failed = [&](const QString &why) { return helperError(program, server, why); };
    static const QRegularExpression plainName(QStringLiteral("\\A[A-Za-z0-9][A-Za-z0-9._-]*\\z"));
    if (!plainName.match(name).hasMatch()) {
        return failed(Text::tr("this is no name of a helper"));
    }
    const QString path = QStandardPaths::findExecutable(program);
    if (path.isEmpty()) {
        return failed(Text::tr("there is no such program in PATH"));
    }

    QProcess helper;
    helper.setProcessEnvironment(bareEnvironment());
    helper.setStandardErrorFile(QProcess::nullDevice()); // nobody can say what it would print there
    helper.setChildProcessModifier([] {
        ::setpgid(0, 0); // so that whatever it starts ends with it
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    });
    helper.start(path, {QStringLiteral("get")});
    if (!helper.waitForStarted(kPatienceMs)) {
        return failed(helper.errorString());
    }
    const auto group = static_cast<pid_t>(helper.processId());
    helper.write(server.toUtf8());
    helper.closeWriteChannel();

    const QDeadlineTimer deadline(kPatienceMs);
    QByteArray out;
    std::optional<Error> ended;
    while (helper.state() != QProcess::NotRunning && !ended) {
        helper.waitForFinished(kPollMs);
        out += helper.readAllStandardOutput();
        if (cancel.isCancelled()) {
            ended = cancelledError();
        } else if (deadline.hasExpired()) {
            ended = failed(Text::tr("it took longer than %1 s").arg(kPatienceMs / 1000));
        } else if (out.size() > kLongestAnswer) {
            ended = failed(Text::tr("its answer is too long"));
        }
    }
    if (ended) {
        ::kill(-group, SIGKILL);
        helper.waitForFinished();
        return *ended;
    }
    out += helper.readAllStandardOutput();
    if (helper.exitStatus() == QProcess::NormalExit && helper.exitCode() == 0) {
        return readAnswer(out, failed(Text::tr("its answer cannot be understood")));
    }
    if (out.trimmed() == "credentials not found in native keychain") { // what the protocol has for "none"
        return std::optional<Credential>();
    }
    return failed(Text::tr("it failed (%1)").arg(helper.exitCode()));
}

} // namespace layerpool
