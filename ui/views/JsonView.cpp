// SPDX-License-Identifier: Apache-2.0
#include "views/JsonView.h"

#include "Icons.h"
#include "views/Spacing.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace layerpool {

JsonView::JsonView(const QString &objectName, const QString &name, QWidget *parent)
    : QWidget(parent), m_text(new QPlainTextEdit(this))
{
    m_text->setObjectName(objectName + QLatin1String("Text"));
    m_text->setAccessibleName(name);
    m_text->setReadOnly(true);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setTabChangesFocus(true);
    auto *copy = new QPushButton(themedIcon(QStringLiteral("copy")), tr("Copy the e&xact bytes"), this);
    copy->setObjectName(objectName + QLatin1String("CopyButton"));
    copy->setToolTip(
        tr("As the registry has them: they have the digest, what is shown here is put in lines"));
    connect(copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(QString::fromUtf8(m_document.bytes)); });

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, innerSpacing(this), 0, 0);
    layout->setSpacing(innerSpacing(this));
    layout->addWidget(m_text, 1);
    layout->addWidget(copy, 0, Qt::AlignLeft);
}

void JsonView::setDocument(const ItemDetails::Document &document)
{
    if (document.bytes == m_document.bytes) {
        return; // who reads it stays where they are
    }
    m_document = document;
    m_isShown = false;
    if (isVisible()) {
        showLines();
    }
}

void JsonView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (!m_isShown) {
        showLines();
    }
}

void JsonView::showLines()
{
    m_text->setPlainText(m_document.lines);
    m_isShown = true;
}

} // namespace layerpool
