// SPDX-License-Identifier: Apache-2.0
#include "Translations.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace layerpool {

void installTranslations(QCoreApplication &application)
{
    const QString folder = QStringLiteral(":/i18n");
    auto *ours = new QTranslator(&application);
    if (ours->load(QLocale(), QStringLiteral("layerpool"), QStringLiteral("_"), folder) ||
        ours->load(QStringLiteral("layerpool_en"), folder)) {
        QCoreApplication::installTranslator(ours);
    }
    auto *qts = new QTranslator(&application);
    if (qts->load(QLocale(), QStringLiteral("qtbase"), QStringLiteral("_"),
                  QLibraryInfo::path(QLibraryInfo::TranslationsPath))) {
        QCoreApplication::installTranslator(qts);
    }
}

} // namespace layerpool
