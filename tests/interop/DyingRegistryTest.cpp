// SPDX-License-Identifier: Apache-2.0
#include "SmallRegistryTest.h"

#include "faults/FaultTable.h"
#include "support/FakeRegistry.h"
#include "support/Logins.h"

#include <QElapsedTimer>

#include <atomic>

// Registries, mirrors and token servers that go silent in the middle of two dozen images: they are given up
// by all that still have to ask them, instead of being waited for by each.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

class DyingRegistryTest : public SmallRegistryTest
{
protected:
    static constexpr int images = 24;
    static constexpr int aliveFor = 10; ///< requests of the kind that is counted
    /// Those that were on their way when it died, with all their tries, and some that look for it again.
    static constexpr int mostAsked = 8 * 3 + 8;

    void SetUp() override
    {
        SmallRegistryTest::SetUp();
        for (int i = 0; i < images; ++i) {
            const QString name = u"fleet/app-%1"_s.arg(i);
            m_samples.add(name, u"v1"_s);
            m_list += name.toUtf8() + ":v1\n";
        }
        m_fake.serve(m_samples.path());
        m_fake.intercept([this](const FakeRequest &request) -> std::optional<FakeReply> {
            const bool isCounted = m_isDying && request.path.contains(m_word);
            if (isCounted && ++m_asked > m_aliveFor) {
                m_isDead = true;
            }
            return m_isDead ? std::optional(FakeReply::silence()) : std::nullopt;
        });
    }

    void TearDown() override
    {
        addFaultRow({m_fault, HasFailure() ? u"FAILED"_s : m_went, m_exitStatus,
                     static_cast<int>(m_fake.requests().size()), double(m_clock.elapsed()) / 1000});
    }
    /// Names the row of the table of faults.
    void row(const QString &fault, const QString &went)
    {
        m_fault = fault;
        m_went = went;
        m_clock.start();
    }
    Outcome noted(Outcome outcome)
    {
        m_exitStatus = outcome.exitStatus;
        return outcome;
    }

    /// When so many requests have had the word in their path.
    void dieAfter(int requests, const QByteArray &word)
    {
        m_aliveFor = requests;
        m_word = word;
        m_isDying = true;
    }
    void revive()
    {
        m_isDying = false;
        m_isDead = false;
    }
    /// How often it was asked for such when it was dead.
    int askedInVain() const { return m_asked - m_aliveFor; }

    QStringList convert(const QStringList &more) const
    {
        return QStringList{u"convert"_s, pool(), u"--list"_s, m_place.write(u"fleet.txt"_s, m_list)} + more;
    }
    static QStringList impatiently() { return {u"--timeout"_s, u"1"_s, u"--retries"_s, u"2"_s}; }
    QByteArray sentence() const { return m_fake.host().toUtf8() + " fell silent"; }

    QByteArray m_list;
    QByteArray m_word;
    std::atomic_int m_asked = 0;
    std::atomic_int m_aliveFor = 0;
    std::atomic_bool m_isDying = false;
    std::atomic_bool m_isDead = false;
    QString m_fault;
    QString m_went;
    int m_exitStatus = -1;
    QElapsedTimer m_clock;
    FakeRegistry m_fake; // the last: its thread asks the others
};

TEST_F(DyingRegistryTest, AConvertGivesItUpForAllBlobsAndGoesOnWhenItIsBack)
{
    row(u"host dies in the middle of a convert"_s, u"given up by all; goes on when it is back"_s);
    const QString failed = path(u"failed.txt"_s);
    const QStringList command = convert({u"--source"_s, m_fake.host(), u"--failed"_s, failed});
    dieAfter(images + aliveFor, "/blobs/"); // the plan asks for their configs
    const Outcome cut = noted(m_place.run(command + impatiently()));
    EXPECT_EQ(cut.exitStatus, 1) << cut;
    EXPECT_TRUE(cut.err.contains(sentence())) << cut;
    EXPECT_LE(askedInVain(), mostAsked) << "of some hundred";
    EXPECT_GT(bytesOf(failed).count('\n'), images / 2);

    revive();
    const Outcome again = m_place.run(command);
    EXPECT_EQ(again.exitStatus, 0) << again;
    EXPECT_EQ(bytesOf(failed), "");
    EXPECT_TRUE(isVerified(m_place, pool()));
}

TEST_F(DyingRegistryTest, APushGivesItUpForAllBlobs)
{
    row(u"host dies in the middle of a push"_s, u"given up by all; goes on when it is back"_s);
    ASSERT_EQ(m_place.run(convert({u"--source"_s, m_fake.host()})).exitStatus, 0);
    m_fake.acceptPushes();
    dieAfter(aliveFor, "/blobs/uploads/");
    const QStringList command{u"push"_s, pool(), m_fake.host() + u"/far"_s};
    const Outcome cut = noted(m_place.run(command + impatiently()));
    EXPECT_NE(cut.exitStatus, 0) << cut;
    EXPECT_TRUE(cut.err.contains(sentence())) << cut;
    EXPECT_LE(askedInVain(), mostAsked);

    revive();
    const Outcome again = m_place.run(command);
    EXPECT_EQ(again.exitStatus, 0) << again;
}

TEST_F(DyingRegistryTest, AMirrorIsGivenUpForAllLines)
{
    row(u"mirror dies in the middle of a plan"_s, u"given up by all lines"_s);
    dieAfter(3, "/manifests/");
    const Outcome outcome = noted(m_place.run(
        convert({u"--source"_s, m_source.host(), u"--mirror"_s, m_source.host() + u'=' + m_fake.host()}) +
        impatiently()));
    EXPECT_EQ(outcome.exitStatus, 0) << outcome;
    EXPECT_LE(askedInVain(), mostAsked);
    EXPECT_TRUE(isVerified(m_place, pool()));
}

TEST_F(DyingRegistryTest, ATokenServerIsGivenUpForAllRepositories)
{
    row(u"token server is dead"_s, u"given up by all repositories"_s);
    const QByteArray challenge =
        "Bearer realm=\"" + m_fake.url(u"/token"_s).toUtf8() + "\",service=\"fleet\"";
    m_fake.intercept([challenge](const FakeRequest &request) -> std::optional<FakeReply> {
        return request.path.startsWith("/token") ? FakeReply::silence() : FakeReply::unauthorized(challenge);
    });
    const QString logins = m_place.write(u"auth.json"_s, authJson(m_fake.host(), "alice:s3cret"));
    for (const QStringList &login : {QStringList(), QStringList{u"--authfile"_s, logins}}) {
        m_fake.forgetRequests();
        const Outcome outcome =
            noted(m_place.run(convert({u"--source"_s, m_fake.host()}) + impatiently() + login));
        EXPECT_NE(outcome.exitStatus, 0) << outcome;
        EXPECT_TRUE(outcome.err.contains(sentence())) << outcome;
        EXPECT_LE(m_fake.count("GET", "/token"), mostAsked) << "though it answers other things";
    }
}

} // namespace
} // namespace layerpool::test
