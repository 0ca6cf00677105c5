// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Error.h"

#include <QByteArrayView>

namespace layerpool {

/// What is said of a bundle that is not taken. All of them are BadInput: an input file is at fault, and the
/// pool is as it was.

/// As `“docker/registry”`: a name that anybody may have chosen, so nothing in it reaches a terminal as it is.
QString quoted(QByteArrayView entry);

/// `why` is a phrase about the entry.
Error refusedEntry(const QString &bundle, QByteArrayView entry, const QString &why);
/// `why` is a phrase about the whole.
Error refusedBundle(const QString &bundle, const QString &why);
/// It ends before its end: what came of it may be kept.
Error cutShort(const QString &bundle);

} // namespace layerpool
