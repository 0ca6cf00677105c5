// SPDX-License-Identifier: Apache-2.0
#include "dialogs/settings/SignaturesPage.h"

#include "Icons.h"
#include "Words.h"
#include "dialogs/Dialogs.h"
#include "dialogs/NewKeyDialog.h"
#include "dialogs/PathEdit.h"
#include "settings/Settings.h"
#include "views/Spacing.h"
#include "views/SpokenLabel.h"
#include "work/Background.h"

#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace layerpool {
namespace {

QString namesOf(const QStringList &files)
{
    QStringList names;
    for (const QString &file : files) {
        names << QFileInfo(file).fileName();
    }
    return names.join(QStringLiteral(", "));
}

std::function<QString()> saying(const QString &text)
{
    return [text] { return text; };
}

} // namespace

SignaturesPage::SignaturesPage(Settings &settings, QThreadPool &workers, Dialogs &dialogs, QWidget *parent)
    : SettingsPage(parent)
    , m_settings(settings)
    , m_workers(workers)
    , m_dialogs(dialogs)
    , m_policy(new QComboBox(this))
    , m_policyNote(new FieldNote(QStringLiteral("signaturePolicyNote"), m_policy, this))
    , m_keys(new TrustedKeysList(this))
    , m_newKey(new QLineEdit(this))
    , m_newKeyNote(new FieldNote(QStringLiteral("newTrustedKeyNote"), m_newKey, this))
    , m_message(new SpokenLabel(QStringLiteral("signaturesMessage"), this))
{
    m_keeper.setMaxThreadCount(1);
    setUpPolicy();
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
    layout->addLayout(makeForgetting());
    layout->addLayout(makeSigning());
    layout->addWidget(m_message);
    setFocusProxy(m_policy);
    connect(m_keys, &TrustedKeysList::chosenChanged, this, &SignaturesPage::updateForget);
}

