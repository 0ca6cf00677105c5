// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dialogs/Dialogs.h"

namespace layerpool {

/// Before several tasks that are not finished are cancelled at once.
Dialogs::Question cancelQuestion(int tasks);

} // namespace layerpool
