// SPDX-License-Identifier: Apache-2.0
#include "base/Memory.h"
#include "ui/EventWatch.h"

#include <gtest/gtest.h>

#include <QLocale>
#include <QStandardPaths>

// The same as TestMain with windows, and without the settings of whoever runs the tests.
int main(int argc, char *argv[])
{
    layerpool::giveLargeMemoryBack();
    QLocale::setDefault(QLocale::c());
    QStandardPaths::setTestModeEnabled(true);
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) {
        qputenv("QT_QPA_PLATFORM", "offscreen"); // ctest lists the tests without their environment
    }
    const layerpool::test::WatchingApplication app(argc, argv);
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
