// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Error.h"
#include "image/MirrorSettings.h"
#include "image/ReferrerTag.h"

#include <optional>

namespace layerpool {

class Workspace;

/// The words of an action where they have no mnemonic to show: "Open &list…" and "打开列表(&L)…" without
/// their
/// `&L`.
QString withoutMnemonic(const QString &text);

/// Where the window has what an option of the command line does; empty where it has no such place.
QString placeOfOption(const QString &option);

/// Which of the settings may help.
struct SettingsPlace
{
    enum class Page { Connection, Registry, Signatures };
    Page page = Page::Connection;
    QString registry = {}; ///< of Registry: HOST[:PORT]

    friend bool operator==(const SettingsPlace &, const SettingsPlace &) = default;
};

/// None: they are of no help with that error.
std::optional<SettingsPlace> settingsFor(const Error &error);

/// Names a button that leads there.
QString nameOf(const SettingsPlace &place);

/// "What: why. Hint (its place in the window)."
QString sentenceOf(const Error &error);

/// "Hint (its place in the window)"; empty where there is none.
QString hintOf(const Error &error);

/// Files one below the other, each under its path.
QString textOf(const std::vector<SettingsFile> &files);

/// "1,412,345,678 bytes": for tooltips, where formatBytes says "1.4 GB".
QString exactBytes(qint64 bytes);

/// What belongs to an image under such a tag.
QString wordOf(const ReferrerTag &referrer);

/// For dialogs that choose one: names and patterns, as QFileDialog has them.
QString bundleFilter();

/// Why nothing can be added to the open pool, and what works on it; empty where it can be written.
QString readOnlyText(const Workspace &workspace);

} // namespace layerpool
