// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Result.h"

#include <QString>

namespace layerpool {

/// The page of a bundle's report (HTML) as a PDF: A4, with numbered pages. Any thread, in a program with
/// fonts.
QByteArray reportPdf(const QString &html);

/// Makes one of the page in that file, in place of what is there. Blocks. Errors: Storage, NoSpace.
Status saveReportPdf(const QString &page, const QString &pdf);

} // namespace layerpool
