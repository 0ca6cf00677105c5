// SPDX-License-Identifier: Apache-2.0
#include "registry/Credentials.h"

#include "base/Text.h"
#include "image/RegistryAddress.h"
#include "registry/CredentialHelper.h"

#include <QDir>
#include <QFileInfo>

namespace layerpool {
namespace {

QString folderOf(const char *variable, const QString &usual)
{
    const QString named = qEnvironmentVariable(variable);
    return named.isEmpty() ? QDir::homePath() + usual : named;
}

QStringList standardFiles()
{
    QStringList files;
    if (const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR"); !runtime.isEmpty()) {
        files << runtime + QLatin1String("/containers/auth.json");
    }
    return files << Credentials::lastingFile()
                 << folderOf("DOCKER_CONFIG", QStringLiteral("/.docker")) + QLatin1String("/config.json");
}

} // namespace

Result<std::unique_ptr<Credentials>> Credentials::load(Sources sources)
{
    std::unique_ptr<Credentials> credentials(new Credentials(std::move(sources)));
    if (const QString &named = credentials->m_sources.authFile; !named.isEmpty()) {
        Result<AuthFile> file = AuthFile::read(named);
        if (!file) {
            return file.error();
        }
        credentials->m_named = *std::move(file);
    } else if (const QString usual = namedByEnvironment(); !usual.isEmpty()) {
        credentials->addFile(usual); // that it is not there is worth telling: somebody has named it
    }
    for (const QString &path : standardFiles()) {
        if (QFileInfo::exists(path)) {
            credentials->addFile(path);
        }
    }
    return credentials;
}

QString Credentials::namedByEnvironment()
{
    return qEnvironmentVariable("REGISTRY_AUTH_FILE");
}

QString Credentials::lastingFile()
{
    return folderOf("XDG_CONFIG_HOME", QStringLiteral("/.config")) + QLatin1String("/containers/auth.json");
}

void Credentials::addFile(const QString &path)
{
    Result<AuthFile> file = AuthFile::read(path);
    if (file) {
        m_files.push_back(*std::move(file));
    } else if (!m_unreadable) {
        m_unreadable = file.error(); // told where a login is missing
    }
}

Credentials::Answer Credentials::askOnce(const QString &key, const Question &question)
{
    std::shared_ptr<Asked> asked;
    {
        const std::lock_guard lock(m_mutex);
        std::shared_ptr<Asked> &slot = m_asked[key];
        if (!slot) {
            slot = std::make_shared<Asked>();
        }
        asked = slot;
    }
    const std::lock_guard lock(asked->mutex);
    if (asked->answer) {
        return *asked->answer;
    }
    Answer answer = question();
    if (answer || answer.error().kind != ErrorKind::Cancelled) {
        asked->answer = answer;
    }
    return answer;
}

// As containers/image has it: a host's own helper comes before what stands in the file.
void Credentials::addQuestions(const AuthFile &file, const QString &host, const QString &repository,
                               const CancelToken &cancel,
                               std::vector<std::pair<QString, Question>> &questions)
{
    const auto addHelper = [&](const QString &helper) {
        if (helper.isEmpty()) {
            return;
        }
        const QString server =
            host == RegistryAddress::dockerHub().host ? QStringLiteral("https://index.docker.io/v1/") : host;
        questions.emplace_back(
            Text::tr("docker-credential-%1 (named in %2)").arg(helper, file.path()), [=, this] {
                return askOnce(helper + QLatin1Char(' ') + server,
                               [&] { return askCredentialHelper(helper, server, cancel); });
            });
    };
    addHelper(file.helperFor(host));
    questions.emplace_back(file.path(), [&file, host, repository] { return file.find(host, repository); });
    addHelper(file.helperForOthers());
}

std::vector<std::pair<QString, Credentials::Question>>
Credentials::questions(const QString &host, const QString &repository, const CancelToken &cancel)
{
    std::vector<std::pair<QString, Question>> questions;
    if (m_sources.session) {
        questions.emplace_back(Text::tr("this session"),
                               [=, this] { return m_sources.session->find(host, cancel); });
    }
    if (m_named) {
        addQuestions(*m_named, host, repository, cancel, questions);
    }
    if (m_sources.keyring) {
        questions.emplace_back(Text::tr("the keyring"), [=, this] {
            return askOnce(QLatin1String(" keyring ") + host,
                           [&] { return m_sources.keyring->find(host, cancel); });
        });
    }
    for (const AuthFile &file : m_files) {
        addQuestions(file, host, repository, cancel, questions);
    }
    return questions;
}

Result<Credentials::Found> Credentials::find(const QString &host, const QString &repository,
                                             const CancelToken &cancel)
{
    Found found;
    for (const auto &[place, question] : questions(host, repository, cancel)) {
        Answer answer = question();
        if (answer && *answer) {
            return Found{*std::move(answer), place, {}};
        }
        if (!answer && answer.error().kind == ErrorKind::Cancelled) {
            return answer.error();
        }
        // A machine without a keyring is nothing to tell of.
        if (!answer && answer.error().kind != ErrorKind::Unsupported && !found.trouble) {
            found.trouble = answer.error();
        }
    }
    if (!found.trouble) {
        found.trouble = m_unreadable;
    }
    return found;
}

} // namespace layerpool
