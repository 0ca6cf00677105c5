// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QHashFunctions>
#include <QString>

#include <compare>
#include <optional>

namespace layerpool {

/// The path of a repository, `kubesphere/kube-apiserver`: only the reference grammar makes one (OCI
/// distribution-spec, "Pulling manifests"), so it is safe as a part of a file's path and of a URL.
class RepositoryName
{
public:
    /// Empty; no repository has this name.
    RepositoryName() = default;

    /// Nothing where the text is no legal name or has more than 255 characters.
    static std::optional<RepositoryName> parse(QStringView text);

    bool isEmpty() const { return m_name.isEmpty(); }
    const QByteArray &toByteArray() const { return m_name; }
    QString toString() const { return QString::fromLatin1(m_name); }
    bool hasOnePart() const { return !m_name.contains('/'); }
    /// `prefix/name`; nothing where that would be too long or `prefix` is no legal path.
    std::optional<RepositoryName> below(const QString &prefix) const;

    friend bool operator==(const RepositoryName &a, const RepositoryName &b) { return a.m_name == b.m_name; }
    friend std::strong_ordering operator<=>(const RepositoryName &a, const RepositoryName &b)
    {
        return a.m_name.compare(b.m_name) <=> 0;
    }

private:
    QByteArray m_name;
};

inline size_t qHash(const RepositoryName &name, size_t seed = 0)
{
    return qHash(name.toByteArray(), seed);
}

/// Whether the text is a legal tag: `[A-Za-z0-9_][A-Za-z0-9._-]{0,127}`.
bool isTag(QStringView text);

} // namespace layerpool
