// SPDX-License-Identifier: Apache-2.0
#include "work/Subject.h"

namespace layerpool {

Selection Subject::selection() const
{
    switch (kind) {
    case Kind::Ticked:
        return Selection::ofTags(*index, tagsIn(*index, ticked));
    case Kind::List:
        return Selection::ofList(*index, *list);
    case Kind::Pool:
        break;
    }
    return Selection::ofAll(*index);
}

std::vector<ListLine> Subject::badLines() const
{
    return list ? list->ofKind(ListLine::Kind::Bad) : std::vector<ListLine>();
}

} // namespace layerpool
