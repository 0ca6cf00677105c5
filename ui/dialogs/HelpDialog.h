// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>
#include <QTabWidget>
#include <QTextBrowser>

class QMainWindow;

namespace layerpool {

/// A small book of two pages, beside the window: how to begin, and the keys.
class HelpDialog final : public QDialog
{
    Q_OBJECT

public:
    enum class Page { GettingStarted, Shortcuts };

    explicit HelpDialog(QMainWindow &window);

    void present(Page page);

private:
    QTextBrowser *addPage(const QString &objectName, const QString &title);

    QMainWindow &m_window;
    QTabWidget *m_pages;
    QTextBrowser *m_begin;
    QTextBrowser *m_keys;
};

} // namespace layerpool
