// SPDX-License-Identifier: Apache-2.0
#include "image/TagPattern.h"

#include <algorithm>

namespace layerpool {
namespace {

constexpr qsizetype kLongest = 512; // of a pattern; a tag has 128 characters at the most

bool isWildcard(QChar c)
{
    return c == u'*' || c == u'?' || c == u'[';
}

bool canBeInTag(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'_' ||
           c == u'.' || c == u'-';
}

bool negates(QChar c)
{
    return c == u'!' || c == u'^';
}

// Where the bracket that opens at `open` ends; -1 where it never does. A `]` that comes first is one of the
// characters, as in a shell.
qsizetype endOfBracket(QStringView text, qsizetype open)
{
    qsizetype at = open + 1;
    at += at < text.size() && negates(text[at]) ? 1 : 0;
    return text.indexOf(u']', at + 1);
}

// `inside` is what stands between the brackets.
bool isOneOf(QStringView inside, QChar c)
{
    const bool isNegated = negates(inside.front());
    inside = inside.sliced(isNegated ? 1 : 0);
    bool isFound = false;
    for (qsizetype i = 0; i < inside.size(); ++i) {
        if (i + 2 < inside.size() && inside[i + 1] == u'-') {
            isFound = isFound || (inside[i] <= c && c <= inside[i + 2]);
            i += 2;
        } else {
            isFound = isFound || inside[i] == c;
        }
    }
    return isFound != isNegated;
}

// One step of a pattern that is no `*`: whether it takes the character, and where the next step begins.
bool takes(QStringView pattern, qsizetype &at, QChar c)
{
    if (pattern[at] == u'[') {
        const qsizetype end = endOfBracket(pattern, at);
        const QStringView inside = pattern.sliced(at + 1, end - at - 1);
        at = end + 1;
        return isOneOf(inside, c);
    }
    const QChar wanted = pattern[at++];
    return wanted == u'?' || wanted == c;
}

} // namespace

bool TagPattern::isPattern(QStringView text)
{
    return std::any_of(text.begin(), text.end(), isWildcard);
}

std::optional<TagPattern> TagPattern::parse(QStringView text)
{
    if (!isPattern(text) || text.size() > kLongest) {
        return std::nullopt;
    }
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == u'[') {
            i = endOfBracket(text, i);
            if (i < 0) {
                return std::nullopt;
            }
        } else if (!isWildcard(text[i]) && !canBeInTag(text[i])) {
            return std::nullopt;
        }
    }
    return TagPattern(text.toString());
}

// On a mismatch the last `*` takes one character more: earlier ones never need to be looked at again, so the
// time is at most the product of both lengths.
bool TagPattern::matches(QStringView tag) const
{
    const QStringView pattern = m_text;
    qsizetype at = 0;
    qsizetype next = 0;
    qsizetype afterStar = -1;
    qsizetype starTakes = 0;
    while (next < tag.size()) {
        if (at < pattern.size() && pattern[at] == u'*') {
            afterStar = ++at;
            starTakes = next;
        } else if (qsizetype step = at; at < pattern.size() && takes(pattern, step, tag[next])) {
            at = step;
            ++next;
        } else if (afterStar >= 0) {
            at = afterStar;
            next = ++starTakes;
        } else {
            return false;
        }
    }
    const QStringView rest = pattern.sliced(at);
    return std::all_of(rest.begin(), rest.end(), [](QChar c) { return c == u'*'; });
}

QString TagPattern::start() const
{
    return m_text.first(std::find_if(m_text.begin(), m_text.end(), isWildcard) - m_text.begin());
}

} // namespace layerpool
