// SPDX-License-Identifier: Apache-2.0
#include "views/ServingButton.h"

#include "Icons.h"
#include "serve/PoolServer.h"

#include <QDir>

namespace layerpool {

ServingButton::ServingButton(PoolServer &server, QWidget *parent) : QToolButton(parent), m_server(server)
{
    setObjectName(QStringLiteral("servingButton"));
    setIcon(themedIcon(QStringLiteral("serve")));
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setAutoRaise(true);
    setFocusPolicy(Qt::TabFocus);
    connect(&server, &PoolServer::stateChanged, this, &ServingButton::refresh);
    refresh();
}

void ServingButton::refresh()
{
    const QString address = m_server.address();
    setVisible(!address.isEmpty());
    setText(tr("Serving %1 at %2", "a folder's name, HOST:PORT")
                .arg(QDir(m_server.poolPath()).dirName(), address));
    setAccessibleName(text());
    setToolTip(tr("%1 is served read-only. Click for its pull commands, its log, and to stop.", "a folder")
                   .arg(QDir::toNativeSeparators(m_server.poolPath())));
}

} // namespace layerpool
