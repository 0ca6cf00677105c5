// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dialogs/settings/FieldNote.h"
#include "dialogs/settings/SettingsPage.h"
#include "sign/TrustedKeys.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QThreadPool>
#include <QTreeWidget>

#include <functional>
#include <vector>

class QHBoxLayout;

namespace layerpool {

class Dialogs;
class NewKeyDialog;
class Settings;
class SpokenLabel;

/// Whose bundles are trusted: what becomes of one that no trusted key has signed, and which keys those are;
/// and the way to a pair of one's own. What is kept is the command line's too.
class SignaturesPage final : public SettingsPage
{
    Q_OBJECT

public:
    /// All must outlive the page.
    SignaturesPage(Settings &settings, QThreadPool &workers, Dialogs &dialogs, QWidget *parent = nullptr);

    /// Asks first.
    void restoreDefaults() override;

protected:
    void showEvent(QShowEvent *event) override;

private:
    using Change = std::function<Status(const TrustedKeys &)>;
    struct Kept
    {
        SignaturePolicy policy = SignaturePolicy::Warn;
        std::vector<PublicKey> keys;
    };
    struct Changed
    {
        Status status;
        Result<Kept> kept; ///< by then
    };

    void setUpPolicy();
    void setUpKeys();
    QLayout *makeAdding();
    QLayout *makeButtons();
    void addButton(QHBoxLayout *row, const QString &name, const QString &icon, const QString &text,
                   const QString &toolTip, void (SignaturesPage::*run)());
    static Result<Kept> read(const TrustedKeys &keys);
    void change(Change change, const QString &done);
    void onChanged(const Changed &changed, const QString &done);
    void showKeys(const std::vector<PublicKey> &keys);
    void showPolicy();
    void addTyped();
    void addFile();
    void forget();
    void openNewKey();

    Settings &m_settings;
    QThreadPool &m_workers;
    Dialogs &m_dialogs;
    QComboBox *m_policy;
    FieldNote *m_policyNote;
    QTreeWidget *m_keys;
    QLineEdit *m_newKey;
    FieldNote *m_newKeyNote;
    SpokenLabel *m_message;
    QPushButton *m_forget = nullptr;
    QPointer<NewKeyDialog> m_newKeyDialog;
    int m_pending = 0;    ///< changes that are not shown yet
    QThreadPool m_keeper; ///< one thread: what is newer is written later
};

} // namespace layerpool
