// SPDX-License-Identifier: Apache-2.0
#include "models/PoolTree.h"

namespace layerpool {

void PoolTree::reset(PoolRows rows)
{
    m_rows = std::move(rows);
    m_nodes.clear();
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

const Manifest *PoolTree::manifest(const Node &node) const
{
    const Digest *root = digest(node);
    return root ? m_rows.index->manifest(*root) : nullptr;
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

int PoolTree::find(const QString &reference) const
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

int PoolTree::findTag(int repository, QStringView name) const
{
    const Node parent = populated(repository); // a copy: the vector may have moved
    for (int node = parent.firstChild; node < parent.firstChild + parent.childCount; ++node) {
        if (tag(at(node)).tag == name) {
            return node;
        }
    }
    return -1;
}

void PoolTree::appendTags(int node) const
{
    const int repository = at(node).repository;
    for (const int tag : m_rows.tagsOf(repository)) {
        append({.kind = Kind::Tag, .parent = node, .repository = repository, .part = tag});
    }
}

void PoolTree::appendParts(int node) const
{
    const Node parent = at(node); // a copy: the vector grows
    const bool canHaveParts = parent.kind == Kind::Tag || parent.kind == Kind::Child;
    const Manifest *root = canHaveParts ? manifest(parent) : nullptr;
    if (!root) {
        return;
    }
    for (const Descriptor &child : root->children()) {
        // A sparse index: what has no revision here is not part of this repository.
        if (repository(parent).revisions.contains(child.digest)) {
            append(
                {.kind = Kind::Child, .parent = node, .repository = parent.repository, .descriptor = &child});
        }
    }
    if (root->isIndex()) {
        return;
    }
    if (parent.kind == Kind::Tag) { // one platform: it has its row like those of an index
        if (const PoolImage *image = m_rows.index->image(root->digest())) {
            append({.kind = Kind::Child,
                    .parent = node,
                    .repository = parent.repository,
                    .descriptor = &image->descriptor});
            return;
        }
    }
    if (!root->isLegacy()) {
        append({.kind = Kind::Config,
                .parent = node,
                .repository = parent.repository,
                .descriptor = &root->config()});
    }
    for (std::size_t i = 0; i < root->layers().size(); ++i) {
        append({.kind = Kind::Layer,
                .parent = node,
                .repository = parent.repository,
                .part = int(i),
                .descriptor = &root->layers()[i]});
    }
}

const Digest *PoolTree::digest(const Node &node) const
{
    switch (node.kind) {
    case Kind::Repository:
        return nullptr;
    case Kind::Tag:
        return &tag(node).digest;
    case Kind::Child:
    case Kind::Config:
    case Kind::Layer:
        break;
    }
    return &node.descriptor->digest;
}

qint64 PoolTree::bytes(const Node &node) const
{
    switch (node.kind) {
    case Kind::Repository:
        return m_rows.index->usage().repository(node.repository).bytes;
    case Kind::Tag:
        return m_rows.index->usage().tag(tagPosition(node)).bytes;
    case Kind::Child: {
        const Manifest *image = manifest(node);
        qint64 sum = node.descriptor->size;
        for (const Descriptor &blob : image ? image->blobs() : std::vector<Descriptor>()) {
            sum += repository(node).leavesAtVendor(blob) ? 0 : m_rows.index->sizeOf(blob);
        }
        return sum;
    }
    case Kind::Config:
    case Kind::Layer:
        break;
    }
    return m_rows.index->sizeOf(*node.descriptor);
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
        return createdOf(*m_rows.index, repository(node));
    case Kind::Tag:
        return createdOf(*m_rows.index, tag(node));
    case Kind::Child:
        if (const PoolImage *image = m_rows.index->image(node.descriptor->digest)) {
            return image->created;
        }
        break;
    case Kind::Config:
    case Kind::Layer:
        break;
    }
    return {};
}

int PoolTree::tagPosition(const Node &node) const
{
    return m_rows.index->firstTagOf(node.repository) + node.part;
}

bool PoolTree::isMissing(const Node &node) const
{
    const Digest *own = digest(node);
    return own && !isAtVendor(node) && !m_rows.index->hasBlob(*own);
}

bool PoolTree::isAtVendor(const Node &node) const
{
    return node.kind == Kind::Layer && repository(node).leavesAtVendor(*node.descriptor);
}

int PoolTree::users(const Node &node) const
{
    return node.descriptor ? m_rows.index->usersOf(node.descriptor->digest) : 0;
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
