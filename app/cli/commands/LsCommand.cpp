// SPDX-License-Identifier: Apache-2.0
#include "CommandLine.h"
#include "Commands.h"
#include "PoolSource.h"
#include "SignatureOptions.h"

#include "base/Text.h"

#include <QJsonArray>

namespace layerpool {
namespace {

// Prints rows as they come; people get columns, programs get objects.
class Lister
{
public:
    Lister(const PoolIndex &index, Console &console) : m_index(index), m_console(console) {}

    void repository(const PoolRepository &repository)
    {
        for (const PoolTag &tag : repository.tags) {
            this->tag(tag);
        }
    }

    void tag(const PoolTag &tag)
    {
        const PoolUsage::Figures &figures = m_index.usage().tag(m_index.positionOf(tag));
        const std::optional<ReferrerTag> referrer = ReferrerTag::parse(tag.tag);
        if (m_console.isJson()) {
            m_console.printJson(objectOf(tag, figures, referrer));
            return;
        }
        QString remark = figures.isWhole ? QString() : Text::tr("  (not whole)");
        if (referrer) {
            remark +=
                Text::tr("  (refers to %1)", "a signature, and a digest").arg(referrer->subject.shortHex());
        }
        m_console.print(QStringLiteral("%1  %2  %3%4")
                            .arg(tag.digest.shortHex(), formatBytes(figures.bytes).rightJustified(9),
                                 tag.toString(), remark));
    }

    void manifest(const PoolRepository &repository, const Digest &digest, const QString &name)
    {
        const Manifest *manifest = m_index.manifest(digest);
        if (manifest == nullptr) {
            return;
        }
        part(manifest->isIndex() ? QStringLiteral("index") : QStringLiteral("manifest"), digest,
             manifest->size(), name);
        for (const Descriptor &child : manifest->children()) {
            if (repository.revisions.contains(child.digest)) {
                this->manifest(repository, child.digest,
                               child.platform ? child.platform->toString() : QString());
            }
        }
        if (!manifest->config().digest.isNull()) {
            part(QStringLiteral("config"), manifest->config().digest, m_index.sizeOf(manifest->config()), {});
        }
        for (const Descriptor &layer : manifest->layers()) {
            part(QStringLiteral("layer"), layer.digest, m_index.sizeOf(layer),
                 repository.leavesAtVendor(layer) ? Text::tr("at its vendor") : QString());
        }
    }

private:
    static QJsonObject objectOf(const PoolTag &tag, const PoolUsage::Figures &figures,
                                const std::optional<ReferrerTag> &referrer)
    {
        QJsonObject object{{QStringLiteral("event"), QStringLiteral("tag")},
                           {QStringLiteral("repository"), tag.repository.toString()},
                           {QStringLiteral("tag"), tag.tag},
                           {QStringLiteral("digest"), tag.digest.toString()},
                           {QStringLiteral("bytes"), figures.bytes},
                           {QStringLiteral("whole"), figures.isWhole}};
        if (referrer) {
            object.insert(QStringLiteral("subject"), referrer->subject.toString());
        }
        return object;
    }

    void part(const QString &kind, const Digest &digest, qint64 bytes, const QString &name)
    {
        const int users = m_index.usersOf(digest);
        const bool isLeftOut = m_index.isLeftOut(digest);
        QStringList remarks{users > 1 ? Text::tr("shared by %n image(s)", nullptr, users) : name};
        if (isLeftOut) {
            remarks.prepend(Text::tr("left out", "of a bundle: a layer that the far side has"));
            remarks.removeAll(QString());
        }
        m_console.print(QStringLiteral("%1  %2  %3  %4")
                            .arg(kind.leftJustified(8), formatBytes(bytes).rightJustified(9),
                                 digest.toString(), remarks.join(QStringLiteral(", ")))
                            .trimmed());
        m_console.printJson({{QStringLiteral("event"), QStringLiteral("part")},
                             {QStringLiteral("kind"), kind},
                             {QStringLiteral("digest"), digest.toString()},
                             {QStringLiteral("bytes"), bytes},
                             {QStringLiteral("users"), users},
                             {QStringLiteral("leftOut"), isLeftOut}});
    }

    const PoolIndex &m_index;
    Console &m_console;
};

Error notThere(const QString &name, const PoolIndex &index)
{
    return {ErrorKind::NotFound,
            (index.pool().contents() ? Text::tr("%1 is not in the bundle %2")
                                     : Text::tr("%1 is not in the pool %2"))
                .arg(name, index.path()),
            {},
            Text::tr("See what there is with “layerpool-cli ls”")};
}

// The repository of a name written without a tag, by the rule for lines of a list.
const PoolRepository *repositoryOf(const PoolIndex &index, const ImageReference &reference)
{
    for (const RepositoryName &name : poolCandidates(reference)) {
        if (const PoolRepository *found = index.repository(name)) {
            return found;
        }
    }
    return nullptr;
}

} // namespace

ExitStatus runLs(const QStringList &words, Console &console)
{
    CommandLine line("ls",
                     Text::tr("Lists the tags of a pool, of one repository, or the parts of one image."),
                     {QStringLiteral("POOL"), QStringLiteral("NAME[:TAG]?")});
    SignatureOptions::addTo(line);
    if (const auto ended = line.read(words, console)) {
        return *ended;
    }
    auto pool = readPool(line.argument(0), line, console);
    if (const auto *ended = std::get_if<ExitStatus>(&pool)) {
        return *ended;
    }
    const PoolIndex &index = *std::get<0>(pool);
    tellNotes(index.pool(), console);
    Lister lister(index, console);
    const QString name = line.argument(1);
    if (name.isEmpty()) {
        for (const PoolRepository &repository : index.repositories()) {
            lister.repository(repository);
        }
        if (index.repositories().empty()) {
            console.note(index.pool().contents()
                             ? Text::tr("This bundle holds no images.")
                             : Text::tr("This pool is empty. Convert a list to fill it."));
        }
        return console.succeed();
    }
    const Result<ImageReference> reference = ImageReference::parse(name);
    if (!reference) {
        return console.fail(reference.error());
    }
    if (reference->isTagImplied) {
        const PoolRepository *repository = repositoryOf(index, *reference);
        if (repository == nullptr) {
            return console.fail(notThere(name, index));
        }
        lister.repository(*repository);
        return console.succeed();
    }
    const std::vector<const PoolTag *> tags = index.findAll(*reference);
    if (tags.empty()) {
        return console.fail(notThere(name, index));
    }
    if (!reference->pattern) {
        const PoolTag &tag = *tags.front();
        lister.manifest(*index.repository(tag.repository), tag.digest, tag.toString());
        return console.succeed();
    }
    for (const PoolTag *tag : tags) {
        lister.tag(*tag);
    }
    return console.succeed();
}

} // namespace layerpool
