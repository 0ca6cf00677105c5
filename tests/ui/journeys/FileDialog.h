// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/Gestures.h"
#include "ui/UiTest.h"

#include <QDialogButtonBox>
#include <QFileDialog>
#include <QPushButton>

namespace layerpool::test {

// The window's own file dialog, which is Qt's where no desktop has one.

inline bool isFileDialogInFront()
{
    return qobject_cast<QFileDialog *>(QApplication::activeWindow()) != nullptr;
}

inline void waitForFileDialog()
{
    ASSERT_TRUE(soon(isFileDialogInFront));
    waitForFront(QApplication::activeWindow());
}

inline void waitUntilFileDialogIsGone()
{
    ASSERT_TRUE(soon([] { return !isFileDialogInFront(); }));
}

inline QAbstractButton *okOfFileDialog()
{
    const auto *buttons = QApplication::activeWindow()->findChild<QDialogButtonBox *>();
    QAbstractButton *open = buttons->button(QDialogButtonBox::Open);
    return open ? open : buttons->button(QDialogButtonBox::Save);
}

} // namespace layerpool::test
