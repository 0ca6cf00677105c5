// SPDX-License-Identifier: Apache-2.0
#include "dialogs/HelpDialog.h"

#include "HelpText.h"
#include "Words.h"
#include "views/Spacing.h"

#include <QDialogButtonBox>
#include <QMainWindow>
#include <QPushButton>
#include <QScreen>
#include <QTabBar>
#include <QVBoxLayout>

namespace layerpool {

HelpDialog::HelpDialog(QMainWindow &window)
    : QDialog(&window)
    , m_window(window)
    , m_pages(new QTabWidget(this))
    , m_begin(addPage(QStringLiteral("helpBegin"), tr("&Getting started")))
    , m_keys(addPage(QStringLiteral("helpKeys"), tr("&Keyboard shortcuts")))
{
    setObjectName(QStringLiteral("helpDialog"));
    setWindowTitle(tr("Help"));
    setAttribute(Qt::WA_QuitOnClose, false);
    m_pages->tabBar()->setAccessibleName(tr("Pages of the help"));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setObjectName(QStringLiteral("helpCloseButton"));
    buttons->button(QDialogButtonBox::Close)->setIcon({}); // some styles bring one of another set
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(outerSpacing(this));
    layout->addWidget(m_pages, 1);
    layout->addWidget(buttons);
    resize(QSize(textWidth(this, 78), fontMetrics().height() * 38)
               .boundedTo(screen()->availableSize() * 9 / 10));
}

QTextBrowser *HelpDialog::addPage(const QString &objectName, const QString &title)
{
    auto *page = new QTextBrowser(this);
    page->setObjectName(objectName);
    page->setAccessibleName(withoutMnemonic(title));
    page->setOpenLinks(false);
    page->document()->setDocumentMargin(outerSpacing(this));
    m_pages->addTab(page, title);
    return page;
}

void HelpDialog::present(Page page)
{
    m_begin->setHtml(gettingStartedText());
    m_keys->setHtml(shortcutsText(m_window)); // as the actions are now
    m_pages->setCurrentWidget(page == Page::GettingStarted ? m_begin : m_keys);
    show();
    raise();
    activateWindow();
    m_pages->currentWidget()->setFocus();
}

} // namespace layerpool
