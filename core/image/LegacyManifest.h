// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Result.h"
#include "image/Descriptor.h"

#include <QByteArray>
#include <QJsonObject>

#include <vector>

namespace layerpool::legacy {

/// What a legacy manifest (Docker schema 1) was before it was signed: the bytes that its digest is of. They
/// stand in the signed one with the signatures put in before the last bracket. As they are where it has no
/// signatures. Errors: Corrupt.
Result<QByteArray> signedPayload(const QByteArray &bytes, const QJsonObject &object);

/// Its layers, lowest first, of unknown size. Errors: Corrupt.
Result<std::vector<Descriptor>> layers(const QJsonObject &object);

/// Nothing where it names no architecture.
std::optional<Platform> platform(const QJsonObject &object);

} // namespace layerpool::legacy
