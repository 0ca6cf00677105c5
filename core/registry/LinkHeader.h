// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

namespace layerpool {

/// Where the header `Link` leads for `rel="next"` (RFC 8288), as it was written; empty where it names none.
QByteArray nextLink(const QByteArray &header);

} // namespace layerpool
