// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Error.h"

#include <QList>
#include <QNetworkReply>
#include <QSslError>
#include <QUrl>

namespace layerpool {

/// Why no answer came, in words of our own: Qt's hold the whole URL with its signed query.
Error connectionError(QNetworkReply::NetworkError code, const QUrl &url);

/// Why a host is not trusted, with its certificate's fingerprint where it showed one.
Error certificateError(const QUrl &url, const QList<QSslError> &errors);

} // namespace layerpool
