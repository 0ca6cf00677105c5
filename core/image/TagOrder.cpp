// SPDX-License-Identifier: Apache-2.0
#include "image/TagOrder.h"

#include <algorithm>

namespace layerpool {
namespace {

bool isDecimal(QChar c)
{
    return c >= u'0' && c <= u'9';
}

// The number that a text begins with, without its leading zeros: of any length, so it is never counted out.
struct Number
{
    explicit Number(QStringView text)
    {
        const auto *end = std::find_if_not(text.begin(), text.end(), isDecimal);
        length = end - text.begin();
        const auto *start = std::find_if_not(text.begin(), end, [](QChar c) { return c == u'0'; });
        digits = QStringView(start, end);
    }

    qsizetype length = 0; // with the zeros
    QStringView digits;
};

} // namespace

bool comesBefore(QStringView a, QStringView b)
{
    const QStringView wholeA = a;
    const QStringView wholeB = b;
    while (!a.isEmpty() && !b.isEmpty()) {
        if (isDecimal(a.front()) && isDecimal(b.front())) {
            const Number one(a);
            const Number other(b);
            if (one.digits != other.digits) {
                return one.digits.size() != other.digits.size() ? one.digits.size() < other.digits.size()
                                                                : one.digits < other.digits;
            }
            a = a.sliced(one.length);
            b = b.sliced(other.length);
        } else if (a.front() != b.front()) {
            return a.front() < b.front();
        } else {
            a = a.sliced(1);
            b = b.sliced(1);
        }
    }
    return a.isEmpty() && b.isEmpty() ? wholeA < wholeB : a.isEmpty();
}

} // namespace layerpool
