// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace layerpool::test {

/// A folder that can't be written while this lives: by its permissions or, where root runs the test, whom
/// they don't hold, because it is mounted read-only.
class ReadOnly
{
public:
    explicit ReadOnly(const QString &folder);
    ~ReadOnly();
    Q_DISABLE_COPY_MOVE(ReadOnly)

    /// False where this machine lets nobody mount.
    bool isOne() const { return m_isOne; }

private:
    QByteArray m_folder;
    bool m_isMount = false;
    bool m_isOne = false;
};

} // namespace layerpool::test
