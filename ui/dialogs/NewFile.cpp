// SPDX-License-Identifier: Apache-2.0
#include "dialogs/NewFile.h"

#include "base/Text.h"
#include "work/Background.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace layerpool {
namespace {

struct ChosenFile
{
    QString path;
    bool isThere;
};

QString withOneOf(const QStringList &endings, const QString &path)
{
    const auto endsPath = [&path](const QString &ending) {
        return path.endsWith(ending, Qt::CaseInsensitive);
    };
    return std::any_of(endings.begin(), endings.end(), endsPath) ? path : path + endings.first();
}

ChosenFile lookAt(const QString &path, const QStringList &endings)
{
    const QString meant = QFileInfo(path).isFile() ? path : withOneOf(endings, path);
    return {meant, QFileInfo::exists(meant)};
}

} // namespace

void askForNewFile(Dialogs &dialogs, QThreadPool &workers, QWidget *parent, const NewFileRequest &request,
                   NewFileChosen then)
{
    dialogs.saveFile(
        parent, request.dialog,
        [&workers, parent, endings = request.endings, then = std::move(then)](const QString &path) {
            runInBackground(
                workers, parent, [path, endings] { return lookAt(path, endings); },
                [then](const ChosenFile &chosen) { then(chosen.path, chosen.isThere); });
        });
}

void askForFileToReplace(Dialogs &dialogs, QThreadPool &workers, QWidget *parent,
                         const NewFileRequest &request, NewFileChosen then)
{
    askForNewFile(dialogs, workers, parent, request,
                  [&dialogs, parent, then = std::move(then)](const QString &path, bool isThere) {
                      if (!isThere) {
                          then(path, false);
                          return;
                      }
                      dialogs.ask(
                          parent,
                          {Text::tr("The file is there already"),
                           Text::tr("%1 is there already. Replace it?").arg(QDir::toNativeSeparators(path)),
                           Text::tr("&Replace", "what a file holds"), Dialogs::Default::Cancel},
                          [then, path] { then(path, true); });
                  });
}

} // namespace layerpool
