// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QStringList>

namespace layerpool {

/// What a registry prints, by lines: the newest of them are kept.
class RegistryLog
{
public:
    static constexpr int mostLines = 2000;

    /// Takes what was printed next; the lines that it completes.
    QStringList add(const QByteArray &printed);
    /// Nothing more comes: what has no line's end is a line too.
    QStringList finish();
    void clear();

    const QStringList &lines() const { return m_lines; }
    /// The last words of a registry that has ended, or in what an engine complains; empty where nothing is
    /// said.
    QString reason() const;
    bool saysPortIsTaken() const;

private:
    void take(const QByteArray &line, QStringList &added);

    QStringList m_lines;
    QByteArray m_partial;
};

} // namespace layerpool
