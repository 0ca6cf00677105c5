// SPDX-License-Identifier: Apache-2.0
#include "ListCommands.h"

#include "work/Places.h"
#include "work/SourceNaming.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace layerpool {
namespace {

// Its path, where another list of its name is open.
QString nameOf(const ListDocument &document, const OpenLists &lists)
{
    for (int i = 0; i < lists.count(); ++i) {
        const ListDocument *other = lists.at(i);
        if (other != &document && other->name() == document.name() && !document.path().isEmpty()) {
            return QDir::toNativeSeparators(document.path());
        }
    }
    return document.name();
}

QString namesOf(const std::vector<ListDocument *> &documents, const OpenLists &lists)
{
    QStringList names;
    for (const ListDocument *document : documents) {
        names.append(nameOf(*document, lists));
    }
    return names.join(QStringLiteral(", "));
}

} // namespace

ListCommands::ListCommands(Workspace &workspace, Dialogs &dialogs, Settings &settings,
                           const Connections &connections, Recent &recent, QWidget &window)
    : m_workspace(workspace)
    , m_lists(workspace.lists())
    , m_dialogs(dialogs)
    , m_settings(settings)
    , m_connections(connections)
    , m_recent(recent)
    , m_window(window)
{
    connect(&m_lists, &OpenLists::fileUsed, this, [this](const QString &path) {
        m_recent.rememberList(path);
        remember();
    });
    connect(&m_lists, &OpenLists::closed, this, &ListCommands::remember);
    connect(&m_lists, &OpenLists::currentChanged, this, &ListCommands::remember);
    connect(&m_lists.checker(), &SourceChecker::finished, this,
            [this](const ListDocument *document) { tellOf(*document); });
    connect(&m_lists.checker(), &SourceChecker::failed, this, &ListCommands::failed);
    connect(&m_lists, &OpenLists::failed, this, &ListCommands::failed);
    connect(&m_lists, &OpenLists::reloaded, this, [this](const ListDocument *document) {
        Q_EMIT noted(tr("%1 was changed by another program, and was read anew.").arg(document->name()));
    });
}

void ListCommands::remember()
{
    m_settings.setValue(settings::openLists, m_lists.paths() + m_lists.absent());
    m_settings.setValue(settings::shownList, m_lists.current() ? m_lists.current()->path() : QString());
}

void ListCommands::open()
{
    m_dialogs.openFiles(&m_window,
                        {tr("Open lists of images"), startFolderOfLists(m_settings),
                         tr("Lists (*.txt *.list);;All files (*)")},
                        [this](const QStringList &files) { m_lists.open(files); });
}

void ListCommands::add()
{
    m_lists.add({});
}

void ListCommands::save()
{
    save(m_lists.current(), [](bool) {});
}

void ListCommands::saveAs()
{
    saveAs(m_lists.current(), [](bool) {});
}

void ListCommands::save(ListDocument *document, const Then &then)
{
    if (document->path().isEmpty()) {
        saveAs(document, then);
    } else {
        write(document, document->path(), Overwriting::OnlyWhatIsKnown, then);
    }
}

void ListCommands::saveAs(ListDocument *document, const Then &then)
{
    const QString folder = startFolderOfLists(m_settings);
    const QString proposed = document->path().isEmpty()
                                 ? QDir(folder).filePath(document->name() + QLatin1String(".txt"))
                                 : document->path();
    m_dialogs.saveFile(
        &m_window,
        {tr("Save %1 as", "a list").arg(nameOf(*document, m_lists)), proposed,
         tr("Lists (*.txt *.list);;All files (*)")},
        [this, document = QPointer(document), then](const QString &path) {
            if (!document) {
                then(true); // there is nothing to be saved any more
            } else {
                write(document, QFileInfo(path).absoluteFilePath(), Overwriting::OnlyWhatIsKnown, then);
            }
        },
        [then] { then(false); });
}

void ListCommands::write(ListDocument *document, const QString &path, Overwriting overwriting,
                         const Then &then)
{
    m_lists.save(
        document, path, overwriting,
        [self = QPointer(this), document = QPointer(document), path, then](const ListSaving &saving) {
            if (self && document) { // the window may have been made anew meanwhile
                self->onWritten(document, path, saving, then);
            } else if (self) {
                then(true);
            }
        });
}

void ListCommands::onWritten(ListDocument *document, const QString &path, const ListSaving &saving,
                             const Then &then)
{
    switch (saving.outcome) {
    case ListSaving::Outcome::Saved:
        then(true);
        break;
    case ListSaving::Outcome::Occupied:
        askToReplace(document, path, then);
        break;
    case ListSaving::Outcome::Failed:
        Q_EMIT failed(*saving.error);
        then(false);
        break;
    }
}

void ListCommands::askToReplace(ListDocument *document, const QString &path, const Then &then)
{
    const QString name = QDir::toNativeSeparators(path);
    const QString text =
        path == document->path()
            ? tr("%1 was changed by another program since it was opened. Replace it by what is shown here?")
                  .arg(name)
            : tr("%1 is there already. Replace it?").arg(name);
    m_dialogs.ask(
        &m_window, {tr("Save list"), text, tr("Replace the file"), Dialogs::Default::Cancel},
        [this, document = QPointer(document), path, then] {
            if (document) {
                write(document, path, Overwriting::Whatever, then);
            } else {
                then(true);
            }
        },
        [then] { then(false); });
}

