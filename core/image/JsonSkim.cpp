// SPDX-License-Identifier: Apache-2.0
#include "image/JsonSkim.h"

#include <algorithm>

namespace layerpool {
namespace {

constexpr qsizetype kMostDigits = 15; // a double has them all

bool isHex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

} // namespace

void JsonSkim::skipBlanks()
{
    while (m_at < m_json.size() &&
           (m_json[m_at] == ' ' || m_json[m_at] == '\n' || m_json[m_at] == '\r' || m_json[m_at] == '\t')) {
        ++m_at;
    }
}

bool JsonSkim::take(char wanted)
{
    skipBlanks();
    if (m_at < m_json.size() && m_json[m_at] == wanted) {
        ++m_at;
        return true;
    }
    return false;
}

bool JsonSkim::isAtEnd()
{
    skipBlanks();
    return m_at == m_json.size();
}

std::optional<QByteArrayView> JsonSkim::plainString()
{
    if (!take('"')) {
        return std::nullopt;
    }
    const qsizetype start = m_at;
    while (m_at < m_json.size() && m_json[m_at] >= ' ' && m_json[m_at] <= '~' && m_json[m_at] != '"' &&
           m_json[m_at] != '\\') {
        ++m_at;
    }
    const QByteArrayView text = m_json.sliced(start, m_at - start);
    return m_at < m_json.size() && m_json[m_at++] == '"' ? std::optional(text) : std::nullopt;
}

bool JsonSkim::string()
{
    if (!take('"')) {
        return false;
    }
    while (m_at < m_json.size() && m_json[m_at] >= ' ' && m_json[m_at] <= '~') {
        const char c = m_json[m_at++];
        if (c == '"') {
            return true;
        }
        if (c == '\\' && !escape()) {
            return false;
        }
    }
    return false;
}

// Of letters that need two escapes Qt's reader knows more.
bool JsonSkim::escape()
{
    if (m_at >= m_json.size()) {
        return false;
    }
    const char c = m_json[m_at++];
    if (c != 'u') {
        return QByteArrayView("\"\\/bfnrt").contains(c);
    }
    if (m_json.size() - m_at < 4) {
        return false;
    }
    const QByteArrayView hex = m_json.sliced(m_at, 4);
    m_at += 4;
    return std::all_of(hex.begin(), hex.end(), isHex) && hex[0] != 'd' && hex[0] != 'D';
}

qsizetype JsonSkim::digits()
{
    const qsizetype start = m_at;
    while (m_at < m_json.size() && m_json[m_at] >= '0' && m_json[m_at] <= '9') {
        ++m_at;
    }
    return m_at - start;
}

std::optional<qint64> JsonSkim::wholeNumber()
{
    skipBlanks();
    const qsizetype start = m_at;
    const qsizetype count = digits();
    if (count == 0 || count > kMostDigits || (count > 1 && m_json[start] == '0')) {
        return std::nullopt;
    }
    qint64 number = 0;
    for (const char digit : m_json.sliced(start, count)) {
        number = number * 10 + (digit - '0');
    }
    const bool goesOn = m_at < m_json.size() && QByteArrayView(".eE").contains(m_json[m_at]);
    return goesOn ? std::nullopt : std::optional(number);
}

bool JsonSkim::word(QByteArrayView wanted)
{
    const bool isThere = m_json.sliced(m_at).startsWith(wanted);
    m_at += isThere ? wanted.size() : 0;
    return isThere;
}

bool JsonSkim::value()
{
    skipBlanks();
    switch (m_at < m_json.size() ? m_json[m_at] : '\0') {
    case '{':
        return object([this](QByteArrayView) { return value(); });
    case '[':
        return array([this] { return value(); });
    case '"':
        return string();
    case 't':
        return word("true");
    case 'f':
        return word("false");
    case 'n':
        return word("null");
    default:
        return wholeNumber().has_value();
    }
}

} // namespace layerpool
