// SPDX-License-Identifier: Apache-2.0
#include "work/Verb.h"

#include "base/Text.h"

#include <array>

namespace layerpool {
namespace {

struct VerbWords
{
    const char *name;
    const char *icon;
    bool changesPool;
};

constexpr std::array<VerbWords, 7> kWords{{
    {QT_TRANSLATE_NOOP("layerpool::Text", "Convert"), "convert", true},
    {QT_TRANSLATE_NOOP("layerpool::Text", "Select"), "select", false},
    {QT_TRANSLATE_NOOP("layerpool::Text", "Tar"), "tar", false},
    {QT_TRANSLATE_NOOP("layerpool::Text", "Push"), "push", false},
    {QT_TRANSLATE_NOOP("layerpool::Text", "Verify"), "verify", false},
    {QT_TRANSLATE_NOOP("layerpool::Text", "Import"), "import", true},
    {QT_TRANSLATE_NOOP("layerpool::Text", "Export"), "export", false},
}};

const VerbWords &wordsOf(Verb verb)
{
    return kWords.at(static_cast<std::size_t>(verb));
}

} // namespace

QString verbName(Verb verb)
{
    return Text::tr(wordsOf(verb).name);
}

QString verbKey(Verb verb)
{
    return QString::fromLatin1(wordsOf(verb).name).toLower();
}

std::optional<Verb> verbOfKey(const QString &key)
{
    for (std::size_t i = 0; i < kWords.size(); ++i) {
        if (verbKey(static_cast<Verb>(i)) == key) {
            return static_cast<Verb>(i);
        }
    }
    return std::nullopt;
}

QString verbIcon(Verb verb)
{
    return QString::fromLatin1(wordsOf(verb).icon);
}

bool changesPool(Verb verb)
{
    return wordsOf(verb).changesPool;
}

} // namespace layerpool
