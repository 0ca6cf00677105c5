// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "work/PoolRows.h"

#include <unordered_map>
#include <vector>

namespace layerpool {

/// The rows of a pool's tree: repository ▸ tag ▸ platform ▸ config and layers. A row is a few words in one
/// array, made when its parent is first looked into; what it says lies in the index. A query looks at
/// repositories and tags alone, so what lies below them is never made for it.
class PoolTree
{
public:
    enum class Kind : quint8 { Repository, Tag, Child, Config, Layer };

    struct Node
    {
        Kind kind = Kind::Repository;
        bool isPopulated = false;
        int parent = -1;
        int row = 0;
        int firstChild = -1; ///< its children lie side by side
        int childCount = 0;  ///< of Tag and Child only once it is populated
        int repository = 0;  ///< position in the index
        int part = 0;        ///< of a tag: position in the repository; of a layer: in the manifest
        int blob = PoolManifests::notThere; ///< position of its digest, of all but repositories
        const PoolPart *said = nullptr;     ///< what a manifest says of it; lies in the index
    };

    /// Makes the repositories' rows anew.
    void reset(PoolRows rows);
    /// What is shown.
    const PoolRows &rows() const { return m_rows; }

    /// Whether more than names is known of them.
    bool isWhole() const { return m_rows.index && m_rows.index->isWhole(); }

    /// The repositories' rows are the first ones.
    int shownRepositories() const { return int(m_rows.repositories.size()); }
    const Node &at(int node) const { return m_nodes[std::size_t(node)]; }
    /// The node with its children made.
    const Node &populated(int node) const;
    /// Without making them.
    bool hasChildren(const Node &node) const;
    /// Its name among all nodes: `repository[:tag[@digest[/row]]]`.
    QString path(const Node &node) const;
    /// The node of that path; -1 where it is not shown.
    int find(const QString &path) const;

    const PoolRepository &repository(const Node &node) const;
    /// Of a Tag.
    const PoolTag &tag(const Node &node) const;
    /// `repository` or `repository:tag`; empty for parts.
    QString reference(const Node &node) const;
    /// Null for repositories, and where only names are known.
    const Digest *digest(const Node &node) const;
    /// Of a Child.
    const std::optional<Platform> &platform(const Node &node) const;
    qint64 bytes(const Node &node) const;
    /// What removing it would free: nothing else needs those.
    qint64 uniqueBytes(const Node &node) const;
    /// Of repositories, tags and platforms.
    QDateTime created(const Node &node) const;
    /// How many images need it, or that of its parts that is shared most.
    int users(const Node &node) const;
    bool isMissing(const Node &node) const;
    /// A foreign layer that the pool lacks, and that its images are whole without.
    bool isAtVendor(const Node &node) const;

private:
    /// Null where it is no manifest, or can't be read.
    const PoolManifest *manifest(const Node &node) const { return m_rows.index->manifests().at(node.blob); }
    /// Among all tags of the index.
    int tagPosition(const Node &node) const;
    int findNamed(const QString &reference) const;
    int findTag(int repository, const QString &name) const;
    int findChild(int tag, QStringView digest) const;
    qint64 bytesBelow(const Node &node) const;
    struct RepositoryFigures
    {
        QDateTime created;
        int users;
    };
    const RepositoryFigures &figuresOf(const Node &repository) const;
    void append(Node node) const;
    void appendTags(int node) const;
    void appendParts(int node) const;
    void appendPart(int node, Kind kind, const PoolPart &part, int position = 0) const;

    PoolRows m_rows;
    mutable std::vector<Node> m_nodes;               ///< grows as rows are looked into
    mutable std::unordered_map<int, int> m_tagNodes; ///< by the tags' positions among all
    /// By position, of those that were asked for: a walk over all their tags and parts.
    mutable std::unordered_map<int, RepositoryFigures> m_figures;
};

} // namespace layerpool
