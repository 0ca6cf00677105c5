// SPDX-License-Identifier: Apache-2.0
#include "work/PoolTicks.h"

namespace layerpool {

bool PoolTicks::isTicked(const PoolTag &tag) const
{
    const auto tags = m_tags.constFind(tag.repository);
    return tags != m_tags.constEnd() && tags->contains(tag.tag);
}

Qt::CheckState PoolTicks::stateOf(const PoolRepository &repository) const
{
    const auto tags = m_tags.constFind(repository.name);
    if (tags == m_tags.constEnd() || tags->isEmpty()) {
        return Qt::Unchecked;
    }
    return tags->size() == repository.images() ? Qt::Checked : Qt::PartiallyChecked;
}

std::vector<PoolTag> PoolTicks::in(const PoolIndex &index) const
{
    std::vector<PoolTag> ticked;
    for (const PoolRepository &repository : index.repositories()) {
        std::copy_if(repository.tags.begin(), repository.tags.end(), std::back_inserter(ticked),
                     [this](const PoolTag &tag) { return isTicked(tag); });
    }
    return ticked;
}

bool PoolTicks::change(const PoolTag &tag, bool isTicked)
{
    if (tag.isReferrer() || this->isTicked(tag) == isTicked) {
        return false;
    }
    if (isTicked) {
        m_tags[tag.repository].insert(tag.tag);
        ++m_count;
    } else {
        m_tags[tag.repository].remove(tag.tag);
        --m_count;
    }
    return true;
}

void PoolTicks::set(const PoolTag &tag, bool isTicked)
{
    if (change(tag, isTicked)) {
        Q_EMIT changed();
    }
}

void PoolTicks::set(const PoolRepository &repository, bool isTicked)
{
    bool hasChanged = false;
    for (const PoolTag &tag : repository.tags) {
        hasChanged |= change(tag, isTicked);
    }
    if (hasChanged) {
        Q_EMIT changed();
    }
}

void PoolTicks::clear()
{
    if (m_count == 0) {
        return;
    }
    m_tags.clear();
    m_count = 0;
    Q_EMIT changed();
}

void PoolTicks::keepOnly(const PoolIndex &index)
{
    const std::vector<PoolTag> kept = in(index);
    if (int(kept.size()) == m_count) {
        return;
    }
    m_tags.clear();
    m_count = 0;
    for (const PoolTag &tag : kept) {
        change(tag, true);
    }
    Q_EMIT changed();
}

} // namespace layerpool
