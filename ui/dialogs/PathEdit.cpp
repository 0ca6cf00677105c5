// SPDX-License-Identifier: Apache-2.0
#include "dialogs/PathEdit.h"

#include "Drop.h"
#include "Icons.h"
#include "views/Spacing.h"

#include <QDir>
#include <QDropEvent>
#include <QHBoxLayout>
#include <QToolButton>

namespace layerpool {
namespace {

QString absolutePathOf(const QString &text)
{
    const QString path = text.trimmed();
    return path.isEmpty() ? path : QDir(path).absolutePath();
}

// As in a table of values: in quotes, a quote is written twice.
QString quotedPath(QString path)
{
    if (!path.contains(QLatin1Char(';')) && !path.contains(QLatin1Char('"'))) {
        return path;
    }
    return QLatin1Char('"') + path.replace(QLatin1Char('"'), QLatin1String("\"\"")) + QLatin1Char('"');
}

QStringList splitPaths(const QString &text)
{
    QStringList parts{QString()};
    bool isQuoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar letter = text[i];
        if (letter == QLatin1Char('"') && isQuoted && text.mid(i + 1, 1) == QLatin1String("\"")) {
            parts.last() += letter;
            ++i;
        } else if (letter == QLatin1Char('"')) {
            isQuoted = !isQuoted;
        } else if (letter == QLatin1Char(';') && !isQuoted) {
            parts.append(QString());
        } else {
            parts.last() += letter;
        }
    }
    return parts;
}

} // namespace

PathEdit::PathEdit(Mode mode, Dialogs &dialogs, Dialogs::FileRequest request, QWidget *parent)
    : QWidget(parent)
    , m_dialogs(dialogs)
    , m_request(std::move(request))
    , m_takesMany(mode == Mode::Files)
    , m_edit(new QLineEdit(this))
{
    m_edit->setObjectName(QStringLiteral("targetEdit"));
    connect(this, &QObject::objectNameChanged, m_edit,
            [this](const QString &name) { m_edit->setObjectName(name + QLatin1String("Edit")); });
    m_edit->setMinimumWidth(textWidth(this, 44));
    m_edit->installEventFilter(this);
    setFocusPolicy(Qt::ClickFocus); // the key of its label goes to no field without one
    setFocusProxy(m_edit);          // later than the policy, which would be the proxy's
    connect(m_edit, &QLineEdit::textChanged, this, &PathEdit::edited);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(innerSpacing(this));
    layout->addWidget(m_edit, 1);
    if (mode == Mode::FileOrFolder) {
        layout->addWidget(makeButton(Mode::File, QStringLiteral("browseButton"), QStringLiteral("tar"),
                                     tr("%1: a file", "what shall be chosen").arg(m_request.title)));
        layout->addWidget(makeButton(Mode::Folder, QStringLiteral("browseFolderButton"),
                                     QStringLiteral("folder"),
                                     tr("%1: a folder", "what shall be chosen").arg(m_request.title)));
    } else {
        layout->addWidget(
            makeButton(mode, QStringLiteral("browseButton"), QStringLiteral("folder"), m_request.title));
    }
}

QWidget *PathEdit::makeButton(Mode mode, const QString &objectName, const QString &icon, const QString &tip)
{
    auto *button = new QToolButton(this);
    button->setObjectName(objectName);
    button->setIcon(themedIcon(icon));
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    connect(button, &QToolButton::clicked, this, [this, mode] { browse(mode); });
    return button;
}

// A field of Qt's would take the address of what is dropped as text.
bool PathEdit::eventFilter(QObject *watched, QEvent *event)
{
    const QEvent::Type type = event->type();
    if (type != QEvent::DragEnter && type != QEvent::DragMove && type != QEvent::Drop) {
        return QWidget::eventFilter(watched, event);
    }
    auto *drop = static_cast<QDropEvent *>(event);
    const QStringList files = Dropped::from(*drop->mimeData()).files;
    if (files.isEmpty()) {
        return QWidget::eventFilter(watched, event);
    }
    drop->setDropAction(Qt::CopyAction);
    drop->accept();
    if (type == QEvent::Drop && m_takesMany) {
        addPaths(files);
    } else if (type == QEvent::Drop) {
        setPath(QDir::toNativeSeparators(files.first()));
    }
    return true;
}

QString PathEdit::path() const
{
    return absolutePathOf(m_edit->text());
}

QStringList PathEdit::paths() const
{
    QStringList paths;
    for (const QString &text : splitPaths(m_edit->text())) {
        if (const QString path = absolutePathOf(text); !path.isEmpty()) {
            paths << path;
        }
    }
    return paths;
}

void PathEdit::setPaths(const QStringList &paths)
{
    QStringList texts;
    for (const QString &path : paths) {
        texts << quotedPath(path);
    }
    setPath(texts.join(QLatin1String("; ")));
}

void PathEdit::addPaths(const QStringList &more)
{
    QStringList all = paths() + more;
    all.removeDuplicates();
    setPaths(all);
}

void PathEdit::browse(Mode mode)
{
    Dialogs::FileRequest request = m_request;
    if (const QString there = m_takesMany ? paths().value(0) : path(); !there.isEmpty()) {
        request.start = there;
    }
    const auto take = [this](const QString &chosen) { setPath(QDir::toNativeSeparators(chosen)); };
    switch (mode) {
    case Mode::Folder:
        m_dialogs.openFolder(this, request, take);
        break;
    case Mode::File:
    case Mode::FileOrFolder: // has a button for each
        m_dialogs.openFiles(this, request, [take](const QStringList &chosen) { take(chosen.first()); });
        break;
    case Mode::Files:
        m_dialogs.openFiles(this, request, [this](const QStringList &chosen) { addPaths(chosen); });
        break;
    case Mode::NewFile:
        m_dialogs.saveFile(this, request, take);
        break;
    }
}

} // namespace layerpool
