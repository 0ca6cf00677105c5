// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace layerpool {

/// What can be done with images. Each has a plan, a task, and a form in the plan dialog.
enum class Verb { Convert, Select, Tar, Push, Verify };

/// "Convert"; for titles.
QString verbName(Verb verb);
/// The name of its icon.
QString verbIcon(Verb verb);
/// Whether the open pool may look different after it.
bool changesPool(Verb verb);

} // namespace layerpool
