// SPDX-License-Identifier: Apache-2.0
#include "WindowLayout.h"

#include "settings/Settings.h"
#include "views/ColumnRoom.h"

#include <QMainWindow>
#include <QSplitter>

namespace layerpool {

void saveLayout(const QMainWindow &window, Settings &settings)
{
    QVariantMap splitters;
    for (const QSplitter *splitter : window.findChildren<QSplitter *>()) {
        splitters.insert(splitter->objectName(), splitter->saveState());
    }
    QVariantMap columns;
    for (const ColumnRoom *table : window.findChildren<ColumnRoom *>()) {
        columns.insert(table->viewName(), table->save());
    }
    settings.setValue(settings::windowGeometry, window.saveGeometry());
    settings.setValue(settings::windowState, window.saveState());
    settings.setValue(settings::splitters, splitters);
    settings.setValue(settings::columns, columns);
}

void restoreLayout(QMainWindow &window, const Settings &settings)
{
    window.restoreGeometry(settings.value(settings::windowGeometry));
    window.restoreState(settings.value(settings::windowState));
    const QVariantMap splitters = settings.value(settings::splitters);
    for (QSplitter *splitter : window.findChildren<QSplitter *>()) {
        splitter->restoreState(splitters.value(splitter->objectName()).toByteArray());
    }
    const QVariantMap columns = settings.value(settings::columns);
    for (ColumnRoom *table : window.findChildren<ColumnRoom *>()) {
        table->restore(columns.value(table->viewName()).toByteArray());
    }
}

} // namespace layerpool
