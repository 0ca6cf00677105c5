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

    /// Several stand below each other, the latest few, until the bar is hidden.
    void showError(const Error &error);
    /// It is over: it is said no longer.
    void takeBack(const Error &error);
    /// Of notes there is one at a time.
    void showNote(const QString &text);

protected:
    void hideEvent(QHideEvent *event) override;

private:
    void sayAll();

    QStringList m_errors;
    QString m_note;
};

} // namespace layerpool
