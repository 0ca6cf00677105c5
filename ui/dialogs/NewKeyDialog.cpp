// SPDX-License-Identifier: Apache-2.0
#include "dialogs/NewKeyDialog.h"

#include "Icons.h"
#include "Words.h"
#include "base/Secrecy.h"
#include "settings/Settings.h"
#include "views/Spacing.h"
#include "views/SpokenLabel.h"
#include "work/Background.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QDir>
#include <QFormLayout>
#include <QGuiApplication>
#include <QVBoxLayout>

#include <algorithm>
#include <optional>

namespace layerpool {
namespace {

QLineEdit *makePasswordEdit(const QString &name, QWidget *parent)
{
    auto *edit = new QLineEdit(parent);
    edit->setObjectName(name);
    edit->setEchoMode(QLineEdit::Password);
    return edit;
}

// Blocks for the cost of the password, which is overwritten then.
Result<PublicKey> makePair(const QString &path, std::optional<QByteArray> &password, SecretKeyFile::Cost cost)
{
    const SecretKey key = SecretKey::generate();
    const Status written = SecretKeyFile::writePair(
        path, key, password ? std::optional<QByteArrayView>(*password) : std::nullopt, cost);
    if (password) {
        wipe(*password);
    }
    return written ? Result(key.publicKey()) : written.error();
}

} // namespace

NewKeyDialog::NewKeyDialog(Settings &settings, QThreadPool &workers, Dialogs &dialogs, QWidget *parent,
                           SecretKeyFile::Cost cost)
    : QDialog(parent)
    , m_settings(settings)
    , m_workers(workers)
    , m_cost(cost)
    , m_file(new PathEdit(PathEdit::Mode::NewFile, dialogs,
                          {tr("Choose where the secret key goes"),
                           QDir::homePath() + QStringLiteral("/release.key"),
                           tr("Secret keys (*.key);;All files (*)")},
                          this))
    , m_password(makePasswordEdit(QStringLiteral("newKeyPasswordEdit"), this))
    , m_again(makePasswordEdit(QStringLiteral("newKeyAgainEdit"), this))
    , m_plain(new QCheckBox(tr("&Without a password: whoever reads the file can sign"), this))
    , m_signs(new QCheckBox(tr("&Sign with it in Tar from now on"), this))
    , m_message(new SpokenLabel(QStringLiteral("newKeyMessage"), this))
    , m_make(new QPushButton(themedIcon(QStringLiteral("key")), tr("&Make the key pair"), this))
    , m_copy(new QPushButton(themedIcon(QStringLiteral("copy")), tr("Cop&y public key"), this))
    , m_buttons(new QDialogButtonBox(this))
{
    setObjectName(QStringLiteral("newKeyDialog"));
    setWindowTitle(tr("New key pair"));
    m_file->edit()->setObjectName(QStringLiteral("newKeyFileEdit"));
    m_file->edit()->setPlaceholderText(tr("NAME.key, with NAME.key.pub beside it"));
    m_file->edit()->setAccessibleName(tr("File of the secret key"));
    m_plain->setObjectName(QStringLiteral("newKeyPlainCheck"));
    m_signs->setObjectName(QStringLiteral("newKeySignsCheck"));
    m_signs->setChecked(true);
    m_message->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    m_message->setMinimumHeight(fontMetrics().height() * 7);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    buildLayout();
    connect(m_file, &PathEdit::edited, this, &NewKeyDialog::updateFields);
    connect(m_password, &QLineEdit::textChanged, this, &NewKeyDialog::updateFields);
    connect(m_again, &QLineEdit::textChanged, this, &NewKeyDialog::updateFields);
    connect(m_plain, &QCheckBox::toggled, this, &NewKeyDialog::updateFields);
    updateFields();
}

void NewKeyDialog::buildLayout()
{
    auto *rows = new QFormLayout;
    rows->setHorizontalSpacing(outerSpacing(this));
    rows->setVerticalSpacing(innerSpacing(this));
    rows->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    rows->addRow(tr("Secret key's &file:"), m_file);
    rows->addRow(tr("&Password:", "of a new key"), m_password);
    rows->addRow(tr("&Once more:", "the password"), m_again);
    rows->addRow(QString(), m_plain);
    rows->addRow(QString(), m_signs);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(outerSpacing(this));
    layout->addLayout(rows);
    layout->addWidget(m_message, 1);
    layout->addWidget(makeButtons());
    m_file->setFocus();
    resize(textWidth(this, 72), sizeHint().height());
}

QWidget *NewKeyDialog::makeButtons()
{
    m_make->setObjectName(QStringLiteral("newKeyMakeButton"));
    m_make->setDefault(true);
    m_buttons->addButton(m_make, QDialogButtonBox::ActionRole);
    m_copy->setObjectName(QStringLiteral("newKeyCopyButton"));
    m_copy->setAutoDefault(false);
    m_copy->hide();
    m_close = m_buttons->addButton(QDialogButtonBox::Cancel);
    m_close->setObjectName(QStringLiteral("newKeyCloseButton"));
    m_close->setIcon({}); // some styles bring one of another set
    connect(m_make, &QPushButton::clicked, this, &NewKeyDialog::make);
    connect(m_copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_public); });
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    return m_buttons;
}

