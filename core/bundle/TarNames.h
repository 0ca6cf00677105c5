// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArrayView>

namespace layerpool {

/// Whether the name of an entry holds a NUL with something after it: tar programs end the name there, and
/// each by its own lights. `headers` are the blocks from the end of the entry before to its own first byte,
/// the extended headers that give it a longer name among them.
bool hasNulInName(QByteArrayView headers);

} // namespace layerpool
