// SPDX-License-Identifier: Apache-2.0
#include "task/ConvertLines.h"

#include "image/TagOrder.h"
#include "task/SourceFailure.h"

#include <algorithm>

namespace layerpool {
namespace {

constexpr qsizetype kMostNamed = 20; // in a note
constexpr qsizetype kMostNear = 5;

qsizetype commonStart(QStringView a, QStringView b)
{
    return std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin();
}

// What a typing error may have meant: the tags that go with the pattern's start for longest.
QStringList nearTags(QStringList tags, const QString &start)
{
    std::stable_sort(tags.begin(), tags.end(), [&](const QString &a, const QString &b) {
        return commonStart(a, start) > commonStart(b, start);
    });
    QStringList near = tags.mid(0, kMostNear);
    std::sort(near.begin(), near.end(), comesBefore);
    return near;
}

Error nothingMatches(const ListLine &line, const QString &host, const QStringList &tags)
{
    const QString separator = QStringLiteral(", ");
    return {ErrorKind::NotFound, Text::tr("%1 matches no tag at %2").arg(line.text, host),
            tags.isEmpty()
                ? Text::tr("it has no tags")
                : Text::tr("it has %n tag(s), and none is like that", nullptr, static_cast<int>(tags.size())),
            tags.isEmpty() ? Text::tr("Check the name for a typing error")
                           : Text::tr("The nearest are %1")
                                 .arg(nearTags(tags, line.reference.pattern->start()).join(separator))};
}

Result<TagMatches> matchTagsAt(const ListLine &line, const RemoteRepository &source, TagLists &lists,
                               RegistryClient &client)
{
    const Result<QStringList> tags = lists.images(source, client);
    if (!tags) {
        return tags.error();
    }
    TagMatches matches{source.host, {}};
    std::copy_if(tags->begin(), tags->end(), std::back_inserter(matches.tags),
                 [&](const QString &tag) { return line.reference.pattern->matches(tag); });
    return matches.tags.isEmpty() ? Result<TagMatches>(nothingMatches(line, source.host, *tags)) : matches;
}

} // namespace

Result<TagMatches> matchTags(const ListLine &line, const NamingRules &naming, TagLists &lists,
                             RegistryClient &client)
{
    const Result<std::vector<RemoteRepository>> sources = naming.remotes(line.reference);
    if (!sources) {
        return sources.error();
    }
    // A mirror may have just some of them: each source is asked, and all that match count.
    TagMatches all;
    std::vector<SourceFailure> failures;
    QStringList hosts;
    for (const RemoteRepository &source : *sources) {
        const Result<TagMatches> some = matchTagsAt(line, source, lists, client);
        if (!some && some.error().kind == ErrorKind::Cancelled) {
            return some.error();
        }
        if (some) {
            hosts << source.host;
            all.tags += some->tags;
        } else {
            failures.push_back({source.host, some.error()});
        }
    }
    if (hosts.isEmpty()) {
        return joined(std::move(failures), Text::tr("No source has a tag like %1").arg(line.text));
    }
    all.host = hosts.join(QStringLiteral(", "));
    std::sort(all.tags.begin(), all.tags.end(), comesBefore);
    all.tags.erase(std::unique(all.tags.begin(), all.tags.end()), all.tags.end());
    for (const SourceFailure &failure : failures) {
        if (failure.error.kind != ErrorKind::NotFound) {
            all.notes << Text::tr("%1: there may be more tags (%2)").arg(line.text, failure.error.sentence());
        }
    }
    return all;
}

Result<const ConvertLines::Target *> ConvertLines::take(const ListLine &line, bool isMatch)
{
    const Result<RepositoryName> name = m_naming.poolName(line.reference);
    if (!name) {
        fail(line, name.error());
        return nullptr;
    }
    const QString place = name->toString() + QLatin1Char(':') + poolTag(line.reference);
    const QString key = m_naming.keyOf(line.reference);
    const QString registry = m_naming.registryOf(line.reference);
    const auto [entry, isNew] = m_taken.try_emplace(place, Target{key, registry, line.text});
    if (isNew) {
        m_lines.push_back(line);
        return nullptr;
    }
    const bool isSameRegistry = entry->second.registry == registry;
    if (entry->second.key == key || (isMatch && isSameRegistry)) {
        return &entry->second;
    }
    if (isSameRegistry) {
        fail(line,
             {ErrorKind::BadInput,
              Text::tr("“%1” gives %2 another digest than “%3”").arg(line.text, place, entry->second.line),
              {},
              Text::tr("Leave one of the lines out")});
        return nullptr;
    }
    return Error{
        ErrorKind::BadInput,
        Text::tr("“%1” and “%2” would both become %3 in the pool").arg(entry->second.line, line.text, place),
        {},
        Text::tr("Keep the registries' names in the pool, or leave one line out"),
        {},
        {},
        {QStringLiteral("--keep-host")}};
}

Status ConvertLines::add(const ListLine &line)
{
    const Result<const Target *> same = take(line, false);
    if (!same) {
        return same.error();
    }
    if (*same) {
        m_notes << Text::tr("“%1” is the same image as “%2”: it counts once").arg(line.text, (*same)->line);
    } else if (line.reference.isTagImplied) {
        m_notes << Text::tr("“%1” names no tag: “latest” is taken").arg(line.text);
    }
    return {};
}

Status ConvertLines::add(const ListLine &line, const TagMatches &matches)
{
    for (const QString &tag : matches.tags) {
        ListLine one = line;
        one.reference = line.reference.withTag(tag);
        one.text = one.reference.toString();
        if (const Result<const Target *> taken = take(one, true); !taken) {
            return taken.error();
        }
    }
    m_notes += matches.notes;
    QString named = matches.tags.mid(0, kMostNamed).join(QStringLiteral(", "));
    if (matches.tags.size() > kMostNamed) {
        named += QStringLiteral(", …");
    }
    m_notes << Text::tr("%1 matches %n tag(s) at %2: %3", nullptr, static_cast<int>(matches.tags.size()))
                   .arg(line.text, matches.host, named);
    return {};
}

} // namespace layerpool
