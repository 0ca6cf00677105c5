// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "work/BundleReading.h"

#include <QDialog>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>

#include <memory>
#include <vector>

namespace layerpool {

class BundleFactsView;
class BundleImagesView;
class NoticeLine;
class Workspace;

/// What is in a bundle, before anything is taken in: where it comes from, its images, and what can be done
/// with it. While a volume is missing it says which, and waits for it; what changes is read again. Closing it
/// cancels the reading.
class BundleDialog final : public QDialog
{
    Q_OBJECT

public:
    enum class Deed { Import, Push, Check, Look };

    /// Of the bundle, or of any volume of it. The workspace must outlive the dialog.
    BundleDialog(const QString &path, Workspace &workspace, QWidget *parent);

    /// Brings it to the front; reads the bundle where that has not been done.
    void present();
    /// Null while it is not known what is in it; there where something is wanted.
    const std::shared_ptr<const BundleFacts> &facts() const { return m_known; }

Q_SIGNALS:
    void wanted(layerpool::BundleDialog::Deed deed);

private:
    QWidget *makeProgressPage();
    QWidget *makeProblemPage();
    QWidget *makeButtons();
    void showProgress();
    void sampleProgress();
    void showFacts(const std::shared_ptr<const BundleFacts> &facts);
    void showProblem(const Error &error, const BundleReading::Missing &missing);
    void showPage(QWidget *page);
    void keepFocus(bool isKnown);
    void offerDeeds();

    BundleReading m_reading;
    BundleFactsView *m_facts;
    NoticeLine *m_changed; ///< that what is shown was read again
    QStackedWidget *m_pages;
    QWidget *m_progressPage = nullptr;
    QLabel *m_phase = nullptr;
    QProgressBar *m_bar = nullptr;
    QWidget *m_problemPage = nullptr;
    NoticeLine *m_problem = nullptr;
    QLabel *m_waiting = nullptr;
    BundleImagesView *m_images;
    struct DeedButton
    {
        Deed deed;
        QPushButton *button;
        QString tip;
    };
    std::vector<DeedButton> m_deeds; ///< shown when it is known what is in it
    QPushButton *m_again = nullptr;
    QTimer m_sampler;
    std::shared_ptr<const BundleFacts> m_known;
    bool m_hasChanged = false; ///< since it was known
};

} // namespace layerpool
