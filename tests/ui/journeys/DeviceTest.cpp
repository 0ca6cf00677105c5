// SPDX-License-Identifier: Apache-2.0
#include "DeviceTest.h"

#include "ui/KeptPicture.h"

#include <QPushButton>
#include <QSet>

#include <cstdio>
#include <sstream>

namespace layerpool::test {

using namespace Qt::Literals::StringLiterals;

ReleaseLines releaseLines()
{
    ReleaseLines release;
    QFile file(kubeSphereList());
    release.word = u"etcd"_s;
    if (!file.exists()) {
        std::printf("KubeSphere's list does not lie beside the checkout: our own in its place\n");
        file.setFileName(ownReleaseList());
        release.word = u"keystore"_s;
    }
    EXPECT_TRUE(file.open(QIODevice::ReadOnly));
    release.text = file.readAll();
    QSet<QString> seen;
    int number = 0;
    for (const QString &line : QString::fromUtf8(release.text).split(u'\n')) {
        ++number;
        if (line.isEmpty() || line.startsWith(u'#')) {
            continue;
        }
        release.images.append(line);
        if (seen.contains(line)) {
            release.repeated = line;
            release.repeatedLine = number;
        } else if (!line.contains(u'/')) {
            release.official.append(line);
        }
        if (line.section(u':', 0, 0).contains(release.word)) {
            release.wordsRepository = line.section(u':', 0, 0);
            release.wordsTag = line.section(u':', 1);
        }
        seen.insert(line);
    }
    EXPECT_EQ(seen.size(), release.images.size() - 1) << "one line stands there twice";
    return release;
}

void DeviceTest::start()
{
    m_workspace = std::make_unique<Workspace>(std::make_shared<FakeKeyring>());
    m_window = std::make_unique<MainWindow>(*m_workspace, m_dialogs, m_settings);
    m_window->show();
    backToTheWindow();
}

void DeviceTest::quit()
{
    m_window->close();
    m_window.reset();
    m_workspace.reset();
}

void DeviceTest::waitUntilAtRest()
{
    const auto isAtRest = [this] {
        return !m_workspace->isReadingPool() && m_workspace->workers().activeThreadCount() == 0;
    };
    ASSERT_TRUE(soon([&] {
        const bool wasAtRest = isAtRest();
        QApplication::processEvents(); // what was found out is shown, and may ask for more
        return wasAtRest && isAtRest();
    }));
}

void DeviceTest::waitForDialog(const QString &name)
{
    ASSERT_TRUE(soon([&] {
        return QApplication::activeWindow() && QApplication::activeWindow()->objectName() == name;
    })) << name.toStdString();
    waitForFront(QApplication::activeWindow());
}

void DeviceTest::openFile(const QString &file, const QString &action)
{
    if (isByMouse()) {
        ASSERT_NO_FATAL_FAILURE(dropFiles(m_window.get(), {file}));
    } else {
        ASSERT_NO_FATAL_FAILURE(hands().run(find<QAction>(action)));
        ASSERT_NO_FATAL_FAILURE(hands().answerFileDialog(file));
    }
}

void DeviceTest::openPlan(const QString &action)
{
    ASSERT_NO_FATAL_FAILURE(hands().run(find<QAction>(action)));
    ASSERT_NO_FATAL_FAILURE(waitForDialog(u"planDialog"_s));
}

void DeviceTest::waitForPlan(const QString &verb)
{
    const auto *start = inPlan<QPushButton>(u"planStartButton"_s);
    ASSERT_TRUE(start);
    ASSERT_TRUE(inTheEnd([&] { return start->isEnabled() && start->text().startsWith(verb); }))
        << start->text().toStdString() << "; "
        << start->window()->findChild<QLabel *>(u"planMessage"_s)->text().toStdString();
}

void DeviceTest::startPlan()
{
    ASSERT_NO_FATAL_FAILURE(hands().press(inPlan<QPushButton>(u"planStartButton"_s)));
    ASSERT_TRUE(soon([] { return !inPlan(u"planStartButton"_s); }));
    ASSERT_NO_FATAL_FAILURE(backToTheWindow());
}

void DeviceTest::waitForState(const QString &wanted)
{
    ASSERT_TRUE(
        inTheEnd([this] { return !m_workspace->queue().hasWork() && !m_workspace->isReadingPool(); }));
    ASSERT_EQ(state(), wanted) << task().data(DetailsRole).toString().toStdString();
}

QAbstractButton *DeviceTest::taskButton(const QString &name) const
{
    const QWidget *buttons = tasks()->indexWidget(task(TaskModel::Buttons));
    return buttons ? buttons->findChild<QAbstractButton *>(name) : nullptr;
}

void DeviceTest::doWithTask(const QString &button, const QString &action)
{
    if (isByMouse()) {
        ASSERT_NO_FATAL_FAILURE(hands().press(taskButton(button)));
    } else {
        ASSERT_NO_FATAL_FAILURE(hands().goTo(tasks(), task()));
        ASSERT_NO_FATAL_FAILURE(hands().run(find<QAction>(action)));
    }
}

void DeviceTest::picture(const QString &name)
{
    QWidget *front = QApplication::activeWindow();
    ASSERT_TRUE(front) << name.toStdString();
    QCoreApplication::processEvents(); // what has changed is laid out
    std::ostringstream device;
    device << GetParam();
    keepPicture(*front, u"journey-%1-%2"_s.arg(name, QString::fromStdString(device.str())));
}

} // namespace layerpool::test
