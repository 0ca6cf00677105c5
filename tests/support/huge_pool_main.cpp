// SPDX-License-Identifier: Apache-2.0
#include "support/SampleHugePool.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFileInfo>

#include <cstdio>

using namespace layerpool::test;

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Makes a pool of a size that nobody's own is of."));
    parser.addHelpOption();
    parser.addPositionalArgument(QStringLiteral("POOL"), QStringLiteral("A folder that is not there yet."));
    const QCommandLineOption repositories(QStringLiteral("repositories"),
                                          QStringLiteral("How many; each has ten tags and twenty blobs."),
                                          QStringLiteral("N"), QStringLiteral("10000"));
    parser.addOption(repositories);
    parser.process(application);
    const QString path = parser.positionalArguments().value(0);
    HugePoolSpec spec;
    spec.repositories = parser.value(repositories).toInt();
    if (path.isEmpty() || QFileInfo::exists(path) || spec.repositories < 1) {
        std::fputs(qPrintable(parser.helpText()), stderr);
        return 2;
    }
    makeHugePool(path, spec);
    return 0;
}
