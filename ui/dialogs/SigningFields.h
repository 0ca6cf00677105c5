// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dialogs/PathEdit.h"
#include "work/Newest.h"
#include "work/SigningKey.h"

#include <QFormLayout>

#include <optional>

namespace layerpool {

/// Who signs a bundle, as rows of a form: the file of a secret key, and its password where it has one. That
/// is taken by Enter, or when the field is left: to try it costs seconds.
class SigningFields final : public QObject
{
    Q_OBJECT

public:
    /// Adds its rows; the widgets belong to the layout's parent. All must outlive it.
    SigningFields(QThreadPool &workers, Dialogs &dialogs, QFormLayout &rows, QObject *parent);

    QString path() const { return m_file->path(); }
    void setPath(const QString &path) { m_file->setPath(path); }
    /// What is missing or wrong, as a sentence.
    QString obstacle() const;
    /// Null where nobody signs, or something is missing.
    std::shared_ptr<SigningKey> key() const { return m_key; }

Q_SIGNALS:
    void edited();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void look();
    void onFound(const Result<bool> &isEncrypted);
    void takePassword();
    bool asksPassword() const { return m_isEncrypted && *m_isEncrypted && **m_isEncrypted; }

    QFormLayout &m_rows;
    PathEdit *m_file;
    QLineEdit *m_password;
    Newest m_look;                             ///< at the file
    std::optional<Result<bool>> m_isEncrypted; ///< none while the file is looked at, and without one
    std::shared_ptr<SigningKey> m_key;
};

} // namespace layerpool