void ListCommands::close(ListDocument *document)
{
    if (!document->isModified()) {
        m_lists.close(document);
        return;
    }
    m_dialogs.askToSave(&m_window,
                        {tr("Close list"),
                         tr("%1 has changes that are not saved.").arg(nameOf(*document, m_lists)),
                         tr("Save")},
                        [this, document = QPointer(document)](Dialogs::Unsaved fate) {
                            if (!document || fate == Dialogs::Unsaved::Keep) {
                                return;
                            }
                            if (fate == Dialogs::Unsaved::Discard) {
                                m_lists.close(document);
                                return;
                            }
                            save(document, [this, document](bool isSaved) {
                                if (isSaved && document) {
                                    close(document); // asks again where it was changed while it was written
                                }
                            });
                        });
}

QString ListCommands::unsaved() const
{
    const std::vector<ListDocument *> modified = m_lists.modified();
    return modified.empty()
               ? QString()
               : tr("%n list(s) have changes that are not saved: %1", nullptr, int(modified.size()))
                     .arg(namesOf(modified, m_lists));
}

void ListCommands::settle(const Dialogs::Question &question, Dialogs::Fate then)
{
    const std::vector<ListDocument *> modified = m_lists.modified();
    const std::vector<QPointer<ListDocument>> documents(modified.begin(), modified.end());
    m_dialogs.askToSave(&m_window, question,
                        [this, documents, then = std::move(then)](Dialogs::Unsaved fate) {
                            if (fate != Dialogs::Unsaved::Save) {
                                then(fate);
                                return;
                            }
                            saveAll(documents, [then](bool isSaved) {
                                then(isSaved ? Dialogs::Unsaved::Save : Dialogs::Unsaved::Keep);
                            });
                        });
}

void ListCommands::saveAll(const std::vector<QPointer<ListDocument>> &documents,
                           std::function<void(bool)> then)
{
    const auto next = std::find_if(documents.begin(), documents.end(),
                                   [](const auto &document) { return document && document->isModified(); });
    if (next == documents.end()) {
        then(true);
        return;
    }
    m_lists.setCurrent(*next); // a question about it shall be seen beside it
    save(*next, [this, documents, then = std::move(then)](bool isSaved) {
        if (isSaved) {
            saveAll(documents, then);
        } else {
            then(false);
        }
    });
}

// Behind an air gap a request to the built-in source would be one too many.
void ListCommands::checkAtSource()
{
    ListDocument *document = m_lists.current();
    const int unnamed = linesWithoutRegistry(*document->list());
    if (unnamed == 0 || m_settings.isSet(settings::source)) {
        askSources(document);
        return;
    }
    const QString source = m_settings.value(settings::source);
    m_dialogs.ask(&m_window,
                  {tr("Check at the source"),
                   tr("%n line(s) name no registry: %1 is asked for them. Convert has a place to name "
                      "another.",
                      nullptr, unnamed)
                       .arg(source),
                   tr("Ask %1", "a registry").arg(source)},
                  [this, document = QPointer(document), source] {
                      if (document && m_settings.value(settings::source) == source) { // else another is meant
                          askSources(document);
                      }
                  });
}

void ListCommands::askSources(ListDocument *document)
{
    const Result<NamingRules> naming = namingRules(m_settings.value(settings::source),
                                                   m_settings.value(settings::mirrors).join(QLatin1Char(',')),
                                                   m_settings.value(settings::keepsHost));
    if (!naming) {
        Q_EMIT failed(naming.error());
        return;
    }
    m_lists.checker().check(
        document, {document->list()->images(), *naming, m_connections.options(), m_workspace.pool()});
}

void ListCommands::tellOf(const ListDocument &document)
{
    using Kind = SourceFinding::Kind;
    int moved = 0;
    int absent = 0;
    std::vector<Error> errors;
    for (const auto &finding : document.findings()) {
        moved += finding->kind == Kind::Moved;
        absent += finding->kind == Kind::Absent;
        if (finding->error) {
            errors.push_back(*finding->error);
        }
    }
    if (errors.size() == std::size_t(document.findings().size()) && !errors.empty()) {
        Q_EMIT failed(errors.front());
        return;
    }
    QStringList parts{
        tr("%n image(s) of %1 looked for at their sources", nullptr, int(document.findings().size()))
            .arg(document.name())};
    parts << (moved > 0 ? tr("%n moved", "tags that stand for another image now", moved)
                        : tr("none has moved"));
    if (absent > 0) {
        parts << tr("%n not found", nullptr, absent);
    }
    if (!errors.empty()) {
        parts << tr("%n could not be asked for (%1)", nullptr, int(errors.size()))
                     .arg(errors.front().sentence());
    }
    Q_EMIT noted(parts.join(QStringLiteral(" · ")));
}

} // namespace layerpool
