// SPDX-License-Identifier: Apache-2.0
#include "Icons.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace layerpool {
namespace {

QColor inkFor(QIcon::Mode mode, Tone tone)
{
    const QPalette palette = QGuiApplication::palette();
    switch (mode) {
    case QIcon::Disabled:
        return palette.color(QPalette::Disabled, QPalette::WindowText);
    case QIcon::Selected:
        return palette.color(QPalette::Active, QPalette::HighlightedText);
    case QIcon::Normal:
    case QIcon::Active:
        break;
    }
    return inkOf(tone, palette);
}

class TintedIconEngine final : public QIconEngine
{
public:
    TintedIconEngine(QString name, Tone tone) : m_name(std::move(name)), m_tone(tone) {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const qreal ratio = painter->device()->devicePixelRatioF();
        QPixmap drawn = pixmap(rect.size() * ratio, mode, state);
        drawn.setDevicePixelRatio(ratio);
        painter->drawPixmap(rect, drawn);
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override
    {
        const QColor ink = inkFor(mode, m_tone);
        const QString key = QStringLiteral("layerpool/%1/%2x%3/%4")
                                .arg(m_name)
                                .arg(size.width())
                                .arg(size.height())
                                .arg(ink.name(QColor::HexArgb));
        QPixmap drawn;
        if (!QPixmapCache::find(key, &drawn)) {
            drawn = draw(size, ink);
            QPixmapCache::insert(key, drawn);
        }
        return drawn;
    }

    QIconEngine *clone() const override { return new TintedIconEngine(*this); }
    QString key() const override { return QStringLiteral("layerpool"); }
    QString iconName() override { return m_name; }
    bool isNull() override { return false; }

private:
    QPixmap draw(const QSize &size, const QColor &ink) const
    {
        QPixmap drawn(size);
        drawn.fill(Qt::transparent);
        QPainter painter(&drawn);
        QSvgRenderer(QStringLiteral(":/icons/%1.svg").arg(m_name)).render(&painter);
        painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
        painter.fillRect(drawn.rect(), ink);
        return drawn;
    }

    QString m_name;
    Tone m_tone;
};

} // namespace

QIcon themedIcon(const QString &name, Tone tone)
{
    return QIcon(new TintedIconEngine(name, tone)); // QIcon owns its engine
}

QColor inkOf(Tone tone, const QPalette &palette)
{
    constexpr int middle = 128;
    const bool isDark = palette.color(QPalette::Active, QPalette::Base).lightness() < middle;
    switch (tone) {
    case Tone::Good:
        return isDark ? QColor(0x7b, 0xd8, 0x8f) : QColor(0x1b, 0x6e, 0x2e);
    case Tone::Bad:
        return isDark ? QColor(0xff, 0x89, 0x7d) : QColor(0xb3, 0x26, 0x1e);
    case Tone::Plain:
        break;
    }
    return palette.color(QPalette::Active, QPalette::WindowText);
}

QIcon programIcon()
{
    QPixmap drawn(256, 256);
    drawn.fill(Qt::transparent);
    QPainter painter(&drawn);
    QSvgRenderer(QStringLiteral(":/icons/layerpool.svg")).render(&painter);
    painter.end();
    return drawn;
}

} // namespace layerpool
