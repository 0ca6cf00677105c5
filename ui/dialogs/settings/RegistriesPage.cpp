// SPDX-License-Identifier: Apache-2.0
#include "dialogs/settings/RegistriesPage.h"

#include "Icons.h"
#include "Words.h"
#include "dialogs/Dialogs.h"
#include "image/RegistryAddress.h"
#include "registry/ConnectionCheck.h"
#include "registry/Credentials.h"
#include "registry/SignOut.h"
#include "views/SpokenLabel.h"
#include "views/Spacing.h"
#include "work/Background.h"

#include <QHeaderView>
#include <QRegularExpression>
#include <QScrollArea>
#include <QVBoxLayout>

namespace layerpool {

RegistriesPage::RegistriesPage(Connections &connections, QThreadPool &workers, Dialogs &dialogs,
                               QWidget *parent)
    : SettingsPage(parent)
    , m_connections(connections)
    , m_workers(workers)
    , m_dialogs(dialogs)
    , m_model(connections, workers)
    , m_newHost(new QLineEdit(this))
    , m_newHostNote(new FieldNote(QStringLiteral("newRegistryNote"), m_newHost, this))
    , m_table(new QTableView(this))
    , m_mirrors(new QLineEdit(this))
    , m_mirrorsNote(new FieldNote(QStringLiteral("mirrorsNote"), m_mirrors, this))
    , m_requests(new QSpinBox(this))
    , m_unverified(new QCheckBox(tr("Allow plain &HTTP and certificates that cannot be verified"), this))
    , m_message(new SpokenLabel(QStringLiteral("registryMessage"), this))
{
    setUpTable();
    m_unverified->setObjectName(QStringLiteral("unverifiedCheck"));
    m_unverified->setToolTip(
        tr("Whoever is on the way could read and change what is sent there, the password "
           "too. To trust a certificate of your own, name its authority under "
           "Connection."));
    connect(m_unverified, &QCheckBox::clicked, this, &RegistriesPage::allowUnverified);
    m_message->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    m_message->setMinimumHeight(fontMetrics().lineSpacing() * 2);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);

    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(innerSpacing(this));
    layout->addLayout(makeAdding());
    layout->addWidget(m_newHostNote);
    layout->addWidget(m_table, 1);
    layout->addLayout(makeMirrors());
    layout->addWidget(m_mirrorsNote);
    layout->addWidget(m_unverified);
    layout->addLayout(makeButtons());
    layout->addWidget(m_message);
    setFocusProxy(m_table);
    connect(&m_model, &RegistriesModel::dataChanged, this, &RegistriesPage::showChosen);
    connect(&m_model, &RegistriesModel::rowsRemoved, this, &RegistriesPage::showChosen);
    showChosen();
}

RegistriesPage::~RegistriesPage()
{
    m_asking.cancel();
}

QLayout *RegistriesPage::makeAdding()
{
    m_newHost->setObjectName(QStringLiteral("newRegistryEdit"));
    m_newHost->setPlaceholderText(tr("HOST[:PORT], such as harbor.corp or docker.io"));
    auto *label = new QLabel(tr("Add a &registry:"), this);
    label->setBuddy(m_newHost);
    auto *button = new QPushButton(tr("A&dd"), this);
    button->setObjectName(QStringLiteral("addRegistryButton"));
    button->setAutoDefault(false);
    connect(button, &QPushButton::clicked, this, &RegistriesPage::add);
    connect(m_newHost, &QLineEdit::returnPressed, this, &RegistriesPage::add);
    connect(m_newHost, &QLineEdit::textEdited, this, [this] { m_newHostNote->say({}); });
    auto *row = new QHBoxLayout;
    row->setSpacing(innerSpacing(this));
    row->addWidget(label);
    row->addWidget(m_newHost, 1);
    row->addWidget(button);
    return row;
}

QLayout *RegistriesPage::makeMirrors()
{
    m_mirrors->setObjectName(QStringLiteral("registryMirrorsEdit"));
    m_mirrors->setPlaceholderText(tr("none", "no mirror"));
    m_mirrors->setToolTip(
        tr("Asked in this order before the registry itself, HOST[:PORT][/PREFIX], set apart by "
           "commas"));
    auto *label = new QLabel(tr("Mirror&s of it:"), this);
    label->setBuddy(m_mirrors);
    connect(m_mirrors, &QLineEdit::editingFinished, this, &RegistriesPage::keepMirrors);
    connect(m_mirrors, &QLineEdit::textEdited, this, [this] { m_mirrorsNote->say({}); });
    connect(&m_connections, &Connections::mirrorsChanged, this, &RegistriesPage::showMirrors);
    auto *row = new QHBoxLayout;
    row->setSpacing(innerSpacing(this));
    row->addWidget(label);
    row->addWidget(m_mirrors, 1);
    addRequests(row);
    return row;
}

