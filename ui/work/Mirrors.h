// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "image/RegistryAddress.h"

#include <map>
#include <vector>

namespace layerpool {

/// By registry host: the mirrors that are asked before it, in order.
using Mirrors = std::map<QString, std::vector<RegistryAddress>>;

/// "HOST=MIRROR" for each, in the order in which they are asked.
QStringList wordsOf(const Mirrors &mirrors);
/// Those of one registry, set apart by commas.
QString textOf(const std::vector<RegistryAddress> &mirrors);
/// Of such words. One without "HOST=" stands for a mirror of `registry`. Errors: BadInput.
Result<Mirrors> parseMirrors(const QStringList &words, const QString &registry = {});
/// A mirror for each word, without "HOST=". Errors: BadInput.
Result<std::vector<RegistryAddress>> parseAddresses(const QStringList &words);

/// The words of a text in which commas, semicolons or blanks set them apart.
QStringList wordsOf(const QString &text);

} // namespace layerpool
