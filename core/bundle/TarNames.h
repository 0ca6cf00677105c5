// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

namespace layerpool {

/// What a tar says of its next entry, as bytes: the blocks from the end of the entry before to its own first
/// byte, the extended headers that give it a longer name among them. Both look where the tar's reader tells
/// nothing.

/// Whether the name of the entry holds a NUL with something after it: tar programs end it there, each by its
/// own lights.
bool hasNulInName(QByteArrayView headers);
/// The name of an entry whose header can't be read, to be shown; empty where there is none.
QByteArray nameToShow(QByteArrayView headers);

} // namespace layerpool
