// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

namespace layerpool {

/// What a tar says of its next entry, as bytes: the blocks from the end of the entry before to its own first
/// byte, the extended headers that give it a longer name among them. Both look where the tar's reader tells
/// nothing.

/// Why tar programs may disagree on the entry's name or size, as a phrase; empty where they can't: its name
/// holds a NUL with something after it, more than one name or size stands in front of its own header (POSIX
/// takes the last, others the first), a record of a sparse file does (it names and sizes the entry anew, for
/// some), or an extended header ends in no record.
QString whyUnclear(QByteArrayView headers);
/// The name of an entry whose header can't be read, to be shown; empty where there is none.
QByteArray nameToShow(QByteArrayView headers);

} // namespace layerpool
