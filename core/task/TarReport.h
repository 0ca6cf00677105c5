// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/BundleReport.h"

namespace layerpool {

struct TarPlan;

/// What is told of the bundle that was made just now by the plan; `files` are its own.
BundleReport reportOf(const TarPlan &plan, std::vector<BundleOutput::File> files);

} // namespace layerpool
