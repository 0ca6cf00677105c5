// SPDX-License-Identifier: Apache-2.0
#include "work/JsonText.h"

namespace layerpool {
namespace {

constexpr int kIndent = 2;
constexpr int kDeepest = 100; // who nests deeper gets no wider lines

class Writer
{
public:
    QString write(const QByteArray &json)
    {
        for (const char c : json) {
            m_isInString ? addToString(c) : add(c);
        }
        return QString::fromUtf8(m_text);
    }

private:
    void addToString(char c)
    {
        m_text += c;
        m_isInString = m_isEscaped || c != '"';
        m_isEscaped = !m_isEscaped && c == '\\';
    }

    void add(char c)
    {
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            return;
        }
        const bool isEmpty = m_justOpened && (c == '}' || c == ']');
        if (c == '}' || c == ']') {
            --m_depth;
        }
        if (!isEmpty && (m_justOpened || c == '}' || c == ']')) {
            breakLine();
        }
        m_text += c;
        m_justOpened = c == '{' || c == '[';
        m_isInString = c == '"';
        if (m_justOpened) {
            ++m_depth;
        } else if (c == ',') {
            breakLine();
        } else if (c == ':') {
            m_text += ' ';
        }
    }

    void breakLine()
    {
        m_text += '\n';
        m_text += QByteArray(qBound(0, m_depth, kDeepest) * kIndent, ' ');
    }

    QByteArray m_text;
    int m_depth = 0;
    bool m_isInString = false;
    bool m_isEscaped = false;
    bool m_justOpened = false;
};

} // namespace

QString indented(const QByteArray &json)
{
    return Writer().write(json);
}

} // namespace layerpool
