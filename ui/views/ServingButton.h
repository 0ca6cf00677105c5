// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QToolButton>

namespace layerpool {

class PoolServer;

/// In the status bar while a pool is served: where. A click leads to the window about it.
class ServingButton final : public QToolButton
{
    Q_OBJECT

public:
    /// The server must outlive the button.
    explicit ServingButton(PoolServer &server, QWidget *parent = nullptr);

private:
    void refresh();

    PoolServer &m_server;
};

} // namespace layerpool
