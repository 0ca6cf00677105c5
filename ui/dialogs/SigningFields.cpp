// SPDX-License-Identifier: Apache-2.0
#include "dialogs/SigningFields.h"

#include "Words.h"
#include "sign/SecretKeyFile.h"

#include <QDir>
#include <QKeyEvent>

namespace layerpool {

SigningFields::SigningFields(QThreadPool &workers, Dialogs &dialogs, QFormLayout &rows, QObject *parent)
    : QObject(parent)
    , m_rows(rows)
    , m_file(new PathEdit(
          PathEdit::Mode::File, dialogs,
          {tr("Choose the key that signs"), QDir::homePath(), tr("Secret keys (*.key);;All files (*)")}))
    , m_password(new QLineEdit)
    , m_look(workers, this)
{
    m_file->setObjectName(QStringLiteral("signKey"));
    m_file->edit()->setObjectName(QStringLiteral("signKeyEdit"));
    m_file->edit()->setPlaceholderText(tr("nobody signs"));
    m_file->edit()->setAccessibleName(tr("Sign with"));
    m_file->setToolTip(tr("A secret key of Settings ▸ Signatures, or of minisign's"));
    m_password->setObjectName(QStringLiteral("signPasswordEdit"));
    m_password->setEchoMode(QLineEdit::Password);
    m_password->installEventFilter(this);
    rows.addRow(tr("Sig&n with:"), m_file);
    rows.addRow(tr("&Password:", "of a secret key"), m_password);
    rows.setRowVisible(m_password, false);
    connect(m_file, &PathEdit::edited, this, &SigningFields::look);
    connect(m_password, &QLineEdit::textEdited, this, [this] {
        m_key.reset();
        Q_EMIT edited();
    });
    connect(m_password, &QLineEdit::editingFinished, this, &SigningFields::takePassword);
}

void SigningFields::look()
{
    m_isEncrypted.reset();
    m_key.reset();
    m_password->clear(); // it is that of another key
    if (const QString file = path(); file.isEmpty()) {
        m_look.drop();
        m_rows.setRowVisible(m_password, false);
    } else {
        const auto isEncrypted = [file]() -> Result<bool> {
            const Result<SecretKeyFile> key = SecretKeyFile::read(file);
            return key ? Result(key->isEncrypted()) : key.error();
        };
        m_look.ask(isEncrypted, [this](const Result<bool> &found) { onFound(found); });
    }
    Q_EMIT edited();
}

void SigningFields::onFound(const Result<bool> &isEncrypted)
{
    m_isEncrypted = isEncrypted;
    m_rows.setRowVisible(m_password, asksPassword());
    if (isEncrypted && !*isEncrypted) {
        m_key = std::make_shared<SigningKey>(path());
    }
    Q_EMIT edited();
}

void SigningFields::takePassword()
{
    if (asksPassword() && !m_key && !m_password->text().isEmpty()) {
        m_key = std::make_shared<SigningKey>(path(), m_password->text().toUtf8());
        Q_EMIT edited();
    }
}

QString SigningFields::obstacle() const
{
    if (path().isEmpty() || m_key) {
        return {};
    }
    if (!m_isEncrypted) {
        return tr("Looking at %1 …", "a file").arg(path());
    }
    if (!*m_isEncrypted) {
        return tr("%1 Or clear the field, and nobody signs the bundle.", "what is wrong with a key's file")
            .arg(sentenceOf(m_isEncrypted->error()));
    }
    return m_password->text().isEmpty() ? tr("Give the password of the key that signs.")
                                        : tr("Press Enter to open the key with this password.");
}

// Enter means that the password is whole; only the next one means the dialog.
bool SigningFields::eventFilter(QObject *watched, QEvent *event)
{
    const auto *key = event->type() == QEvent::KeyPress ? static_cast<QKeyEvent *>(event) : nullptr;
    if (key && (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) && !m_key) {
        takePassword();
        return true;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace layerpool
