// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/HttpClient.h"

namespace layerpool {

/// What an answer that is no success means, in three parts. `subject` is what was asked for
/// ("library/redis:5"). Kinds: Denied, NotFound, Server (OCI distribution-spec, "Error Codes").
Error answerError(const QString &host, const QString &subject, const HttpResponse &response);

/// The same of an answer to who wanted to read: a project that is not there is NotFound too.
Error readError(const QString &host, const QString &subject, const HttpResponse &response);

/// Whether the answer says that what the repository must lie in is not there: Harbor's projects are made by
/// its administrator, never by a push.
bool isMissingProject(const HttpResponse &response);

} // namespace layerpool
