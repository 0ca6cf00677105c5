// SPDX-License-Identifier: Apache-2.0
#include "Workplace.h"

#include "support/FakeRegistry.h"
#include "support/Logins.h"
#include "support/SampleImages.h"

#include <gtest/gtest.h>

#include <QDir>

// The options that say whom to trust with what, as they are typed.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

class SourceOptionsTest : public testing::Test
{
protected:
    SourceOptionsTest() { m_place.write(u"images.txt"_s, "apps/one:v1\n"); }

    QString folder(const QString &name) const
    {
        EXPECT_TRUE(QDir().mkpath(m_place.path(name)));
        return m_place.path(name);
    }
    Outcome convert(const FakeRegistry &source, const QStringList &more = {}) const
    {
        return m_place.run(QStringList{u"convert"_s, m_place.path(u"pool"_s), u"--list"_s,
                                       m_place.path(u"images.txt"_s), u"--source"_s, source.host(),
                                       u"--retries"_s, u"2"_s} +
                           more);
    }
    void expectThere() const
    {
        EXPECT_EQ(tagLink(m_place.path(u"pool"_s), u"apps/one"_s, u"v1"_s), m_image.root.toByteArray());
    }

    Workplace m_place;
    SampleRegistry m_samples{m_place.path(u"source"_s)};
    const Sample m_image = m_samples.add(u"apps/one"_s, u"v1"_s);
    const TestCertificate m_server{folder(u"server"_s)};
};

TEST_F(SourceOptionsTest, AnInsecureHostMayHaveAnyCertificate)
{
    FakeRegistry tls(m_server.certificate, m_server.key);
    tls.serve(m_samples.path());
    const Outcome refused = convert(tls);
    EXPECT_EQ(refused.exitStatus, 4) << refused;
    EXPECT_TRUE(refused.err.contains("SHA-256")) << refused;
    EXPECT_TRUE(refused.err.contains("--insecure " + tls.host().toUtf8())) << refused;
    const Outcome another = convert(tls, {u"--insecure"_s, u"harbor.corp"_s});
    EXPECT_EQ(another.exitStatus, 4) << another;
    EXPECT_TRUE(tls.requests().empty());
    const Outcome taken = convert(tls, {u"--insecure"_s, tls.host()});
    EXPECT_EQ(taken.exitStatus, 0) << taken;
    expectThere();
}

TEST_F(SourceOptionsTest, AClientCertificateIsShownToWhoAsksForIt)
{
    const TestCertificate user{folder(u"user"_s)};
    FakeRegistry strict(m_server.certificate, m_server.key, FakeRegistry::Clients::MustShowCertificate,
                        user.certificate);
    strict.serve(m_samples.path());
    const QStringList trusting{u"--ca"_s, m_server.certificate};
    const Outcome without = convert(strict, trusting);
    EXPECT_EQ(without.exitStatus, 4) << without;
    const Outcome with =
        convert(strict, trusting + QStringList{u"--cert"_s, user.certificate, u"--key"_s, user.key});
    EXPECT_EQ(with.exitStatus, 0) << with;
    expectThere();
    for (const FakeRequest &request : strict.requests()) {
        EXPECT_TRUE(request.showedCertificate) << request.path.toStdString();
    }
    const Outcome keyless = convert(strict, trusting + QStringList{u"--cert"_s, user.certificate});
    EXPECT_EQ(keyless.exitStatus, 2) << keyless;
    EXPECT_TRUE(keyless.err.contains("--key")) << keyless;
}

TEST_F(SourceOptionsTest, ALoginServerOfAnotherSiteSeesThePasswordWhereItIsNamed)
{
    FakeRegistry login;
    login.on("GET", "/token").reply(FakeReply::token("a-token"));
    const QString realm = u"localhost:%1"_s.arg(login.port());
    FakeRegistry source;
    source.serve(m_samples.path());
    source.intercept([&](const FakeRequest &request) -> std::optional<FakeReply> {
        return request.header("Authorization") == "Bearer a-token"
                   ? std::nullopt
                   : std::optional(FakeReply::unauthorized("Bearer realm=\"http://" + realm.toLatin1() +
                                                           "/token\",service=\"there\""));
    });
    const QStringList known{u"--authfile"_s,
                            m_place.write(u"auth.json"_s, authJson(source.host(), "ann:s3cret"))};
    const Outcome refused = convert(source, known);
    EXPECT_EQ(refused.exitStatus, 4) << refused;
    EXPECT_TRUE(refused.err.contains("(--realm localhost)")) << refused;
    EXPECT_TRUE(login.requests().empty());
    const Outcome taken = convert(source, known + QStringList{u"--realm"_s, u"localhost"_s});
    EXPECT_EQ(taken.exitStatus, 0) << taken;
    expectThere();
    ASSERT_GE(login.count("GET", "/token"), 1);
    EXPECT_EQ(login.requests().front().header("Authorization"),
              "Basic " + QByteArray("ann:s3cret").toBase64());
}

} // namespace
} // namespace layerpool::test
