// SPDX-License-Identifier: Apache-2.0
#include "dialogs/CancelQuestion.h"

#include "base/Text.h"

namespace layerpool {

Dialogs::Question cancelQuestion(int tasks)
{
    return {Text::tr("Cancel tasks"),
            Text::tr("%n task(s) are not finished. What they have fetched is kept.", nullptr, tasks),
            Text::tr("Cancel %n task(s)", nullptr, tasks),
            Dialogs::Default::Cancel,
            Text::tr("Keep them"),
            QStringLiteral("cancel tasks")};
}

} // namespace layerpool
