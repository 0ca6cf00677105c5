// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "registry/RegistryOptions.h"
#include "work/PlanRecipe.h"
#include "work/PreparedTask.h"
#include "work/SigningKey.h"

#include <memory>

namespace layerpool {

/// What makes the recipe's plan, with what is known of registries and logins now: the one way for dialogs,
/// and for tasks that go on. `pool`: as it is known already; null: it is read when the plan is made.
/// `signer`: of the choices' `signKey`; null: its file is opened without a password.
PlanMaker plannerOf(const PlanRecipe &recipe, const RegistryOptions &registry,
                    std::shared_ptr<const PoolIndex> pool = nullptr,
                    std::shared_ptr<SigningKey> signer = nullptr);

} // namespace layerpool
