// SPDX-License-Identifier: Apache-2.0
#include "views/tasks/LogPane.h"

#include "Icons.h"
#include "dialogs/Dialogs.h"
#include "models/Roles.h"
#include "views/ColumnRoom.h"
#include "views/CopyActions.h"
#include "views/Spacing.h"
#include "work/Background.h"
#include "work/TextFile.h"

#include <QDir>
#include <QEvent>
#include <QHeaderView>
#include <QScrollBar>
#include <QVBoxLayout>

namespace layerpool {

LogPane::LogPane(TaskLog &log, LogModel &lines, Dialogs &dialogs, QThreadPool &workers, QWidget *parent)
    : QWidget(parent)
    , m_dialogs(dialogs)
    , m_workers(workers)
    , m_log(log)
    , m_filtered(lines)
    , m_lines(new QTreeView(this))
{
    m_log.tellRequests(false); // as the choice begins
    setUpLines();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, innerSpacing(this), 0, 0);
    layout->setSpacing(innerSpacing(this));
    layout->addWidget(makeTools());
    layout->addWidget(m_lines, 1);
    onTold();
}

QWidget *LogPane::makeTools()
{
    auto *tools = new QWidget(this);
    m_filter = new QLineEdit(tools);
    m_filter->setObjectName(QStringLiteral("logFilter"));
    m_filter->setPlaceholderText(tr("Filter the log"));
    m_filter->setAccessibleName(tr("Filter the log"));
    m_filter->setClearButtonEnabled(true);
    connect(m_filter, &QLineEdit::textChanged, this,
            [this](const QString &text) { refilter([&] { m_filtered.setText(text); }); });

    m_level = new QComboBox(tools);
    m_level->setObjectName(QStringLiteral("logLevelCombo"));
    m_level->setAccessibleName(tr("Which lines of the log are shown"));
    m_level->addItem(tr("Events and requests"), int(LogLine::Level::Request));
    m_level->addItem(tr("Events"), int(LogLine::Level::Event));
    m_level->addItem(tr("Failures only"), int(LogLine::Level::Failure));
    m_level->setItemData(0, tr("From now on each request is told, without what is secret of it"),
                         Qt::ToolTipRole);
    m_level->setCurrentIndex(1);
    connect(m_level, &QComboBox::currentIndexChanged, this, [this] {
        const auto level = static_cast<LogLine::Level>(m_level->currentData().toInt());
        m_log.tellRequests(level == LogLine::Level::Request);
        refilter([&] { m_filtered.setLevel(level); });
    });

    m_follow = new QCheckBox(tr("F&ollow", "the log, as it grows"), tools);
    m_follow->setObjectName(QStringLiteral("logFollowCheck"));
    m_follow->setToolTip(tr("Keep the newest line in sight"));
    m_follow->setChecked(true);
    connect(m_follow, &QCheckBox::toggled, this, &LogPane::follow);

    m_save = new QPushButton(themedIcon(QStringLiteral("save")), tr("Save a&s…"), tools);
    m_save->setObjectName(QStringLiteral("logSaveButton"));
    m_save->setToolTip(tr("Save the lines that are shown in a file"));
    m_save->setEnabled(false);
    connect(m_save, &QPushButton::clicked, this, &LogPane::save);

    auto *layout = new QHBoxLayout(tools);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(outerSpacing(this));
    layout->addWidget(m_filter, 1);
    layout->addWidget(m_level);
    layout->addWidget(m_follow);
    layout->addWidget(m_save);
    return tools;
}

void LogPane::setUpLines()
{
    m_lines->setObjectName(QStringLiteral("logLines"));
    m_lines->setAccessibleName(tr("Log of the session"));
    m_lines->setModel(&m_filtered);
    m_lines->setRootIsDecorated(false);
    m_lines->setUniformRowHeights(true);
    m_lines->setAllColumnsShowFocus(true);
    m_lines->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_lines->setColumnWidth(LogModel::Time, textWidth(this, 12));
    m_lines->setColumnWidth(LogModel::Level, textWidth(this, 13));
    auto *columns = new ColumnRoom(m_lines->header(), LogModel::What, textWidth(this, 40),
                                   {{LogModel::TaskTitle, textWidth(this, 34)}});
    addCopyAction(m_lines, tr("&Copy lines"), QKeySequence::Copy, DetailsRole);
    columns->offerIn(m_lines);
    QScrollBar *bar = m_lines->verticalScrollBar();
    connect(bar, &QScrollBar::actionTriggered, this, &LogPane::onScrolled);
    connect(bar, &QScrollBar::rangeChanged, this, [this] { follow(m_follow->isChecked()); });
    m_lines->installEventFilter(this);
    connect(&m_filtered, &QAbstractItemModel::rowsInserted, this, &LogPane::onTold);
}

// The line that was found stays in sight when the filter goes.
void LogPane::refilter(const std::function<void()> &filter)
{
    const qint64 current = m_filtered.numberOf(m_lines->currentIndex());
    filter();
    onTold();
    if (const QModelIndex line = m_filtered.indexOf(current); line.isValid()) {
        m_lines->setCurrentIndex(line);
        m_lines->scrollTo(line, QAbstractItemView::PositionAtCenter);
        onScrolled();
    }
}

void LogPane::onTold()
{
    m_save->setEnabled(m_filtered.rowCount() > 0);
    follow(m_follow->isChecked());
}

// Who scrolls back wants to read; at the end it goes on.
void LogPane::onScrolled()
{
    const QScrollBar *bar = m_lines->verticalScrollBar();
    m_follow->setChecked(bar->sliderPosition() >= bar->maximum());
}

// Keys scroll by way of the chosen line, which is no action of the bar.
bool LogPane::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const int before = m_lines->verticalScrollBar()->value();
        QMetaObject::invokeMethod(
            this,
            [this, before] {
                if (m_lines->verticalScrollBar()->value() != before) {
                    onScrolled();
                }
            },
            Qt::QueuedConnection);
    }
    return QWidget::eventFilter(watched, event);
}

void LogPane::follow(bool isFollowing)
{
    if (isFollowing) {
        m_lines->scrollToBottom();
    }
}

void LogPane::save()
{
    const QString name =
        QStringLiteral("layerpool-%1.log").arg(QDateTime::currentDateTime().toString(u"yyyyMMdd-HHmmss"));
    m_dialogs.saveFile(this, {tr("Save the log"), QDir::home().filePath(name), tr("Log files (*.log)")},
                       [this](const QString &path) {
                           runInBackground(
                               m_workers, this,
                               [path, text = m_filtered.text()] { return writeNewFile(path, text); },
                               [this](const Status &written) {
                                   if (!written) {
                                       Q_EMIT saveFailed(written.error());
                                   }
                               });
                       });
}

} // namespace layerpool
