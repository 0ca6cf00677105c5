// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <optional>

namespace layerpool {

/// A tag with a shell's wildcards: `*` any characters, `?` one of them, `[0-9a]` one of these, `[!0-9]` one
/// of the others. It stands for tags alone, never for repositories.
class TagPattern
{
public:
    /// Whether the text has a wildcard in it, well formed or not.
    static bool isPattern(QStringView text);
    /// Nothing where a bracket stays open, or what is no wildcard can't stand in a tag.
    static std::optional<TagPattern> parse(QStringView text);

    /// Case counts, as it does in tags.
    bool matches(QStringView tag) const;
    /// What stands before the first wildcard.
    QString start() const;

private:
    explicit TagPattern(QString text) : m_text(std::move(text)) {}

    QString m_text;
};

} // namespace layerpool
