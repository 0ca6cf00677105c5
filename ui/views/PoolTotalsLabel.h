// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLabel>

namespace layerpool {

class Workspace;

/// The status bar's line: what the pool holds, what sharing saves, and how much is ticked.
class PoolTotalsLabel final : public QLabel
{
    Q_OBJECT

public:
    /// The workspace must outlive the label.
    explicit PoolTotalsLabel(Workspace &workspace, QWidget *parent = nullptr);

private:
    void refresh();

    Workspace &m_workspace;
};

} // namespace layerpool
