// SPDX-License-Identifier: Apache-2.0
#pragma once

class QCoreApplication;

namespace layerpool {

/// Speaks the user's language from here on, in our words and Qt's; English where there is no other. To be
/// called once, by the main thread.
void installTranslations(QCoreApplication &application);

} // namespace layerpool
