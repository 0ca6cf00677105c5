// SPDX-License-Identifier: Apache-2.0
#include "models/PoolTree.h"

#include <set>

namespace layerpool {

void PoolTree::reset(PoolRows rows)
{
    m_rows = std::move(rows);
    m_nodes.clear();
    m_tagNodes.clear();
    m_figures.clear();
    m_nodes.reserve(m_rows.repositories.size());
    for (const PoolRows::Repository &shown : m_rows.repositories) {
        Node node;
        node.row = int(m_nodes.size());
        node.repository = shown.position;
        node.childCount = shown.tags;
        m_nodes.push_back(node);
    }
}

const PoolRepository &PoolTree::repository(const Node &node) const
{
    return m_rows.index->repositories()[std::size_t(node.repository)];
}

const PoolTag &PoolTree::tag(const Node &node) const
{
    return repository(node).tags[std::size_t(node.part)];
}

void PoolTree::append(Node node) const
{
    node.row = int(m_nodes.size()) - at(node.parent).firstChild;
    m_nodes.push_back(node);
}

const PoolTree::Node &PoolTree::populated(int node) const
{
    if (at(node).isPopulated) {
        return at(node);
    }
    const int first = int(m_nodes.size());
    m_nodes[std::size_t(node)].isPopulated = true;
    m_nodes[std::size_t(node)].firstChild = first;
    if (at(node).kind == Kind::Repository) {
        appendTags(node);
    } else {
        appendParts(node);
    }
    m_nodes[std::size_t(node)].childCount = int(m_nodes.size()) - first;
    return at(node);
}

bool PoolTree::hasChildren(const Node &node) const
{
    switch (node.kind) {
    case Kind::Repository:
        return node.childCount > 0;
    case Kind::Tag:
    case Kind::Child:
        return node.isPopulated ? node.childCount > 0 : manifest(node) != nullptr;
    case Kind::Config:
    case Kind::Layer:
        break;
    }
    return false;
}

QString PoolTree::path(const Node &node) const
{
    switch (node.kind) {
    case Kind::Repository:
    case Kind::Tag:
        break;
    case Kind::Child:
        return path(at(node.parent)) + QLatin1Char('@') + digest(node)->toString();
    case Kind::Config:
    case Kind::Layer: // a layer may stand twice in its manifest
        return path(at(node.parent)) + QLatin1Char('/') + QString::number(node.row);
    }
    return reference(node);
}

int PoolTree::find(const QString &path) const
{
    const QString below = path.section(QLatin1Char('@'), 1);
    const int named = findNamed(path.section(QLatin1Char('@'), 0, 0));
    if (below.isEmpty() || named < 0) {
        return named;
    }
    const int child = findChild(named, below.section(QLatin1Char('/'), 0, 0));
    const QString part = below.section(QLatin1Char('/'), 1);
    if (part.isEmpty() || child < 0) {
        return child;
    }
    const Node &image = populated(child);
    const int row = part.toInt();
    return row < image.childCount ? image.firstChild + row : -1;
}

int PoolTree::findNamed(const QString &reference) const
{
    const qsizetype colon = reference.lastIndexOf(QLatin1Char(':'));
    const auto name = RepositoryName::parse(colon < 0 ? reference : reference.first(colon));
    const PoolRepository *found = m_rows.index && name ? m_rows.index->repository(*name) : nullptr;
    if (!found) {
        return -1;
    }
    const int row = m_rows.rows[std::size_t(found - m_rows.index->repositories().data())];
    return colon < 0 || row < 0 ? row : findTag(row, reference.sliced(colon + 1));
}

int PoolTree::findTag(int repository, const QString &name) const
{
    populated(repository);
    const PoolTag *found = m_rows.index->tag(this->repository(at(repository)).name, name);
    const auto node = found ? m_tagNodes.find(m_rows.index->positionOf(*found)) : m_tagNodes.end();
    return node == m_tagNodes.end() ? -1 : node->second;
}

int PoolTree::findChild(int tag, QStringView digest) const
{
    const auto parsed = Digest::parse(digest);
    const int blob = parsed ? m_rows.index->positionOf(*parsed) : PoolManifests::notThere;
    const Node parent = populated(tag); // a copy: the vector may have moved
    for (int node = parent.firstChild; node < parent.firstChild + parent.childCount; ++node) {
        if (blob != PoolManifests::notThere && at(node).blob == blob) {
            return node;
        }
    }
    return -1;
}

void PoolTree::appendTags(int node) const
{
    const int repository = at(node).repository;
    const int first = m_rows.index->firstTagOf(repository);
    for (const int tag : m_rows.tagsOf(repository)) {
        const Digest &digest =
            m_rows.index->repositories()[std::size_t(repository)].tags[std::size_t(tag)].digest;
        m_tagNodes.emplace(first + tag, int(m_nodes.size()));
        append({.kind = Kind::Tag,
                .parent = node,
                .repository = repository,
                .part = tag,
                .blob = m_rows.index->positionOf(digest)});
    }
}

void PoolTree::appendPart(int node, Kind kind, const PoolPart &part, int position) const
{
    append({.kind = kind,
            .parent = node,
            .repository = at(node).repository,
            .part = position,
            .blob = part.blob,
            .said = &part});
}

void PoolTree::appendParts(int node) const
{
    const Node parent = at(node); // a copy: the vector grows
    const PoolManifest *root = manifest(parent);
    if (!root) {
        return;
    }
    if (parent.kind == Kind::Tag && !root->isIndex) { // one platform: it has its row like those of an index
        append({.kind = Kind::Child, .parent = node, .repository = parent.repository, .blob = parent.blob});
        return;
    }
    int layer = root->hasConfig ? -1 : 0;
    for (const PoolPart &part : m_rows.index->manifests().partsOf(*root)) {
        if (!root->isIndex) {
            appendPart(node, layer < 0 ? Kind::Config : Kind::Layer, part, layer);
            ++layer;
        } else if (repository(parent).revisions.contains(m_rows.index->digestAt(part.blob))) {
            appendPart(node, Kind::Child, part); // a sparse index has others too
        }
    }
}

const std::optional<Platform> &PoolTree::platform(const Node &node) const
{
    const int kind = node.said ? node.said->kind : manifest(node)->kind;
    return m_rows.index->manifests().kindOf(kind).platform;
}

const Digest *PoolTree::digest(const Node &node) const
{
    switch (node.kind) {
    case Kind::Repository:
        return nullptr;
    case Kind::Tag:
        return isWhole() ? &tag(node).digest : nullptr;
    case Kind::Child:
    case Kind::Config:
    case Kind::Layer:
        break;
    }
    return &m_rows.index->digestAt(node.blob);
}

qint64 PoolTree::bytes(const Node &node) const
{
    switch (node.kind) {
    case Kind::Repository:
        return m_rows.index->usage().repository(node.repository).bytes;
    case Kind::Tag:
        return m_rows.index->usage().tag(tagPosition(node)).bytes;
    case Kind::Child:
        return bytesBelow(node);
    case Kind::Config:
    case Kind::Layer:
        break;
    }
    return m_rows.index->sizeOf(*node.said);
}

// Of the manifest, and of what it is made of itself.
qint64 PoolTree::bytesBelow(const Node &node) const
{
    const PoolIndex &index = *m_rows.index;
    const PoolManifest *image = manifest(node);
    qint64 sum = node.said ? index.sizeOf(*node.said) : index.descriptorOf(*image).size;
    std::set<int> seen; // a layer may stand twice
    for (const PoolPart &part :
         image && !image->isIndex ? index.manifests().partsOf(*image) : std::span<const PoolPart>()) {
        const bool isCounted =
            !repository(node).leavesAtVendor(index.descriptorOf(part)) && seen.insert(part.blob).second;
        sum += isCounted ? index.sizeOf(part) : 0;
    }
    return sum;
}

qint64 PoolTree::uniqueBytes(const Node &node) const
{
    switch (node.kind) {
    case Kind::Repository:
        return m_rows.index->usage().repository(node.repository).uniqueBytes;
    case Kind::Tag:
        return m_rows.index->usage().tag(tagPosition(node)).uniqueBytes;
    case Kind::Child:
        return 0; // it can't be removed alone
    case Kind::Config:
    case Kind::Layer:
        break;
    }
    return users(node) == 1 ? bytes(node) : 0;
}

QDateTime PoolTree::created(const Node &node) const
{
    switch (node.kind) {
    case Kind::Repository:
        return figuresOf(node).created;
    case Kind::Tag:
        return createdOf(*m_rows.index, tag(node));
    case Kind::Child:
        if (const auto image = m_rows.index->image(*digest(node))) {
            return image->created;
        }
        break;
    case Kind::Config:
    case Kind::Layer:
        break;
    }
    return {};
}

const PoolTree::RepositoryFigures &PoolTree::figuresOf(const Node &repository) const
{
    const auto known = m_figures.find(repository.repository);
    if (known != m_figures.end()) {
        return known->second;
    }
    const PoolRepository &walked = this->repository(repository);
    const RepositoryFigures figures{createdOf(*m_rows.index, walked), usersOf(*m_rows.index, walked)};
    return m_figures.emplace(repository.repository, figures).first->second;
}

int PoolTree::tagPosition(const Node &node) const
{
    return m_rows.index->firstTagOf(node.repository) + node.part;
}

bool PoolTree::isMissing(const Node &node) const
{
    const Digest *own = digest(node);
    return own && isWhole() && !isAtVendor(node) && !m_rows.index->hasBlob(*own);
}

bool PoolTree::isAtVendor(const Node &node) const
{
    return node.kind == Kind::Layer &&
           repository(node).leavesAtVendor(m_rows.index->descriptorOf(*node.said));
}

int PoolTree::users(const Node &node) const
{
    switch (node.kind) {
    case Kind::Repository:
        return figuresOf(node).users;
    case Kind::Tag:
        return usersOf(*m_rows.index, tag(node));
    case Kind::Child:
    case Kind::Config:
    case Kind::Layer:
        break;
    }
    return usersOf(*m_rows.index, node.blob);
}

QString PoolTree::reference(const Node &node) const
{
    switch (node.kind) {
    case Kind::Repository:
        return repository(node).name.toString();
    case Kind::Tag:
        return tag(node).toString();
    case Kind::Child:
    case Kind::Config:
    case Kind::Layer:
        break;
    }
    return {};
}

} // namespace layerpool
