// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArrayView>

#include <optional>

namespace layerpool {

/// Goes through plain JSON once, without making anything of what is passed over: a pool has 100,000 manifests
/// and configs to be looked at. Strict, and stricter than JSON is: where it fails, the bytes may still be
/// good (letters beyond ASCII, say), and Qt's reader has to tell.
class JsonSkim
{
public:
    explicit JsonSkim(QByteArrayView json) : m_json(json) {}

    /// Passes over an object, calling `member` with each name, which must pass over the value.
    template <typename Member>
    bool object(Member member)
    {
        return list('{', '}', [&] {
            const std::optional<QByteArrayView> name = plainString();
            return name && take(':') && member(*name);
        });
    }
    /// Likewise; `element` is called before each one.
    template <typename Element>
    bool array(Element element)
    {
        return list('[', ']', element);
    }
    /// A string without escapes, as it stands there.
    std::optional<QByteArrayView> plainString();
    /// Of fifteen digits at the most.
    std::optional<qint64> wholeNumber();
    /// Passes over a value of any kind.
    bool value();
    /// Whether nothing but blanks is left.
    bool isAtEnd();

private:
    template <typename Each>
    bool list(char open, char close, Each each)
    {
        if (++m_depth > deepest || !take(open)) {
            return false;
        }
        if (!take(close)) {
            do {
                if (!each()) {
                    return false;
                }
            } while (take(','));
            if (!take(close)) {
                return false;
            }
        }
        --m_depth;
        return true;
    }
    void skipBlanks();
    bool take(char wanted);
    bool word(QByteArrayView wanted);
    bool string();
    bool escape();
    qsizetype digits();

    static constexpr int deepest = 16;

    QByteArrayView m_json;
    qsizetype m_at = 0;
    int m_depth = 0;
};

} // namespace layerpool
