// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFormLayout>
#include <QLabel>
#include <QToolButton>
#include <QWidget>

namespace layerpool {

class NoticeLine;
struct BundleFacts;

/// What a bundle is: where it lies, its files and its id, what it needs, and who signed it.
class BundleFactsView final : public QWidget
{
    Q_OBJECT

public:
    /// Of the bundle, or of any volume of it: all that is known before it is read.
    explicit BundleFactsView(const QString &path, QWidget *parent = nullptr);

    void setFacts(const BundleFacts &facts);
    /// Where it can't be read any more: where it lies is known still.
    void clear() { showRows(false); }

private:
    QWidget *makeId();
    void showRows(bool areShown);
    void setFiles(const BundleFacts &facts);
    void setSignature(const BundleFacts &facts);

    QFormLayout *m_rows;
    QLabel *m_files;
    QLabel *m_form;
    QLabel *m_id;
    QToolButton *m_copyId;
    QLabel *m_needs;
    NoticeLine *m_signature;
};

} // namespace layerpool
