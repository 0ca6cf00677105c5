// SPDX-License-Identifier: Apache-2.0
#include "dialogs/CancelQuestion.h"

#include "base/Text.h"

#include <algorithm>
#include <memory>

namespace layerpool {
namespace {

Dialogs::Question cancelQuestion(int tasks)
{
    return {Text::tr("Cancel tasks"),
            Text::tr("%n task(s) are not finished. What they have fetched is kept.", nullptr, tasks),
            Text::tr("Cancel %n task(s)", nullptr, tasks),
            Dialogs::Default::Cancel,
            Text::tr("Keep them"),
            QStringLiteral("cancel tasks")};
}

} // namespace

void askToCancel(const std::vector<TaskId> &tasks, TaskQueue &queue, Dialogs &dialogs, QWidget *parent)
{
    const auto cancel = [&queue, tasks] {
        for (const TaskId id : tasks) { // not those that came while it was asked
            queue.cancel(id);
        }
    };
    if (tasks.size() < 2) {
        cancel();
        return;
    }
    const auto following = std::make_shared<QMetaObject::Connection>();
    *following = QObject::connect(&queue, &TaskQueue::finished, parent, [&queue, &dialogs, parent, tasks] {
        const auto left =
            std::count_if(tasks.begin(), tasks.end(), [&](TaskId id) { return queue.state(id).has_value(); });
        const Dialogs::Question question = cancelQuestion(static_cast<int>(left));
        if (left > 0) {
            dialogs.renew(parent, question);
        } else {
            dialogs.withdraw(parent, question.subject);
        }
    });
    dialogs.ask(
        parent, cancelQuestion(static_cast<int>(tasks.size())),
        [cancel, following] {
            QObject::disconnect(*following);
            cancel();
        },
        [following] { QObject::disconnect(*following); });
}

} // namespace layerpool
