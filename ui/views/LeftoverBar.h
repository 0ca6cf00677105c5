// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "views/NoticeBar.h"

namespace layerpool {

/// What earlier sessions have left unfinished, and what to do about it. It stays until it is answered.
class LeftoverBar final : public NoticeBar
{
    Q_OBJECT

public:
    explicit LeftoverBar(QWidget *parent = nullptr);

    /// The titles of the tasks.
    void offer(const QStringList &titles);

Q_SIGNALS:
    void goOnClicked();
    void forgetClicked();
};

} // namespace layerpool
