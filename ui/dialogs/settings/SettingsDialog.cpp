// SPDX-License-Identifier: Apache-2.0
#include "dialogs/settings/SettingsDialog.h"

#include "dialogs/settings/ConnectionPage.h"
#include "dialogs/settings/GeneralPage.h"
#include "dialogs/settings/RegistriesPage.h"
#include "dialogs/settings/SignaturesPage.h"
#include "views/Spacing.h"

#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QEvent>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>

namespace layerpool {

namespace {

// A turn of the wheel that is meant for the page changes no field on its way: only one that has the focus.
class WheelGuard final : public QObject
{
public:
    using QObject::QObject;

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() != QEvent::Wheel || static_cast<QWidget *>(watched)->hasFocus()) {
            return false;
        }
        event->ignore(); // so that it goes on to the page
        return true;
    }
};

void leaveWheelTo(QScrollArea &scroller, const QWidget &page)
{
    auto *guard = new WheelGuard(&scroller);
    for (auto *field : page.findChildren<QWidget *>()) {
        if (qobject_cast<QComboBox *>(field) || qobject_cast<QAbstractSpinBox *>(field)) {
            field->setFocusPolicy(Qt::StrongFocus); // the wheel gives none
            field->installEventFilter(guard);
        }
    }
}

} // namespace

SettingsDialog::SettingsDialog(Settings &settings, Connections &connections, QThreadPool &workers,
                               Dialogs &dialogs)
    : m_pages(new QTabWidget(this))
    , m_connection(new ConnectionPage(connections, workers, dialogs, this))
    , m_registries(new RegistriesPage(connections, workers, dialogs, this))
    , m_signatures(new SignaturesPage(settings, workers, dialogs, this))
{
    setObjectName(QStringLiteral("settingsDialog"));
    setWindowTitle(tr("Settings"));
    setAttribute(Qt::WA_QuitOnClose, false);
    m_pages->setObjectName(QStringLiteral("settingsPages"));
    m_pages->tabBar()->setAccessibleName(tr("Pages of the settings"));
    addPage(new GeneralPage(settings, connections, dialogs, this), tr("&General"));
    addPage(m_connection, tr("Co&nnection"));
    addPage(m_registries, tr("Registri&es"));
    addPage(m_signatures, tr("Signat&ures"));

    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(outerSpacing(this));
    layout->addWidget(m_pages, 1);
    layout->addWidget(makeButtons());
    resize(QSize(textWidth(this, 92), fontMetrics().height() * 28)
               .boundedTo(screen()->availableSize() * 9 / 10));
    connect(m_registries, &RegistriesPage::signInWanted, this, &SettingsDialog::signInWanted);
    connect(m_signatures, &SignaturesPage::trustChanged, &connections, &Connections::tellTrustChanged);
}

void SettingsDialog::addPage(SettingsPage *page, const QString &title)
{
    auto *scroller = new QScrollArea(m_pages); // on a small screen all of it can still be reached
    scroller->setWidget(page);
    scroller->setWidgetResizable(true);
    scroller->setFrameShape(QFrame::NoFrame);
    scroller->setFocusPolicy(Qt::NoFocus);
    scroller->setFocusProxy(page);
    leaveWheelTo(*scroller, *page);
    m_pages->addTab(scroller, title);
    m_all.push_back(page);
    connect(this, &QDialog::finished, page, &SettingsPage::commit);
}

QWidget *SettingsDialog::makeButtons()
{
    auto *buttons = new QDialogButtonBox(this);
    QPushButton *close = buttons->addButton(QDialogButtonBox::Close);
    close->setObjectName(QStringLiteral("settingsCloseButton"));
    QPushButton *restore = buttons->addButton(tr("Restore de&faults"), QDialogButtonBox::ResetRole);
    restore->setObjectName(QStringLiteral("restoreDefaultsButton"));
    restore->setToolTip(tr("Set all that this page shows as it was at first"));
    for (QPushButton *button : {close, restore}) {
        button->setIcon({});           // some styles bring one of another set
        button->setAutoDefault(false); // Return ends an entry, not the dialog
    }
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(restore, &QPushButton::clicked, this, [this] { shownPage()->restoreDefaults(); });
    return buttons;
}

SettingsPage *SettingsDialog::shownPage() const
{
    return m_all[std::size_t(m_pages->currentIndex())];
}

void SettingsDialog::presentPage(SettingsPage *page)
{
    m_pages->setCurrentIndex(int(std::find(m_all.begin(), m_all.end(), page) - m_all.begin()));
    present();
}

const QDialog *SettingsDialog::otherThatIsShown()
{
    for (const QWidget *widget : QApplication::topLevelWidgets()) {
        const auto *dialog = qobject_cast<const QDialog *>(widget);
        if (dialog && dialog->isVisible() && !qobject_cast<const SettingsDialog *>(dialog)) {
            return dialog;
        }
    }
    return nullptr;
}

void SettingsDialog::present()
{
    show();
    raise();
    activateWindow();
}

void SettingsDialog::presentConnection()
{
    presentPage(m_connection);
}

void SettingsDialog::presentRegistry(const QString &host)
{
    presentPage(m_registries);
    m_registries->choose(host);
}

void SettingsDialog::presentSignatures()
{
    presentPage(m_signatures);
}

} // namespace layerpool
