// SPDX-License-Identifier: Apache-2.0
#include "dialogs/ServeDialog.h"

#include "Icons.h"
#include "Words.h"
#include "serve/PullCommands.h"
#include "settings/Settings.h"
#include "views/NoticeLine.h"
#include "views/PlainLabel.h"
#include "views/Spacing.h"
#include "work/Workspace.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QDir>
#include <QFontDatabase>
#include <QFormLayout>
#include <QGuiApplication>
#include <QScreen>
#include <QScrollBar>
#include <QVBoxLayout>

namespace layerpool {
namespace {

constexpr int kMostCommands = 500;

QPlainTextEdit *makeText(const QString &objectName, const QString &name, QWidget *parent)
{
    auto *text = new QPlainTextEdit(parent);
    text->setObjectName(objectName);
    text->setAccessibleName(name);
    text->setReadOnly(true);
    text->setLineWrapMode(QPlainTextEdit::NoWrap);
    text->setTabChangesFocus(true);
    text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return text;
}

QPushButton *makeButton(const QString &objectName, const QString &icon, const QString &text, QWidget *parent)
{
    auto *button = new QPushButton(themedIcon(icon), text, parent);
    button->setObjectName(objectName);
    button->setAutoDefault(false);
    return button;
}

QString textOf(const PullCommands &commands)
{
    QStringList lines = commands.lines;
    if (commands.leftOut > 0) {
        lines << ServeDialog::tr("# and %n more: tick the images that you want", "a comment below commands",
                                 commands.leftOut);
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace

ServeDialog::ServeDialog(Workspace &workspace, Settings &settings, QWidget *parent)
    : QDialog(parent)
    , m_workspace(workspace)
    , m_settings(settings)
    , m_commands(workspace.workers(), this)
    , m_pool(makePlainLabel(QStringLiteral("servePool"), this))
    , m_port(new QSpinBox(this))
    , m_start(makeButton(QStringLiteral("serveStartButton"), QStringLiteral("serve"), tr("&Start"), this))
    , m_stop(makeButton(QStringLiteral("serveStopButton"), QStringLiteral("cancel"), tr("S&top"), this))
    , m_state(new NoticeLine(QStringLiteral("serveState"), this))
    , m_pullLabel(new QLabel(this))
    , m_tool(new QComboBox(this))
    , m_pull(makeText(QStringLiteral("servePull"), tr("Commands that pull the images"), this))
    , m_copy(makeButton(QStringLiteral("serveCopyButton"), QStringLiteral("copy"), tr("&Copy all"), this))
    , m_follow(new QCheckBox(tr("&Follow", "the end of a log"), this))
    , m_log(makeText(QStringLiteral("serveLog"), tr("Log of the registry"), this))
{
    setObjectName(QStringLiteral("serveDialog"));
    setWindowTitle(tr("Serve the pool"));
    setAttribute(Qt::WA_QuitOnClose, false);
    auto *note = new QLabel(tr("Serving goes on when this window is closed. It ends with Layerpool."), this);
    note->setWordWrap(true);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setObjectName(QStringLiteral("serveCloseButton"));
    buttons->button(QDialogButtonBox::Close)->setIcon({}); // some styles bring one of another set
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *foot = new QHBoxLayout;
    foot->addWidget(note, 1);
    foot->addWidget(buttons);

    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(outerSpacing(this));
    layout->addLayout(makeForm());
    layout->addLayout(makePull(), 3);
    layout->addLayout(makeLog(), 2);
    layout->addLayout(foot);
    resize(QSize(textWidth(this, 96), fontMetrics().height() * 36)
               .boundedTo(screen()->availableSize() * 9 / 10));
    follow();
    takePool();
    refresh();
}

QLayout *ServeDialog::makeForm()
{
    m_port->setObjectName(QStringLiteral("servePort"));
    m_port->setRange(0, 65535);
    m_port->setSpecialValueText(tr("any that is free", "a port"));
    m_port->setToolTip(tr("The port of 127.0.0.1; 5000 where it is free and none is chosen"));
    m_port->setMinimumWidth(textWidth(this, 20));
    m_port->setValue(m_settings.value(settings::servePort));
    m_start->setDefault(true);
    auto *port = new QHBoxLayout;
    port->setSpacing(innerSpacing(this));
    port->addWidget(m_port);
    port->addWidget(m_start);
    port->addWidget(m_stop);
    port->addStretch();
    m_state->sentence().setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);

    auto *rows = new QFormLayout;
    rows->setHorizontalSpacing(outerSpacing(this));
    rows->setVerticalSpacing(innerSpacing(this));
    rows->addRow(tr("Pool:"), m_pool);
    rows->addRow(tr("&Port:"), port);
    qobject_cast<QLabel *>(rows->labelForField(port))->setBuddy(m_port);
    rows->addRow(tr("State:"), m_state);
    return rows;
}

QLayout *ServeDialog::makePull()
{
    m_pullLabel->setBuddy(m_tool);
    m_tool->setObjectName(QStringLiteral("serveTool"));
    m_tool->setAccessibleName(tr("Pull with"));
    m_tool->addItem(QStringLiteral("docker"), int(PullTool::Docker));
    m_tool->addItem(QStringLiteral("podman"), int(PullTool::Podman));
    m_tool->setCurrentIndex(m_settings.value(settings::pullTool));
    m_pull->setPlaceholderText(tr("Start to see the commands."));
    auto *head = new QHBoxLayout;
    head->setSpacing(innerSpacing(this));
    head->addWidget(m_pullLabel);
    head->addWidget(m_tool);
    head->addStretch();
    head->addWidget(m_copy);
    auto *layout = new QVBoxLayout;
    layout->setSpacing(innerSpacing(this));
    layout->addLayout(head);
    layout->addWidget(m_pull, 1);
    return layout;
}

QLayout *ServeDialog::makeLog()
{
    auto *label = new QLabel(tr("&Log of the registry"), this);
    label->setBuddy(m_log);
    m_log->setMaximumBlockCount(RegistryLog::mostLines);
    m_log->setPlaceholderText(tr("Who asks for what is shown here."));
    m_follow->setObjectName(QStringLiteral("serveFollow"));
    m_follow->setToolTip(tr("Keeps the newest line in sight"));
    m_follow->setChecked(true);
    auto *head = new QHBoxLayout;
    head->setSpacing(innerSpacing(this));
    head->addWidget(label, 1);
    head->addWidget(m_follow);
    auto *layout = new QVBoxLayout;
    layout->setSpacing(innerSpacing(this));
    layout->addLayout(head);
    layout->addWidget(m_log, 1);
    return layout;
}

void ServeDialog::follow()
{
    PoolServer &server = m_workspace.server();
    connect(&server, &PoolServer::stateChanged, this, &ServeDialog::refresh);
    connect(&server, &PoolServer::failed, this, &ServeDialog::showError);
    connect(&server, &PoolServer::logged, this, &ServeDialog::addLine);
    connect(&m_workspace, &Workspace::poolChanged, this, &ServeDialog::takePool);
    connect(&m_workspace.ticks(), &PoolTicks::changed, this, &ServeDialog::askForCommands);
    connect(m_start, &QPushButton::clicked, this, &ServeDialog::start);
    connect(m_stop, &QPushButton::clicked, &server, &PoolServer::stop);
    connect(m_tool, &QComboBox::currentIndexChanged, this, [this](int tool) {
        m_settings.setValue(settings::pullTool, tool);
        askForCommands();
    });
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_pull->toPlainText()); });
    connect(m_follow, &QCheckBox::toggled, this, [this](bool isOn) {
        if (isOn) {
            m_log->verticalScrollBar()->setValue(m_log->verticalScrollBar()->maximum());
        }
    });
    m_log->setPlainText(server.log().join(QLatin1Char('\n')));
}

