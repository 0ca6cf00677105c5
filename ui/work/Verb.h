// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <optional>

namespace layerpool {

/// What can be done with images. Each has a plan, a task, and a form in the plan dialog.
enum class Verb { Convert, Select, Tar, Push, Verify, Import, Export };

/// "Convert"; for titles.
QString verbName(Verb verb);
/// A word that is the same in every language: "convert".
QString verbKey(Verb verb);
std::optional<Verb> verbOfKey(const QString &key);
/// The name of its icon.
QString verbIcon(Verb verb);
/// Whether the open pool may look different after it.
bool changesPool(Verb verb);

} // namespace layerpool
