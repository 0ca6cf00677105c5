// SPDX-License-Identifier: Apache-2.0
#include "image/ManifestJson.h"

#include "base/Text.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

#include <algorithm>
#include <array>

namespace layerpool {
namespace {

constexpr int kDeepest = 32; // a manifest of any kind comes to six

// What readers look for. Annotations are the user's own names, and mean nothing to them.
constexpr std::array kTopKeys = {
    "schemaVersion", "mediaType",   "artifactType", "config",   "layers",      "manifests",      "subject",
    "digest",        "size",        "urls",         "data",     "platform",    "architecture",   "os",
    "os.version",    "os.features", "variant",      "features", "annotations", "fsLayers",       "blobSum",
    "signatures",    "protected",   "name",         "tag",      "history",     "v1Compatibility"};

const QHash<QString, QString> &namesByFolding()
{
    static const QHash<QString, QString> names = [] {
        QHash<QString, QString> byFolding;
        for (const char *name : kTopKeys) {
            const QString known = QString::fromLatin1(name);
            byFolding.insert(known.toCaseFolded(), known);
        }
        return byFolding;
    }();
    return names;
}

// Walks JSON that is known to be well formed, and looks at the names that a parser throws away.
class NameCheck
{
public:
    explicit NameCheck(QByteArrayView json) : m_json(json) {}

    /// Why the JSON can't be taken; empty where it can.
    QString fault()
    {
        value(0, true);
        return m_fault;
    }

private:
    bool isDone() const { return !m_fault.isEmpty() || m_at >= m_json.size(); }
    char here() const { return m_json[m_at]; }

    // To the next byte that says something: between elements a comma is as good as a blank.
    void skipBlanks()
    {
        while (!isDone() && QByteArrayView(" \t\r\n,:").contains(here())) {
            ++m_at;
        }
    }

    void value(int depth, bool isOurs)
    {
        skipBlanks();
        if (isDone()) {
            return;
        }
        if (depth > kDeepest) {
            m_fault = Text::tr("it is nested too deeply");
        } else if (here() == '{') {
            object(depth, isOurs);
        } else if (here() == '[') {
            array(depth, isOurs);
        } else if (here() == '"') {
            (void)string();
        } else {
            while (!isDone() && !QByteArrayView(",]} \t\r\n").contains(here())) {
                ++m_at;
            }
        }
    }

    void object(int depth, bool isOurs)
    {
        QSet<QString> seen;
        for (++m_at, skipBlanks(); !isDone() && here() != '}'; skipBlanks()) {
            const QString name = string();
            if (isOurs) {
                check(name, seen);
            }
            value(depth + 1, isOurs && name != QLatin1String("annotations"));
        }
        ++m_at;
    }

    void array(int depth, bool isOurs)
    {
        for (++m_at, skipBlanks(); !isDone() && here() != ']'; skipBlanks()) {
            value(depth + 1, isOurs);
        }
        ++m_at;
    }

    QString string()
    {
        const qsizetype start = m_at;
        for (++m_at; !isDone() && here() != '"'; ++m_at) {
            m_at += here() == '\\' ? 1 : 0;
        }
        ++m_at;
        const QByteArray quoted = m_json.sliced(start, std::min(m_at, m_json.size()) - start).toByteArray();
        return quoted.contains('\\') // Qt knows the escapes
                   ? QJsonDocument::fromJson('[' + quoted + ']').array().first().toString()
                   : QString::fromUtf8(quoted.sliced(1).chopped(1));
    }

    void check(const QString &name, QSet<QString> &seen)
    {
        const QString meant = namesByFolding().value(name.toCaseFolded());
        if (meant.isEmpty()) {
            return;
        }
        if (name != meant) {
            m_fault =
                Text::tr("it says “%1”, which some programs read as “%2” and others do not").arg(name, meant);
        } else if (seen.contains(name)) {
            m_fault = Text::tr("it says “%1” twice, and programs differ in which they take").arg(name);
        }
        seen.insert(name);
    }

    QByteArrayView m_json;
    qsizetype m_at = 0;
    QString m_fault;
};

} // namespace

Error unreadableManifest(const QString &why)
{
    return {ErrorKind::Corrupt, Text::tr("The manifest cannot be read"), why, {}};
}

Result<QJsonObject> readManifestJson(const QByteArray &bytes)
{
    const QJsonDocument document = QJsonDocument::fromJson(bytes);
    if (!document.isObject()) {
        return unreadableManifest(Text::tr("it is no JSON object"));
    }
    if (const QString fault = NameCheck(bytes).fault(); !fault.isEmpty()) {
        return unreadableManifest(fault);
    }
    return document.object();
}

} // namespace layerpool
