// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "work/ListExport.h"

#include <QObject>

class QWidget;

namespace layerpool {

class Dialogs;
class Settings;
class Workspace;

/// Writes the ticked images as a list: asks where to, and whether to add to a file that is there.
class TickExport final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it; the window is the parent of the dialogs.
    TickExport(Workspace &workspace, Dialogs &dialogs, Settings &settings, QWidget &window);

    void run();

Q_SIGNALS:
    /// What came of it, as a sentence.
    void told(const QString &text);
    void failed(const layerpool::Error &error);

private:
    void onChosen(const QString &path, bool isThere);
    void write(const QString &path, const QStringList &images, ExportInto into);

    Workspace &m_workspace;
    Dialogs &m_dialogs;
    Settings &m_settings;
    QWidget &m_window;
};

} // namespace layerpool
