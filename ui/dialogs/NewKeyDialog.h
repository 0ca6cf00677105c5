// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dialogs/PathEdit.h"
#include "sign/SecretKeyFile.h"

#include <QCheckBox>
#include <QDialog>
#include <QDialogButtonBox>
#include <QPushButton>
#include <QThreadPool>

namespace layerpool {

class Settings;
class SpokenLabel;

/// Makes a pair of keys that signs bundles: where its two files go, and which password the secret one gets.
/// When they are there it says what is done with each, and gives the public one to the clipboard.
class NewKeyDialog final : public QDialog
{
    Q_OBJECT

public:
    /// All must outlive the dialog. `cost`: of the password.
    NewKeyDialog(Settings &settings, QThreadPool &workers, Dialogs &dialogs, QWidget *parent = nullptr,
                 SecretKeyFile::Cost cost = {});

    /// Not while the files are written: nobody would learn of them.
    void reject() override;

private:
    void buildLayout();
    QWidget *makeButtons();
    void updateFields();
    void make();
    void onMade(const QString &path, const Result<PublicKey> &made);

    Settings &m_settings;
    QThreadPool &m_workers;
    const SecretKeyFile::Cost m_cost;
    PathEdit *m_file;
    QLineEdit *m_password;
    QLineEdit *m_again;
    QCheckBox *m_plain;
    QCheckBox *m_signs;
    SpokenLabel *m_message;
    QPushButton *m_make;
    QPushButton *m_copy;
    QDialogButtonBox *m_buttons;
    QPushButton *m_close = nullptr;
    bool m_isBusy = false;
    QString m_public; ///< the key that was made; empty before
};

} // namespace layerpool
