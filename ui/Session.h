// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/TaskModel.h"
#include "settings/Settings.h"
#include "work/Connections.h"
#include "work/TaskMemory.h"
#include "work/Workspace.h"

namespace layerpool {

/// What goes on while windows come and go: how registries are talked to, the rows of the tasks, and of what
/// each of them was made.
struct Session
{
    /// Both must outlive it.
    Session(Workspace &itsWorkspace, Settings &itsSettings)
        : workspace(itsWorkspace)
        , settings(itsSettings)
        , connections(itsWorkspace.logins(), itsSettings)
        , memory(itsWorkspace, connections, itsSettings.tasksFolder())
        , tasks(itsWorkspace)
    {
    }

    Workspace &workspace;
    Settings &settings;
    Connections connections;
    TaskMemory memory;
    TaskModel tasks;
};

} // namespace layerpool
