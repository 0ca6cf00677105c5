// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

namespace layerpool {

/// The known word that was probably meant: two letters off at the most, and less than half of them. Empty
/// where there is none.
QString nearestWord(const QString &word, const QStringList &known);

/// The hint, behind a question whether that was meant where anything was near. `mark`: how such words begin,
/// "--".
QString hintWithGuess(const QString &meant, const QString &mark, const QString &hint);

} // namespace layerpool
