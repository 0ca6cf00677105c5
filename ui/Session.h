// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/LogModel.h"
#include "models/TaskModel.h"
#include "settings/Settings.h"
#include "work/Connections.h"
#include "work/TaskLog.h"
#include "work/TaskMemory.h"
#include "work/Workspace.h"

namespace layerpool {

/// What goes on while windows come and go: how registries are talked to, the rows of the tasks, of what each
/// of them was made, and the log.
struct Session
{
    /// Both must outlive it.
    Session(Workspace &itsWorkspace, Settings &itsSettings)
        : workspace(itsWorkspace)
        , settings(itsSettings)
        , connections(itsWorkspace.logins(), itsSettings)
        , memory(itsWorkspace, connections, itsSettings.tasksFolder())
        , tasks(itsWorkspace)
        , log(itsWorkspace.queue())
    {
        QObject::connect(&log, &TaskLog::told, &logLines, &LogModel::add);
    }

    Workspace &workspace;
    Settings &settings;
    Connections connections;
    TaskMemory memory;
    TaskModel tasks;
    TaskLog log;
    LogModel logLines;
};

} // namespace layerpool
