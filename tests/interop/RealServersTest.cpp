// SPDX-License-Identifier: Apache-2.0
#include "SmallRegistryTest.h"

#include "support/Logins.h"
#include "support/NginxProxy.h"
#include "support/TestAuthority.h"
#include "support/TokenServer.h"

#include <QDir>

// Stock registries as they stand in real networks: behind passwords, tokens, a private authority, nginx, or
// as a cache of another. skopeo fills what we read, and reads what we filled.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

constexpr char kUser[] = "alice";
constexpr char kPassword[] = "s3cret-canary";

enum class Behind { Passwords, Tokens, PrivateAuthority, Nginx };

/// A registry of that kind over an empty storage directory, and the words to get in.
class RealServer
{
public:
    RealServer(Behind kind, const Workplace &place, const QString &name)
    {
        const QString storage = place.path(name);
        const QString folder = place.path(name + u"-door"_s);
        QDir().mkpath(storage);
        QDir().mkpath(folder);
        StockRegistryOptions options;
        switch (kind) {
        case Behind::Passwords:
            options.user = QLatin1StringView(kUser);
            options.password = QLatin1StringView(kPassword);
            break;
        case Behind::Tokens:
            m_tokens = std::make_unique<TokenServer>(folder, kUser, kPassword);
            options.tokenRealm = m_tokens->realm();
            options.tokenCertificate = m_tokens->certificate();
            break;
        case Behind::PrivateAuthority: {
            const TestAuthority authority(folder);
            options.certificate = authority.certificate;
            options.key = authority.key;
            m_ours = {u"--ca"_s, authority.authority};
            m_skopeos = {u"--%1-cert-dir="_s + folder};
            break;
        }
        case Behind::Nginx:
            break;
        }
        m_registry = std::make_unique<StockRegistry>(storage, options);
        if (kind == Behind::Nginx) {
            m_nginx = std::make_unique<NginxProxy>(m_registry->host());
        }
        if (kind != Behind::PrivateAuthority) {
            m_skopeos = {u"--%1-tls-verify=false"_s};
        }
        if (kind == Behind::Passwords || kind == Behind::Tokens) {
            const QString file =
                place.write(name + u"-auth.json"_s, authJson(host(), QByteArray(kUser) + ':' + kPassword));
            m_ours = {u"--authfile"_s, file};
            m_skopeos << u"--%1-authfile="_s + file;
        }
    }

    bool isUp() const { return m_registry->isUp() && (!m_nginx || m_nginx->isUp()); }
    QString host() const { return m_nginx ? m_nginx->host() : m_registry->host(); }
    /// Where skopeo can fill it: past nginx, since it sends each layer in one request.
    QString fillHost() const { return m_registry->host(); }

    /// What our command line is told.
    const QStringList &ours() const { return m_ours; }
    /// What skopeo is told where it stands on that side: `src` or `dest`.
    QStringList skopeos(const QString &side) const
    {
        QStringList words = m_skopeos;
        return words.replaceInStrings(u"%1"_s, side);
    }

private:
    std::unique_ptr<TokenServer> m_tokens;
    std::unique_ptr<StockRegistry> m_registry;
    std::unique_ptr<NginxProxy> m_nginx;
    QStringList m_ours;
    QStringList m_skopeos;
};

class RealServersTest : public SmallRegistryTest, public testing::WithParamInterface<Behind>
{
protected:
    RealServersTest()
    {
        ImageSpec spec;
        spec.layers = 1;
        spec.sharedLayers = 0;
        spec.layerBytes = 3 * NginxProxy::largestBody;
        m_samples.add(u"apps/large"_s, u"v1"_s, spec);
    }

    static QStringList references()
    {
        return {u"apps/one:v1"_s, u"apps/two:v1"_s, u"apps/two:v2"_s, u"plain:1"_s, u"apps/large:v1"_s};
    }
    static QByteArray list() { return references().join(u'\n').toUtf8() + '\n'; }

    /// With all platforms: whatever is there has to come across.
    Outcome convertFrom(const QString &host, const QString &target, const QStringList &more = {}) const
    {
        return m_place.run(QStringList{u"convert"_s, target, u"--list"_s, m_place.write(u"all.txt"_s, list()),
                                       u"--source"_s, host, u"--all-platforms"_s, u"--log"_s,
                                       path(u"log.txt"_s)} +
                           more);
    }

    /// A pool with the same images, straight from the registry where they were made.
    void expectSamePool(const QString &pool) const
    {
        const Outcome direct = convertFrom(m_source.host(), path(u"direct"_s));
        ASSERT_EQ(direct.exitStatus, 0) << direct;
        EXPECT_TRUE(isSame(treeOf(registryRoot(pool)), treeOf(registryRoot(path(u"direct"_s)))));
    }

