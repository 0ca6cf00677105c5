// SPDX-License-Identifier: Apache-2.0
#include "registry/AuthChallenge.h"

namespace layerpool {
namespace {

// Walks a header: `Scheme name="value", name=value, Scheme …`.
class Reader
{
public:
    explicit Reader(const QByteArray &text) : m_text(text) {}

    bool atEnd() const { return m_at >= m_text.size(); }

    void skip(const char *characters)
    {
        while (!atEnd() && QByteArrayView(characters).contains(m_text.at(m_at))) {
            ++m_at;
        }
    }

    QByteArray word()
    {
        const qsizetype start = m_at;
        while (!atEnd() && !QByteArrayView(" \t,=\"").contains(m_text.at(m_at))) {
            ++m_at;
        }
        if (m_at == start && !atEnd()) {
            ++m_at; // something stray: passed over, so that reading always goes on
        }
        return m_text.sliced(start, m_at - start);
    }

    bool take(char c)
    {
        const bool isThere = !atEnd() && m_text.at(m_at) == c;
        m_at += isThere ? 1 : 0;
        return isThere;
    }

    QByteArray value()
    {
        if (!take('"')) {
            return word();
        }
        QByteArray quoted;
        while (!atEnd() && m_text.at(m_at) != '"') {
            if (m_text.at(m_at) == '\\' && m_at + 1 < m_text.size()) {
                ++m_at;
            }
            quoted += m_text.at(m_at++);
        }
        take('"');
        return quoted;
    }

private:
    const QByteArray &m_text;
    qsizetype m_at = 0;
};

} // namespace

std::vector<AuthChallenge> AuthChallenge::parse(const QByteArray &header)
{
    std::vector<AuthChallenge> challenges;
    Reader reader(header);
    while (true) {
        reader.skip(" \t,");
        if (reader.atEnd()) {
            return challenges;
        }
        const QByteArray word = reader.word().toLower();
        reader.skip(" \t");
        if (reader.take('=')) {
            reader.skip(" \t");
            const QByteArray value = reader.value();
            if (!challenges.empty()) {
                challenges.back().parameters.insert(word, value);
            }
        } else {
            challenges.push_back({word, {}});
        }
    }
}

} // namespace layerpool
