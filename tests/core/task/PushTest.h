// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/task/TaskTest.h"
#include "registry/RegistryClient.h"
#include "support/FakeRegistry.h"
#include "support/SampleImages.h"
#include "task/PushPlan.h"
#include "task/VerifyTargetPlan.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace layerpool::test {

/// A pool, and a target that takes pushes and starts empty.
class PushTest : public testing::Test
{
protected:
    void SetUp() override { m_fake.acceptPushes(); }

    PushRequest requestOf(const QString &pool) const
    {
        PushRequest request;
        request.index = readPool(pool);
        request.selection = Selection::ofAll(*request.index);
        request.name = QStringLiteral("pool");
        request.target = {m_fake.host(), m_prefix};
        request.movedTags = m_movedTags;
        request.sparse = m_sparse;
        return request;
    }

    PushPlan planOf(const QString &pool)
    {
        Result<PushPlan> planned = planPush(requestOf(pool), m_recorder.context());
        EXPECT_TRUE(isOk(planned));
        return *std::move(planned);
    }

    TaskResult pushOf(const QString &pool) { return PushTask(planOf(pool)).run(m_recorder.context()); }

    TaskResult verifyOf(const QString &pool)
    {
        const PushRequest pushed = requestOf(pool);
        const VerifyTargetPlan plan{pushed.index, pushed.selection, pushed.name, pushed.target,
                                    m_movedTags,  m_sparse,         {}};
        return VerifyTargetTask(plan).run(m_recorder.context());
    }

    PushPlan plan() { return planOf(m_pool.path()); }
    TaskResult push() { return pushOf(m_pool.path()); }
    TaskResult verify() { return verifyOf(m_pool.path()); }

    Sample addIndex(const QString &repository, const std::vector<Platform> &platforms)
    {
        return m_samples.add(repository, QStringLiteral("v1"),
                             {.kind = SampleKind::OciIndex, .platforms = platforms});
    }

    // A pool keeps a child of an index by its repository's link to it.
    void dropChild(const Sample &sample, const Platform &platform)
    {
        const QString link = m_samples.revisionLinkPath(sample.repository, sample.of(platform).digest);
        ASSERT_TRUE(QFileInfo(link).dir().removeRecursively());
    }

    // What a tag at the target names; nothing where there is none.
    std::optional<Manifest> manifestThere(const QString &repository, const QString &tag) const
    {
        const auto access = RegistryAccess::create({});
        RegistryClient client(**access, {});
        Result<Manifest> manifest = client.manifest({m_fake.host(), *RepositoryName::parse(repository)}, tag);
        return manifest ? std::optional(*std::move(manifest)) : std::nullopt;
    }

    QByteArray there(const QByteArray &repository, const QByteArray &tag)
    {
        m_fake.forgetRequests();
        const std::optional<Manifest> manifest =
            manifestThere(QString::fromLatin1(repository), QString::fromLatin1(tag));
        return manifest ? manifest->digest().toByteArray() : QByteArray();
    }

    static QString notesOf(const PushPlan &plan) { return plan.summary().notes.join(QLatin1Char('\n')); }

    const Platform m_amd = Platform::linuxAmd64();
    const Platform m_arm{QStringLiteral("linux"), QStringLiteral("arm64"), {}};
    QTemporaryDir m_pool;
    SampleRegistry m_samples{m_pool.path()};
    FakeRegistry m_fake;
    QString m_prefix;
    MovedTags m_movedTags = MovedTags::Move;
    SparseIndexes m_sparse = SparseIndexes::AsTheyAre;
    Recorder m_recorder;
};

} // namespace layerpool::test
