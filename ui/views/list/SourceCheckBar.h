// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLabel>
#include <QProgressBar>
#include <QTimer>

namespace layerpool {

class SourceChecker;

/// How far the sources have been asked, while they are, with a button to leave it.
class SourceCheckBar final : public QWidget
{
    Q_OBJECT

public:
    /// The checker must outlive it.
    explicit SourceCheckBar(SourceChecker &checker, QWidget *parent = nullptr);

private:
    void follow();
    void sample();

    SourceChecker &m_checker;
    QLabel *m_phase;
    QProgressBar *m_bar;
    QTimer m_sampler;
};

} // namespace layerpool
