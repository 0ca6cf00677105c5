// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/PoolModel.h"
#include "work/Newest.h"

#include <QLabel>
#include <QLineEdit>
#include <QStackedWidget>
#include <QTreeView>

namespace layerpool {

class EmptyPage;
class TreeViewState;
struct BundleFacts;

/// The images of a bundle that is looked at: repositories with their tags, platforms and layers. Nothing can
/// be ticked.
class BundleImagesView final : public QWidget
{
    Q_OBJECT

public:
    /// The workers must outlive the view.
    explicit BundleImagesView(QThreadPool &workers, QWidget *parent = nullptr);

    void setFacts(const BundleFacts &facts);

private:
    void setUpTree();
    void setUpPages();
    void ask();
    void take(PoolRows rows);
    void showPage();

    PoolModel m_model{nullptr};
    Newest m_search;
    std::shared_ptr<const PoolIndex> m_index;
    QLabel *m_totals;
    QLineEdit *m_filter;
    QTreeView *m_tree;
    TreeViewState *m_state;
    QStackedWidget *m_pages;
    EmptyPage *m_noImages;
    EmptyPage *m_noMatch;
    bool m_isNew = true; ///< no row was shown yet
};

} // namespace layerpool
