// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

namespace layerpool {

/// JSON with a line for each value, to be read. Only white space between the words is changed: what was
/// written stays, in its order. Bytes that are no JSON come back much as they are.
QString indented(const QByteArray &json);

} // namespace layerpool
