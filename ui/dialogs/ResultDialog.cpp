// SPDX-License-Identifier: Apache-2.0
#include "dialogs/ResultDialog.h"

#include "Icons.h"
#include "Outcome.h"
#include "Words.h"
#include "base/Text.h"
#include "dialogs/MadeButtons.h"
#include "views/FiguresGrid.h"
#include "views/PlainLabel.h"
#include "views/ProblemsView.h"
#include "views/Spacing.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QVBoxLayout>

namespace layerpool {
namespace {

std::vector<ProblemsView::Problem> problemsOf(const TaskResult &result)
{
    std::vector<ProblemsView::Problem> problems;
    if (result.stopped && result.stopped->kind != ErrorKind::Cancelled) {
        problems.push_back({{}, *result.stopped});
    }
    for (const ImageFailure &failure : result.failures) {
        problems.push_back({failure.image, failure.error});
    }
    for (const Error &finding : result.findings) {
        problems.push_back({{}, finding});
    }
    return problems;
}

std::vector<Figure> figuresOf(const TaskResult &result)
{
    std::vector<Figure> figures{
        Figure::ofCount(QStringLiteral("done"), ResultDialog::tr("Images done"), result.imagesDone),
        Figure::ofCount(QStringLiteral("skipped"), ResultDialog::tr("Already there"),
                        result.imagesSkipped - result.imagesKept),
        Figure::ofCount(QStringLiteral("kept"), ResultDialog::tr("Kept as they are there"),
                        result.imagesKept),
        Figure::ofCount(QStringLiteral("failed"), ResultDialog::tr("Failed"), qint64(result.failures.size())),
        Figure::ofCount(QStringLiteral("undone"), ResultDialog::tr("Not come to"), result.undone.size()),
        Figure::ofCount(QStringLiteral("referrers"), ResultDialog::tr("Signatures and other referrers"),
                        result.referrers),
        Figure::ofBytes(QStringLiteral("transferred"), ResultDialog::tr("Transferred"),
                        result.bytesTransferred),
        Figure::ofBytes(QStringLiteral("reused"), ResultDialog::tr("Reused"), result.bytesReused),
        Figure::ofBytes(QStringLiteral("written"), ResultDialog::tr("Written"), result.bytesWritten)};
    const auto isNothing = [](const Figure &figure) {
        return figure.text == formatBytes(0) || figure.text == QLocale().toString(0);
    };
    figures.erase(std::remove_if(figures.begin() + 1, figures.end(), isNothing), figures.end());
    return figures;
}

} // namespace

ResultDialog::ResultDialog(const QString &title, const TaskResult &result, const QString &details,
                           bool canRetry, Dialogs &dialogs, ReportExport &reports, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("resultDialog"));
    setWindowTitle(title);
    auto *content = new QWidget(this);
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(outerSpacing(this));
    QLabel *outcome = makePlainLabel(QStringLiteral("resultOutcome"), this);
    outcome->setText(title + QLatin1Char('\n') + outcomeOf(result));
    QFont bold = font();
    bold.setBold(true);
    outcome->setFont(bold);
    layout->addWidget(outcome);
    addProblems(result, *layout);
    addNumbers(result, *layout);
    if (result.made) {
        layout->addWidget(new MadeButtons(*result.made, dialogs, reports, this));
    }
    addSettings(result, *layout);
    layout->addStretch();

    auto *scroller = new QScrollArea(this); // on a small screen the buttons stay in sight
    scroller->setWidget(content);
    scroller->setWidgetResizable(true);
    scroller->setFrameShape(QFrame::NoFrame);
    scroller->setFocusPolicy(Qt::NoFocus);
    auto *whole = new QVBoxLayout(this);
    whole->setSpacing(outerSpacing(this));
    whole->addWidget(scroller, 1);
    QWidget *buttons = makeButtons(details, canRetry);
    whole->addWidget(buttons);
    const QSize wanted(textWidth(this, 96),
                       content->sizeHint().height() + buttons->sizeHint().height() + 4 * outerSpacing(this));
    resize(wanted.boundedTo(screen()->availableSize() * 9 / 10));
}

void ResultDialog::addProblems(const TaskResult &result, QVBoxLayout &layout)
{
    const std::vector<ProblemsView::Problem> problems = problemsOf(result);
    if (problems.empty()) {
        return;
    }
    auto *view = new ProblemsView(QStringLiteral("resultProblem"), tr("What went wrong"), this);
    view->setProblems(problems);
    layout.addWidget(view, 1);
}

void ResultDialog::addNumbers(const TaskResult &result, QVBoxLayout &layout)
{
    layout.addWidget(makeFiguresGrid(figuresOf(result), this));
    QLabel *notes = makePlainLabel(QStringLiteral("resultNotes"), this);
    setTextOrHide(notes, (result.summary + result.notes).join(QLatin1Char('\n')));
    layout.addWidget(notes);
}

void ResultDialog::addSettings(const TaskResult &result, QVBoxLayout &layout)
{
    if (result.settings.empty()) {
        return;
    }
    auto *heading = new QLabel(tr("For the &machines there, so that the original names resolve:"), this);
    auto *text = new QPlainTextEdit(textOf(result.settings), this);
    text->setObjectName(QStringLiteral("resultSettings"));
    text->setReadOnly(true);
    text->setTabChangesFocus(true);
    text->setLineWrapMode(QPlainTextEdit::NoWrap);
    text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    text->setMinimumHeight(10 * fontMetrics().lineSpacing());
    heading->setBuddy(text);
    auto *copy = new QPushButton(themedIcon(QStringLiteral("copy")), tr("Copy &settings"), this);
    copy->setObjectName(QStringLiteral("copySettingsButton"));
    copy->setAutoDefault(false);
    connect(copy, &QPushButton::clicked, text,
            [text] { QGuiApplication::clipboard()->setText(text->toPlainText()); });
    auto *top = new QHBoxLayout;
    top->addWidget(heading, 1);
    top->addWidget(copy);
    layout.addLayout(top);
    layout.addWidget(text, 1);
}

QWidget *ResultDialog::makeButtons(const QString &details, bool canRetry)
{
    auto *buttons = new QDialogButtonBox(this);
    QPushButton *close = buttons->addButton(QDialogButtonBox::Close);
    close->setObjectName(QStringLiteral("resultCloseButton"));
    close->setIcon({}); // some styles bring one of another set
    close->setDefault(true);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    QPushButton *copy = buttons->addButton(tr("&Copy details"), QDialogButtonBox::ActionRole);
    copy->setObjectName(QStringLiteral("copyDetailsButton"));
    copy->setIcon(themedIcon(QStringLiteral("copy")));
    copy->setAutoDefault(false);
    connect(copy, &QPushButton::clicked, this, [details] { QGuiApplication::clipboard()->setText(details); });
    if (canRetry) {
        QPushButton *retry = buttons->addButton(tr("&Retry failed…"), QDialogButtonBox::ActionRole);
        retry->setObjectName(QStringLiteral("resultRetryButton"));
        retry->setIcon(themedIcon(QStringLiteral("retry")));
        retry->setAutoDefault(false);
        connect(retry, &QPushButton::clicked, this, [this] {
            accept();
            Q_EMIT retryWanted();
        });
    }
    return buttons;
}

} // namespace layerpool
