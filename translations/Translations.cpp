// SPDX-License-Identifier: Apache-2.0
#include "Translations.h"

#include <QCoreApplication>
#include <QDir>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace layerpool {
namespace {

const QString kFolder = QStringLiteral(":/i18n");
const QString kName = QStringLiteral("layerpool");
const QString kDefault = QStringLiteral("en");

// A translator that is destroyed is no longer asked.
void replace(QCoreApplication &application, const QString &name, const QLocale &locale, const QString &folder,
             const QString &fallback = {})
{
    delete application.findChild<QTranslator *>(name, Qt::FindDirectChildrenOnly);
    auto *translator = new QTranslator(&application);
    translator->setObjectName(name);
    if (translator->load(locale, name, QStringLiteral("_"), folder) ||
        (!fallback.isEmpty() && translator->load(fallback, folder))) {
        QCoreApplication::installTranslator(translator);
    }
}

} // namespace

QStringList languages()
{
    QStringList found;
    for (const QString &file : QDir(kFolder).entryList({kName + QStringLiteral("_*.qm")}, QDir::Files)) {
        found.append(file.sliced(kName.size() + 1).chopped(3));
    }
    return found;
}

QString nameOfLanguage(const QString &language)
{
    const QLocale locale(language);
    return locale.language() == QLocale::English ? QStringLiteral("English") : locale.nativeLanguageName();
}

void speak(QCoreApplication &application, const QString &language)
{
    const QLocale locale = language.isEmpty() ? QLocale::system() : QLocale(language);
    QLocale::setDefault(locale); // numbers and dates, too
    replace(application, kName, locale, kFolder, kName + QLatin1Char('_') + kDefault);
    replace(application, QStringLiteral("qtbase"), locale,
            QLibraryInfo::path(QLibraryInfo::TranslationsPath));
}

} // namespace layerpool
