// SPDX-License-Identifier: Apache-2.0
#include "SmallRegistryTest.h"

#include <QFileInfo>
#include <QHostAddress>
#include <QTcpServer>

namespace layerpool::test {

using namespace Qt::StringLiterals;

namespace {

ImageSpec specOf(SampleKind kind)
{
    ImageSpec spec;
    spec.kind = kind;
    spec.hasAttestation = kind == SampleKind::OciIndex;
    return spec;
}

} // namespace

SmallRegistryTest::SmallRegistryTest()
    : m_place(Workplace::Medium::Memory)
    , m_samples(m_place.path(u"source"_s))
    , m_one(m_samples.add(u"apps/one"_s, u"v1"_s, specOf(SampleKind::DockerManifest)))
    , m_two(m_samples.add(u"apps/two"_s, u"v1"_s, specOf(SampleKind::OciIndex)))
    , m_two2(m_samples.add(u"apps/two"_s, u"v2"_s, specOf(SampleKind::DockerList)))
    , m_plain(m_samples.add(u"plain"_s, u"1"_s, specOf(SampleKind::OciManifest)))
    , m_source(m_samples.path())
{
}

void SmallRegistryTest::SetUp()
{
    ASSERT_TRUE(m_source.isUp()) << m_source.log().toStdString();
}

Outcome SmallRegistryTest::convert(const QByteArray &list, const QStringList &more) const
{
    return m_place.run(QStringList{u"convert"_s, pool(), u"--list"_s, m_place.write(u"images.txt"_s, list),
                                   u"--source"_s, m_source.host()} +
                       more);
}

void SmallRegistryTest::fillPool(const QByteArray &list, const QStringList &more) const
{
    const Outcome outcome = convert(list, more);
    ASSERT_EQ(outcome.exitStatus, 0) << outcome;
}

bool SmallRegistryTest::isThere(const QString &file) const
{
    return QFileInfo::exists(file);
}

QString deadHost()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return u"127.0.0.1:%1"_s.arg(server.serverPort());
}

} // namespace layerpool::test
