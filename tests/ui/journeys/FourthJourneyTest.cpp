// SPDX-License-Identifier: Apache-2.0
#include "DeviceTest.h"

#include "models/PoolModel.h"
#include "sign/TrustedKeys.h"
#include "support/FakeRegistry.h"
#include "support/PlainHttp.h"
#include "task/TarPlan.h"

// On the far side: a bundle of which a disc is still missing is opened by its first volume, looked at and
// checked, and pushed from where it lies to a registry that wants a login. What that refuses says why, and is
// all that is sent again.

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

class FourthJourneyTest : public DeviceTest
{
protected:
    void SetUp() override
    {
        ASSERT_NO_FATAL_FAILURE(pack());
        ASSERT_TRUE(QFile::rename(path(m_second), path(u"second-disc"_s)));
        m_target.acceptPushes();
        m_target.askForLogin("ann", "s3cret");
        m_target.on("PUT", manifestOf(m_images.front()))
            .reply(FakeReply::error(403, "DENIED", m_refusal.toUtf8()))
            .thenAsUsual();
        ASSERT_NO_FATAL_FAILURE(start());
    }

    /// On the connected side, by somebody whose key is trusted here.
    void pack();

    void openFirstVolume();
    void insertSecondDisc();
    void readPage();
    void checkEveryByte();
    void planPush();
    void signIn();
    void pushAndReadWhy();
    void sendAgainWhatFailed();
    void expectAllIsThere();

    static QAbstractButton *pageButton(const QString &name)
    {
        return inDialog<QAbstractButton>(u"bundleDialog"_s, name);
    }
    static bool isShown(const QString &name) { return pageButton(name) && pageButton(name)->isVisible(); }
    static QString pageText(const QString &name)
    {
        const auto *label = inDialog<QLabel>(u"bundleDialog"_s, name);
        return label ? label->text() : QString();
    }
    static QStringList pageImages()
    {
        const auto *images = inDialog<QTreeView>(u"bundleDialog"_s, u"bundleTree"_s);
        return images ? column(*images->model(), PoolModel::Name) : QStringList();
    }
    static QByteArray manifestOf(const Sample &image)
    {
        return "/v2/mirror/" + image.repository.toUtf8() + "/manifests/" + image.tag.toUtf8();
    }
    /// What has been sent so far, be it taken or not.
    int countSent() const
    {
        return m_target.countBelow("POST", "/v2/") + m_target.countBelow("PATCH", "/v2/") +
               m_target.countBelow("PUT", "/v2/");
    }

    const QString m_second = u"images.tar.002"_s;
    const QString m_refusal = u"the quota of the project mirror is used up"_s;
    const QStringList m_repositories{u"calico/cni"_s, u"calico/node"_s, u"library/redis"_s};
    std::vector<Sample> m_images;
    QString m_keyName;
    FakeRegistry m_target;
};

