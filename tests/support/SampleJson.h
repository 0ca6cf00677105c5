// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

#include <vector>

namespace layerpool::test {

/// How the bytes of a manifest are laid out. All say the same; only a copy of the very bytes keeps the
/// digest.
enum class JsonStyle { Compact, ThreeSpaces, Tabs, Crlf, TrailingNewline, OddKeyOrder };
inline constexpr int jsonStyleCount = 6;

/// One member of an object: a name, and a value that is JSON already.
struct JsonMember
{
    QByteArray name;
    QByteArray value;
};

QByteArray jsonString(const QByteArray &plainText);
QByteArray jsonArray(const std::vector<QByteArray> &values);
/// The members in this order, without any blank.
QByteArray jsonObject(const std::vector<JsonMember> &members);
/// The members in the order that the style asks for, still without blanks.
QByteArray jsonObject(std::vector<JsonMember> members, JsonStyle style);

/// Lays compact JSON out anew.
QByteArray laidOut(const QByteArray &compactJson, JsonStyle style);

} // namespace layerpool::test
