// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QJsonObject>

namespace layerpool {

/// Reads JSON that came from outside and that other programs will read too. Errors, all Corrupt: no JSON
/// object; nested too deeply; and what two readers would read differently: a name that means something to
/// them and stands twice, or in other letters (Go takes "MediaType" for "mediaType", and the last of two).
Result<QJsonObject> readManifestJson(const QByteArray &bytes);

/// The error of a manifest that can't be read.
Error unreadableManifest(const QString &why);

} // namespace layerpool
