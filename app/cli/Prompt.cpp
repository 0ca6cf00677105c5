// SPDX-License-Identifier: Apache-2.0
#include "Prompt.h"

#include "base/Text.h"

#include <QFile>

#include <cstdio>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

namespace layerpool {
namespace {

constexpr int kPollMs = 50;
constexpr qint64 kLongestPassword = 64 * 1024;

/// What is typed does not show while this lives.
class EchoOff
{
public:
    explicit EchoOff(bool isWanted) : m_isOff(isWanted && ::tcgetattr(STDIN_FILENO, &m_before) == 0)
    {
        if (m_isOff) {
            termios silent = m_before;
            silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
            silent.c_lflag |= ECHONL; // the line's end shows that it was taken
            ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
        }
    }
    ~EchoOff()
    {
        if (m_isOff) {
            ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before);
        }
    }
    EchoOff(const EchoOff &) = delete;
    EchoOff &operator=(const EchoOff &) = delete;

private:
    termios m_before{};
    bool m_isOff;
};

QString withoutLineEnd(QByteArray text)
{
    for (const char end : {'\n', '\r'}) {
        if (text.endsWith(end)) {
            text.chop(1);
        }
    }
    return QString::fromLocal8Bit(text);
}

} // namespace

Result<QString> prompt(const QString &label, Typing typing, const CancelToken &cancel)
{
    if (::isatty(STDIN_FILENO) != 1) {
        return Error{ErrorKind::BadInput, Text::tr("There is nobody to ask for name and password"),
                     Text::tr("standard input is no terminal"),
                     Text::tr("Give the name with --user, and the password with --password-stdin")};
    }
    const EchoOff echoOff(typing == Typing::Hidden);
    std::fputs((label + QLatin1Char(' ')).toLocal8Bit().constData(), stderr);
    std::fflush(stderr);
    QByteArray line;
    while (!line.endsWith('\n')) {
        if (cancel.isCancelled()) {
            std::fputc('\n', stderr);
            return cancelledError();
        }
        pollfd input{STDIN_FILENO, POLLIN, 0};
        if (::poll(&input, 1, kPollMs) <= 0) {
            continue;
        }
        char buffer[4096];
        const ssize_t count = ::read(STDIN_FILENO, buffer, sizeof buffer);
        if (count <= 0) {
            std::fputc('\n', stderr); // Ctrl+D: the user has nothing to say
            return cancelledError();
        }
        line.append(buffer, count);
    }
    return withoutLineEnd(line);
}

Result<QString> passwordFromInput()
{
    QFile input;
    QByteArray text;
    if (input.open(stdin, QIODevice::ReadOnly)) {
        text = input.read(kLongestPassword + 1);
    }
    const QString password = withoutLineEnd(text);
    if (password.isEmpty() || text.size() > kLongestPassword) {
        return Error{ErrorKind::BadInput,
                     Text::tr("Standard input holds no password"),
                     text.isEmpty() ? Text::tr("it is empty") : Text::tr("what came is no password"),
                     {}};
    }
    return password;
}

} // namespace layerpool
