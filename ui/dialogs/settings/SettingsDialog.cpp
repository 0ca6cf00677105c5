// SPDX-License-Identifier: Apache-2.0
#include "dialogs/settings/SettingsDialog.h"

#include "dialogs/settings/ConnectionPage.h"
#include "dialogs/settings/RegistriesPage.h"
#include "views/Spacing.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QScreen>
#include <QTabBar>
#include <QVBoxLayout>

namespace layerpool {

SettingsDialog::SettingsDialog(Connections &connections, QThreadPool &workers, Dialogs &dialogs)
    : m_pages(new QTabWidget(this))
    , m_connection(new ConnectionPage(connections, workers, dialogs, this))
    , m_registries(new RegistriesPage(connections, workers, dialogs, this))
{
    setObjectName(QStringLiteral("settingsDialog"));
    setWindowTitle(tr("Settings"));
    setAttribute(Qt::WA_QuitOnClose, false);
    m_pages->setObjectName(QStringLiteral("settingsPages"));
    m_pages->tabBar()->setAccessibleName(tr("Pages of the settings"));
    m_pages->addTab(m_connection, tr("Co&nnection"));
    m_pages->addTab(m_registries, tr("Re&gistries"));

    auto *buttons = new QDialogButtonBox(this);
    QPushButton *close = buttons->addButton(QDialogButtonBox::Close);
    close->setObjectName(QStringLiteral("settingsCloseButton"));
    close->setIcon({});           // some styles bring one of another set
    close->setAutoDefault(false); // Return ends an entry, not the dialog
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(outerSpacing(this));
    layout->addWidget(m_pages, 1);
    layout->addWidget(buttons);
    resize(QSize(textWidth(this, 92), fontMetrics().height() * 28)
               .boundedTo(screen()->availableSize() * 9 / 10));
    connect(this, &QDialog::finished, m_connection, &ConnectionPage::commit);
    connect(m_registries, &RegistriesPage::signInWanted, this, &SettingsDialog::signInWanted);
}

void SettingsDialog::present()
{
    show();
    raise();
    activateWindow();
}

void SettingsDialog::presentConnection()
{
    m_pages->setCurrentWidget(m_connection);
    present();
}

void SettingsDialog::presentRegistry(const QString &host)
{
    m_pages->setCurrentWidget(m_registries);
    present();
    m_registries->choose(host);
}

} // namespace layerpool
