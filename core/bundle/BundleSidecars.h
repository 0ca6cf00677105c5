// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/BundleOutput.h"
#include "bundle/BundleReport.h"
#include "sign/SecretKey.h"

#include <optional>

namespace layerpool {

// What lies beside a bundle: `NAME.index.json` and `NAME.README.txt`, the same bytes as its first entries,
// the reports `NAME.report.html`, `.csv` and `.json` (and `.pdf`, which the window saves), `NAME.sha256` for
// `sha256sum -c`, and where it is signed `NAME.sha256.minisig` for `minisign -V`. NAME is the bundle's,
// without its ending and the number of a volume: so `cat NAME.tar.*[0-9]` joins volumes and nothing else.

/// Their paths. The reports and the signature may not be there.
QStringList sidecarsOf(const QString &bundle);
QString indexPathOf(const QString &bundle);
QString sumsPathOf(const QString &bundle);
QString signaturePathOf(const QString &bundle);
/// The page for people.
QString reportPathOf(const QString &bundle);
/// Where the window proposes to save it as a PDF: the user's own, and none of those above.
QString savedReportOf(const QString &bundle);

/// The files of a bundle of that name that are there, and what lies beside it: what a new one takes the place
/// of.
QStringList filesOfBundle(const QString &bundle);

/// Bundles that differ in their endings alone have one NAME: Conflict where the sums beside `bundle` are of
/// another one that is there.
Status checkNameIsFree(const QString &bundle);

/// Adds all but the reports to what is published: `files` are those of the bundle itself; nobody signs where
/// `signer` is null. Errors: Storage, NoSpace.
Status addSidecars(const QString &bundle, const std::vector<BundleOutput::File> &files, QByteArrayView index,
                   QByteArrayView readme, const SecretKey *signer, BundleOutput &output);

/// Adds the reports. Errors: Storage, NoSpace.
Status addReports(const QString &bundle, const BundleReport &report, BundleOutput &output);

} // namespace layerpool
