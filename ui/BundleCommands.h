// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Plans.h"
#include "dialogs/BundleDialog.h"

#include <QHash>
#include <QPointer>

#include <optional>

namespace layerpool {

/// What is done with bundles: each has a page that shows what is inside; and with what other tools left,
/// which can only be imported.
class BundleCommands final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it; the window is the parent of the dialogs.
    BundleCommands(Session &session, Dialogs &dialogs, Plans &plans, QWidget &window);

    /// Asks for a file.
    void open();
    /// The page of a bundle, by the path of any of its volumes.
    void show(const QString &path);
    /// Into the pool that is open, or being read; else into one that is asked for. An empty source is one
    /// that nobody has chosen yet.
    void importFrom(const QString &source);
    /// The user doesn't want a pool to be made where there is none: an import that waited goes elsewhere.
    void onPoolNotMade();
    void closePages();

Q_SIGNALS:
    /// What came of something that shows in no pane.
    void told(const QString &text);

private:
    /// An import that waits for a pool to be open.
    struct Waiting
    {
        QString source;
        QString pool; ///< that was chosen for it; empty: the one that is open next
    };

    void take(const QStringList &files);
    void carryOut(BundleDialog &page, BundleDialog::Deed deed);
    void askForPool(const QString &source);
    void importInto(const QString &pool, const QString &source);
    void onPoolChanged();
    void onPoolFailed();

    Workspace &m_workspace;
    Settings &m_settings;
    Dialogs &m_dialogs;
    Plans &m_plans;
    QWidget &m_window;
    QHash<QString, QPointer<BundleDialog>> m_pages; ///< by the bundles' paths
    std::optional<Waiting> m_waiting;
};

} // namespace layerpool