void ServeDialog::present()
{
    show();
    raise();
    activateWindow();
}

void ServeDialog::start()
{
    m_settings.setValue(settings::servePort, m_port->value());
    m_hasFailed = false;
    m_log->clear();
    m_workspace.server().start(m_served->pool(), static_cast<quint16>(m_port->value()));
}

// While one is served, what another pool holds can't be pulled.
void ServeDialog::takePool()
{
    const PoolServer &server = m_workspace.server();
    const auto &pool = m_workspace.pool();
    if (pool && (server.state() == PoolServer::State::Stopped || server.poolPath() == pool->path())) {
        m_served = pool;
    }
    m_pool->setText(m_served ? QDir::toNativeSeparators(m_served->path()) : QString());
    askForCommands();
}

void ServeDialog::refresh()
{
    const PoolServer &server = m_workspace.server();
    const bool isStopped = server.state() == PoolServer::State::Stopped;
    m_port->setEnabled(isStopped);
    m_start->setEnabled(isStopped && m_served);
    m_stop->setEnabled(server.state() == PoolServer::State::Starting ||
                       server.state() == PoolServer::State::Serving);
    switch (server.state()) {
    case PoolServer::State::Stopped:
        if (!m_hasFailed) {
            m_state->say(QStringLiteral("state-missing"), tr("Not serving"));
        }
        takePool();
        return;
    case PoolServer::State::Starting:
        m_state->say(QStringLiteral("waiting"), tr("Starting the registry…"));
        break;
    case PoolServer::State::Serving:
        m_state->say(QStringLiteral("state-here"),
                     tr("Serving at %1, read-only, by %2", "HOST:PORT, a program")
                         .arg(server.address(), server.program()));
        break;
    case PoolServer::State::Stopping:
        if (!m_hasFailed) {
            m_state->say(QStringLiteral("waiting"), tr("Stopping the registry…"));
        }
        break;
    }
    askForCommands();
}

void ServeDialog::showError(const Error &error)
{
    m_hasFailed = true;
    m_state->say(QStringLiteral("warning"), sentenceOf(error));
}

void ServeDialog::askForCommands()
{
    const QString host = m_workspace.server().address();
    const bool isOpen = m_workspace.pool() && m_served && m_workspace.pool()->path() == m_served->path();
    const int ticked = isOpen ? m_workspace.ticks().count() : 0;
    m_pullLabel->setText(ticked > 0 ? tr("Pull the %n ticked image(s) &with", nullptr, ticked)
                                    : tr("Pull all images &with"));
    m_tool->setEnabled(!host.isEmpty());
    if (host.isEmpty()) {
        m_commands.drop();
        m_pull->clear();
        m_copy->setEnabled(false);
        return;
    }
    m_commands.ask(
        [index = m_served, ticks = isOpen ? m_workspace.ticks().tags() : TickedTags(), host,
         tool = PullTool(m_tool->currentData().toInt())] {
            return textOf(ticks.isEmpty()
                              ? PullCommands::ofAll(*index, tool, host, kMostCommands)
                              : PullCommands::of(tagsIn(*index, ticks), tool, host, kMostCommands));
        },
        [this](const QString &text) {
            m_pull->setPlainText(text);
            m_copy->setEnabled(!text.isEmpty());
        });
}

void ServeDialog::addLine(const QString &line)
{
    QScrollBar *bar = m_log->verticalScrollBar();
    const int place = bar->value();
    m_log->appendPlainText(line);
    bar->setValue(m_follow->isChecked() ? bar->maximum() : place);
}

} // namespace layerpool
