// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Qt>

namespace layerpool {

/// What the models tell beyond Qt's own roles.
enum ItemRole : int {
    ReferenceRole = Qt::UserRole, ///< what names the row where it is copied: a reference or a repository
    DigestRole,                   ///< the whole digest; empty where it has none
    FractionRole,                 ///< 0 to 1; below 0 where it is not known; invalid where there is no bar
    DetailsRole,                  ///< the row's whole story, to be copied
    SettingsRole,                 ///< of a push: files for the machines at its target, to be copied
    ImagesRole,                   ///< the images that the row stands for, each as it is pulled, a line each
};

} // namespace layerpool
