// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QWidget>

class QPlainTextEdit;

namespace layerpool {

/// JSON, put in lines to be read; copied, it is the very bytes.
class JsonView final : public QWidget
{
    Q_OBJECT

public:
    /// `name`: for objectNames ("manifest") and people ("Manifest").
    JsonView(const QString &objectName, const QString &name, QWidget *parent = nullptr);

    void setBytes(const QByteArray &bytes);

private:
    QByteArray m_bytes;
    QPlainTextEdit *m_text;
};

} // namespace layerpool
