// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dialogs/Dialogs.h"
#include "work/Connections.h"
#include "work/Recent.h"
#include "work/Workspace.h"

#include <functional>

namespace layerpool {

/// What is done with lists as a whole: they are opened, saved, closed, and looked for at their sources. Asks
/// before anything of the user's is lost, and remembers what was open.
class ListCommands final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it; the window is the parent of the dialogs.
    ListCommands(Workspace &workspace, Dialogs &dialogs, Settings &settings, const Connections &connections,
                 Recent &recent, QWidget &window);

    void open();
    void add();
    void save();
    void saveAs();
    void close(ListDocument *document);
    void checkAtSource();
    /// What is not saved, as a sentence; empty where nothing is.
    QString unsaved() const;
    /// Asks what shall become of that before the window goes, and sees to it: `then` is told Save when all is
    /// saved, Keep where the window stays.
    void settle(const Dialogs::Question &question, Dialogs::Fate then);

Q_SIGNALS:
    /// Something worth knowing, as sentences.
    void noted(const QString &text);
    void failed(const layerpool::Error &error);

private:
    using Then = std::function<void(bool isSaved)>;
    void save(ListDocument *document, const Then &then);
    void saveAs(ListDocument *document, const Then &then);
    void write(ListDocument *document, const QString &path, Overwriting overwriting, const Then &then);
    void onWritten(ListDocument *document, const QString &path, const ListSaving &saving, const Then &then);
    void askToReplace(ListDocument *document, const QString &path, const Then &then);
    void saveAll(const std::vector<QPointer<ListDocument>> &documents, std::function<void(bool)> then);
    void askSources(ListDocument *document);
    void remember();
    void tellOf(const ListDocument &document);

    Workspace &m_workspace;
    OpenLists &m_lists;
    Dialogs &m_dialogs;
    Settings &m_settings;
    const Connections &m_connections;
    Recent &m_recent;
    QWidget &m_window;
};

} // namespace layerpool
