// SPDX-License-Identifier: Apache-2.0
#include "Gestures.h"
#include "MainWindow.h"
#include "UiTest.h"
#include "models/PoolModel.h"
#include "models/Roles.h"
#include "models/TaskModel.h"
#include "settings/Settings.h"
#include "support/FakeStorage.h"
#include "support/Run.h"
#include "support/StockRegistry.h"

#include <QComboBox>
#include <QCryptographicHash>
#include <QDialog>
#include <QDirIterator>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QToolButton>

#include <sys/stat.h>

#include <atomic>

// The main job as an operator does it: the window, the mouse, the keyboard, and registries behind it. What
// came of it is judged by other programs' eyes: skopeo, GNU tar, docker-registry.

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

constexpr int kPatienceMilliseconds = 30'000; // for a task, on a machine that does other things too

bool inTheEnd(const std::function<bool()> &isTrue)
{
    return QTest::qWaitFor(isTrue, kPatienceMilliseconds);
}

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << path.toStdString();
    return file.readAll();
}

QStringList filesBelow(const QString &folder)
{
    QStringList files;
    for (QDirIterator each(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
         each.hasNext();) {
        files.append(QDir(folder).relativeFilePath(each.next()));
    }
    files.sort();
    return files;
}

ino_t inodeOf(const QString &path)
{
    struct stat info
    {
    };
    EXPECT_EQ(::stat(QFile::encodeName(path).constData(), &info), 0) << path.toStdString();
    return info.st_ino;
}

/// Whether the bytes of every blob are those its folder is named for.
testing::AssertionResult isWhole(const QString &pool)
{
    const QString blobs = pool + u"/docker/registry/v2/blobs/sha256"_s;
    const QStringList files = filesBelow(blobs);
    for (const QString &file : files) {
        const QByteArray bytes = bytesOf(blobs + u'/' + file);
        const QByteArray hex = QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
        if (file.section(u'/', 1, 1).toLatin1() != hex) {
            return testing::AssertionFailure() << file.toStdString();
        }
    }
    return files.isEmpty() ? testing::AssertionFailure() << "it holds no blob" : testing::AssertionSuccess();
}

QByteArray rawBySkopeo(const QString &host, const Sample &image)
{
    const Outcome outcome = run(u"skopeo"_s, {u"inspect"_s, u"--raw"_s, u"--tls-verify=false"_s,
                                              u"docker://%1/%2"_s.arg(host, image.reference())});
    EXPECT_EQ(outcome.exitStatus, 0) << outcome;
    return outcome.out;
}

class JourneyTest : public UiTest
{
protected:
    void SetUp() override
    {
        m_images = m_source.addForList(bytesOf(m_list), {.layerBytes = 200'000});
        ASSERT_EQ(m_images.size(), 5U);
        m_settings.setValue(settings::source, u"127.0.0.1:1"_s); // no test asks the world's registries
        m_window.show();
        ASSERT_NO_FATAL_FAILURE(bringToFront(&m_window));
    }

    template <typename Widget = QWidget>
    Widget *find(const QString &name) const
    {
        return m_window.findChild<Widget *>(name);
    }
    QTreeView *tree() const { return find<QTreeView>(u"poolTree"_s); }
    QAbstractItemModel &pool() const { return *tree()->model(); }
    QAbstractItemModel &table() const { return *find<QTableView>(u"listTable"_s)->model(); }
    QTreeView *taskTree() const { return find<QTreeView>(u"taskTree"_s); }
    QAbstractItemModel &tasks() const { return *taskTree()->model(); }
    QString totals() const { return find<QLabel>(u"poolTotals"_s)->text(); }

    /// Of the newest task.
    QVariant task(TaskModel::Column column, int role = Qt::DisplayRole) const
    {
        return tasks().index(0, column).data(role);
    }
    QString state() const { return task(TaskModel::State).toString(); }
    QWidget *taskButton(const QString &name) const
    {
        const QWidget *buttons = taskTree()->indexWidget(tasks().index(0, TaskModel::Buttons));
        return buttons ? buttons->findChild<QWidget *>(name) : nullptr;
    }

    /// Of the lines that are no comments.
    QStringList states() const
    {
        QStringList states = column(table(), 0);
        states.removeAll(QString());
        return states;
    }
    static QStringList five(const QString &state) { return {state, state, state, state, state}; }
    QString shownEmptyText() const
    {
        for (const QLabel *label : m_window.findChildren<QLabel *>(u"emptyText"_s)) {
            if (label->isVisible() && find(u"poolPane"_s)->isAncestorOf(label)) {
                return label->text();
            }
        }
        return {};
    }

    QDialog *shownPlan() const
    {
        for (QDialog *dialog : m_window.findChildren<QDialog *>(u"planDialog"_s)) {
            if (dialog->isVisible()) {
                return dialog;
            }
        }
        return nullptr;
    }
    template <typename Widget>
    Widget *inPlan(const QString &name) const
    {
        return shownPlan() ? shownPlan()->findChild<Widget *>(name) : nullptr;
    }
    /// The plan whose dialog a click, or a key, has opened.
    void waitForPlanDialog()
    {
        ASSERT_TRUE(soon([this] { return shownPlan() != nullptr; }));
        ASSERT_NO_FATAL_FAILURE(waitForFront(shownPlan()));
    }
    void openPlan(const QString &button)
    {
        ASSERT_NO_FATAL_FAILURE(click(find(button)));
        ASSERT_NO_FATAL_FAILURE(waitForPlanDialog());
    }
    void waitForPlan(const QString &verb)
    {
        const auto *start = inPlan<QPushButton>(u"planStartButton"_s);
        ASSERT_TRUE(inTheEnd([&] { return start->isEnabled() && start->text().startsWith(verb); }))
            << start->text().toStdString() << '\n'
            << inPlan<QLabel>(u"planMessage"_s)->text().toStdString();
    }
    void waitUntilPlanIsGone()
    {
        ASSERT_TRUE(soon([this] { return !shownPlan(); }));
        ASSERT_NO_FATAL_FAILURE(bringToFront(&m_window));
    }
    void start(const QString &verb)
    {
        ASSERT_NO_FATAL_FAILURE(waitForPlan(verb));
        ASSERT_NO_FATAL_FAILURE(click(inPlan<QPushButton>(u"planStartButton"_s)));
        waitUntilPlanIsGone();
    }
    void waitForState(const QString &state)
    {
        ASSERT_TRUE(inTheEnd([&] { return this->state() == state; }))
            << task(TaskModel::Title, DetailsRole).toString().toStdString();
        ASSERT_TRUE(soon([this] { return !m_workspace.queue().hasWork() && !m_workspace.isReadingPool(); }));
    }

    void dropListAndMakePool()
    {
        ASSERT_NO_FATAL_FAILURE(dropFiles(&m_window, {m_list}));
        ASSERT_TRUE(soon([this] { return states().size() == 5; }));
        m_dialogs.folder = m_poolPath;
        ASSERT_NO_FATAL_FAILURE(click(find(u"emptyNewPoolButton"_s)));
        ASSERT_TRUE(soon([this] { return states() == five(u"Missing"_s); }))
            << testing::PrintToString(states());
    }
    void convertFrom(const QString &host)
    {
        ASSERT_NO_FATAL_FAILURE(openPlan(u"convertButton"_s));
        ASSERT_NO_FATAL_FAILURE(typeInto(inPlan<QLineEdit>(u"sourceEdit"_s), host));
        start(u"Fetch 5 image"_s);
    }

    QString m_list = QStringLiteral(LAYERPOOL_SOURCE_DIR "/packaging/quickstart.list");
    QString m_poolPath = path(u"pool"_s);
    SampleRegistry m_source{path(u"source"_s)};
    std::vector<Sample> m_images;
    Settings m_settings{path(u"settings.ini"_s)};
    AnsweringDialogs m_dialogs;
    Workspace m_workspace;
    MainWindow m_window{m_workspace, m_dialogs, m_settings};
};

/// The whole way, in steps that follow each other.
class WholeJourneyTest : public JourneyTest
{
protected:
    void SetUp() override
    {
        JourneyTest::SetUp();
        ASSERT_TRUE(m_connected.isUp());
        ASSERT_TRUE(m_far.isUp());
    }

    void fillPool();
    void lookAround();
    void filterPool();
    void tickTwo();
    void selectTicked();
    void packTicked();
    void pushAll();

    void expectPoolIsSource() const;
    void expectSmallPool() const;
    void expectTarOfSmallPool() const;
    void expectTargetIsPool() const;

    const StockRegistry m_connected{m_source.path(), {.isReadOnly = true}};
    const StockRegistry m_far{path(u"far"_s)};
    const QStringList m_ticked{u"busybox:1.31.1"_s, u"redis:5.0.5-alpine"_s};
};

void WholeJourneyTest::fillPool()
{
    ASSERT_NO_FATAL_FAILURE(openPlan(u"convertButton"_s));
    ASSERT_NO_FATAL_FAILURE(typeInto(inPlan<QLineEdit>(u"sourceEdit"_s), m_connected.host()));
    auto *platforms = inPlan<QComboBox>(u"platformCombo"_s);
    ASSERT_NO_FATAL_FAILURE(click(platforms));
    for (int i = platforms->currentIndex(); i + 1 < platforms->count(); ++i) {
        press(Qt::Key_Down);
    }
    EXPECT_EQ(platforms->currentText(), u"All platforms"_s);
    ASSERT_NO_FATAL_FAILURE(waitForPlan(u"Fetch 5 image"_s));
    EXPECT_TRUE(inPlan<QLabel>(u"planSentence"_s)->text().contains(m_connected.host()));

    QStringList shown;
    bool hasBar = false;
    const QObject watch;
    QObject::connect(&tasks(), &QAbstractItemModel::dataChanged, &watch, [&] {
        shown.append(state());
        hasBar |= task(TaskModel::Progress, FractionRole).isValid();
    });
    ASSERT_NO_FATAL_FAILURE(start(u"Fetch 5 image"_s));
    EXPECT_TRUE(task(TaskModel::Title).toString().contains(u"quickstart.list"_s));
    ASSERT_NO_FATAL_FAILURE(waitForState(u"Done"_s));
    EXPECT_TRUE(hasBar);
    EXPECT_GT(shown.size(), 1) << testing::PrintToString(shown);
    EXPECT_NE(shown.value(0), u"Done"_s);
    EXPECT_TRUE(task(TaskModel::Amount).toString().startsWith(u"5 image"_s));
    EXPECT_FALSE(task(TaskModel::Progress, FractionRole).isValid());
}

void WholeJourneyTest::lookAround()
{
    EXPECT_TRUE(soon([this] { return states() == five(u"In pool"_s); })) << testing::PrintToString(states());
    EXPECT_TRUE(soon([this] { return pool().rowCount() == 5; }));
    EXPECT_EQ(column(pool(), PoolModel::Name),
              QStringList({u"busybox"_s, u"demo/api"_s, u"demo/web"_s, u"demo/worker"_s, u"redis"_s}));
    EXPECT_TRUE(totals().startsWith(u"5 image"_s)) << totals().toStdString();
    const QModelIndex web = pool().index(2, 0);
    click(tree()->viewport(), tree()->visualRect(web).center());
    press(Qt::Key_Right);
    EXPECT_TRUE(tree()->isExpanded(web));
    EXPECT_EQ(column(pool(), PoolModel::Name, web), QStringList{u"1.0"_s});
    press(Qt::Key_Left);
}

void WholeJourneyTest::filterPool()
{
    auto *filter = find<QLineEdit>(u"poolFilter"_s);
    ASSERT_NO_FATAL_FAILURE(typeInto(filter, u"demo"_s));
    EXPECT_TRUE(soon([this] { return pool().rowCount() == 3; }));
    ASSERT_NO_FATAL_FAILURE(typeInto(filter, u"etcdd"_s));
    EXPECT_TRUE(soon([this] { return shownEmptyText() == u"Nothing matches ‘etcdd’."_s; }));
    EXPECT_FALSE(tree()->isVisible());
    ASSERT_NO_FATAL_FAILURE(click(find(u"clearFilterButton"_s)));
    EXPECT_TRUE(soon([this] { return tree()->isVisible() && pool().rowCount() == 5; }));
}

void WholeJourneyTest::tickTwo()
{
    for (const int row : {0, 4}) {
        ASSERT_NO_FATAL_FAILURE(clickBox(tree(), pool().index(row, 0)));
        EXPECT_EQ(pool().index(row, 0).data(Qt::CheckStateRole).toInt(), Qt::Checked);
    }
    EXPECT_EQ(pool().index(1, 0).data(Qt::CheckStateRole).toInt(), Qt::Unchecked);
    EXPECT_TRUE(soon([this] { return totals().contains(u"2 ticked: "_s); })) << totals().toStdString();
}

void WholeJourneyTest::selectTicked()
{
    m_dialogs.folder = path(u"small"_s);
    ASSERT_NO_FATAL_FAILURE(openPlan(u"selectButton"_s));
    EXPECT_TRUE(inPlan<QLineEdit>(u"targetEdit"_s)->hasFocus());
    EXPECT_TRUE(inPlan<QComboBox>(u"subjectCombo"_s)->currentText().startsWith(u"The 2 ticked"_s));
    ASSERT_NO_FATAL_FAILURE(click(inPlan<QToolButton>(u"browseButton"_s)));
    ASSERT_NO_FATAL_FAILURE(start(u"Select 2 image"_s));
    waitForState(u"Done"_s);
}

void WholeJourneyTest::packTicked()
{
    m_dialogs.newFile = path(u"small.tar"_s);
    ASSERT_NO_FATAL_FAILURE(openPlan(u"tarButton"_s));
    EXPECT_TRUE(inPlan<QLineEdit>(u"targetEdit"_s)->hasFocus());
    ASSERT_NO_FATAL_FAILURE(click(inPlan<QToolButton>(u"browseButton"_s)));
    ASSERT_NO_FATAL_FAILURE(start(u"Pack 2 image"_s));
    waitForState(u"Done"_s);
}

void WholeJourneyTest::pushAll()
{
    ASSERT_NO_FATAL_FAILURE(openPlan(u"pushButton"_s));
    EXPECT_TRUE(inPlan<QLineEdit>(u"targetEdit"_s)->hasFocus());
    auto *subject = inPlan<QComboBox>(u"subjectCombo"_s);
    ASSERT_NO_FATAL_FAILURE(tabTo(subject));
    press(Qt::Key_End);
    EXPECT_TRUE(subject->currentText().startsWith(u"The whole pool"_s));
    ASSERT_NO_FATAL_FAILURE(typeInto(inPlan<QLineEdit>(u"targetEdit"_s), m_far.host()));
    ASSERT_NO_FATAL_FAILURE(start(u"Push 5 image"_s));
    waitForState(u"Done"_s);
}

void WholeJourneyTest::expectPoolIsSource() const
{
    EXPECT_TRUE(isWhole(m_poolPath));
    const SampleRegistry places(m_poolPath);
    for (const Sample &image : m_images) {
        EXPECT_EQ(bytesOf(places.tagLinkPath(image.repository, image.tag)), image.root.toByteArray());
        EXPECT_EQ(bytesOf(places.blobPath(image.root)), image.bytes) << image.reference().toStdString();
    }
}

void WholeJourneyTest::expectSmallPool() const
{
    const QString small = path(u"small"_s);
    EXPECT_TRUE(isWhole(small));
    EXPECT_EQ(StockRegistry::collectGarbage(small).eligible(), 0);
    const auto read = indexOf(small);
    ASSERT_TRUE(read);
    EXPECT_TRUE(read->damage().empty());
    QStringList references;
    for (const PoolTag &tag : read->allTags()) {
        references.append(tag.toString());
        EXPECT_TRUE(read->closure(tag).missing.empty()) << tag.toString().toStdString();
    }
    EXPECT_EQ(references, m_ticked);
    for (const PoolBlob &blob : read->blobs()) {
        EXPECT_EQ(inodeOf(SampleRegistry(small).blobPath(blob.digest)),
                  inodeOf(SampleRegistry(m_poolPath).blobPath(blob.digest)));
    }
}

void WholeJourneyTest::expectTarOfSmallPool() const
{
    const Outcome listed = run(u"tar"_s, {u"--list"_s, u"--file"_s, path(u"small.tar"_s)});
    EXPECT_EQ(listed.exitStatus, 0) << listed;
    QStringList files = QString::fromUtf8(listed.out).split(u'\n', Qt::SkipEmptyParts);
    files.removeIf([](const QString &entry) { return entry.endsWith(u'/'); });
    EXPECT_EQ(files.takeFirst(), u"layerpool/index.json"_s);
    EXPECT_EQ(files.takeFirst(), u"layerpool/README.txt"_s);
    files.sort();
    QStringList expected = filesBelow(path(u"small"_s));
    expected.removeIf([](const QString &file) { return !file.startsWith(u"docker/"_s); });
    EXPECT_EQ(files, expected);
}

void WholeJourneyTest::expectTargetIsPool() const
{
    const SampleRegistry places(m_poolPath);
    for (const Sample &image : m_images) {
        EXPECT_EQ(rawBySkopeo(m_far.host(), image), bytesOf(places.blobPath(image.root)))
            << image.reference().toStdString();
    }
    const QString blobs = u"/docker/registry/v2/blobs"_s;
    EXPECT_EQ(filesBelow(path(u"far"_s) + blobs), filesBelow(m_poolPath + blobs));
    EXPECT_TRUE(isWhole(path(u"far"_s)));
}

TEST_F(WholeJourneyTest, FromADroppedListToTheFarRegistry)
{
    ASSERT_NO_FATAL_FAILURE(dropListAndMakePool());
    EXPECT_TRUE(
        soon([this] { return shownEmptyText() == u"This pool is empty. Convert a list to fill it."_s; }));
    ASSERT_NO_FATAL_FAILURE(fillPool());
    ASSERT_NO_FATAL_FAILURE(lookAround());
    ASSERT_NO_FATAL_FAILURE(filterPool());
    ASSERT_NO_FATAL_FAILURE(tickTwo());
    ASSERT_NO_FATAL_FAILURE(selectTicked());
    ASSERT_NO_FATAL_FAILURE(packTicked());
    ASSERT_NO_FATAL_FAILURE(pushAll());
    EXPECT_EQ(tasks().rowCount(), 4);
    expectPoolIsSource();
    expectSmallPool();
    expectTarOfSmallPool();
    expectTargetIsPool();
}

TEST_F(JourneyTest, ARegistryThatIsDownIsSaidAndTriedAgain)
{
    StockRegistry registry(m_source.path(), {.isReadOnly = true});
    ASSERT_TRUE(registry.isUp());
    registry.pullPlug();
    const QString sentence = u"Cannot reach %1: nothing answers there (connection refused). "
                             "Check the address, and that the registry runs."_s.arg(registry.host());
    ASSERT_NO_FATAL_FAILURE(dropListAndMakePool());
    ASSERT_NO_FATAL_FAILURE(openPlan(u"convertButton"_s));
    ASSERT_NO_FATAL_FAILURE(typeInto(inPlan<QLineEdit>(u"sourceEdit"_s), registry.host()));
    ASSERT_TRUE(inTheEnd([this] { return inPlan<QPushButton>(u"planAgainButton"_s)->isVisible(); }));
    EXPECT_EQ(inPlan<QAbstractItemView>(u"planProblems"_s)->model()->rowCount(), 5);
    EXPECT_EQ(inPlan<QLabel>(u"planProblem"_s)->text(), sentence);
    EXPECT_FALSE(inPlan<QPushButton>(u"planStartButton"_s)->isEnabled()) << "there is nothing to start";

    ASSERT_TRUE(registry.plugIn());
    ASSERT_NO_FATAL_FAILURE(click(inPlan<QPushButton>(u"planAgainButton"_s)));
    ASSERT_NO_FATAL_FAILURE(waitForPlan(u"Fetch 5 image"_s));
    registry.pullPlug(); // between the plan and its start
    ASSERT_NO_FATAL_FAILURE(start(u"Fetch 5 image"_s));
    ASSERT_NO_FATAL_FAILURE(waitForState(u"5 image(s) failed"_s));
    const QStringList troubles = column(tasks(), TaskModel::Title, tasks().index(0, 0));
    ASSERT_EQ(troubles.size(), 5);
    EXPECT_TRUE(troubles.first().endsWith(u" — "_s + sentence)) << troubles.first().toStdString();
    EXPECT_EQ(states(), five(u"Missing"_s));

    ASSERT_TRUE(registry.plugIn());
    ASSERT_NO_FATAL_FAILURE(click(taskButton(u"taskRetryButton"_s)));
    ASSERT_NO_FATAL_FAILURE(waitForPlanDialog());
    ASSERT_NO_FATAL_FAILURE(start(u"Fetch 5 image"_s));
    ASSERT_NO_FATAL_FAILURE(waitForState(u"Done"_s));
    EXPECT_TRUE(soon([this] { return states() == five(u"In pool"_s); })) << testing::PrintToString(states());
    EXPECT_TRUE(isWhole(m_poolPath));
}

TEST_F(JourneyTest, ACancelledConvertIsFinishedByTheNext)
{
    FakeRegistry slow;
    std::atomic_bool isSlow = true;
    slow.intercept(
        [&, pulls = pullsFrom(m_source.path())](const FakeRequest &request) -> std::optional<FakeReply> {
            if (!isSlow || !request.path.contains("/blobs/")) {
                return std::nullopt;
            }
            return pulls(request).trickle(256, 20); // a layer takes a quarter of a minute
        });
    slow.serve(m_source.path());

    ASSERT_NO_FATAL_FAILURE(dropListAndMakePool());
    ASSERT_NO_FATAL_FAILURE(convertFrom(slow.host()));
    ASSERT_TRUE(soon([this] { return task(TaskModel::Progress, FractionRole).toDouble() > 0; }));
    EXPECT_LT(task(TaskModel::Progress, FractionRole).toDouble(), 1);
    EXPECT_EQ(state(), u"Fetching"_s);
    EXPECT_TRUE(task(TaskModel::Amount).toString().contains(u" of "_s));
    EXPECT_TRUE(soon([this] { return task(TaskModel::Speed).toString().endsWith(u"/s"_s); }));
    ASSERT_NO_FATAL_FAILURE(click(taskButton(u"taskCancelButton"_s)));
    ASSERT_NO_FATAL_FAILURE(waitForState(u"Cancelled"_s));
    EXPECT_FALSE(task(TaskModel::Title, DetailsRole).toString().contains(u'—')); // a wish is no failure
    EXPECT_FALSE(taskButton(u"taskRetryButton"_s)->isVisible());
    EXPECT_FALSE(states().contains(u"In pool"_s));

    isSlow = false;
    ASSERT_NO_FATAL_FAILURE(convertFrom(slow.host()));
    ASSERT_NO_FATAL_FAILURE(waitForState(u"Done"_s));
    EXPECT_TRUE(soon([this] { return states() == five(u"In pool"_s); })) << testing::PrintToString(states());
    EXPECT_TRUE(isWhole(m_poolPath));
    EXPECT_EQ(StockRegistry::collectGarbage(m_poolPath).eligible(), 0);
}

TEST_F(JourneyTest, TheKeyboardIsEnough)
{
    const StockRegistry registry(m_source.path(), {.isReadOnly = true});
    ASSERT_TRUE(registry.isUp());
    m_dialogs.files = {m_list};
    press(Qt::Key_O, Qt::ControlModifier);
    m_dialogs.folder = m_poolPath;
    press(Qt::Key_N, Qt::ControlModifier);
    ASSERT_TRUE(soon([this] { return states() == five(u"Missing"_s); })) << testing::PrintToString(states());

    press(Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    ASSERT_NO_FATAL_FAILURE(waitForPlanDialog());
    EXPECT_TRUE(inPlan<QLineEdit>(u"sourceEdit"_s)->hasFocus());
    press(Qt::Key_A, Qt::ControlModifier);
    type(registry.host());
    ASSERT_NO_FATAL_FAILURE(waitForPlan(u"Fetch 5 image"_s));
    press(Qt::Key_Return);
    ASSERT_NO_FATAL_FAILURE(waitUntilPlanIsGone());
    ASSERT_NO_FATAL_FAILURE(waitForState(u"Done"_s));

    ASSERT_NO_FATAL_FAILURE(tabTo(find(u"poolFilter"_s))); // in the list, Ctrl+F is the list's
    type(u"demo"_s);
    EXPECT_TRUE(soon([this] { return pool().rowCount() == 3; }));
    ASSERT_NO_FATAL_FAILURE(tabTo(tree()));
    press(Qt::Key_Home);
    press(Qt::Key_Space);
    EXPECT_EQ(pool().index(0, 0).data(Qt::CheckStateRole).toInt(), Qt::Checked);
    press(Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
    ASSERT_NO_FATAL_FAILURE(waitForPlanDialog());
    EXPECT_TRUE(inPlan<QComboBox>(u"subjectCombo"_s)->currentText().startsWith(u"The 1 ticked"_s));
    press(Qt::Key_Escape);
    waitUntilPlanIsGone();
}

} // namespace
} // namespace layerpool::test