    void expectNoSecret(const Outcome &outcome) const
    {
        const QByteArray said = outcome.out + outcome.err + bytesOf(path(u"log.txt"_s));
        EXPECT_FALSE(said.contains(kPassword));
        EXPECT_FALSE(said.contains((QByteArray(kUser) + ':' + kPassword).toBase64()));
    }

    /// Copies every image with `skopeo copy`, between places that are given without the image's name.
    void copyEach(const QString &from, const QString &to, const QStringList &words) const
    {
        std::vector<QStringList> calls;
        for (const QString &reference : references()) {
            calls.push_back(QStringList{u"copy"_s, u"--quiet"_s, u"--all"_s, u"--insecure-policy"_s,
                                        u"--preserve-digests"_s} +
                            words + QStringList{from + reference, to + reference});
        }
        for (const Outcome &outcome : runEach(u"skopeo"_s, calls, forSkopeo())) {
            EXPECT_EQ(outcome.exitStatus, 0) << outcome;
        }
    }
};

using CachingProxyTest = SmallRegistryTest;

TEST_P(RealServersTest, ConvertTakesWhatSkopeoFilled)
{
    const RealServer server(GetParam(), m_place, u"far"_s);
    ASSERT_TRUE(server.isUp());
    copyEach(u"docker://%1/"_s.arg(m_source.host()), u"docker://%1/"_s.arg(server.fillHost()),
             QStringList{u"--src-tls-verify=false"_s} + server.skopeos(u"dest"_s));
    const Outcome outcome = convertFrom(server.host(), pool(), server.ours());
    ASSERT_EQ(outcome.exitStatus, 0) << outcome;
    expectSamePool(pool());
    expectNoSecret(outcome);
}

TEST_P(RealServersTest, SkopeoReadsWhatPushFilled)
{
    ASSERT_EQ(convertFrom(m_source.host(), pool()).exitStatus, 0);
    const RealServer server(GetParam(), m_place, u"far"_s);
    ASSERT_TRUE(server.isUp());
    const QString list = m_place.write(u"all.txt"_s, RealServersTest::list());
    const Outcome outcome =
        m_place.run(QStringList{u"push"_s, pool(), server.host(), u"--list"_s, list} + server.ours());
    ASSERT_EQ(outcome.exitStatus, 0) << outcome;
    expectNoSecret(outcome);

    QDir().mkpath(path(u"back"_s));
    const StockRegistry back(path(u"back"_s));
    ASSERT_TRUE(back.isUp());
    copyEach(u"docker://%1/"_s.arg(server.host()), u"docker://%1/"_s.arg(back.host()),
             server.skopeos(u"src"_s) + QStringList{u"--dest-tls-verify=false"_s});
    EXPECT_EQ(rawBySkopeo(back.host(), references()), rawBySkopeo(m_source.host(), references()));
}

TEST_F(CachingProxyTest, ConvertTakesWhatACachingProxyBrings)
{
    QDir().mkpath(path(u"cache"_s));
    const StockRegistry cache(path(u"cache"_s), {.remote = u"http://"_s + m_source.host()});
    ASSERT_TRUE(cache.isUp());
    fillPool();
    for (const QString &target : {path(u"first"_s), path(u"second"_s)}) { // cold, then from the cache
        const Outcome outcome = m_place.run(
            {u"convert"_s, target, u"--list"_s, path(u"images.txt"_s), u"--source"_s, cache.host()});
        ASSERT_EQ(outcome.exitStatus, 0) << outcome;
        EXPECT_TRUE(isSame(treeOf(registryRoot(target)), treeOf(registryRoot(pool()))));
    }
}

TEST_F(CachingProxyTest, AMirrorThatIsACachingProxy)
{
    QDir().mkpath(path(u"cache"_s));
    const StockRegistry cache(path(u"cache"_s), {.remote = u"http://"_s + m_source.host()});
    ASSERT_TRUE(cache.isUp());
    fillPool(allLines, {u"--mirror"_s, m_source.host() + u'=' + cache.host()});
    EXPECT_EQ(inPool(u"apps/one"_s, u"v1"_s), m_one.root.toByteArray());
    EXPECT_TRUE(cache.log().contains("/v2/apps/one/manifests/v1"));
}

std::string nameOf(const testing::TestParamInfo<Behind> &info)
{
    switch (info.param) {
    case Behind::Passwords:
        return "Passwords";
    case Behind::Tokens:
        return "Tokens";
    case Behind::PrivateAuthority:
        return "PrivateAuthority";
    case Behind::Nginx:
        break;
    }
    return "Nginx";
}

INSTANTIATE_TEST_SUITE_P(Behind, RealServersTest,
                         testing::Values(Behind::Passwords, Behind::Tokens, Behind::PrivateAuthority,
                                         Behind::Nginx),
                         nameOf);

} // namespace
} // namespace layerpool::test
