// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Error.h"
#include "views/NoticeBar.h"

namespace layerpool {

/// What went wrong, in its three parts. It stays until it is closed or the next one takes its place.
class MessageBar final : public NoticeBar
{
    Q_OBJECT

public:
    explicit MessageBar(QWidget *parent = nullptr);

    void showError(const Error &error);
    void showNote(const QString &text);
};

} // namespace layerpool
