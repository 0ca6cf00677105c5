// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

#include <vector>

namespace layerpool::test {

/// An entry of a tar as nobody's program would write it: each field of its header may be wrong.
struct RawEntry
{
    QByteArray name;
    QByteArray bytes = {};
    char type = '0';                ///< `5` for a folder
    QByteArray link = {};           ///< of a link, what it points at
    QByteArray sizeField = {};      ///< in place of the size's octal digits
    QByteArrayList paxRecords = {}; ///< "path=…": an extended header stands in front where there are any
    bool hasGoodSum = true;
};

/// One header after the other with its bytes, and a long name's own entry where GNU tar would write one.
QByteArray rawEntry(const RawEntry &entry);
/// The blocks of zeros that end a tar.
QByteArray rawEnd();
/// A whole tar.
QByteArray rawTar(const std::vector<RawEntry> &entries);

/// What lies below a folder, its folders before what they hold.
std::vector<RawEntry> entriesOf(const QString &folder);

} // namespace layerpool::test
