// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "work/TaskChildren.h"
#include "work/Verb.h"

#include <QVariant>

namespace layerpool {

/// What the cells of TaskModel say: of a task, of an image below it, and of what is below that (a blob; or,
/// where the image failed, one of the three parts that say why).
QVariant taskData(const TaskEntry &task, Verb verb, int column, int role);
QVariant imageData(const TaskEntry &task, int node, int column, int role);
QVariant partData(const TaskEntry &task, int node, int row, int column, int role);
QVariant taskHeader(int column, int role);
int taskAlignment(int column);

} // namespace layerpool
