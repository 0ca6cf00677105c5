// SPDX-License-Identifier: Apache-2.0
#include "dialogs/settings/SignaturesPage.h"

#include "Icons.h"
#include "Words.h"
#include "dialogs/Dialogs.h"
#include "dialogs/NewKeyDialog.h"
#include "models/Roles.h"
#include "settings/Settings.h"
#include "views/CopyActions.h"
#include "views/Spacing.h"
#include "views/SpokenLabel.h"
#include "work/Background.h"

#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QVBoxLayout>

namespace layerpool {
namespace {

enum KeyColumn { NameColumn, TextColumn };

QString namesOf(const QStringList &files)
{
    QStringList names;
    for (const QString &file : files) {
        names << QFileInfo(file).fileName();
    }
    return names.join(QStringLiteral(", "));
}

} // namespace

SignaturesPage::SignaturesPage(Settings &settings, QThreadPool &workers, Dialogs &dialogs, QWidget *parent)
    : SettingsPage(parent)
    , m_settings(settings)
    , m_workers(workers)
    , m_dialogs(dialogs)
    , m_policy(new QComboBox(this))
    , m_policyNote(new FieldNote(QStringLiteral("signaturePolicyNote"), m_policy, this))
    , m_keys(new QTreeWidget(this))
    , m_newKey(new QLineEdit(this))
    , m_newKeyNote(new FieldNote(QStringLiteral("newTrustedKeyNote"), m_newKey, this))
    , m_message(new SpokenLabel(QStringLiteral("signaturesMessage"), this))
{
    m_keeper.setMaxThreadCount(1);
    setUpPolicy();
    setUpKeys();
    m_message->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    m_message->setMinimumHeight(fontMetrics().lineSpacing() * 2);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);

    auto *label = new QLabel(tr("&Bundles that no trusted key has signed:"), this);
    label->setBuddy(m_policy);
    auto *policy = new QHBoxLayout;
    policy->setSpacing(innerSpacing(this));
    policy->addWidget(label);
    policy->addWidget(m_policy, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(innerSpacing(this));
    layout->addLayout(policy);
    layout->addWidget(m_policyNote);
    layout->addLayout(makeAdding());
    layout->addWidget(m_newKeyNote);
    layout->addWidget(m_keys, 1);
    layout->addLayout(makeButtons());
    layout->addWidget(m_message);
    setFocusProxy(m_policy);
    showPolicy();
}

void SignaturesPage::setUpPolicy()
{
    m_policy->setObjectName(QStringLiteral("signaturePolicyCombo"));
    m_policy->addItem(tr("Say so, and take them", "bundles that are not signed"));
    m_policy->addItem(tr("Refuse them", "bundles that are not signed"));
    m_policy->addItem(tr("Look at no signature"));
    connect(m_policy, &QComboBox::activated, this, [this](int row) {
        const auto policy = static_cast<SignaturePolicy>(row);
        showPolicy();
        change([policy](const TrustedKeys &keys) { return keys.setPolicy(policy); }, {});
    });
}

void SignaturesPage::setUpKeys()
{
    m_keys->setObjectName(QStringLiteral("trustedKeys"));
    m_keys->setAccessibleName(tr("Trusted keys"));
    m_keys->setRootIsDecorated(false);
    m_keys->setUniformRowHeights(true);
    m_keys->setHeaderLabels({tr("Trusted key"), tr("Public key")});
    m_keys->header()->setSectionResizeMode(NameColumn, QHeaderView::ResizeToContents);
    m_keys->setMinimumSize(textWidth(this, 44), fontMetrics().height() * 5);
    addCopyAction(m_keys, tr("&Copy public key"), QKeySequence::Copy, DetailsRole);
    connect(m_keys, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem *current) {
        m_forget->setEnabled(current != nullptr);
        if (current) { // the focus that comes by Tab chooses one, and selects none
            current->setSelected(true);
        }
    });
}

