// SPDX-License-Identifier: Apache-2.0
#include "views/list/ListProblems.h"

#include <QEvent>
#include <QPainter>
#include <QStyleOption>

namespace layerpool {
namespace {

constexpr int kMostNamed = 3;
constexpr char kAll[] = "all";

QString linkTo(const QString &target, const QString &text)
{
    return QStringLiteral("<a href=\"%1\">%2</a>").arg(target, text.toHtmlEscaped());
}

} // namespace

ListProblems::ListProblems(QWidget *parent) : QLabel(parent)
{
    setObjectName(QStringLiteral("listProblems"));
    setTextFormat(Qt::RichText);
    setWordWrap(true);
    setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    connect(this, &QLabel::linkActivated, this, &ListProblems::follow);
    hide();
}

void ListProblems::setRows(const QList<ListRow> &rows)
{
    QStringList named;
    int count = 0;
    for (qsizetype line = 0; line < rows.size(); ++line) {
        const QString problem = rows[line].problem();
        if (!problem.isEmpty() && ++count <= kMostNamed) {
            named << linkTo(QString::number(line),
                            tr("line %1: %2", "number, what is wrong with it").arg(line + 1).arg(problem));
        }
    }
    if (count > kMostNamed) {
        named << linkTo(QLatin1String(kAll), tr("and %n more", nullptr, count - kMostNamed));
    }
    setVisible(count > 0);
    setText(tr("%n problem(s):", "of a list's lines, which follow", count).toHtmlEscaped() +
            QLatin1Char(' ') + named.join(QStringLiteral(" · ")));
}

// A link keeps the ink that it was made with.
void ListProblems::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        const QString said = text();
        setText({});
        setText(said);
    }
}

void ListProblems::paintEvent(QPaintEvent *event)
{
    QLabel::paintEvent(event);
    if (hasFocus()) { // a label alone shows nothing of it
        QStyleOptionFocusRect option;
        option.initFrom(this);
        QPainter painter(this);
        style()->drawPrimitive(QStyle::PE_FrameFocusRect, &option, &painter, this);
    }
}

void ListProblems::follow(const QString &link)
{
    if (link == QLatin1String(kAll)) {
        Q_EMIT allWanted();
    } else {
        Q_EMIT lineWanted(link.toInt());
    }
}

} // namespace layerpool
