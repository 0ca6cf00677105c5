// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDesktopServices>
#include <QObject>
#include <QStringList>
#include <QUrl>

namespace layerpool::test {

/// Notes what would be opened in other programs of the desktop, and opens nothing.
class OpenedOutside final : public QObject
{
    Q_OBJECT

public:
    QStringList paths;

    OpenedOutside() { QDesktopServices::setUrlHandler(QStringLiteral("file"), this, "note"); }
    ~OpenedOutside() override { QDesktopServices::unsetUrlHandler(QStringLiteral("file")); }

public Q_SLOTS:
    void note(const QUrl &url) { paths.append(url.toLocalFile()); }
};

} // namespace layerpool::test
