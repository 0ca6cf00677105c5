// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "work/ItemDetails.h"

#include <QWidget>

class QPlainTextEdit;

namespace layerpool {

/// JSON, put in lines to be read; copied, it is the very bytes. Laid out when it is seen.
class JsonView final : public QWidget
{
    Q_OBJECT

public:
    /// `name`: for objectNames ("manifest") and people ("Manifest").
    JsonView(const QString &objectName, const QString &name, QWidget *parent = nullptr);

    void setDocument(const ItemDetails::Document &document);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void showLines();

    ItemDetails::Document m_document;
    QPlainTextEdit *m_text;
    bool m_isShown = true; ///< the document
};

} // namespace layerpool
