// SPDX-License-Identifier: Apache-2.0
#include "base/Text.h"
#include "image/ImageReference.h"
#include "support/SampleImages.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QTextStream>

#include <cmath>

namespace {

using namespace layerpool;
using namespace layerpool::test;

struct Options
{
    QString storage;
    QByteArray list;
    QString busybox;
    ImageSpec spec;
    bool underLibrary = false;
};

const QString kLayerSize = QStringLiteral("layer-size");
const QString kLayers = QStringLiteral("layers");
const QString kShared = QStringLiteral("shared");
const QString kSeed = QStringLiteral("seed");
const QString kBusybox = QStringLiteral("busybox");
const QString kLibrary = QStringLiteral("library");

QString describe(QCommandLineParser &parser)
{
    parser.setApplicationDescription(
        QStringLiteral("Fills a registry's storage with made-up images for a list."));
    parser.addHelpOption();
    parser.addPositionalArgument(QStringLiteral("STORAGE_DIR"),
                                 QStringLiteral("The registry's rootdirectory."));
    parser.addPositionalArgument(QStringLiteral("LIST_FILE"), QStringLiteral("An images-list."));
    parser.addOptions(
        {{kLayerSize, QStringLiteral("Bytes of a layer; of each, lowest first, with commas between."),
          QStringLiteral("BYTES"), QStringLiteral("4096")},
         {kLayers, QStringLiteral("Layers of an image."), QStringLiteral("N"), QStringLiteral("3")},
         {kShared, QStringLiteral("Share of the layers that other images have too, 0 to 1."),
          QStringLiteral("F"), QStringLiteral("0.34")},
         {kSeed, QStringLiteral("The same seed, the same bytes."), QStringLiteral("N"), QStringLiteral("1")},
         {kBusybox, QStringLiteral("Adds an image that runs."), QStringLiteral("NAME:TAG")},
         {kLibrary, QStringLiteral("Puts names of one part under library/, as Docker Hub does.")}});
    return parser.helpText();
}

// Empty where one of them is no size.
std::vector<qint64> sizesIn(const QString &text)
{
    std::vector<qint64> sizes;
    for (const QString &word : text.split(QLatin1Char(','))) {
        bool isSize = false;
        sizes.push_back(word.toLongLong(&isSize));
        if (!isSize || sizes.back() < 0) {
            return {};
        }
    }
    return sizes;
}

std::optional<Options> read(const QCommandLineParser &parser)
{
    const QStringList words = parser.positionalArguments();
    QFile list(words.value(1));
    bool isCount = false;
    bool isShare = false;
    bool isSeed = false;
    Options options;
    options.spec.layerSizes = sizesIn(parser.value(kLayerSize));
    options.spec.layers = parser.value(kLayers).toInt(&isCount);
    const double share = parser.value(kShared).toDouble(&isShare);
    options.spec.seed = parser.value(kSeed).toULongLong(&isSeed);
    if (words.size() != 2 || !list.open(QIODevice::ReadOnly) || options.spec.layerSizes.empty() || !isCount ||
        options.spec.layers < 1 || !isShare || share < 0 || share > 1 || !isSeed) {
        return std::nullopt;
    }
    options.spec.sharedLayers = static_cast<int>(std::lround(share * options.spec.layers));
    options.storage = words.first();
    options.list = list.readAll();
    options.busybox = parser.value(kBusybox);
    options.underLibrary = parser.isSet(kLibrary);
    return options;
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    const QString help = describe(parser);
    parser.process(app);
    const std::optional<Options> options = read(parser);
    const Result<ImageReference> busybox = ImageReference::parse(
        options && !options->busybox.isEmpty() ? options->busybox : QStringLiteral("busybox"));
    if (!options || !busybox) {
        QTextStream(stderr) << help;
        return 2;
    }
    QElapsedTimer timer;
    timer.start();
    SampleRegistry registry(options->storage);
    QByteArray list = options->list;
    if (!options->busybox.isEmpty()) { // the list's own line for it gets the image that runs
        list.replace(options->busybox.toUtf8(), QByteArray());
    }
    auto images = registry.addForList(list, options->spec, options->underLibrary);
    if (!options->busybox.isEmpty()) {
        images.push_back(registry.addBusybox(busybox->repository.toString(), busybox->tag));
    }
    QTextStream(stdout) << "sample-registry: " << images.size() << " images, " << registry.blobCount()
                        << " blobs, " << formatBytes(registry.blobBytes()) << " in "
                        << formatDuration(static_cast<double>(timer.elapsed()) / 1000) << '\n';
    return 0;
}
