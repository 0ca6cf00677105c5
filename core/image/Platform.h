// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <optional>

namespace layerpool {

/// `os/architecture[/variant]`, with Go's words (`linux/amd64`, `linux/arm/v7`).
struct Platform
{
    QString os;
    QString architecture;
    QString variant = {};
    QString osVersion = {}; ///< of Windows; never part of what is asked for

    /// Nothing where the text has not two or three parts of letters, digits, `.`, `_` and `-`.
    static std::optional<Platform> parse(QStringView text);
    static Platform linuxAmd64();

    /// "linux/arm/v7", "windows/amd64 (10.0.17763.1)".
    QString toString() const;
    /// The attestation manifests that builders put beside the images are `unknown/unknown`.
    bool isUnknown() const;
    /// Whether a child of this platform serves a user who asked for `wanted`: the variant counts only where
    /// one was asked for; arm64 is arm64/v8.
    bool serves(const Platform &wanted) const;
    /// Whether it is the one that is meant where several serve: plain arm means arm/v7.
    bool isMeantBy(const Platform &wanted) const;

    friend bool operator==(const Platform &, const Platform &) = default;
};

} // namespace layerpool
