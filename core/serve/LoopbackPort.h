// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/CancelToken.h"
#include "base/Result.h"

#include <QDeadlineTimer>

namespace layerpool {

/// Ports of 127.0.0.1, and who answers there. For worker threads.
namespace loopback {

QString hostAt(quint16 port);

Error taken(quint16 port);
/// Whether the port can be opened. Error: Conflict.
Status check(quint16 port);
/// The first free one of a hundred from there on, else any.
quint16 freeFrom(quint16 port);
/// Waits for the registry whose answers carry the mark: another one may have taken the port meanwhile.
/// Errors: Server (it doesn't come), Cancelled.
Status waitForRegistry(quint16 port, const QByteArray &mark, QDeadlineTimer deadline,
                       const CancelToken &cancel);

} // namespace loopback
} // namespace layerpool
