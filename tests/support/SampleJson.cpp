// SPDX-License-Identifier: Apache-2.0
#include "support/SampleJson.h"

#include <algorithm>

namespace layerpool::test {
namespace {

struct Layout
{
    QByteArray indent;
    QByteArray newline;
};

Layout layoutOf(JsonStyle style)
{
    switch (style) {
    case JsonStyle::ThreeSpaces:
        return {"   ", "\n"};
    case JsonStyle::Tabs:
        return {"\t", "\n"};
    case JsonStyle::Crlf:
        return {"  ", "\r\n"};
    default:
        return {};
    }
}

QByteArray indented(const QByteArray &json, const Layout &layout)
{
    QByteArray text;
    int depth = 0;
    bool isInString = false;
    for (qsizetype i = 0; i < json.size(); ++i) {
        const char c = json.at(i);
        isInString ^= c == '"' && (i == 0 || json.at(i - 1) != '\\');
        if (!isInString && (c == '}' || c == ']')) {
            text += layout.newline + layout.indent.repeated(--depth);
        }
        text += c;
        if (!isInString && (c == '{' || c == '[')) {
            text += layout.newline + layout.indent.repeated(++depth);
        } else if (!isInString && c == ',') {
            text += layout.newline + layout.indent.repeated(depth);
        } else if (!isInString && c == ':') {
            text += ' ';
        }
    }
    return text;
}

} // namespace

QByteArray jsonString(const QByteArray &plainText)
{
    return '"' + plainText + '"';
}

QByteArray jsonArray(const std::vector<QByteArray> &values)
{
    QByteArray text = "[";
    for (const QByteArray &value : values) {
        text += (text.size() > 1 ? "," : "") + value;
    }
    return text + ']';
}

QByteArray jsonObject(const std::vector<JsonMember> &members)
{
    QByteArray text = "{";
    for (const JsonMember &member : members) {
        text += (text.size() > 1 ? ",\"" : "\"") + member.name + "\":" + member.value;
    }
    return text + '}';
}

QByteArray jsonObject(std::vector<JsonMember> members, JsonStyle style)
{
    if (style == JsonStyle::OddKeyOrder) {
        std::reverse(members.begin(), members.end());
    }
    return jsonObject(members);
}

QByteArray laidOut(const QByteArray &compactJson, JsonStyle style)
{
    const Layout layout = layoutOf(style);
    const QByteArray text = layout.newline.isEmpty() ? compactJson : indented(compactJson, layout);
    return style == JsonStyle::TrailingNewline ? text + '\n' : text;
}

} // namespace layerpool::test
