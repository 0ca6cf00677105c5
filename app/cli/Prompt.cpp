// SPDX-License-Identifier: Apache-2.0
#include "Prompt.h"

#include "base/Secrecy.h"
#include "base/Text.h"

#include <QFile>

#include <cstdio>
#include <cstring>
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

QString withoutLineEnd(QByteArray &text)
{
    for (const char end : {'\n', '\r'}) {
        if (text.endsWith(end)) {
            text.chop(1);
        }
    }
    QString line = QString::fromLocal8Bit(text);
    wipe(text);
    return line;
}

} // namespace

Result<QString> prompt(const Question &question, const CancelToken &cancel)
{
    if (::isatty(STDIN_FILENO) != 1) {
        return Error{
            ErrorKind::BadInput,
            Text::tr("There is nobody to ask: “%1”", "a question, as “Password:”").arg(question.label),
            Text::tr("standard input is no terminal"), question.hint};
    }
    const EchoOff echoOff(question.typing == Typing::Hidden);
    std::fputs((question.label + QLatin1Char(' ')).toLocal8Bit().constData(), stderr);
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
        ::explicit_bzero(buffer, sizeof buffer);
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
    const qsizetype came = text.size();
    QString password = withoutLineEnd(text);
    if (password.isEmpty() || came > kLongestPassword) {
        return Error{ErrorKind::BadInput,
                     Text::tr("Standard input holds no password"),
                     came == 0 ? Text::tr("it is empty") : Text::tr("what came is no password"),
                     {}};
    }
    return password;
}

} // namespace layerpool
