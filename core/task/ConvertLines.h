// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "task/ConvertPlan.h"
#include "task/TagLists.h"

#include <map>

namespace layerpool {

/// The tags that a line's pattern stands for at its source.
struct TagMatches
{
    QString host;           ///< that was asked; several have commas between them
    QStringList tags;       ///< in the order of comesBefore
    QStringList notes = {}; ///< why there may be more
};

/// Asks the line's mirrors and its registry for their tags, and takes all that match. Errors: of the
/// registry, NotFound (nothing matches; the hint names tags that are near).
Result<TagMatches> matchTags(const ListLine &line, const NamingRules &naming, TagLists &lists,
                             RegistryClient &client);

/// What a convert works on: the lines of a list, one for each image. Lines that mean the same image count
/// once, and two that would land on one name are refused.
class ConvertLines
{
public:
    explicit ConvertLines(const NamingRules &naming) : m_naming(naming) {}

    /// Of a line that names one image. Error: BadInput, where another has its name in the pool.
    Status add(const ListLine &line);
    /// Of a line with a pattern: a line for each tag.
    Status add(const ListLine &line, const TagMatches &matches);
    void fail(const ListLine &line, const Error &error) { m_failures.push_back({line.text, error}); }

    const std::vector<ListLine> &lines() const { return m_lines; }
    const std::vector<ImageFailure> &failures() const { return m_failures; }
    const QStringList &notes() const { return m_notes; }

private:
    struct Target
    {
        QString key; ///< registry and reference
        QString registry;
        QString line;
    };

    /// The line that means the same image, and came before; null for one that is taken, or fails.
    /// A pattern's match gives way to a line that names its tag with a digest.
    Result<const Target *> take(const ListLine &line, bool isMatch);

    const NamingRules &m_naming;
    std::map<QString, Target> m_taken; ///< by name and tag in the pool
    std::vector<ListLine> m_lines;
    std::vector<ImageFailure> m_failures;
    QStringList m_notes;
};

} // namespace layerpool