void NewKeyDialog::updateFields()
{
    const bool canChoose = !m_isBusy && m_public.isEmpty();
    const bool asksPassword = canChoose && !m_plain->isChecked();
    m_file->setEnabled(canChoose);
    m_plain->setEnabled(canChoose);
    m_signs->setEnabled(canChoose);
    m_password->setEnabled(asksPassword);
    m_again->setEnabled(asksPassword);
    m_close->setEnabled(!m_isBusy);
    const bool hasPassword = !m_password->text().isEmpty() && !m_again->text().isEmpty();
    m_make->setEnabled(canChoose && !m_file->path().isEmpty() && (m_plain->isChecked() || hasPassword));
}

void NewKeyDialog::make()
{
    const bool isPlain = m_plain->isChecked();
    if (!isPlain && m_password->text() != m_again->text()) {
        m_message->say(tr("The two passwords differ."));
        m_again->setFocus();
        m_again->selectAll();
        return;
    }
    m_isBusy = true;
    updateFields();
    m_message->say(tr("Making the key pair …"));
    const QString path = m_file->path();
    std::optional<QByteArray> password;
    if (!isPlain) {
        password = m_password->text().toUtf8();
    }
    runInBackground(
        m_workers, this,
        [path, password = std::move(password), cost = m_cost]() mutable {
            return makePair(path, password, cost);
        },
        [this, path](const Result<PublicKey> &made) { onMade(path, made); });
}

void NewKeyDialog::onMade(const QString &path, const Result<PublicKey> &made)
{
    m_isBusy = false;
    if (!made) {
        m_message->say(sentenceOf(made.error()));
        updateFields();
        m_file->setFocus();
        return;
    }
    m_public = made->base64();
    m_password->clear();
    m_again->clear();
    if (m_signs->isChecked()) {
        m_settings.setValue(settings::signingKey, path);
    }
    m_buttons->removeButton(m_make);
    m_make->hide();
    m_buttons->addButton(m_copy, QDialogButtonBox::ActionRole); // which shows it
    m_close->setText(tr("&Close"));
    updateFields();
    m_copy->setDefault(true);
    m_copy->setFocus();
    m_message->say(
        tr("The key %1 is made.\n%2 signs, and stays here: keep a copy of it, and its password, for "
           "it cannot be made again.\n%3 goes to the far side, which trusts it: there Settings ▸ "
           "Signatures takes the file, or what “Copy public key” copies.",
           "2 and 3 are files")
            .arg(made->name(), QDir::toNativeSeparators(path),
                 QDir::toNativeSeparators(SecretKeyFile::publicPathOf(path))));
    resize(width(), std::max(height(), heightForWidth(width())));
}

void NewKeyDialog::reject()
{
    if (!m_isBusy) {
        QDialog::reject();
    }
}

} // namespace layerpool
