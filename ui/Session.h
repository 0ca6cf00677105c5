// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/TaskModel.h"
#include "work/Connections.h"
#include "work/PlanRecipe.h"
#include "work/Workspace.h"

#include <QHash>

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
        , tasks(itsWorkspace)
    {
    }

    Workspace &workspace;
    Settings &settings;
    Connections connections;
    TaskModel tasks;
    QHash<TaskId, PlanRecipe> recipes;
};

} // namespace layerpool
