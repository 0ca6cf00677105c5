// SPDX-License-Identifier: Apache-2.0
#include "Workplace.h"

#include "support/StockRegistry.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStorageInfo>
#include <QThread>

#include <algorithm>
#include <filesystem>

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

constexpr int kMostNamed = 5;
constexpr qint64 kRoomInMemory = 256 * 1024 * 1024;

QString differenceOf(const QString &name, const QByteArray *found, const QByteArray *expected)
{
    if (found == nullptr) {
        return name + u" is missing"_s;
    }
    if (expected == nullptr) {
        return name + u" is too many"_s;
    }
    return u"%1 has other bytes (%2, expected %3)"_s.arg(name).arg(found->size()).arg(expected->size());
}

QString templateFor(Workplace::Medium medium)
{
    const QString memory = u"/dev/shm"_s;
    const bool hasRoom =
        QFileInfo(memory).isWritable() && QStorageInfo(memory).bytesAvailable() >= kRoomInMemory;
    const QString place = medium == Workplace::Medium::Memory && hasRoom ? memory : QDir::tempPath();
    return place + u"/layerpool-interop-XXXXXX"_s;
}

} // namespace

RunOptions forSkopeo()
{
    RunOptions options;
    options.environment = {{u"XDG_DATA_HOME"_s, u"/dev/null"_s}, {u"_CONTAINERS_ROOTLESS_UID"_s, u"1000"_s}};
    return options;
}

Workplace::Workplace(Medium medium) : m_directory(templateFor(medium)) {}

QString Workplace::write(const QString &name, const QByteArray &bytes) const
{
    QFile file(path(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.flush()) {
        qFatal("cannot write %s", qUtf8Printable(file.fileName()));
    }
    return file.fileName();
}

QByteArray bytesOf(const QString &file)
{
    QFile opened(file);
    return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray();
}

Tree treeOf(const QString &directory)
{
    namespace fs = std::filesystem;
    Tree tree;
    const fs::path root = QFile::encodeName(directory).toStdString();
    for (const fs::directory_entry &entry : fs::recursive_directory_iterator(root)) {
        const QString name = QString::fromStdString(entry.path().lexically_relative(root).string());
        if (entry.is_directory()) {
            tree.emplace(name + u'/', QByteArray());
        } else {
            tree.emplace(name, bytesOf(QString::fromStdString(entry.path().string())));
        }
    }
    return tree;
}

testing::AssertionResult isSame(const std::map<QString, QByteArray> &found,
                                const std::map<QString, QByteArray> &expected)
{
    QStringList differences;
    for (const auto &[name, bytes] : expected) {
        const auto there = found.find(name);
        if (there == found.end() || there->second != bytes) {
            differences << differenceOf(name, there == found.end() ? nullptr : &there->second, &bytes);
        }
    }
    for (const auto &[name, bytes] : found) {
        if (!expected.contains(name)) {
            differences << differenceOf(name, &bytes, nullptr);
        }
    }
    if (differences.isEmpty()) {
        return testing::AssertionSuccess();
    }
    return testing::AssertionFailure()
           << differences.size() << " of " << expected.size()
           << " differ: " << differences.mid(0, kMostNamed).join(u"; "_s).toStdString();
}

QString registryRoot(const QString &pool)
{
    return pool + u"/docker/registry/v2"_s;
}

QByteArray tagLink(const QString &pool, const QString &repository, const QString &tag)
{
    return bytesOf(registryRoot(pool) +
                   u"/repositories/%1/_manifests/tags/%2/current/link"_s.arg(repository, tag));
}

QByteArray tagManifest(const QString &pool, const QString &repository, const QString &tag)
{
    const QString hex = QString::fromLatin1(tagLink(pool, repository, tag)).section(u':', 1);
    return bytesOf(registryRoot(pool) + u"/blobs/sha256/%1/%2/data"_s.arg(hex.left(2), hex));
}

std::vector<Outcome> runEach(const QString &program, const std::vector<QStringList> &argumentLists,
                             const RunOptions &options)
{
    const auto atATime = static_cast<std::size_t>(std::max(2, QThread::idealThreadCount()));
    std::vector<std::unique_ptr<BackgroundRun>> running(argumentLists.size());
    std::vector<Outcome> outcomes;
    std::size_t started = 0;
    while (outcomes.size() < argumentLists.size()) {
        for (; started < argumentLists.size() && started < outcomes.size() + atATime; ++started) {
            running[started] = std::make_unique<BackgroundRun>(program, argumentLists[started], options);
        }
        std::unique_ptr<BackgroundRun> &oldest = running[outcomes.size()];
        outcomes.push_back(oldest->wait());
        oldest.reset();
    }
    return outcomes;
}

Manifests copiedBySkopeo(const QString &host, const QStringList &references, const QString &scratch,
                         bool isWholeIndex)
{
    std::vector<QStringList> calls;
    for (const QString &reference : references) {
        calls.push_back({u"copy"_s, u"--quiet"_s, u"--insecure-policy"_s, u"--preserve-digests"_s,
                         u"--src-tls-verify=false"_s, u"docker://%1/%2"_s.arg(host, reference),
                         u"dir:%1-%2"_s.arg(scratch).arg(calls.size())});
        if (isWholeIndex) {
            calls.back().insert(1, u"--all"_s);
        }
    }
    const std::vector<Outcome> outcomes = runEach(u"skopeo"_s, calls, forSkopeo());
    Manifests manifests;
    for (std::size_t i = 0; i < calls.size(); ++i) {
        EXPECT_EQ(outcomes[i].exitStatus, 0) << outcomes[i];
        const QString folder = calls[i].back().section(u':', 1);
        manifests.emplace(references.at(static_cast<qsizetype>(i)), bytesOf(folder + u"/manifest.json"_s));
    }
    return manifests;
}

Manifests rawBySkopeo(const QString &host, const QStringList &references)
{
    std::vector<QStringList> calls;
    for (const QString &reference : references) {
        calls.push_back(
            {u"inspect"_s, u"--raw"_s, u"--tls-verify=false"_s, u"docker://%1/%2"_s.arg(host, reference)});
    }
    const std::vector<Outcome> outcomes = runEach(u"skopeo"_s, calls, forSkopeo());
    Manifests manifests;
    for (std::size_t i = 0; i < calls.size(); ++i) {
        EXPECT_EQ(outcomes[i].exitStatus, 0) << outcomes[i];
        manifests.emplace(references.at(static_cast<qsizetype>(i)), outcomes[i].out);
    }
    return manifests;
}

testing::AssertionResult hasNoGarbage(const QString &pool)
{
    const auto report = StockRegistry::collectGarbage(pool);
    if (report.hasSucceeded && report.text.contains(", 0 blobs and 0 manifests eligible for deletion")) {
        return testing::AssertionSuccess();
    }
    return testing::AssertionFailure() << report.text.right(2000).toStdString();
}

testing::AssertionResult isVerified(const Workplace &place, const QString &pool)
{
    const Outcome outcome = place.run({u"verify"_s, pool});
    return outcome.exitStatus == 0 ? testing::AssertionSuccess() : testing::AssertionFailure() << outcome;
}

} // namespace layerpool::test
