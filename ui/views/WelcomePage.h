// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

namespace layerpool {

class Actions;

/// The first start: what Layerpool is, and where to begin.
class WelcomePage final : public QWidget
{
    Q_OBJECT

public:
    explicit WelcomePage(const Actions &actions, QWidget *parent = nullptr);
};

} // namespace layerpool
