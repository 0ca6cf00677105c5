// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Error.h"
#include "pool/PoolIndex.h"

#include <QObject>

#include <memory>

class QWidget;

namespace layerpool {

class Dialogs;
class Settings;
class Workspace;

/// Writes what the open pool or bundle holds as a file, the base of a differential bundle: asks where to, and
/// whether to replace a file that is there.
class InventoryExport final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it; the window is the parent of the dialogs.
    InventoryExport(Workspace &workspace, Dialogs &dialogs, Settings &settings, QWidget &window);

    /// While a pool is open.
    void run();

Q_SIGNALS:
    /// What came of it, as a sentence.
    void told(const QString &text);
    void failed(const layerpool::Error &error);

private:
    using Index = std::shared_ptr<const PoolIndex>;

    /// The pool that was asked about, as it is by now: another one may be open.
    Index newest(const Index &asked) const;
    void write(const Index &index, const QString &path, bool replaces);

    Workspace &m_workspace;
    Dialogs &m_dialogs;
    Settings &m_settings;
    QWidget &m_window;
};

} // namespace layerpool
