// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <QString>
#include <QWidget>

namespace layerpool::test {

/// For whoever wants to see what a test sees: LAYERPOOL_WALK_PICTURES=DIR. Without it nothing is kept.
inline void keepPicture(QWidget &window, const QString &name)
{
    if (const QString folder = qEnvironmentVariable("LAYERPOOL_WALK_PICTURES"); !folder.isEmpty()) {
        EXPECT_TRUE(window.grab().save(QStringLiteral("%1/%2.png").arg(folder, name))) << name.toStdString();
    }
}

} // namespace layerpool::test
