// SPDX-License-Identifier: Apache-2.0
#include "ui/walk/CutOff.h"

#include <QLayout>
#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QProgressBar>
#include <QScreen>
#include <QScrollArea>
#include <QSplitter>
#include <QStyle>
#include <QStyleOptionComboBox>
#include <QTabBar>

namespace layerpool::test {
namespace {

QString nameOf(const QWidget &widget)
{
    QString words;
    if (const auto *button = qobject_cast<const QAbstractButton *>(&widget)) {
        words = button->text();
    } else if (const auto *label = qobject_cast<const QLabel *>(&widget)) {
        words = label->text().left(40);
    }
    const QString name = widget.objectName().isEmpty() && widget.parentWidget()
                             ? widget.parentWidget()->objectName() + QStringLiteral("/…")
                             : widget.objectName();
    return QStringLiteral("%1 %2 “%3”")
        .arg(QString::fromLatin1(widget.metaObject()->className()).section(QStringLiteral("::"), -1), name,
             words);
}

QString sizes(const QSize &has, const QSize &needs)
{
    return QStringLiteral("has %1×%2, needs %3×%4")
        .arg(has.width())
        .arg(has.height())
        .arg(needs.width())
        .arg(needs.height());
}

/// Inside something that can be scrolled to it.
bool scrolls(const QWidget &widget)
{
    for (const QWidget *parent = widget.parentWidget(); parent && !parent->isWindow();
         parent = parent->parentWidget()) {
        if (qobject_cast<const QAbstractScrollArea *>(parent->parentWidget())) {
            return true;
        }
    }
    return false;
}

QSize smallestOf(const QLabel &label)
{
    const QSize pad = label.size() - label.contentsRect().size();
    if (!label.pixmap().isNull() || label.text().isEmpty()) {
        return label.sizeHint();
    }
    if (label.wordWrap()) {
        return {0, label.heightForWidth(label.width())};
    }
    return label.fontMetrics().size(Qt::TextShowMnemonic, label.text()) + pad;
}

QSize smallestOf(const QComboBox &combo)
{
    QStyleOptionComboBox option;
    option.initFrom(&combo);
    option.editable = combo.isEditable();
    const QRect field =
        combo.style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, &combo);
    const int words = combo.fontMetrics().horizontalAdvance(combo.currentText());
    return {words + combo.width() - field.width(), combo.minimumSizeHint().height()};
}

/// The least in which its words can be read whole.
QSize smallestOf(const QWidget &widget)
{
    if (qobject_cast<const QAbstractButton *>(&widget) || qobject_cast<const QAbstractSpinBox *>(&widget)) {
        return widget.sizeHint();
    }
    if (const auto *label = qobject_cast<const QLabel *>(&widget)) {
        return smallestOf(*label);
    }
    if (const auto *combo = qobject_cast<const QComboBox *>(&widget)) {
        return smallestOf(*combo);
    }
    if (const auto *edit = qobject_cast<const QLineEdit *>(&widget)) {
        const int hint =
            edit->text().isEmpty() ? edit->fontMetrics().horizontalAdvance(edit->placeholderText()) : 0;
        return {hint, edit->minimumSizeHint().height()};
    }
    if (qobject_cast<const QTabBar *>(&widget) || qobject_cast<const QProgressBar *>(&widget) ||
        qobject_cast<const QAbstractItemView *>(&widget)) {
        return widget.minimumSizeHint();
    }
    return {};
}

bool isPart(const QWidget &widget)
{
    const QWidget *parent = widget.parentWidget();
    return qobject_cast<const QComboBox *>(parent) || qobject_cast<const QAbstractSpinBox *>(parent) ||
           qobject_cast<const QTabBar *>(parent) || qobject_cast<const QHeaderView *>(parent) ||
           qobject_cast<const QLineEdit *>(parent) || // what clears it
           qobject_cast<const QHeaderView *>(&widget) ||
           widget.objectName().startsWith(QLatin1String("qt_")) || widget.inherits("QTableCornerButton");
}

void lookAt(const QWidget &widget, QStringList &found)
{
    const QSize least = smallestOf(widget);
    if (widget.width() < least.width() || widget.height() < least.height()) {
        found.append(nameOf(widget) + QStringLiteral(": ") + sizes(widget.size(), least));
    }
    const QRect room = widget.parentWidget()->rect();
    if (!scrolls(widget) && !room.contains(widget.geometry())) {
        found.append(QStringLiteral("%1 sticks out of its parent: %2,%3 %4×%5 in %6×%7")
                         .arg(nameOf(widget))
                         .arg(widget.x())
                         .arg(widget.y())
                         .arg(widget.width())
                         .arg(widget.height())
                         .arg(room.width())
                         .arg(room.height()));
    }
}

void lookAtHeader(const QHeaderView &header, QStringList &found)
{
    for (int section = 0; header.orientation() == Qt::Horizontal && section < header.count(); ++section) {
        const int needs = header.sectionSizeHint(section);
        const int has = header.sectionSize(section);
        if (!header.isSectionHidden(section) && has < needs) {
            const QString words = header.model()->headerData(section, Qt::Horizontal).toString();
            found.append(QStringLiteral("column “%1” of %2: has %3, needs %4")
                             .arg(words, header.parentWidget()->objectName())
                             .arg(has)
                             .arg(needs));
        }
    }
}

} // namespace

QStringList cutOffWidgets(const QWidget &window)
{
    QStringList found;
    const QSize screen = window.screen()->availableSize();
    if (window.width() > screen.width() || window.height() > screen.height()) {
        found.append(
            QStringLiteral("the window is larger than its screen: %1").arg(sizes(screen, window.size())));
    }
    if (const QSize least = window.layout() ? window.layout()->totalMinimumSize() : window.minimumSizeHint();
        window.width() < least.width() || window.height() < least.height()) {
        found.append(
            QStringLiteral("the window is smaller than its content: %1").arg(sizes(window.size(), least)));
    }
    for (const QWidget *widget : window.findChildren<QWidget *>()) {
        if (!widget->isVisibleTo(&window) || widget->window() != &window) {
            continue;
        }
        if (const auto *header = qobject_cast<const QHeaderView *>(widget)) {
            lookAtHeader(*header, found);
        }
        if (!isPart(*widget)) {
            lookAt(*widget, found);
        }
    }
    return found;
}

QStringList mnemonicsTwice(const QWidget &window)
{
    QHash<QKeySequence, QString> first;
    QStringList twice;
    const auto note = [&](const QString &text) {
        const QKeySequence key = QKeySequence::mnemonic(text);
        if (key.isEmpty()) {
            return;
        }
        if (first.contains(key)) {
            twice.append(first[key] + QStringLiteral(" = ") + text);
        }
        first.insert(key, text);
    };
    for (const QWidget *widget : window.findChildren<QWidget *>()) {
        if (!widget->isVisibleTo(&window) || widget->window() != &window) {
            continue;
        }
        if (const auto *button = qobject_cast<const QAbstractButton *>(widget)) {
            note(button->text());
        } else if (const auto *label = qobject_cast<const QLabel *>(widget); label && label->buddy()) {
            note(label->text());
        } else if (const auto *bar = qobject_cast<const QMenuBar *>(widget)) {
            for (const QAction *menu : bar->actions()) {
                note(menu->text());
            }
        } else if (const auto *tabs = qobject_cast<const QTabBar *>(widget)) {
            for (int tab = 0; tab < tabs->count(); ++tab) {
                note(tabs->tabText(tab));
            }
        }
    }
    return twice;
}

} // namespace layerpool::test
