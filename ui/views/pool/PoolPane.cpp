// SPDX-License-Identifier: Apache-2.0
#include "views/pool/PoolPane.h"

#include "Actions.h"
#include "Words.h"
#include "views/EmptyPage.h"
#include "views/PaneHeading.h"
#include "views/Spacing.h"
#include "views/pool/PoolBlobsView.h"
#include "views/pool/PoolSpaceView.h"
#include "views/pool/PoolTreeView.h"
#include "work/Workspace.h"

#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

#include <algorithm>

namespace layerpool {
namespace {

constexpr int kMoment = 300; // milliseconds

} // namespace

PoolPane::PoolPane(Workspace &workspace, const Actions &actions, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_filter(new QLineEdit(this))
    , m_busy(new QProgressBar(this))
    , m_pages(new QStackedWidget(this))
    , m_tree(new PoolTreeView(workspace, actions.at(ActionId::ExportTicks), this))
    , m_noPool(new EmptyPage(tr("No pool yet. Drop a pool's folder here, open one, or make one."), this))
    , m_noImages(new EmptyPage(QString(), this))
    , m_noMatch(new EmptyPage({}, this))
    , m_reading(new EmptyPage({}, this))
{
    setObjectName(QStringLiteral("poolPane"));
    m_noPool->addButton(actions.at(ActionId::OpenPool), QStringLiteral("emptyOpenPoolButton"));
    m_noPool->addButton(actions.at(ActionId::NewPool), QStringLiteral("emptyNewPoolButton"));
    m_noImages->addButton(actions.at(ActionId::OpenList), QStringLiteral("emptyPoolOpenListButton"));
    m_noImages->addButton(actions.at(ActionId::Convert), QStringLiteral("emptyPoolConvertButton"));
    connect(m_noMatch->addButton(tr("Clear the filter"), QStringLiteral("clearFilterButton")),
            &QPushButton::clicked, m_filter, &QLineEdit::clear);
    for (QWidget *page : {m_noPool, m_noImages, m_noMatch, m_reading}) {
        m_pages->addWidget(page);
    }

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(innerSpacing(this));
    layout->addWidget(makeHeading());
    setUpBusyLine();
    layout->addWidget(m_busy);
    layout->addWidget(m_pages, 1);
    addView(m_tree, tr("T&ree"), tr("Repositories, images, platforms and layers"), "poolTreeButton");
    addView(new PoolBlobsView(workspace, this), tr("&Blobs"),
            tr("The blobs, the largest first, and the images that share each"), "poolBlobsButton");
    addView(new PoolSpaceView(workspace, this), tr("Sp&ace"), tr("What takes the space, as a picture"),
            "poolSpaceButton");

    connect(&workspace, &Workspace::poolReading, this, &PoolPane::onPoolReading);
    connect(&workspace, &Workspace::poolNamed, this, &PoolPane::showPool);
    connect(&workspace, &Workspace::poolChanged, this, &PoolPane::showPool);
    connect(&workspace, &Workspace::poolFailed, this, &PoolPane::showPool);
    connect(&workspace, &Workspace::poolNotThere, this, &PoolPane::showPool);
    connect(&workspace.queue(), &TaskQueue::started, this, &PoolPane::showPage);
    connect(&workspace.queue(), &TaskQueue::finished, this, &PoolPane::showPage);
    showPool();
}

// Its room is kept while it is hidden: nothing jumps.
void PoolPane::setUpBusyLine()
{
    m_busy->setObjectName(QStringLiteral("poolBusyLine"));
    m_busy->setAccessibleName(tr("The pool is being read"));
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    m_busy->setFixedHeight(std::max(2, innerSpacing(this) / 2));
    QSizePolicy policy = m_busy->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    m_busy->setSizePolicy(policy);
    m_busy->hide();
    m_busySoon.setSingleShot(true);
    m_busySoon.setInterval(kMoment);
    connect(&m_busySoon, &QTimer::timeout, m_busy, &QWidget::show);
}

void PoolPane::followReading()
{
    if (m_workspace.isReadingPool()) {
        if (m_busy->isHidden() && !m_busySoon.isActive()) {
            m_busySoon.start();
        }
    } else {
        m_busySoon.stop();
        m_busy->hide();
    }
}

QWidget *PoolPane::makeHeading()
{
    auto *heading = new QWidget(this);
    m_name = new PaneHeading(heading);
    m_filter->setObjectName(QStringLiteral("poolFilter"));
    m_filter->setPlaceholderText(tr("Filter the pool"));
    m_filter->setToolTip(
        tr("Shows the repositories and tags that hold these letters (Ctrl+F, Esc to clear)"));
    m_filter->setAccessibleName(tr("Filter the pool"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMinimumWidth(textWidth(this, 14));
    m_filter->setAcceptDrops(false); // a drop anywhere is the window's
    m_filter->setMaximumWidth(textWidth(this, 32));
    connect(m_filter, &QLineEdit::textChanged, this, &PoolPane::look);
    auto *find = new QShortcut(QKeySequence::Find, this);
    find->setWhatsThis(tr("Filter the pool")); // what the help calls it
    connect(find, &QShortcut::activated, m_filter, [this] {
        m_filter->setFocus(Qt::ShortcutFocusReason);
        m_filter->selectAll();
    });

    auto *leave = new QShortcut(QKeySequence(Qt::Key_Escape), m_filter, nullptr, nullptr, Qt::WidgetShortcut);
    leave->setWhatsThis(tr("Clear the filter"));
    connect(leave, &QShortcut::activated, this, [this] {
        m_filter->clear();
        m_view->setFocus(Qt::ShortcutFocusReason);
    });

    auto *layout = new QHBoxLayout(heading);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_name, 2);
    m_readOnly = makeReadOnly(heading);
    layout->addWidget(m_readOnly);
    m_switch = new QWidget(heading);
    auto *buttons = new QHBoxLayout(m_switch);
    buttons->setContentsMargins(0, 0, 0, 0);
    buttons->setSpacing(0);
    layout->addWidget(m_switch);
    layout->addWidget(m_filter, 1);
    return heading;
}

QLabel *PoolPane::makeReadOnly(QWidget *heading)
{
    auto *badge = new QLabel(tr("read-only", "a pool"), heading);
    badge->setObjectName(QStringLiteral("poolReadOnly"));
    badge->setFrameStyle(int(QFrame::StyledPanel) | int(QFrame::Plain));
    badge->setMargin(innerSpacing(this) / 2);
    badge->hide();
    return badge;
}

void PoolPane::showReadOnly()
{
    const QString text = readOnlyText(m_workspace);
    m_readOnly->setVisible(!text.isEmpty());
    m_readOnly->setToolTip(text);
    m_readOnly->setAccessibleDescription(text);
}

void PoolPane::addView(PoolView *view, const QString &name, const QString &tip, const char *objectName)
{
    auto *button = new QToolButton(m_switch);
    button->setObjectName(QLatin1String(objectName));
    button->setText(name);
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    button->setCheckable(true);
    button->setAutoExclusive(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setChecked(!m_view);
    m_switch->layout()->addWidget(button);
    m_pages->addWidget(view);
    m_views.emplace_back(button->objectName(), view);
    m_view = m_view ? m_view : view;
    connect(button, &QToolButton::toggled, this, [this, view](bool isOn) {
        if (isOn) {
            choose(view);
        }
    });
    connect(view, &PoolView::shown, this, [this, view] {
        if (view == m_view) { // no late answer of one that was left
            showPage();
        }
    });
    connect(view, &PoolView::currentChanged, this, [this, view](const PoolItem &item) {
        if (view == m_view) {
            Q_EMIT currentChanged(item);
        }
    });
    connect(view, &PoolView::imageWanted, this, &PoolPane::goToImage);
}

void PoolPane::choose(PoolView *view)
{
    m_view = view;
    if (m_view != m_tree) {
        m_wanted.clear(); // another thing is by now
    }
    look();
}

void PoolPane::goToImage(const QString &reference)
{
    m_wanted = reference;
    m_switch->findChild<QToolButton *>(QStringLiteral("poolTreeButton"))->setChecked(true);
}

// What the tree has not got without a filter has gone from the pool.
void PoolPane::goWhereWanted()
{
    if (m_wanted.isEmpty() || m_view != m_tree) {
        return;
    }
    if (m_tree->goTo(m_wanted) || m_filter->text().isEmpty()) {
        m_wanted.clear();
    } else {
        m_filter->clear();
    }
}

void PoolPane::onPoolReading(const QString &path)
{
    m_reading->setText(tr("Reading %1…").arg(path));
    followReading();
    // A pool that is shown stays until it has been read anew.
    if (!m_workspace.pool()) {
        m_pages->setCurrentWidget(m_reading);
    }
}

std::shared_ptr<const PoolIndex> PoolPane::inSight() const
{
    return m_workspace.pool() ? m_workspace.pool() : m_workspace.poolNames();
}

void PoolPane::showPool()
{
    const auto pool = inSight();
    const QString path = pool ? pool->path() : QString();
    if (path != std::exchange(m_path, path)) {
        m_filter->clear(); // it was meant for another pool
    }
    m_name->setHeading(tr("Pool"), path, path);
    showReadOnly();
    look();
}

void PoolPane::look()
{
    m_view->look(inSight(), m_filter->text().trimmed());
}

void PoolPane::showPage()
{
    followReading();
    const auto pool = inSight();
    m_filter->setEnabled(pool != nullptr);
    m_switch->setEnabled(pool != nullptr);
    if (!pool) {
        m_pages->setCurrentWidget(m_workspace.isReadingPool() ? m_reading : m_noPool);
    } else if (!pool->isWhole() && !m_view->showsNames()) {
        m_pages->setCurrentWidget(m_reading);
    } else if (!m_view->isEmpty()) {
        m_pages->setCurrentWidget(m_view);
    } else if (const QString text = m_filter->text().trimmed(); !text.isEmpty()) {
        m_noMatch->setText(tr("Nothing matches ‘%1’.").arg(text));
        m_pages->setCurrentWidget(m_noMatch);
    } else {
        m_noImages->setText(
            m_workspace.isFillingPool()
                ? tr("No image of this pool is whole yet. Each is shown here as soon as it is.")
            : pool->pool().contents() != nullptr ? tr("This bundle holds no images.")
            : pool->totals().unusedBytes > 0
                ? tr("No image of this pool is whole. Convert goes on from what has come of them.")
                : tr("This pool is empty. Convert a list to fill it."));
        m_pages->setCurrentWidget(m_noImages);
    }
    goWhereWanted();
}

QString PoolPane::chosenView() const
{
    const QList<QToolButton *> buttons = m_switch->findChildren<QToolButton *>();
    const auto chosen = std::find_if(buttons.begin(), buttons.end(),
                                     [](const QToolButton *button) { return button->isChecked(); });
    return chosen == buttons.end() ? QString() : (*chosen)->objectName();
}

void PoolPane::chooseView(const QString &name)
{
    if (auto *button = m_switch->findChild<QToolButton *>(name.isEmpty() ? QStringLiteral("-") : name)) {
        button->setChecked(true);
    }
}

QStringList PoolPane::opened() const
{
    QStringList rows;
    for (const auto &[name, view] : m_views) {
        for (const QString &path : view->opened()) {
            rows << name + QLatin1Char(' ') + path;
        }
    }
    return rows;
}

void PoolPane::open(const QStringList &rows)
{
    for (const auto &[name, view] : m_views) {
        QStringList paths;
        for (const QString &row : rows) {
            if (row.startsWith(name + QLatin1Char(' '))) {
                paths << row.sliced(name.size() + 1);
            }
        }
        view->open(paths);
    }
}

} // namespace layerpool
