// SPDX-License-Identifier: Apache-2.0
#include "models/PoolTree.h"

#include <algorithm>

namespace layerpool {

bool PoolTree::matches(QStringView text) const
{
    return m_filter.isEmpty() || text.contains(m_filter, Qt::CaseInsensitive);
}

void PoolTree::reset(std::shared_ptr<const PoolSnapshot> snapshot, const QString &filter)
{
    m_snapshot = std::move(snapshot);
    m_filter = filter;
    m_nodes.clear();
    m_shownTags = 0;
    m_shownRepositories = 0;
    if (!m_snapshot) {
        return;
    }
    const auto &repositories = m_snapshot->index->repositories();
    for (std::size_t i = 0; i < repositories.size(); ++i) {
        const PoolRepository &repository = repositories[i];
        const bool isNamed = matches(repository.name.toString());
        const auto shown =
            isNamed ? std::ptrdiff_t(repository.tags.size())
                    : std::count_if(repository.tags.begin(), repository.tags.end(),
                                    [this](const PoolTag &tag) { return matches(tag.toString()); });
        if (isNamed || shown > 0) {
            Node node;
            node.row = m_shownRepositories++;
            node.repository = int(i);
            node.childCount = int(shown);
            m_nodes.push_back(node);
            m_shownTags += int(shown);
        }
    }
}

const PoolRepository &PoolTree::repository(const Node &node) const
{
    return m_snapshot->index->repositories()[std::size_t(node.repository)];
}

const PoolTag &PoolTree::tag(const Node &node) const
{
    return repository(node).tags[std::size_t(node.part)];
}

const Manifest *PoolTree::manifest(const Node &node) const
{
    const Digest *root = digest(node);
    return root ? m_snapshot->index->manifest(*root) : nullptr;
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
    const QByteArray name = (colon < 0 ? reference : reference.first(colon)).toLatin1();
    const auto end = m_nodes.begin() + m_shownRepositories; // in the order of their names
    const auto found =
        std::lower_bound(m_nodes.begin(), end, name, [this](const Node &node, const QByteArray &key) {
            return repository(node).name.toByteArray() < key;
        });
    if (found == end || repository(*found).name.toByteArray() != name) {
        return -1;
    }
    const int at = int(found - m_nodes.begin());
    return colon < 0 ? at : findTag(at, reference.sliced(colon + 1));
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
    const int repositoryAt = at(node).repository;
    const PoolRepository &owner = repository(at(node));
    const bool isNamed = matches(owner.name.toString());
    for (std::size_t i = 0; i < owner.tags.size(); ++i) {
        if (isNamed || matches(owner.tags[i].toString())) {
            append({.kind = Kind::Tag, .parent = node, .repository = repositoryAt, .part = int(i)});
        }
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
        if (const Descriptor *image = m_snapshot->index->image(root->digest())) {
            append(
                {.kind = Kind::Child, .parent = node, .repository = parent.repository, .descriptor = image});
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
    const auto position = std::size_t(node.repository);
    switch (node.kind) {
    case Kind::Repository:
        return m_snapshot->repositoryBytes[position];
    case Kind::Tag:
        return m_snapshot->tagBytes[position][std::size_t(node.part)];
    case Kind::Child: {
        const Manifest *image = manifest(node);
        qint64 sum = node.descriptor->size;
        for (const Descriptor &blob : image ? image->blobs() : std::vector<Descriptor>()) {
            sum += repository(node).leavesAtVendor(blob) ? 0 : m_snapshot->index->sizeOf(blob);
        }
        return sum;
    }
    case Kind::Config:
    case Kind::Layer:
        break;
    }
    return m_snapshot->index->sizeOf(*node.descriptor);
}

bool PoolTree::isMissing(const Node &node) const
{
    const Digest *own = digest(node);
    return own && !isAtVendor(node) && !m_snapshot->index->hasBlob(*own);
}

bool PoolTree::isAtVendor(const Node &node) const
{
    return node.kind == Kind::Layer && repository(node).leavesAtVendor(*node.descriptor);
}

int PoolTree::users(const Node &node) const
{
    return node.descriptor ? m_snapshot->index->usersOf(node.descriptor->digest) : 0;
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