QLayout *SignaturesPage::makeAdding()
{
    m_newKey->setObjectName(QStringLiteral("newTrustedKeyEdit"));
    m_newKey->setPlaceholderText(tr("a public key: what stands in NAME.pub"));
    auto *label = new QLabel(tr("&Trust a key:"), this);
    label->setBuddy(m_newKey);
    connect(m_newKey, &QLineEdit::returnPressed, this, &SignaturesPage::addTyped);
    connect(m_newKey, &QLineEdit::textEdited, this, [this] { m_newKeyNote->say({}); });
    auto *row = new QHBoxLayout;
    row->setSpacing(innerSpacing(this));
    row->addWidget(label);
    row->addWidget(m_newKey, 1);
    addButton(row, QStringLiteral("addTrustedKeyButton"), {}, tr("A&dd"),
              tr("Trust the bundles that this key has signed"), &SignaturesPage::addTyped);
    addButton(row, QStringLiteral("addTrustedFileButton"), QStringLiteral("folder"), tr("From a fi&le…"),
              tr("Trust the key of a file NAME.pub"), &SignaturesPage::addFile);
    return row;
}

QLayout *SignaturesPage::makeButtons()
{
    auto *row = new QHBoxLayout;
    row->setSpacing(innerSpacing(this));
    addButton(row, QStringLiteral("newKeyPairButton"), QStringLiteral("key"), tr("New &key pair…"),
              tr("Make a key of your own, which signs bundles in Tar"), &SignaturesPage::openNewKey);
    row->addStretch();
    addButton(row, QStringLiteral("forgetKeyButton"), QStringLiteral("clear"), tr("F&orget…"),
              tr("Trust the chosen key no more"), &SignaturesPage::forget);
    m_forget = findChild<QPushButton *>(QStringLiteral("forgetKeyButton"));
    m_forget->setEnabled(false);
    return row;
}

void SignaturesPage::addButton(QHBoxLayout *row, const QString &name, const QString &icon,
                               const QString &text, const QString &toolTip, void (SignaturesPage::*run)())
{
    auto *button = new QPushButton(text, this);
    button->setObjectName(name);
    button->setIcon(icon.isEmpty() ? QIcon() : themedIcon(icon));
    button->setToolTip(toolTip);
    button->setAutoDefault(false);
    connect(button, &QPushButton::clicked, this, run);
    row->addWidget(button);
}

// The command line, or somebody by hand, may have changed them.
void SignaturesPage::showEvent(QShowEvent *event)
{
    SettingsPage::showEvent(event);
    m_message->say({});
    change([](const TrustedKeys &) { return Status(); }, {});
}

Result<SignaturesPage::Kept> SignaturesPage::read(const TrustedKeys &keys)
{
    const Result<SignaturePolicy> policy = keys.policy();
    if (!policy) {
        return policy.error();
    }
    Result<std::vector<PublicKey>> trusted = keys.keys();
    return trusted ? Result<Kept>(Kept{*policy, *std::move(trusted)}) : trusted.error();
}

/// `done`: what is said when it is.
void SignaturesPage::change(Change change, const QString &done)
{
    ++m_pending;
    runInBackground(
        m_keeper, this,
        [change = std::move(change)] {
            const TrustedKeys keys;
            Status status = change(keys);
            return Changed{std::move(status), read(keys)};
        },
        [this, done](const Changed &changed) { onChanged(changed, done); });
}

void SignaturesPage::onChanged(const Changed &changed, const QString &done)
{
    if (!changed.status) {
        m_message->say(sentenceOf(changed.status.error()));
    } else if (!changed.kept) {
        m_message->say(sentenceOf(changed.kept.error()));
    } else if (!done.isEmpty()) {
        m_message->say(done);
    }
    if (--m_pending == 0) { // else what was chosen since is not there yet
        m_policy->setCurrentIndex(changed.kept ? static_cast<int>(changed.kept->policy) : -1);
        showKeys(changed.kept ? changed.kept->keys : std::vector<PublicKey>());
        showPolicy();
    }
}

void SignaturesPage::showKeys(const std::vector<PublicKey> &keys)
{
    m_keys->clear();
    for (const PublicKey &key : keys) {
        auto *item = new QTreeWidgetItem(m_keys, {key.name(), key.base64()});
        item->setData(NameColumn, DetailsRole, key.base64());
        item->setToolTip(TextColumn, key.base64());
    }
    m_forget->setEnabled(false); // a second click is not meant for the next one
}