void FourthJourneyTest::pack()
{
    SampleRegistry pool(path(u"there"_s));
    for (const QString &repository : m_repositories) {
        m_images.push_back(pool.add(repository, u"v1"_s, {.layerSizes = {60'000, 8'000}}));
    }
    const auto index = indexOf(pool.path());
    ASSERT_TRUE(index);
    const auto key = std::make_shared<const SecretKey>(SecretKey::generate());
    m_keyName = key->publicKey().name();
    ASSERT_TRUE(isOk(TrustedKeys().add(key->publicKey())));
    Result<TarPlan> plan =
        planTar(index, Selection::ofAll(*index),
                {.name = u"all"_s, .target = path(u"images.tar"_s), .volumeBytes = 65'536, .signer = key});
    ASSERT_TRUE(isOk(plan));
    TaskProgress progress;
    ASSERT_TRUE(TarTask(*std::move(plan)).run({{}, progress}).isClean());
}

void FourthJourneyTest::openFirstVolume()
{
    ASSERT_NO_FATAL_FAILURE(openFile(path(u"images.tar.001"_s), u"openBundleAction"_s));
    ASSERT_NO_FATAL_FAILURE(waitForDialog(u"bundleDialog"_s));
}

void FourthJourneyTest::insertSecondDisc()
{
    const QString wanted = u"Insert the disc with "_s + m_second;
    ASSERT_TRUE(soon([&] { return pageText(u"bundleWaiting"_s).startsWith(wanted); }))
        << pageText(u"bundleWaiting"_s).toStdString();
    EXPECT_TRUE(isShown(u"bundleAgainButton"_s));
    EXPECT_TRUE(pageText(u"bundleProblem"_s).contains(m_second))
        << pageText(u"bundleProblem"_s).toStdString();
    EXPECT_FALSE(isShown(u"bundlePushButton"_s));
    picture(u"bundle-lacks-a-volume"_s);
    ASSERT_TRUE(QFile::rename(path(u"second-disc"_s), path(m_second)));
}

void FourthJourneyTest::readPage()
{
    ASSERT_TRUE(soon([this] { return isShown(u"bundlePushButton"_s) && pageImages() == m_repositories; }))
        << pageText(u"bundleProblem"_s).toStdString() << testing::PrintToString(pageImages());
    EXPECT_EQ(pageText(u"bundleSignature"_s), u"The bundle is signed by the trusted key "_s + m_keyName);
    EXPECT_TRUE(pageText(u"bundleFiles"_s).contains(u"images.tar.001"_s));
    EXPECT_TRUE(pageText(u"bundleTotals"_s).startsWith(u"3 image"_s));
}

void FourthJourneyTest::checkEveryByte()
{
    ASSERT_NO_FATAL_FAILURE(hands().press(pageButton(u"bundleCheckButton"_s)));
    ASSERT_NO_FATAL_FAILURE(waitForDialog(u"planDialog"_s));
    ASSERT_NO_FATAL_FAILURE(waitForPlan(u"Verify 3 image"_s));
    ASSERT_NO_FATAL_FAILURE(startPlan());
    ASSERT_NO_FATAL_FAILURE(waitForState(u"Done"_s));
}

void FourthJourneyTest::planPush()
{
    ASSERT_NO_FATAL_FAILURE(hands().press(pageButton(u"bundlePushButton"_s)));
    ASSERT_NO_FATAL_FAILURE(waitForDialog(u"planDialog"_s));
    ASSERT_NO_FATAL_FAILURE(hands().fill(inPlan<QLineEdit>(u"targetEdit"_s), m_target.host() + u"/mirror"_s));
    const auto *button = inPlan(u"planSignInButton"_s);
    ASSERT_TRUE(button && inTheEnd([&] { return button->isVisible(); }));
}

void FourthJourneyTest::signIn()
{
    QWidget *plan = QApplication::activeWindow();
    ASSERT_NO_FATAL_FAILURE(hands().press(inPlan<QAbstractButton>(u"planSignInButton"_s)));
    const QString dialog = u"signInDialog"_s;
    ASSERT_NO_FATAL_FAILURE(waitForDialog(dialog));
    EXPECT_EQ(inDialog<QLineEdit>(dialog, u"signInRegistryEdit"_s)->text(), m_target.host());
    ASSERT_NO_FATAL_FAILURE(hands().fill(inDialog<QLineEdit>(dialog, u"signInUserEdit"_s), u"ann"_s));
    ASSERT_NO_FATAL_FAILURE(hands().fill(inDialog<QLineEdit>(dialog, u"signInPasswordEdit"_s), u"s3cret"_s));
    ASSERT_NO_FATAL_FAILURE(hands().press(inDialog<QAbstractButton>(dialog, u"signInButton"_s)));
    ASSERT_TRUE(soon([&] { return !inDialog(dialog, u"signInButton"_s); }))
        << inDialog<QLabel>(dialog, u"signInMessage"_s)->text().toStdString();
    ASSERT_NO_FATAL_FAILURE(bringToFront(plan));
}

void FourthJourneyTest::pushAndReadWhy()
{
    ASSERT_NO_FATAL_FAILURE(waitForPlan(u"Push 3 image"_s));
    ASSERT_NO_FATAL_FAILURE(startPlan());
    ASSERT_NO_FATAL_FAILURE(waitForState(u"1 image(s) failed"_s));
    EXPECT_TRUE(tasks()->isExpanded(task())) << "what failed is in sight";
    const QString why = column(*tasks()->model(), TaskModel::Title, task()).value(0);
    EXPECT_TRUE(why.startsWith(m_images.front().reference() + u" — "_s + m_target.host()))
        << why.toStdString();
    EXPECT_TRUE(why.contains(m_refusal)) << why.toStdString();
    picture(u"push-with-a-failure"_s);
}

// Its layers had come, and nobody is asked for a password a second time.
void FourthJourneyTest::sendAgainWhatFailed()
{
    const int before = countSent();
    ASSERT_NO_FATAL_FAILURE(doWithTask(u"taskRetryButton"_s, u"retryTaskAction"_s));
    ASSERT_NO_FATAL_FAILURE(waitForDialog(u"planDialog"_s));
    EXPECT_EQ(inPlan<QLabel>(u"onlySubject"_s)->text(), u"1 image(s) that failed"_s);
    EXPECT_EQ(inPlan<QLineEdit>(u"targetEdit"_s)->text(), m_target.host() + u"/mirror"_s);
    ASSERT_NO_FATAL_FAILURE(waitForPlan(u"Push 1 image"_s));
    EXPECT_FALSE(inPlan(u"planSignInButton"_s)->isVisible());
    ASSERT_NO_FATAL_FAILURE(startPlan());
    ASSERT_NO_FATAL_FAILURE(waitForState(u"Done"_s));
    EXPECT_EQ(countSent(), before + 1);
}

void FourthJourneyTest::expectAllIsThere()
{
    for (const Sample &image : m_images) {
        SCOPED_TRACE(image.reference().toStdString());
        const QByteArray place = manifestOf(image);
        EXPECT_EQ(m_target.count("PUT", place), image.root == m_images.front().root ? 2 : 1);
        const QByteArray login = "Basic " + QByteArray("ann:s3cret").toBase64();
        const PlainReply there = plainRequest("GET", m_target.port(), place, {{"Authorization", login}});
        EXPECT_EQ(there.status, 200);
        EXPECT_EQ(there.body, image.bytes);
    }
    EXPECT_FALSE(QFileInfo::exists(path(u"docker"_s))) << "nothing was unpacked";
}

TEST_P(FourthJourneyTest, FromTheFirstVolumeToARegistryThatRefusesOneImage)
{
    ASSERT_NO_FATAL_FAILURE(openFirstVolume());
    ASSERT_NO_FATAL_FAILURE(insertSecondDisc());
    ASSERT_NO_FATAL_FAILURE(readPage());
    picture(u"bundle-whole"_s);
    ASSERT_NO_FATAL_FAILURE(checkEveryByte());
    ASSERT_NO_FATAL_FAILURE(openFirstVolume());
    ASSERT_NO_FATAL_FAILURE(readPage());
    ASSERT_NO_FATAL_FAILURE(planPush());
    ASSERT_NO_FATAL_FAILURE(signIn());
    ASSERT_NO_FATAL_FAILURE(pushAndReadWhy());
    ASSERT_NO_FATAL_FAILURE(sendAgainWhatFailed());
    expectAllIsThere();
}

INSTANTIATE_TEST_SUITE_P(Alone, FourthJourneyTest, testing::Values(Device::Mouse, Device::Keyboard),
                         testing::PrintToStringParamName());

} // namespace
} // namespace layerpool::test