void RegistriesPage::addRequests(QLayout *row)
{
    m_requests->setObjectName(QStringLiteral("hostRequestsSpin"));
    m_requests->setRange(hostRequestsRange.least, hostRequestsRange.most);
    m_requests->setKeyboardTracking(false);
    m_requests->setToolTip(
        tr("Of all tasks together; a registry that asks for patience gets fewer for a while"));
    auto *label = new QLabel(tr("Re&quests at a time:"), this);
    label->setBuddy(m_requests);
    connect(m_requests, &QSpinBox::valueChanged, this,
            [this](int requests) { m_connections.setRequestsAt(chosen(), requests); });
    row->addWidget(label);
    row->addWidget(m_requests);
}

void RegistriesPage::showRequests()
{
    const QSignalBlocker blocker(m_requests);
    m_requests->setValue(m_connections.requestsAt(chosen()));
}

void RegistriesPage::showMirrors()
{
    m_shown = chosen();
    m_mirrors->setText(textOf(m_connections.mirrorsOf(m_shown)));
    m_mirrors->setEnabled(!m_shown.isEmpty());
    m_mirrorsNote->say({});
}

void RegistriesPage::keepMirrors()
{
    if (m_shown.isEmpty()) {
        return;
    }
    const Result<std::vector<RegistryAddress>> mirrors = parseAddresses(wordsOf(m_mirrors->text()));
    m_mirrorsNote->say(mirrors ? QString() : sentenceOf(mirrors.error()));
    if (mirrors) {
        m_connections.setMirrorsOf(m_shown, *mirrors);
    }
}

void RegistriesPage::setUpTable()
{
    m_table->setObjectName(QStringLiteral("registryTable"));
    m_table->setAccessibleName(tr("Known registries"));
    m_table->setModel(&m_model);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + innerSpacing(this));
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setSectionResizeMode(RegistriesModel::Registry, QHeaderView::Stretch);
    m_table->horizontalHeader()->setSectionResizeMode(RegistriesModel::Certificate,
                                                      QHeaderView::ResizeToContents);
    m_table->setColumnWidth(RegistriesModel::Login, textWidth(this, 22));
    m_table->setColumnWidth(RegistriesModel::MirrorsColumn, textWidth(this, 20));
    m_table->setMinimumSize(textWidth(this, 44), fontMetrics().height() * 5);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        m_asking.cancel(); // what would be said now is of another registry
        say({});
        showMirrors();
        showRequests();
        showChosen();
    });
}

QPushButton *RegistriesPage::makeButton(const QString &name, const QString &icon, const QString &text,
                                        const QString &toolTip, void (RegistriesPage::*run)())
{
    auto *button = new QPushButton(themedIcon(icon), text, this);
    button->setObjectName(name);
    button->setToolTip(toolTip);
    button->setAutoDefault(false);
    connect(button, &QPushButton::clicked, this, run);
    m_buttons.push_back(button);
    return button;
}

QLayout *RegistriesPage::makeButtons()
{
    auto *row = new QHBoxLayout;
    row->setSpacing(innerSpacing(this));
    row->addWidget(
        makeButton(QStringLiteral("testConnectionButton"), QStringLiteral("verify"), tr("&Test connection"),
                   tr("Ask the registry whether it is there and takes the login"), &RegistriesPage::test));
    row->addWidget(makeButton(QStringLiteral("registrySignInButton"), QStringLiteral("key"), tr("Sign &in…"),
                              tr("Give a name and password for it"), &RegistriesPage::signIn));
    m_signOut =
        makeButton(QStringLiteral("registrySignOutButton"), QStringLiteral("quit"), tr("Sign &out"),
                   tr("Forget the login that Layerpool keeps for it"), &RegistriesPage::signOutOfChosen);
    row->addWidget(m_signOut);
    row->addStretch();
    row->addWidget(makeButton(QStringLiteral("removeRegistryButton"), QStringLiteral("clear"), tr("Re&move"),
                              tr("Take it off this list, with its exception and its login"),
                              &RegistriesPage::remove));
    return row;
}

void RegistriesPage::showEvent(QShowEvent *event)
{
    SettingsPage::showEvent(event);
    m_model.lookForLogins();
    if (!m_table->currentIndex().isValid() && m_model.rowCount() > 0) {
        m_table->selectRow(0);
    }
}

QString RegistriesPage::chosen() const
{
    const QModelIndex current = m_table->currentIndex();
    return current.isValid() ? m_model.hostAt(current.row()) : QString();
}

void RegistriesPage::choose(const QString &host)
{
    m_connections.addRegistry(host);
    m_table->selectRow(m_model.rowOf(host));
    m_table->setFocus();
}

void RegistriesPage::showChosen()
{
    const QString host = chosen();
    for (QPushButton *button : m_buttons) {
        button->setEnabled(!host.isEmpty());
    }
    m_signOut->setEnabled(!host.isEmpty() && m_model.isSignedIn(m_model.rowOf(host)));
    m_unverified->setEnabled(!host.isEmpty());
    m_requests->setEnabled(!host.isEmpty());
    if (!m_requests->hasFocus()) { // else somebody types
        showRequests();
    }
    m_unverified->setChecked(!host.isEmpty() && m_connections.isUnverifiedAllowed(host));
}

