// SPDX-License-Identifier: Apache-2.0
#include "image/RepositoryName.h"

#include <QList>

#include <algorithm>

namespace layerpool {
namespace {

constexpr qsizetype kLongestName = 255;
constexpr qsizetype kLongestTag = 128;

bool isAlphanumeric(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9');
}

// One `.`, one or two `_`, or any number of `-` between two runs of letters and digits.
bool isSeparator(QStringView run)
{
    return run == u"." || run == u"_" || run == u"__" ||
           std::all_of(run.begin(), run.end(), [](QChar c) { return c == u'-'; });
}

bool isPathPart(QStringView part)
{
    if (part.isEmpty() || !isAlphanumeric(part.front()) || !isAlphanumeric(part.back())) {
        return false;
    }
    for (auto at = part.begin(); at != part.end();) {
        const auto start = std::find_if_not(at, part.end(), isAlphanumeric);
        const auto end = std::find_if(start, part.end(), isAlphanumeric);
        if (!isSeparator(QStringView(start, end))) {
            return false;
        }
        at = end;
    }
    return true;
}

} // namespace

std::optional<RepositoryName> RepositoryName::parse(QStringView text)
{
    if (text.size() > kLongestName) {
        return std::nullopt;
    }
    const auto parts = text.split(u'/');
    if (!std::all_of(parts.begin(), parts.end(), isPathPart)) {
        return std::nullopt;
    }
    RepositoryName name;
    name.m_name = text.toLatin1();
    return name;
}

std::optional<RepositoryName> RepositoryName::below(const QString &prefix) const
{
    return prefix.isEmpty() ? *this : parse(QString(prefix + QLatin1Char('/') + toString()));
}

bool isTag(QStringView text)
{
    const auto isWord = [](QChar c) { return isAlphanumeric(c) || (c >= u'A' && c <= u'Z') || c == u'_'; };
    return !text.isEmpty() && text.size() <= kLongestTag && isWord(text.front()) &&
           std::all_of(text.begin(), text.end(),
                       [&](QChar c) { return isWord(c) || c == u'.' || c == u'-'; });
}

} // namespace layerpool
