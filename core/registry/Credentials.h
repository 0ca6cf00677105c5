// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "registry/AuthFile.h"

#include <map>
#include <memory>

namespace layerpool {

/// What this person and this machine know of logins, in the order in which it is looked at: those of the
/// session, the file that was named, the desktop's keyring, the file that `$REGISTRY_AUTH_FILE` names, then
/// the files that skopeo, podman and docker write, with the helpers they name. Nothing is asked before a
/// login is wanted, and each helper and the keyring once for a host. Any thread.
class Credentials
{
public:
    struct Sources
    {
        std::shared_ptr<CredentialStore> session; ///< null: none
        QString authFile; ///< must be there where it is named; `$REGISTRY_AUTH_FILE` is not looked at then
        std::shared_ptr<CredentialStore> keyring; ///< null: none
    };
    struct Found
    {
        std::optional<Credential> credential;
        QString place; ///< of the credential, in words
        /// Where no credential was found: why a place that might have one did not answer.
        std::optional<Error> trouble;
    };

    /// Errors: BadInput (the named file can't be read).
    static Result<std::unique_ptr<Credentials>> load(Sources sources);

    /// What `$REGISTRY_AUTH_FILE` says, there or not; empty where it is not set.
    static QString namedByEnvironment();
    /// The file in which logins outlive the session, for skopeo and podman too; it may not be there.
    static QString lastingFile();

    /// For a host as RegistryAddress has it. Blocks while a helper or the keyring is asked. Error: Cancelled.
    Result<Found> find(const QString &host, const QString &repository, const CancelToken &cancel);

private:
    using Answer = Result<std::optional<Credential>>;
    using Question = std::function<Answer()>;
    struct Asked
    {
        std::mutex mutex; ///< held while the answer is being got
        std::optional<Answer> answer;
    };

    explicit Credentials(Sources sources) : m_sources(std::move(sources)) {}

    void addFile(const QString &path);
    Answer askOnce(const QString &key, const Question &question);
    std::vector<std::pair<QString, Question>> questions(const QString &host, const QString &repository,
                                                        const CancelToken &cancel);
    void addQuestions(const AuthFile &file, const QString &host, const QString &repository,
                      const CancelToken &cancel, std::vector<std::pair<QString, Question>> &questions);

    Sources m_sources;
    std::optional<AuthFile> m_named;
    std::vector<AuthFile> m_files;
    std::optional<Error> m_unreadable; ///< of the files that nobody named, the first that is broken
    std::mutex m_mutex;                ///< guards the table, not its entries
    std::map<QString, std::shared_ptr<Asked>> m_asked;
};

} // namespace layerpool
