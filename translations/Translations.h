// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

class QCoreApplication;

namespace layerpool {

/// The languages that the program speaks, as in QLocale::name().
QStringList languages();

/// What speakers of a language call it.
QString nameOfLanguage(const QString &language);

/// Speaks this language from here on, in our words and Qt's: the user's own where it is empty, English where
/// there is no other. Windows that are open get a LanguageChange event. For the main thread.
void speak(QCoreApplication &application, const QString &language = {});

} // namespace layerpool
