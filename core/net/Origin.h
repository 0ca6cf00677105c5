// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QUrl>

namespace layerpool {

/// `scheme`, host and port of two URLs are the same: what credentials belong to.
bool isSameOrigin(const QUrl &a, const QUrl &b);

/// Whether a request may go on from one address to the other: http or https, never from https to http, and
/// without user and password.
bool isSafeStep(const QUrl &from, const QUrl &to);

/// The port that is spoken to, said or not.
int portOf(const QUrl &url);

/// `HOST` or `HOST:PORT`, as the URL says it; IPv6 in brackets. Safe to show.
QString hostOf(const QUrl &url);

} // namespace layerpool
