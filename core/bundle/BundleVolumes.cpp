// SPDX-License-Identifier: Apache-2.0
#include "bundle/BundleVolumes.h"

#include "base/ByteSize.h"
#include "base/Text.h"
#include "bundle/BundleFormat.h"
#include "bundle/BundleRefusal.h"

#include <QDir>
#include <QFileInfo>

#include <map>

namespace layerpool {
namespace {

constexpr int kDigits = 3;
constexpr int kMostDigits = 6;
constexpr qsizetype kMostNamed = 10;
constexpr qint64 kLeastVolume = 64 * 1024;

QString numbered(const QString &bundle, std::size_t number, int digits)
{
    return QStringLiteral("%1.%2").arg(bundle).arg(number, digits, 10, QLatin1Char('0'));
}

std::map<int, QString> numberedVolumes(const QString &bundle, int digits)
{
    const QFileInfo file(bundle);
    std::map<int, QString> volumes;
    const QDir folder = file.absoluteDir();
    for (const QString &name : folder.entryList(QDir::Files | QDir::Hidden)) {
        const auto volume = VolumeName::parse(name);
        if (volume && volume->bundle == file.fileName() && volume->digits == digits) {
            volumes.emplace(volume->number, folder.filePath(name));
        }
    }
    return volumes;
}

struct Volumes
{
    QString bundle;
    int digits = 0;
    std::map<int, QString> files; ///< those that are there, by their numbers; empty: none
};

// A file alone may have a name that ends in a year; but nothing else ends in ".tar.002".
bool isOfVolumes(const Volumes &found, bool isNamed)
{
    const bool isAlone = found.files.size() == 1 && isNamed && !found.files.contains(1);
    return !found.files.empty() && (!isAlone || (found.digits == kDigits && formatOf(found.bundle)));
}

Volumes volumesNamedBy(const QString &path)
{
    const std::optional<VolumeName> named = VolumeName::parse(path);
    if (!named && QFileInfo::exists(path)) {
        return {};
    }
    const QString bundle = named ? named->bundle : path;
    for (int digits = named ? named->digits : kDigits; digits <= (named ? named->digits : kMostDigits);
         ++digits) {
        Volumes found{bundle, digits, numberedVolumes(bundle, digits)};
        if (isOfVolumes(found, named.has_value())) {
            return found;
        }
    }
    return {};
}

// The last one may be the first of them that is missing: nothing but the bundle's own end tells.
QStringList gapsIn(const Volumes &volumes)
{
    QStringList missing;
    const int last = volumes.files.empty() ? 0 : volumes.files.rbegin()->first;
    for (int number = 1; number <= last && missing.size() < kMostNamed; ++number) {
        if (!volumes.files.contains(number)) {
            missing << QFileInfo(numbered(volumes.bundle, std::size_t(number), volumes.digits)).fileName();
        }
    }
    return missing;
}

std::optional<Error> unequalIn(const std::map<int, QString> &volumes, const QString &bundle)
{
    const qint64 size = QFileInfo(volumes.begin()->second).size();
    for (auto volume = volumes.begin(); volume != std::prev(volumes.end()); ++volume) {
        if (QFileInfo(volume->second).size() != size) {
            return refusedBundle(bundle, Text::tr("its volume %1 has another size than the first")
                                             .arg(QFileInfo(volume->second).fileName()));
        }
    }
    return std::nullopt;
}

} // namespace

Result<qint64> volumeBytesOf(const QString &text)
{
    if (text.isEmpty()) {
        return qint64(0);
    }
    const std::optional<qint64> bytes = parseByteSize(text);
    if (!bytes || *bytes < kLeastVolume) {
        return Error{ErrorKind::BadInput, Text::tr("“%1” is no size of a volume").arg(text),
                     bytes ? Text::tr("it is less than %1").arg(QStringLiteral("64Ki")) : QString(),
                     Text::tr("Give a size such as 4G, 700Mi, fat32, dvd or bluray")};
    }
    return *bytes;
}

QString volumeName(const QString &bundle, std::size_t number, std::size_t count)
{
    const auto needed = static_cast<int>(QString::number(count).size());
    return numbered(bundle, number, std::max(kDigits, needed));
}

std::optional<VolumeName> VolumeName::parse(const QString &path)
{
    const qsizetype dot = path.lastIndexOf(QLatin1Char('.'));
    const QString digits = path.mid(dot + 1);
    bool isNumber = false;
    const int number = digits.toInt(&isNumber);
    const bool areDigits = std::all_of(
        digits.begin(), digits.end(), [](QChar c) { return c >= QLatin1Char('0') && c <= QLatin1Char('9'); });
    if (dot <= 0 || !isNumber || !areDigits || number < 1 || digits.size() < kDigits ||
        digits.size() > kMostDigits) {
        return std::nullopt;
    }
    return VolumeName{path.first(dot), number, static_cast<int>(digits.size())};
}

QString volumeThere(const QString &bundle, int number)
{
    for (int digits = kDigits; digits <= kMostDigits; ++digits) {
        const QString path = numbered(bundle, std::size_t(number), digits);
        if (QFileInfo::exists(path)) {
            return path;
        }
    }
    return {};
}

QStringList volumesBeside(const QString &bundle)
{
    QStringList files;
    for (int digits = kDigits; digits <= kMostDigits; ++digits) {
        const std::map<int, QString> volumes = numberedVolumes(bundle, digits);
        const bool mayBeYear = volumes.size() == 1 && digits != kDigits;
        for (const auto &[number, path] : mayBeYear ? std::map<int, QString>() : volumes) {
            files << path;
        }
    }
    return files;
}

// Four digits are those of a thousand volumes, and never those of a year.
QStringList volumesOf(const QString &bundle)
{
    qsizetype least = 1;
    for (int digits = kDigits; digits <= kMostDigits; ++digits) {
        QStringList files;
        for (const auto &[number, path] : numberedVolumes(bundle, digits)) {
            if (number != files.size() + 1) {
                break;
            }
            files << path;
        }
        if (files.size() >= least && !files.isEmpty()) {
            return files;
        }
        least = digits == kDigits ? 1000 : least * 10;
    }
    return {};
}

QString volumeAfterLast(const QString &path)
{
    const std::optional<VolumeName> named = VolumeName::parse(path);
    const QStringList volumes = volumesOf(named ? named->bundle : path);
    if (volumes.isEmpty() || (!named && QFileInfo::exists(path))) {
        return {};
    }
    const VolumeName last = *VolumeName::parse(volumes.last());
    return QFileInfo(numbered(last.bundle, std::size_t(last.number) + 1, last.digits)).fileName();
}

QString bundleNamedBy(const QString &file)
{
    const std::optional<VolumeName> volume = VolumeName::parse(file);
    return volume ? volume->bundle : file;
}

QStringList missingVolumes(const QString &path)
{
    return gapsIn(volumesNamedBy(path));
}

Result<QStringList> bundleFiles(const QString &path)
{
    const Volumes volumes = volumesNamedBy(path);
    if (volumes.files.empty()) {
        return QStringList{path}; // who opens it says what is wrong
    }
    if (const QStringList missing = gapsIn(volumes); !missing.isEmpty()) {
        return Error{ErrorKind::NotFound,
                     Text::tr("Volumes of %1 are missing").arg(QDir::toNativeSeparators(volumes.bundle)),
                     missing.join(QStringLiteral(", ")), Text::tr("Put all volumes into one folder")};
    }
    if (auto error = unequalIn(volumes.files, volumes.bundle)) {
        return *error;
    }
    QStringList files;
    for (const auto &[number, file] : volumes.files) {
        files << file;
    }
    return files;
}

} // namespace layerpool