void SignaturesPage::showPolicy()
{
    if (m_policy->currentIndex() < 0) { // it cannot be read, as the message says
        m_policyNote->say({});
        return;
    }
    const bool isAnyTrusted = m_keys->topLevelItemCount() > 0;
    switch (static_cast<SignaturePolicy>(m_policy->currentIndex())) {
    case SignaturePolicy::Warn:
        m_policyNote->say(
            isAnyTrusted ? tr("The plan says who has signed a bundle. One that a trusted key has signed, "
                              "and that was changed since, is refused all the same.")
                         : tr("No key is trusted: the plan says whether a bundle is signed, and nobody "
                              "checks it."));
        break;
    case SignaturePolicy::Require:
        m_policyNote->say(
            isAnyTrusted ? tr("Only what a trusted key has signed, and nobody has changed since, is taken.")
                         : tr("No key is trusted: every bundle is refused until one is."));
        break;
    case SignaturePolicy::Ignore:
        m_policyNote->say(tr("Nothing says who made a bundle: anybody on its way may have."));
        break;
    }
}

void SignaturesPage::addTyped()
{
    // A file's two lines come as one where they are pasted; the key is the last word.
    const QString word = m_newKey->text().simplified().section(QLatin1Char(' '), -1);
    const Result<PublicKey> key = PublicKey::parse(word.toLatin1());
    if (!key) {
        m_newKeyNote->say(tr("This is no public key: %1. It is the second line of a file NAME.pub, of "
                             "Layerpool's or minisign's.")
                              .arg(key.error().why));
        return;
    }
    m_newKey->clear();
    m_newKeyNote->say({});
    change([key = *key](const TrustedKeys &keys) { return keys.add(key); },
           tr("The key %1 is trusted.").arg(key->name()));
}

void SignaturesPage::addFile()
{
    m_dialogs.openFiles(
        this, {tr("Choose a public key"), QDir::homePath(), tr("Public keys (*.pub);;All files (*)")},
        [this](const QStringList &files) {
            change(
                [files](const TrustedKeys &keys) {
                    for (const QString &file : files) {
                        const Result<PublicKey> key = PublicKey::read(file);
                        const Status added = key ? keys.add(*key) : Status(key.error());
                        if (!added) {
                            return added;
                        }
                    }
                    return Status();
                },
                tr("Trusted: %1.", "files of keys").arg(namesOf(files)));
        });
}

void SignaturesPage::forget()
{
    const QTreeWidgetItem *current = m_keys->currentItem();
    if (!current) {
        return;
    }
    const QString name = current->text(NameColumn);
    const QString text = current->text(TextColumn);
    m_dialogs.ask(
        this,
        {tr("Forget a trusted key"),
         tr("Trust the key %1 no more? Bundles that it has signed are then like those of anybody.").arg(name),
         tr("Forget %1").arg(name), Dialogs::Default::Cancel},
        [this, name, text] {
            m_newKey->setText(text);
            change(
                [name](const TrustedKeys &keys) {
                    const Result<bool> wasThere = keys.forget(name);
                    return wasThere ? Status() : Status(wasThere.error());
                },
                tr("The key %1 is no longer trusted. It stands in the field above: Add trusts it again.")
                    .arg(name));
        });
}

void SignaturesPage::restoreDefaults()
{
    m_dialogs.ask(this,
                  {tr("Restore defaults"),
                   tr("Forget every trusted key, and take bundles that none has signed, saying so? The keys "
                      "with which you sign stay where they are."),
                   tr("Forget them"), Dialogs::Default::Cancel},
                  [this] {
                      m_settings.reset(settings::signingKey);
                      change(
                          [](const TrustedKeys &keys) {
                              const Result<std::vector<PublicKey>> all = keys.keys();
                              Status done = all ? keys.setPolicy(SignaturePolicy::Warn) : Status(all.error());
                              for (std::size_t i = 0; done && i < all->size(); ++i) {
                                  const Result<bool> wasThere = keys.forget((*all)[i].name());
                                  done = wasThere ? Status() : Status(wasThere.error());
                              }
                              return done;
                          },
                          {});
                  });
}

void SignaturesPage::openNewKey()
{
    if (!m_newKeyDialog || !m_newKeyDialog->isVisible()) {
        m_newKeyDialog = new NewKeyDialog(m_settings, m_workers, m_dialogs, this);
        m_newKeyDialog->setAttribute(Qt::WA_DeleteOnClose);
        m_newKeyDialog->show();
    }
    m_newKeyDialog->raise();
    m_newKeyDialog->activateWindow();
}

} // namespace layerpool
