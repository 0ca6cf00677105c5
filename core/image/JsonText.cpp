// SPDX-License-Identifier: Apache-2.0
#include "image/JsonText.h"

namespace layerpool {
namespace {

// Steps over the values of well-formed JSON. No recursion: how deep it is nested does not matter.
class Walk
{
public:
    explicit Walk(QByteArrayView json) : m_json(json) {}

    qsizetype at() const { return m_at; }
    void step() { ++m_at; }

    // The next byte that says something: what parts elements from each other is as good as a blank.
    char next()
    {
        while (!isOver() && QByteArrayView(" \t\r\n,:").contains(m_json[m_at])) {
            ++m_at;
        }
        return isOver() ? '\0' : m_json[m_at];
    }

    QByteArrayView value()
    {
        next();
        const qsizetype start = m_at;
        int depth = 0;
        do {
            const char c = isOver() ? '\0' : m_json[m_at];
            if (c == '"') {
                passString();
            } else if (c == '{' || c == '[') {
                ++depth;
                ++m_at;
            } else if (c == '}' || c == ']') {
                --depth;
                ++m_at;
            } else if (depth > 0) {
                ++m_at;
            } else {
                passWord();
            }
        } while (depth > 0 && !isOver());
        return m_json.sliced(start, std::min(m_at, m_json.size()) - start);
    }

private:
    bool isOver() const { return m_at >= m_json.size(); }

    void passString()
    {
        for (++m_at; !isOver() && m_json[m_at] != '"'; ++m_at) {
            m_at += m_json[m_at] == '\\' ? 1 : 0;
        }
        ++m_at;
    }

    void passWord()
    {
        while (!isOver() && !QByteArrayView(",]} \t\r\n").contains(m_json[m_at])) {
            ++m_at;
        }
    }

    QByteArrayView m_json;
    qsizetype m_at = 0;
};

} // namespace

std::optional<JsonArrayText> arrayText(QByteArrayView json, QByteArrayView name)
{
    const QByteArray quoted = '"' + name.toByteArray() + '"';
    Walk walk(json);
    walk.next();
    walk.step(); // into the object
    while (walk.next() == '"') {
        const bool isIt = walk.value() == quoted;
        if (!isIt || walk.next() != '[') {
            walk.value();
            continue;
        }
        walk.step();
        JsonArrayText array;
        while (walk.next() != ']' && walk.next() != '\0') {
            array.elements.push_back(walk.value());
        }
        array.end = walk.at();
        return array;
    }
    return std::nullopt;
}

} // namespace layerpool
