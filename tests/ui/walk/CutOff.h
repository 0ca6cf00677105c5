// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>
#include <QWidget>

namespace layerpool::test {

/// What of a shown window can't be seen whole: a window larger than its screen, a widget outside its parent
/// or smaller than its words, one over another. What scrolls, and what is elided with the whole in its
/// tooltip, is no finding.
QStringList cutOffWidgets(const QWidget &window);

/// Letters that lead to two things at once with Alt: the second can't be reached by one press.
QStringList mnemonicsTwice(const QWidget &window);

} // namespace layerpool::test
