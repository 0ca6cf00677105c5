// SPDX-License-Identifier: Apache-2.0
#include "dialogs/PathEdit.h"

#include "Icons.h"
#include "views/Spacing.h"

#include <QDir>
#include <QHBoxLayout>
#include <QToolButton>

namespace layerpool {
namespace {

QString absolutePathOf(const QString &text)
{
    const QString path = text.trimmed();
    return path.isEmpty() ? path : QDir(path).absolutePath();
}

} // namespace

PathEdit::PathEdit(Mode mode, Dialogs &dialogs, Dialogs::FileRequest request, QWidget *parent)
    : QWidget(parent)
    , m_mode(mode)
    , m_dialogs(dialogs)
    , m_request(std::move(request))
    , m_edit(new QLineEdit(this))
{
    m_edit->setObjectName(QStringLiteral("targetEdit"));
    m_edit->setMinimumWidth(textWidth(this, 44));
    setFocusProxy(m_edit);
    connect(m_edit, &QLineEdit::textChanged, this, &PathEdit::edited);

    auto *button = new QToolButton(this);
    button->setObjectName(QStringLiteral("browseButton"));
    button->setIcon(themedIcon(QStringLiteral("folder")));
    button->setToolTip(m_request.title);
    button->setAccessibleName(m_request.title);
    connect(button, &QToolButton::clicked, this, &PathEdit::browse);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(innerSpacing(this));
    layout->addWidget(m_edit, 1);
    layout->addWidget(button);
}

QString PathEdit::path() const
{
    return absolutePathOf(m_edit->text());
}

QStringList PathEdit::paths() const
{
    QStringList paths;
    for (const QString &text : m_edit->text().split(QLatin1Char(';'))) {
        if (const QString path = absolutePathOf(text); !path.isEmpty()) {
            paths << path;
        }
    }
    return paths;
}

void PathEdit::browse()
{
    Dialogs::FileRequest request = m_request;
    if (const QString there = m_mode == Mode::Files ? paths().value(0) : path(); !there.isEmpty()) {
        request.start = there;
    }
    const auto take = [this](const QString &chosen) { setPath(QDir::toNativeSeparators(chosen)); };
    switch (m_mode) {
    case Mode::Folder:
        m_dialogs.openFolder(this, request, take);
        break;
    case Mode::File:
        m_dialogs.openFiles(this, request, [take](const QStringList &chosen) { take(chosen.first()); });
        break;
    case Mode::Files:
        m_dialogs.openFiles(this, request, [this](const QStringList &chosen) { setPaths(chosen); });
        break;
    case Mode::NewFile:
        m_dialogs.saveFile(this, request, take);
        break;
    }
}

} // namespace layerpool