void SignaturesPage::setUpPolicy()
{
    m_policy->setObjectName(QStringLiteral("signaturePolicyCombo"));
    m_policy->addItem(tr("Say so, and take them", "bundles that are not signed"));
    m_policy->addItem(tr("Refuse them", "bundles that are not signed"));
    m_policy->addItem(tr("Look at no signature"));
    m_policy->setCurrentIndex(-1);
    m_policy->setPlaceholderText(tr("Reading …", "the policy on signatures"));
    m_policy->setEnabled(false);
    connect(m_policy, &QComboBox::activated, this, &SignaturesPage::keepPolicy);
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

QLayout *SignaturesPage::makeForgetting()
{
    auto *row = new QHBoxLayout;
    row->addStretch();
    addButton(row, QStringLiteral("forgetKeyButton"), QStringLiteral("clear"), tr("F&orget…"),
              tr("Trust the chosen key no more"), &SignaturesPage::forget);
    m_forget = findChild<QPushButton *>(QStringLiteral("forgetKeyButton"));
    m_forget->setEnabled(false);
    return row;
}

QLayout *SignaturesPage::makeSigning()
{
    m_signs = new PathEdit(
        PathEdit::Mode::File, m_dialogs,
        {tr("Choose the key that signs"), QDir::homePath(), tr("Secret keys (*.key);;All files (*)")}, this);
    m_signs->setObjectName(QStringLiteral("signsWith"));
    m_signs->edit()->setObjectName(QStringLiteral("signsWithEdit"));
    m_signs->edit()->setPlaceholderText(tr("nobody signs"));
    m_signs->edit()->setAccessibleName(tr("Tar signs with"));
    m_signs->setToolTip(tr("The secret key that Tar begins with; each bundle can have another"));
    auto *label = new QLabel(tr("Tar &signs with:"), this);
    label->setBuddy(m_signs->edit());
    connect(m_signs, &PathEdit::edited, this,
            [this] { m_settings.setValue(settings::signingKey, m_signs->path()); });
    auto *row = new QHBoxLayout;
    row->setSpacing(innerSpacing(this));
    row->addWidget(label);
    row->addWidget(m_signs, 1);
    addButton(row, QStringLiteral("newKeyPairButton"), QStringLiteral("key"), tr("New &key pair…"),
              tr("Make a key of your own, which signs bundles in Tar"), &SignaturesPage::openNewKey);
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

// The command line, Tar, or somebody by hand, may have changed them.
void SignaturesPage::showEvent(QShowEvent *event)
{
    SettingsPage::showEvent(event);
    m_message->say({});
    loadSigning();
    read();
}

void SignaturesPage::loadSigning()
{
    m_signs->setPath(m_settings.value(settings::signingKey));
}

void SignaturesPage::read()
{
    change({}, {});
}

void SignaturesPage::change(const Change &change, const Done &done)
{
    ++m_pending;
    runInBackground(
        m_keeper, this,
        [change] {
            const TrustedKeys keys;
            Status status = change ? change(keys) : Status();
            return Changed{std::move(status), {keys.policy(), keys.entries()}};
        },
        [this, done, isChange = bool(change)](const Changed &changed) {
            onChanged(changed, done);
            if (isChange) {
                Q_EMIT trustChanged();
            }
        });
}

void SignaturesPage::onChanged(const Changed &changed, const Done &done)
{
    if (!changed.status) {
        m_message->say(sentenceOf(changed.status.error()));
    } else if (!changed.kept.policy) {
        m_message->say(sentenceOf(changed.kept.policy.error()));
    } else if (!changed.kept.keys) {
        m_message->say(sentenceOf(changed.kept.keys.error()));
    } else if (done) {
        m_message->say(done());
    }
    if (--m_pending == 0) { // else what was chosen since is not there yet
        showKept(changed.kept);
    }
}

void SignaturesPage::showKept(const Kept &kept)
{
    m_keptPolicy = kept.policy ? static_cast<int>(*kept.policy) : -1;
    m_policy->setPlaceholderText({});
    m_policy->setEnabled(true);
    m_policy->setCurrentIndex(m_keptPolicy);
    m_keys->setEntries(kept.keys ? *kept.keys : std::vector<TrustedKeys::Entry>());
    showPolicy();
}

// Whoever has forgotten the last one stays in the list.
void SignaturesPage::updateForget()
{
    const bool hadFocus = window()->focusWidget() == m_forget;
    m_forget->setEnabled(m_keys->chosen() != nullptr);
    if (hadFocus && !m_forget->isEnabled()) {
        m_keys->setFocus();
    }
}

void SignaturesPage::keepPolicy(int row)
{
    const auto keep = [this, policy = static_cast<SignaturePolicy>(row)] {
        change([policy](const TrustedKeys &keys) { return keys.setPolicy(policy); }, {});
    };
    showPolicy();
    if (row == m_keptPolicy || row != static_cast<int>(SignaturePolicy::Ignore)) {
        keep();
        return;
    }
    m_dialogs.ask(this,
                  {tr("Look at no signature"),
                   tr("Take every bundle, also one that was changed since a trusted key signed it? Nothing "
                      "says then who made it."),
                   tr("Look at none", "no signature"), Dialogs::Default::Cancel},
                  keep, [this] {
                      m_policy->setCurrentIndex(m_keptPolicy);
                      showPolicy();
                  });
}

void SignaturesPage::showPolicy()
{
    m_policyNote->say(m_policy->currentIndex() < 0 ? QString() : textOfPolicy()); // as the message says
}

QString SignaturesPage::textOfPolicy() const
{
    const auto policy = static_cast<SignaturePolicy>(m_policy->currentIndex());
    if (policy == SignaturePolicy::Ignore) {
        return tr("Nothing says who made a bundle: anybody on its way may have.");
    }
    const std::vector<TrustedKeys::Entry> &keys = m_keys->entries();
    const auto bad = std::find_if(keys.begin(), keys.end(), [](const auto &entry) { return !entry.key; });
    if (bad != keys.end()) {
        return tr("%1 below holds no key: no bundle is taken before it is forgotten or mended.", "a file")
            .arg(bad->file);
    }
    if (policy == SignaturePolicy::Require) {
        return keys.empty()
                   ? tr("No key is trusted: every bundle is refused until one is.")
                   : tr("Only what a trusted key has signed, and nobody has changed since, is taken.");
    }
    return keys.empty() ? tr("No key is trusted: the plan says whether a bundle is signed, and nobody "
                             "checks it.")
                        : tr("The plan says who has signed a bundle. One that a trusted key has signed, "
                             "and that was changed since, is refused all the same.");
}

// What Forget has put back into the field was not typed.
void SignaturesPage::commit()
{
    if (m_newKey->isModified() && !m_newKey->text().trimmed().isEmpty()) {
        addTyped();
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
           saying(tr("The key %1 is trusted.").arg(key->name())));
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
                saying(tr("Trusted: %1.", "files of keys").arg(namesOf(files))));
        });
}

