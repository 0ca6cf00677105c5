// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/task/TaskTest.h"
#include "support/FakeRegistry.h"
#include "support/SampleImages.h"
#include "task/ConvertPlan.h"

#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace layerpool::test {

/// A registry with samples, and a pool that lists are converted into.
class ConvertTest : public testing::Test
{
protected:
    void SetUp() override { m_fake.serve(m_source.path()); }

    ConvertRequest request(const QByteArray &text)
    {
        ImagesList list;
        EXPECT_TRUE(list.addText(text, QStringLiteral("test.list")));
        ConvertRequest request;
        request.poolPath = m_directory.filePath(QStringLiteral("pool"));
        request.listName = QStringLiteral("test.list");
        request.lines = list.images();
        request.naming.source = {m_fake.host(), {}};
        request.platforms = m_platforms;
        request.registry.http.idleSeconds = 2;
        request.registry.http.tries = 2;
        return request;
    }

    Result<ConvertPlan> plan(const QByteArray &text)
    {
        return planConvert(request(text), m_recorder.context());
    }

    TaskResult convert(const QByteArray &text)
    {
        Result<ConvertPlan> planned = plan(text);
        EXPECT_TRUE(planned);
        ConvertTask task(*std::move(planned));
        return task.run(m_recorder.context());
    }

    std::shared_ptr<const PoolIndex> pool() const
    {
        return readPool(m_directory.filePath(QStringLiteral("pool")));
    }
    Digest tagged(const QString &reference) const
    {
        const auto read = pool();
        const PoolTag *tag = read->find(*ImageReference::parse(reference));
        return tag == nullptr ? Digest() : tag->digest;
    }

    QTemporaryDir m_source;
    QTemporaryDir m_directory;
    SampleRegistry m_samples{m_source.path()};
    FakeRegistry m_fake;
    PlatformChoice m_platforms;
    Recorder m_recorder;
};

} // namespace layerpool::test
