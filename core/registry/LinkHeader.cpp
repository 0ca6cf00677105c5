// SPDX-License-Identifier: Apache-2.0
#include "registry/LinkHeader.h"

#include <QList>

#include <algorithm>

namespace layerpool {
namespace {

// `rel="next"`, `rel=next`, `rel="prev next"`.
bool isNext(QByteArray parameter)
{
    parameter = parameter.simplified();
    const qsizetype equals = parameter.indexOf('=');
    if (equals < 0 || parameter.first(equals).trimmed().toLower() != "rel") {
        return false;
    }
    const QByteArray kinds = parameter.sliced(equals + 1).replace('"', ' ').simplified().toLower();
    return kinds.split(' ').contains("next");
}

} // namespace

QByteArray nextLink(const QByteArray &header)
{
    qsizetype at = 0;
    while (true) {
        const qsizetype open = header.indexOf('<', at);
        const qsizetype close = header.indexOf('>', open + 1);
        if (open < 0 || close < 0) {
            return {};
        }
        const qsizetype following = header.indexOf('<', close);
        const QByteArray parameters =
            header.sliced(close + 1, (following < 0 ? header.size() : following) - close - 1);
        const QList<QByteArray> each = QByteArray(parameters).replace(',', ';').split(';');
        if (std::any_of(each.begin(), each.end(), isNext)) {
            return header.sliced(open + 1, close - open - 1).trimmed();
        }
        at = close + 1;
    }
}

} // namespace layerpool
