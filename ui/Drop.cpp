// SPDX-License-Identifier: Apache-2.0
#include "Drop.h"

#include "bundle/BundleFormat.h"
#include "bundle/BundleVolumes.h"
#include "bundle/ImageSource.h"
#include "base/Text.h"
#include "image/ImagesList.h"
#include "image/ListText.h"
#include "pool/Pool.h"
#include "pool/PoolLayout.h"

#include <QDir>
#include <QFileInfo>
#include <QUrl>

#include <algorithm>

namespace layerpool {
namespace {

bool isPool(const QString &path)
{
    return QFileInfo(QDir(path).filePath(QString::fromLatin1(layout::root))).isDir();
}

bool isNamedAsBundle(const QString &path)
{
    const QString name = bundleNamedBy(path);
    return formatOf(name) || name.endsWith(QLatin1String(".tgz"), Qt::CaseInsensitive);
}

QString nameOf(const QString &path)
{
    return QDir::toNativeSeparators(QFileInfo(path).fileName().isEmpty() ? path : QFileInfo(path).fileName());
}

void addLine(QString &text, const QString &line)
{
    text += text.isEmpty() ? line : QLatin1Char('\n') + line;
}

void say(Drop &drop, const QString &line)
{
    addLine(drop.sentence, line);
}

void refuse(Drop &drop, const QString &line)
{
    addLine(drop.sentence, line);
    addLine(drop.refusal, line);
}

void addSource(Drop &drop, const QString &path)
{
    if (!drop.source.isEmpty() || !drop.bundle.isEmpty()) {
        refuse(drop, Text::tr("%1 is left out: one bundle is opened at a time").arg(nameOf(path)));
    } else {
        drop.source = path;
        say(drop, Text::tr("Take the images of %1 into a pool").arg(nameOf(path)));
    }
}

// All volumes of a bundle may come together.
void addBundle(Drop &drop, const QString &path)
{
    const bool isAnother = !drop.bundle.isEmpty() && bundleNamedBy(drop.bundle) != bundleNamedBy(path);
    if (isAnother || !drop.source.isEmpty()) {
        refuse(drop, Text::tr("%1 is left out: one bundle is opened at a time").arg(nameOf(path)));
    } else if (drop.bundle.isEmpty()) {
        drop.bundle = path;
        say(drop, Text::tr("Show what the bundle %1 holds").arg(nameOf(path)));
    }
}

void addFolder(Drop &drop, const QString &path)
{
    const bool isOne = isPool(path);
    if (!isOne && ImageSource::isOfOthers(path)) {
        addSource(drop, path);
        return;
    }
    const Result<QStringList> lists = isOne ? QStringList() : ListText::filesAt(path);
    const bool couldBePool = isOne || (!lists && Pool::wouldCreate(path));
    if (couldBePool && !drop.pool.isEmpty()) {
        refuse(drop, Text::tr("%1 is left out: one pool is open at a time").arg(nameOf(path)));
    } else if (couldBePool) {
        drop.pool = path;
        say(drop,
            (isOne ? Text::tr("Open %1 as a pool") : Text::tr("Make a new pool in %1")).arg(nameOf(path)));
    } else if (lists) {
        drop.lists += *lists;
    } else {
        refuse(drop, Text::tr("%1 holds no pool and no list").arg(nameOf(path)));
    }
}

void addFile(Drop &drop, const QString &path)
{
    if (!QFileInfo::exists(path)) {
        refuse(drop, Text::tr("%1 is not there").arg(path));
    } else if (isNamedAsBundle(path) && ImageSource::isOfOthers(path)) {
        addSource(drop, path);
    } else if (isNamedAsBundle(path)) {
        addBundle(drop, path);
    } else {
        drop.lists.append(path);
    }
}

} // namespace

Drop Drop::of(const QStringList &paths)
{
    Drop drop;
    for (const QString &path : paths) {
        if (QFileInfo(path).isDir()) {
            addFolder(drop, path);
        } else {
            addFile(drop, path);
        }
    }
    if (drop.lists.size() == 1) {
        say(drop, Text::tr("Open %1 as a list").arg(nameOf(drop.lists.first())));
    } else if (!drop.lists.isEmpty()) {
        say(drop, Text::tr("Open %n file(s), each as a list", nullptr, int(drop.lists.size())));
    }
    return drop;
}

Drop Drop::of(const Dropped &dropped)
{
    Drop drop = of(dropped.files);
    for (const QString &address : dropped.elsewhere) {
        refuse(drop, Text::tr("%1 is not on this machine. Download it, then drop the file.", "an address")
                         .arg(address));
    }
    if (dropped.text.isEmpty()) {
        return drop;
    }
    ImagesList list;
    const bool isText = bool(list.addText(dropped.text.toUtf8(), {}));
    if (const std::size_t images = list.images().size(); isText && images > 0) {
        drop.text = dropped.text;
        say(drop, Text::tr("Make a list of the %n image(s) that the text names", nullptr, int(images)));
    } else {
        refuse(drop, Text::tr("The text names no image"));
    }
    return drop;
}

Dropped Dropped::from(const QMimeData &data)
{
    QList<QUrl> urls = data.urls();
    const QString text = data.text();
    if (!data.hasUrls() && text.startsWith(QLatin1String("file://"))) {
        for (const QString &line : text.split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
            urls.append(QUrl(line.trimmed()));
        }
    }
    Dropped dropped;
    for (const QUrl &url : urls) {
        if (url.isLocalFile()) {
            dropped.files.append(url.toLocalFile());
        } else {
            dropped.elsewhere.append(url.toDisplayString(QUrl::RemoveQuery));
        }
    }
    if (urls.isEmpty()) {
        dropped.text = text;
    }
    return dropped;
}

} // namespace layerpool
