// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dialogs/Dialogs.h"

#include <QLineEdit>

namespace layerpool {

/// A path that can be typed, dropped, or chosen with the button beside it; of Files several, set apart by
/// semicolons: what is dropped or chosen is added, and a name with a semicolon stands in double quotes. Where
/// it is given an objectName, its field is called NAMEEdit, else targetEdit.
class PathEdit final : public QWidget
{
    Q_OBJECT

public:
    enum class Mode { Folder, File, FileOrFolder, Files, NewFile };

    /// The dialogs must outlive the widget.
    PathEdit(Mode mode, Dialogs &dialogs, Dialogs::FileRequest request, QWidget *parent = nullptr);

    QString path() const;
    void setPath(const QString &path) { m_edit->setText(path); }
    /// Of Files.
    QStringList paths() const;
    void setPaths(const QStringList &paths);
    /// For labels and tests.
    QLineEdit *edit() const { return m_edit; }

Q_SIGNALS:
    void edited();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *makeButton(Mode mode, const QString &objectName, const QString &icon, const QString &tip);
    void browse(Mode mode);
    void addPaths(const QStringList &more);

    Dialogs &m_dialogs;
    Dialogs::FileRequest m_request;
    bool m_takesMany;
    QLineEdit *m_edit;
};

} // namespace layerpool
