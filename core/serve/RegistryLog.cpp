// SPDX-License-Identifier: Apache-2.0
#include "serve/RegistryLog.h"

#include <QRegularExpression>

#include <utility>

namespace layerpool {
namespace {

constexpr qsizetype kLongestLine = 4000;

/// What a line says where it is one of the registry's own, which are all `key=value`.
QString messageIn(const QString &line)
{
    static const QRegularExpression message(QStringLiteral("\\bmsg=\"((?:[^\"\\\\]|\\\\.)*)\""));
    return message.match(line).captured(1).replace(QLatin1String("\\\""), QLatin1String("\""));
}

} // namespace

QStringList RegistryLog::add(const QByteArray &printed)
{
    QStringList added;
    m_partial += printed;
    qsizetype start = 0;
    for (qsizetype end = 0; (end = m_partial.indexOf('\n', start)) >= 0; start = end + 1) {
        take(m_partial.sliced(start, end - start), added);
    }
    m_partial.remove(0, start);
    if (m_partial.size() > kLongestLine) {
        take(std::exchange(m_partial, {}), added);
    }
    return added;
}

QStringList RegistryLog::finish()
{
    QStringList added;
    take(std::exchange(m_partial, {}), added);
    return added;
}

void RegistryLog::take(const QByteArray &line, QStringList &added)
{
    const QString text = QString::fromUtf8(line.left(kLongestLine)).trimmed();
    if (text.isEmpty()) {
        return;
    }
    if (m_lines.size() >= mostLines) {
        m_lines.removeFirst();
    }
    m_lines.append(text);
    added.append(text);
}

void RegistryLog::clear()
{
    m_lines.clear();
    m_partial.clear();
}

QString RegistryLog::reason() const
{
    for (auto line = m_lines.crbegin(); line != m_lines.crend(); ++line) {
        if (const QString message = messageIn(*line); !message.isEmpty()) {
            return message;
        }
    }
    static const QRegularExpression complaint(QStringLiteral("error|denied|cannot|failed"),
                                              QRegularExpression::CaseInsensitiveOption);
    return m_lines.filter(complaint).value(0); // how to use the program may follow it
}

bool RegistryLog::saysPortIsTaken() const
{
    static const QRegularExpression taken(QStringLiteral("address already in use|port is already allocated"));
    return !m_lines.filter(taken).isEmpty();
}

} // namespace layerpool
