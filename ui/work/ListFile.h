// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "image/ListText.h"

namespace layerpool {

/// The file of a list: where it lies, and what was in it when it was read or written last.
struct ListFile
{
    QString path;     ///< as the user named it, absolute; empty for a list of no file yet
    QString realPath; ///< the same for every path that leads there
    ListText text;

    /// Blocks, as all below; for a worker thread. Errors: of ListText::read.
    static Result<ListFile> read(const QString &path);
};

/// What became of a list that was to be saved.
struct ListSaving
{
    enum class Outcome {
        Saved,
        Occupied, ///< there is a file, or it is no longer what it was: nothing was written
        Failed,
    };
    Outcome outcome = Outcome::Saved;
    ListFile file;              ///< of Saved
    std::optional<Error> error; ///< of Failed
};

enum class Overwriting { OnlyWhatIsKnown, Whatever };

/// Writes the text to `path`. `OnlyWhatIsKnown`: in place of the list's own file, unless another program has
/// written there since, and in place of no other.
ListSaving saveList(const ListFile &known, const QString &path, const ListText &text,
                    Overwriting overwriting);

} // namespace layerpool
