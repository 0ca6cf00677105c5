// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "image/Manifest.h"

#include <vector>

namespace layerpool {

/// A child that a builder put beside the images of an index, to say how one of them was made.
struct Attestation
{
    Descriptor descriptor;
    Digest subject; ///< another child of the index
};

/// The attestations of an index, in its own order: children for `unknown/unknown` whose annotation
/// `vnd.docker.reference.digest` names what they speak of (BuildKit, "Image attestation storage"). One that
/// names nothing speaks of nothing, and is none.
std::vector<Attestation> attestationsOf(const Manifest &index);

} // namespace layerpool