void RegistriesPage::restoreDefaults()
{
    m_dialogs.ask(
        this,
        {tr("Restore defaults"),
         tr("Forget every registry of this list but Docker Hub, with its mirrors and what was allowed for "
            "it? Logins stay."),
         tr("Forget them"), Dialogs::Default::Cancel},
        [this] {
            for (const QString &host : m_connections.registries()) {
                m_connections.removeRegistry(host);
            }
            m_connections.setMirrors({});
            m_connections.set(settings::hostRequests, settings::hostRequests.fallback);
            m_connections.set(settings::loginServers, settings::loginServers.fallback);
            choose(settings::registries.fallback.first());
        });
}

void RegistriesPage::say(const QString &text)
{
    m_message->say(text);
    // An answer that lies out of sight is none; when it has its height.
    QMetaObject::invokeMethod(this, &RegistriesPage::showMessage, Qt::QueuedConnection);
}

void RegistriesPage::showMessage()
{
    for (QWidget *parent = parentWidget(); parent && !m_message->text().isEmpty();
         parent = parent->parentWidget()) {
        if (auto *area = qobject_cast<QScrollArea *>(parent)) {
            area->ensureWidgetVisible(m_message);
        }
    }
}

void RegistriesPage::add()
{
    const Result<RegistryAddress> address = RegistryAddress::parse(m_newHost->text().trimmed());
    if (!address) {
        m_newHostNote->say(sentenceOf(address.error()));
        return;
    }
    m_newHost->clear();
    choose(address->host);
}

void RegistriesPage::remove()
{
    const QString host = chosen();
    const bool isSignedIn = m_model.isSignedIn(m_model.rowOf(host));
    const auto removeIt = [this, host] {
        if (m_model.isSignedIn(m_model.rowOf(host))) { // by now
            signOutOf(host, m_connections.options());
        }
        m_connections.removeRegistry(host);
        m_table->setCurrentIndex({}); // a second click is not meant for the next one
    };
    if (!isSignedIn && !m_connections.isUnverifiedAllowed(host) && m_mirrors->text().isEmpty()) {
        removeIt();
        return;
    }
    m_dialogs.ask(
        this,
        {tr("Remove a registry"),
         tr("Remove %1 from this list? What was allowed for it is revoked, and its mirrors and its login "
            "are forgotten.")
             .arg(host),
         tr("Remove %1").arg(host), Dialogs::Default::Cancel},
        removeIt);
}

void RegistriesPage::signIn()
{
    Q_EMIT signInWanted(chosen());
}

void RegistriesPage::signOutOfChosen()
{
    signOutOf(chosen(), m_connections.options());
}

// The file in which a login is kept on a machine without a keyring is other programs' too.
void RegistriesPage::offerToClearFile(const QString &host)
{
    RegistryOptions options = m_connections.options();
    options.authFile = Credentials::lastingFile();
    m_dialogs.ask(this,
                  {tr("A login in a file"),
                   tr("There is a login for %1 in %2, which skopeo and podman use too. Take it out of there?")
                       .arg(host, options.authFile),
                   tr("Take it out"), Dialogs::Default::Cancel},
                  [this, host, options] { signOutOf(host, options); });
}

void RegistriesPage::signOutOf(const QString &host, const RegistryOptions &options)
{
    runInBackground(
        m_workers, this, [options, host, cancel = CancelToken()] { return signOut(options, host, cancel); },
        [this, host](const Result<SignedOut> &out) {
            m_connections.tellLoginsChanged();
            if (!out) {
                say(sentenceOf(out.error()));
            } else if (!out->elsewhere.isEmpty()) {
                say(tr("There is a login for %1 in %2 too, which another program keeps: it goes on being "
                       "used.")
                        .arg(host, out->elsewhere));
                if (out->isInLastingFile) {
                    offerToClearFile(host);
                }
            } else {
                say(tr("Signed out of %1.").arg(host));
            }
        });
}

void RegistriesPage::test()
{
    const QString host = chosen();
    m_asking.cancel();
    m_asking = CancelToken();
    say(tr("Asking %1 …").arg(host));
    runInBackground(
        m_workers, this,
        [options = m_connections.options(), host, cancel = m_asking] {
            return checkConnection(options, host, cancel);
        },
        [this, host, cancel = m_asking](const Result<ConnectionCheck> &check) {
            if (!cancel.isCancelled()) {
                say(check ? check->sentence(host) + QLatin1Char('.') : sentenceOf(check.error()));
            }
        });
}

void RegistriesPage::allowUnverified(bool isAllowed)
{
    const QString host = chosen();
    m_connections.allowUnverified(host, isAllowed);
    say(isAllowed
            ? tr("Whoever is on the way to %1 could now read and change what is sent, the password too.")
                  .arg(host)
            : tr("The certificate of %1 is verified again.").arg(host));
}

} // namespace layerpool
