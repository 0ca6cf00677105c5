// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "task/TaggedManifests.h"

namespace layerpool {

/// What OCI's fallback tag will stand for where its list has to be made anew: an index of some of the
/// referrers in `found`, with all that is below them. `direct` are those that refer to the subject
/// themselves. What the list has no room for is left out with a note, in which the subject is called
/// `subject`. Nothing where no referrer is left.
std::optional<TaggedManifests> listedAnew(const TaggedManifests &found, const std::vector<Manifest> &direct,
                                          const QString &subject, QStringList &notes);

} // namespace layerpool
