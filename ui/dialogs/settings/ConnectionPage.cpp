// SPDX-License-Identifier: Apache-2.0
#include "dialogs/settings/ConnectionPage.h"

#include "Words.h"
#include "net/Certificates.h"
#include "net/Proxies.h"
#include "views/PlainLabel.h"
#include "views/Spacing.h"
#include "work/Background.h"

#include <QSignalBlocker>
#include <QUrl>

#include <array>

namespace layerpool {
namespace {

constexpr int kRestMilliseconds = 300;
constexpr int kHighestRate = 100'000; // of its unit
constexpr std::array<qint64, 2> kRateUnits{1'000, 1'000'000};
const QString kNoProxy = QStringLiteral("none");

enum ProxyRow { SystemRow, NoneRow, ManualRow };

ProxyRow rowOfProxy(const QString &setting)
{
    return setting.isEmpty() ? SystemRow : setting == kNoProxy ? NoneRow : ManualRow;
}

bool holdsPassword(const QString &proxy)
{
    return proxy.section(QLatin1Char('@'), 0, -2)
        .section(QStringLiteral("://"), -1)
        .contains(QLatin1Char(':'));
}

Status statusOf(const Result<QList<QSslCertificate>> &authorities)
{
    return authorities ? Status() : authorities.error();
}

Status statusOf(const Result<ClientCertificate> &certificate)
{
    return certificate ? Status() : certificate.error();
}

} // namespace

ConnectionPage::ConnectionPage(Connections &connections, QThreadPool &workers, Dialogs &dialogs,
                               QWidget *parent)
    : SettingsPage(parent)
    , m_connections(connections)
    , m_workers(workers)
    , m_dialogs(dialogs)
    , m_rows(new QFormLayout(this))
    , m_proxyKind(new QComboBox(this))
    , m_proxy(new QLineEdit(this))
    , m_rate(new QSpinBox(this))
    , m_rateUnit(new QComboBox(this))
{
    m_rows->setHorizontalSpacing(outerSpacing(this));
    m_rows->setVerticalSpacing(innerSpacing(this));
    m_rows->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    addProxy();
    addRate();
    addNumbers();
    addFiles();
    m_rows->addRow(QString(), makeScope());
    load();
    setFocusProxy(m_proxyKind);
}

QLabel *ConnectionPage::makeScope()
{
    QLabel *scope = makePlainLabel(QStringLiteral("connectionScope"), this);
    scope->setText(
        tr("The highest rate holds at once. All else holds for what is planned from now on; a task "
           "that runs keeps what it has begun with."));
    return scope;
}

// What a field shows is what is kept: nothing is written meanwhile.
void ConnectionPage::load()
{
    const QString proxy = m_connections.value(settings::proxy);
    const qint64 rate = m_connections.value(settings::bytesPerSecond);
    const int unit = rate % kRateUnits[1] == 0 ? 1 : 0;
    {
        const QSignalBlocker kind(m_proxyKind);
        const QSignalBlocker number(m_rate);
        const QSignalBlocker units(m_rateUnit);
        m_proxyKind->setCurrentIndex(rowOfProxy(proxy));
        m_rateUnit->setCurrentIndex(unit);
        m_rate->setValue(int(std::min<qint64>(kHighestRate, rate / kRateUnits[std::size_t(unit)])));
    }
    m_proxy->setText(rowOfProxy(proxy) == ManualRow ? proxy : QString());
    showProxy();
    for (const Number &number : m_numbers) {
        number.spin->setValue(m_connections.value(number.setting));
    }
    m_authority->setPath(m_connections.value(settings::caFile));
    m_certificate->setPath(m_connections.value(settings::certificateFile));
    m_key->setPath(m_connections.value(settings::keyFile));
}

FieldNote *ConnectionPage::addNote(const QString &name, QWidget *field)
{
    auto *note = new FieldNote(name, field, this);
    m_rows->addRow(QString(), note);
    return note;
}

void ConnectionPage::addProxy()
{
    m_proxyKind->setObjectName(QStringLiteral("proxyCombo"));
    m_proxyKind->addItems({tr("As the system says (HTTPS_PROXY, NO_PROXY)"), tr("None"), tr("This one:")});
    m_proxy->setObjectName(QStringLiteral("proxyEdit"));
    m_proxy->setAccessibleName(tr("Address of the proxy"));
    m_proxy->setPlaceholderText(QStringLiteral("http://HOST:PORT"));
    m_proxy->setToolTip(tr("http:// or socks5://, HOST:PORT. This machine's own addresses and those in "
                           "NO_PROXY go directly."));
    m_rows->addRow(tr("&Proxy:"), m_proxyKind);
    m_rows->addRow(QString(), m_proxy);
    m_proxyNote = addNote(QStringLiteral("proxyNote"), m_proxy);

    connect(m_proxyKind, &QComboBox::currentIndexChanged, this, [this] {
        showProxy();
        keepProxy();
    });
    connect(m_proxy, &QLineEdit::textChanged, this, &ConnectionPage::showProxy);
    connect(m_proxy, &QLineEdit::editingFinished, this, &ConnectionPage::keepProxy); // half a URL is another
}

QString ConnectionPage::proxyProblem() const
{
    const QString text = m_proxy->text().trimmed();
    if (m_proxyKind->currentIndex() != ManualRow) {
        return {};
    }
    if (text.isEmpty()) {
        return tr("Name the proxy: http://HOST:PORT or socks5://HOST:PORT. Until then it stays as it was.");
    }
    if (holdsPassword(text)) {
        return tr("A password is not kept here, where it could be read: write this address into HTTPS_PROXY, "
                  "and choose what the system says.");
    }
    const Result<Proxies> proxies = Proxies::create(text, {});
    return proxies ? QString() : sentenceOf(proxies.error());
}

void ConnectionPage::showProxy()
{
    m_proxy->setEnabled(m_proxyKind->currentIndex() == ManualRow);
    m_proxyNote->say(proxyProblem());
}

void ConnectionPage::keepProxy()
{
    if (!proxyProblem().isEmpty()) {
        return;
    }
    switch (m_proxyKind->currentIndex()) {
    case SystemRow:
        m_connections.set(settings::proxy, QString());
        break;
    case NoneRow:
        m_connections.set(settings::proxy, kNoProxy);
        break;
    default:
        m_connections.set(settings::proxy, m_proxy->text().trimmed());
        break;
    }
}

void ConnectionPage::addRate()
{
    m_rate->setObjectName(QStringLiteral("rateSpin"));
    m_rate->setRange(0, kHighestRate);
    m_rate->setSpecialValueText(tr("No limit", "of the rate"));
    m_rate->setKeyboardTracking(false);
    m_rate->setToolTip(tr("Of all transfers together; 0 is no limit"));
    m_rateUnit->setObjectName(QStringLiteral("rateUnitCombo"));
    m_rateUnit->setAccessibleName(tr("Unit of the highest rate"));
    m_rateUnit->addItems({tr("kB/s"), tr("MB/s")});
    connect(m_rate, &QSpinBox::valueChanged, this, &ConnectionPage::keepRate);
    connect(m_rateUnit, &QComboBox::currentIndexChanged, this, &ConnectionPage::keepRate);

    auto *both = new QHBoxLayout;
    both->setSpacing(innerSpacing(this));
    both->addWidget(m_rate);
    both->addWidget(m_rateUnit);
    both->addStretch();
    m_rows->addRow(tr("Highest &rate:"), both);
    qobject_cast<QLabel *>(m_rows->labelForField(both))->setBuddy(m_rate);
}

void ConnectionPage::keepRate()
{
    m_connections.set(settings::bytesPerSecond,
                      m_rate->value() * kRateUnits[std::size_t(m_rateUnit->currentIndex())]);
}

void ConnectionPage::addNumbers()
{
    addNumber(tr("&Transfers at a time:"), QStringLiteral("jobsSpin"), settings::jobs, jobsRange, {},
              tr("Of all tasks together, over all registries"));
    addNumber(tr("Tr&y a request:"), QStringLiteral("triesSpin"), settings::tries, triesRange,
              tr(" ×", "how often"), tr("While it fails for a passing reason"));
    addNumber(tr("Give up after &silence of:"), QStringLiteral("idleSpin"), settings::idleSeconds,
              idleSecondsRange, tr(" s", "seconds"),
              tr("Without any byte, until a connection counts as dead"));
}

void ConnectionPage::addNumber(const QString &label, const QString &name, const Setting<int> &setting,
                               NumberRange range, const QString &suffix, const QString &toolTip)
{
    auto *spin = new QSpinBox(this);
    spin->setObjectName(name);
    spin->setRange(range.least, range.most);
    spin->setSuffix(suffix);
    spin->setKeyboardTracking(false);
    spin->setToolTip(toolTip);
    spin->setFixedWidth(m_rate->sizeHint().width());
    m_numbers.push_back({setting, spin});
    connect(spin, &QSpinBox::valueChanged, this,
            [this, &setting](int value) { m_connections.set(setting, value); });
    m_rows->addRow(label, spin);
}

void ConnectionPage::addFiles()
{
    m_authority = addFile(tr("&Authority of your own:"), QStringLiteral("authorityEdit"),
                          tr("Choose a file of certificate authorities (PEM)"));
    m_authority->edit()->setPlaceholderText(tr("none; the system's are trusted", "no file"));
    m_authorityNote = addNote(QStringLiteral("authorityNote"), m_authority->edit());
    m_certificate = addFile(tr("C&lient certificate:"), QStringLiteral("certificateEdit"),
                            tr("Choose the client certificate (PEM)"));
    m_key = addFile(tr("Its &key:"), QStringLiteral("keyEdit"),
                    tr("Choose the key of the client certificate (PEM, without a password)"));
    for (const PathEdit *file : {m_certificate, m_key}) {
        file->edit()->setPlaceholderText(tr("none", "no file"));
    }
    m_certificateNote = addNote(QStringLiteral("certificateNote"), m_certificate->edit());

    for (QTimer *timer : {&m_authorityTyping, &m_certificateTyping}) {
        timer->setSingleShot(true);
        timer->setInterval(kRestMilliseconds);
    }
    connect(&m_authorityTyping, &QTimer::timeout, this, &ConnectionPage::checkAuthority);
    connect(&m_certificateTyping, &QTimer::timeout, this, &ConnectionPage::checkCertificate);
    connect(m_authority, &PathEdit::edited, &m_authorityTyping, qOverload<>(&QTimer::start));
    connect(m_certificate, &PathEdit::edited, &m_certificateTyping, qOverload<>(&QTimer::start));
    connect(m_key, &PathEdit::edited, &m_certificateTyping, qOverload<>(&QTimer::start));
}

PathEdit *ConnectionPage::addFile(const QString &label, const QString &name, const QString &title)
{
    auto *file = new PathEdit(PathEdit::Mode::File, m_dialogs, {title, {}, {}}, this);
    file->edit()->setObjectName(name);
    file->edit()->setAccessibleName(withoutMnemonic(label).chopped(1));
    m_rows->addRow(label, file);
    return file;
}

void ConnectionPage::checkAuthority()
{
    const QString file = m_authority->path();
    runInBackground(
        m_workers, this, [file] { return file.isEmpty() ? Status() : statusOf(readAuthorities(file)); },
        [this, file](const Status &usable) {
            if (file != m_authority->path()) {
                return; // it is being typed on
            }
            m_authorityNote->say(usable ? QString() : sentenceOf(usable.error()));
            if (usable) {
                m_connections.set(settings::caFile, file);
            }
        });
}

void ConnectionPage::checkCertificate()
{
    const QString certificate = m_certificate->path();
    const QString key = m_key->path();
    if (certificate.isEmpty() != key.isEmpty()) {
        m_certificateNote->say(tr("A client certificate needs its key, and a key its certificate."));
        return;
    }
    runInBackground(
        m_workers, this,
        [certificate, key] {
            return key.isEmpty() ? Status() : statusOf(ClientCertificate::read(certificate, key));
        },
        [this, certificate, key](const Status &usable) {
            if (certificate != m_certificate->path() || key != m_key->path()) {
                return;
            }
            m_certificateNote->say(usable ? QString() : sentenceOf(usable.error()));
            if (usable) {
                m_connections.set(settings::certificateFile, certificate);
                m_connections.set(settings::keyFile, key);
            }
        });
}

// A file that was good when it was chosen may be gone.
void ConnectionPage::showEvent(QShowEvent *event)
{
    SettingsPage::showEvent(event);
    checkAuthority();
    checkCertificate();
}

void ConnectionPage::restoreDefaults()
{
    const auto restore = [this](const auto &...setting) {
        (m_connections.set(setting, setting.fallback), ...);
    };
    restore(settings::proxy, settings::bytesPerSecond, settings::jobs, settings::tries, settings::idleSeconds,
            settings::caFile, settings::certificateFile, settings::keyFile);
    load();
}

void ConnectionPage::commit()
{
    keepProxy();
    checkAuthority();
    checkCertificate();
}

} // namespace layerpool
