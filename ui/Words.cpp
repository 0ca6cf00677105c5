// SPDX-License-Identifier: Apache-2.0
#include "Words.h"

#include <QRegularExpression>

namespace layerpool {

QString withoutMnemonic(const QString &text)
{
    static const QRegularExpression mnemonic(QStringLiteral("\\s*\\(&.\\)|&"));
    return QString(text).remove(mnemonic);
}

} // namespace layerpool
