// SPDX-License-Identifier: Apache-2.0
#include "views/WelcomePage.h"

#include "Actions.h"
#include "Icons.h"
#include "views/EmptyPage.h"
#include "views/Spacing.h"
#include "work/Recent.h"
#include "work/Workspace.h"

#include <QDir>
#include <QFileInfo>
#include <QLabel>
#include <QPushButton>

namespace layerpool {
namespace {

constexpr int kMostRecent = 5; // of each: the menu has all

QLabel *makeLabel(const QString &text, qreal scale, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setAlignment(Qt::AlignCenter);
    label->setWordWrap(true);
    QFont font = label->font();
    font.setPointSizeF(font.pointSizeF() * scale);
    label->setFont(font);
    return label;
}

QPushButton *makeLargeButton(QAction *action, const QString &objectName, QWidget *parent)
{
    QPushButton *button = makeButton(action, objectName, parent);
    button->setIconSize({2 * parent->fontMetrics().height(), 2 * parent->fontMetrics().height()});
    button->setMinimumSize(textWidth(parent, 26), 4 * parent->fontMetrics().height());
    return button;
}

QString nameOf(const QString &path, bool isMissing)
{
    const QFileInfo file(path);
    const QString name = WelcomePage::tr("%1 in %2", "a file or folder, and where it lies")
                             .arg(file.fileName(), QDir::toNativeSeparators(file.path()));
    return isMissing ? WelcomePage::tr("%1 — not there", "a file or folder that was open of late").arg(name)
                     : name;
}

void clear(QLayout *layout)
{
    while (QLayoutItem *item = layout->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
}

} // namespace

WelcomePage::WelcomePage(const Actions &actions, Recent &recent, Workspace &workspace, QWidget *parent)
    : QWidget(parent), m_recent(recent), m_workspace(workspace)
{
    setObjectName(QStringLiteral("welcomePage"));
    auto *icon = new QLabel(this);
    icon->setPixmap(programIcon().pixmap(5 * fontMetrics().height()));
    icon->setAlignment(Qt::AlignCenter);

    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(2 * outerSpacing(this));
    layout->addStretch(2);
    layout->addWidget(icon);
    layout->addWidget(makeLabel(tr("Layerpool carries container images across an air gap."), 1.5, this));
    layout->addWidget(makeLabel(
        tr("A list says which images are wanted. A pool is the folder that keeps them, each "
           "layer once. A bundle carries them over. Drop any of them here, or begin with a button."),
        1.0, this));
    layout->addLayout(makeButtons(actions));
    QPushButton *help =
        makeButton(actions.at(ActionId::GettingStarted), QStringLiteral("welcomeHelpButton"), this);
    help->setText(tr("Learn how it works"));
    help->setFlat(true);
    layout->addWidget(help, 0, Qt::AlignHCenter);
    layout->addLayout(makeRecent());
    layout->addStretch(3);
    connect(&recent, &Recent::changed, this, &WelcomePage::showRecent);
    showRecent();
}

QLayout *WelcomePage::makeButtons(const Actions &actions)
{
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(outerSpacing(this));
    buttons->addStretch();
    buttons->addWidget(
        makeLargeButton(actions.at(ActionId::OpenList), QStringLiteral("welcomeOpenListButton"), this));
    buttons->addWidget(
        makeLargeButton(actions.at(ActionId::OpenPool), QStringLiteral("welcomeOpenPoolButton"), this));
    buttons->addWidget(
        makeLargeButton(actions.at(ActionId::OpenBundle), QStringLiteral("welcomeOpenBundleButton"), this));
    buttons->addStretch();
    return buttons;
}

QLayout *WelcomePage::makeRecent()
{
    auto *columns = new QHBoxLayout;
    columns->setSpacing(4 * outerSpacing(this));
    m_lists = new QVBoxLayout;
    m_pools = new QVBoxLayout;
    columns->addStretch();
    for (QVBoxLayout *column : {m_lists, m_pools}) {
        column->setSpacing(0);
        column->setAlignment(Qt::AlignTop);
        columns->addLayout(column);
    }
    columns->addStretch();
    return columns;
}

void WelcomePage::showRecent()
{
    fill(m_lists, tr("Recent lists"), m_recent.lists(), QStringLiteral("list"));
    fill(m_pools, tr("Recent pools"), m_recent.pools(), QStringLiteral("pool"));
}

void WelcomePage::fill(QVBoxLayout *column, const QString &title, const QStringList &paths,
                       const QString &icon)
{
    clear(column);
    if (paths.isEmpty()) {
        return;
    }
    auto *heading = new QLabel(title, this);
    QFont bold = font();
    bold.setBold(true);
    heading->setFont(bold);
    column->addWidget(heading);
    for (const QString &path : paths.first(std::min<qsizetype>(paths.size(), kMostRecent))) {
        const bool isMissing = m_recent.isMissing(path);
        const QString name = nameOf(path, isMissing);
        const QString shown = fontMetrics().elidedText(name, Qt::ElideMiddle, textWidth(this, 46));
        auto *link =
            new QPushButton(themedIcon(icon), QString(shown).replace(u'&', QLatin1String("&&")), this);
        link->setObjectName(icon + QLatin1String("RecentButton"));
        link->setAccessibleName(name);
        link->setToolTip(QDir::toNativeSeparators(path));
        link->setFlat(true);
        link->setAutoDefault(true); // Return opens it
        link->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
        link->setEnabled(!isMissing);
        connect(link, &QPushButton::clicked, this,
                [this, path, isPool = column == m_pools] { open(path, isPool); });
        column->addWidget(link);
    }
}

void WelcomePage::open(const QString &path, bool isPool)
{
    if (isPool) {
        m_workspace.openPool(path);
    } else {
        m_workspace.lists().open({path});
    }
}

} // namespace layerpool
