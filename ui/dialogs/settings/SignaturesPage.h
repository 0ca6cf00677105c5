// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dialogs/settings/FieldNote.h"
#include "dialogs/settings/SettingsPage.h"
#include "dialogs/settings/TrustedKeysList.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QThreadPool>

#include <functional>
#include <vector>

class QHBoxLayout;

namespace layerpool {

class Dialogs;
class NewKeyDialog;
class PathEdit;
class Settings;
class SpokenLabel;

/// Whose bundles are trusted: what becomes of one that no trusted key has signed, and which keys those are;
/// and the key with which Tar signs, or the way to one. Whom it trusts is the command line's too.
class SignaturesPage final : public SettingsPage
{
    Q_OBJECT

public:
    /// All must outlive the page.
    SignaturesPage(Settings &settings, QThreadPool &workers, Dialogs &dialogs, QWidget *parent = nullptr);

    void commit() override;
    /// Asks first.
    void restoreDefaults() override;

Q_SIGNALS:
    /// Keys or the policy were changed here.
    void trustChanged();

protected:
    void showEvent(QShowEvent *event) override;

private:
    using Change = std::function<Status(const TrustedKeys &)>;
    using Done = std::function<QString()>; ///< runs when it has succeeded, and returns what is said then
    struct Kept
    {
        Result<SignaturePolicy> policy;
        Result<std::vector<TrustedKeys::Entry>> keys;
    };
    struct Changed
    {
        Status status;
        Kept kept; ///< by then
    };

    void setUpPolicy();
    QLayout *makeAdding();
    QLayout *makeForgetting();
    QLayout *makeSigning();
    void addButton(QHBoxLayout *row, const QString &name, const QString &icon, const QString &text,
                   const QString &toolTip, void (SignaturesPage::*run)());
    void read();
    void change(const Change &change, const Done &done);
    void onChanged(const Changed &changed, const Done &done);
    void showKept(const Kept &kept);
    void showPolicy();
    QString textOfPolicy() const;
    void keepPolicy(int row);
    void loadSigning();
    void updateForget();
    void addTyped();
    void addFile();
    void forget();
    QString afterForgetting(const TrustedKeys::Entry &entry);
    void openNewKey();

    Settings &m_settings;
    QThreadPool &m_workers;
    Dialogs &m_dialogs;
    QComboBox *m_policy;
    FieldNote *m_policyNote;
    TrustedKeysList *m_keys;
    QLineEdit *m_newKey;
    FieldNote *m_newKeyNote;
    SpokenLabel *m_message;
    QPushButton *m_forget = nullptr;
    PathEdit *m_signs = nullptr;
    QPointer<NewKeyDialog> m_newKeyDialog;
    int m_keptPolicy = -1; ///< its row; -1 before it is known, and where it cannot be read
    int m_pending = 0;     ///< changes that are not shown yet
    QThreadPool m_keeper;  ///< one thread: what is newer is written later
};

} // namespace layerpool
