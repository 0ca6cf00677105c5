// SPDX-License-Identifier: Apache-2.0
#include "work/PoolTicks.h"

namespace layerpool {

std::vector<PoolTag> tagsIn(const PoolIndex &index, const TickedTags &ticked)
{
    std::vector<PoolTag> found;
    for (const PoolRepository &repository : index.repositories()) {
        const auto tags = ticked.constFind(repository.name);
        if (tags != ticked.constEnd()) {
            std::copy_if(repository.tags.begin(), repository.tags.end(), std::back_inserter(found),
                         [&](const PoolTag &tag) { return tags->contains(tag.tag); });
        }
    }
    return found;
}

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

void PoolTicks::set(const std::vector<const PoolTag *> &tags, bool areTicked)
{
    bool hasChanged = false;
    for (const PoolTag *tag : tags) {
        hasChanged |= change(*tag, areTicked);
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
    TickedTags kept;
    int count = 0;
    for (auto ticked = m_tags.constBegin(); ticked != m_tags.constEnd(); ++ticked) {
        const PoolRepository *repository = index.repository(ticked.key());
        if (repository == nullptr) {
            continue;
        }
        for (const PoolTag &tag : repository->tags) {
            if (ticked->contains(tag.tag)) {
                kept[tag.repository].insert(tag.tag);
                ++count;
            }
        }
    }
    if (count != m_count) {
        m_tags = std::move(kept);
        m_count = count;
        Q_EMIT changed();
    }
}

} // namespace layerpool