void SignaturesPage::forget()
{
    const TrustedKeys::Entry *chosen = m_keys->chosen();
    if (!chosen) {
        return;
    }
    const QString name = chosen->key ? chosen->key->name() : chosen->file;
    const QString text =
        chosen->key
            ? tr("Trust the key %1 no more? Bundles that it has signed are then like those of anybody.")
            : tr("Forget the file %1? It holds no key that can be read, and is removed.");
    m_dialogs.ask(
        this,
        {tr("Forget a trusted key"), text.arg(name), tr("Forget %1").arg(name), Dialogs::Default::Cancel},
        [this, name, entry = *chosen] {
            change(
                [name](const TrustedKeys &keys) {
                    const Result<bool> wasThere = keys.forget(name);
                    return wasThere ? Status() : Status(wasThere.error());
                },
                [this, entry] { return afterForgetting(entry); });
        });
}

// It may have been a mistake; but what was typed meanwhile stays.
QString SignaturesPage::afterForgetting(const TrustedKeys::Entry &entry)
{
    if (!entry.key) {
        return tr("The file %1 is forgotten.").arg(entry.file);
    }
    if (!m_newKey->text().isEmpty()) {
        return tr("The key %1 is no longer trusted.").arg(entry.key->name());
    }
    m_newKey->setText(entry.key->base64());
    return tr("The key %1 is no longer trusted. It stands in the field above: Add trusts it again.")
        .arg(entry.key->name());
}

void SignaturesPage::restoreDefaults()
{
    QString text = tr("Forget every trusted key, and take bundles that none has signed, saying so?");
    if (const QString key = m_settings.value(settings::signingKey); !key.isEmpty()) {
        text += QLatin1Char(' ') + tr("Tar signs with no key then: %1 stays where it is.", "a file")
                                       .arg(QDir::toNativeSeparators(key));
    }
    m_dialogs.ask(this, {tr("Restore defaults"), text, tr("Forget them"), Dialogs::Default::Cancel}, [this] {
        change(
            [](const TrustedKeys &keys) {
                const Status policy = keys.setPolicy(SignaturePolicy::Warn);
                return policy ? keys.forgetAll() : policy;
            },
            [this] {
                m_settings.reset(settings::signingKey);
                loadSigning();
                return tr("No key is trusted, and Tar signs with none.");
            });
    });
}

void SignaturesPage::openNewKey()
{
    if (!m_newKeyDialog || !m_newKeyDialog->isVisible()) {
        m_newKeyDialog = new NewKeyDialog(m_settings, m_workers, m_dialogs, this);
        m_newKeyDialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_newKeyDialog, &QDialog::finished, this, &SignaturesPage::loadSigning);
        m_newKeyDialog->show();
    }
    m_newKeyDialog->raise();
    m_newKeyDialog->activateWindow();
}

} // namespace layerpool
