// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "image/Platform.h"

#include <QByteArray>
#include <QDateTime>
#include <QStringList>

#include <optional>
#include <vector>

namespace layerpool {

/// What an image's config tells people (OCI image-spec, "Image Configuration"; Docker's is alike).
struct ImageConfig
{
    /// A step that made the image.
    struct Step
    {
        QString command;
        bool hasLayer = true; ///< one that only changed the config has none
    };

    std::optional<Platform> platform;
    QDateTime created; ///< invalid where nobody says, or says a day that only makes builds repeatable
    std::vector<Step> history;
    QStringList environment; ///< NAME=VALUE
    std::vector<std::pair<QString, QString>> labels;
    QStringList entrypoint;
    QStringList command;
    QString user;
    QString workingDirectory;

    /// Of bytes that are no such config (an artifact's may be anything) nothing is known.
    static ImageConfig parse(const QByteArray &bytes);
    /// Nothing of a platform that is named by half.
    static std::optional<Platform> knownPlatform(const Platform &named);
    /// Invalid where the text is no time, or one that only makes builds repeatable.
    static QDateTime knownTime(const QString &text);
};

} // namespace layerpool
