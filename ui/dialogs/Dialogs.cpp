// SPDX-License-Identifier: Apache-2.0
#include "dialogs/Dialogs.h"

#include "base/Error.h"
#include "base/Text.h"
#include "work/Background.h"

#include <QCoreApplication>
#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QThreadPool>
#include <QUrl>

namespace layerpool {
namespace {

constexpr auto kSubject = "layerpool_subject"; // a property of message boxes

void present(QDialog &dialog)
{
    dialog.setWindowModality(Qt::NonModal);
    dialog.show();
    dialog.raise();
    dialog.activateWindow();
}

bool isOpen(const QWidget *parent, const QString &title)
{
    for (QFileDialog *dialog : parent->findChildren<QFileDialog *>(Qt::FindDirectChildrenOnly)) {
        if (dialog->isVisible() && dialog->windowTitle() == title) {
            present(*dialog);
            return true;
        }
    }
    return false;
}

QMessageBox *openBox(const QWidget *parent, const QString &subject)
{
    for (QMessageBox *box : parent->findChildren<QMessageBox *>(Qt::FindDirectChildrenOnly)) {
        if (box->isVisible() && box->property(kSubject) == subject) {
            return box;
        }
    }
    return nullptr;
}

void rejectBox(const QWidget *parent, const QString &subject)
{
    if (QMessageBox *box = openBox(parent, subject)) {
        box->reject();
    }
}

QFileDialog *makeFileDialog(QWidget *parent, const Dialogs::FileRequest &request, QFileDialog::FileMode mode)
{
    auto *dialog = new QFileDialog(parent, request.title, request.start, request.filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(mode);
    return dialog;
}

void askForOne(QFileDialog *dialog, QWidget *parent, Dialogs::Path then)
{
    QObject::connect(dialog, &QFileDialog::fileSelected, parent,
                     [then = std::move(then)](const QString &path) {
                         if (!path.isEmpty()) {
                             then(path);
                         }
                     });
    present(*dialog);
}

// What is asked names lists and folders, whose names are no markup.
QMessageBox *makeBox(QMessageBox::Icon icon, const QString &title, const QString &text,
                     const QString &subject, QMessageBox::StandardButtons buttons, QWidget *parent)
{
    rejectBox(parent, subject); // what was asked about it before is over
    auto *box = new QMessageBox(icon, title, text, buttons, parent);
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setProperty(kSubject, subject);
    return box;
}

QString subjectOf(const Dialogs::Question &question)
{
    return question.subject.isEmpty() ? question.text : question.subject;
}

void chooseDefault(QMessageBox &box, const Dialogs::Question &question, QPushButton *yes)
{
    if (question.chosen == Dialogs::Default::Yes) {
        box.setDefaultButton(yes);
    } else {
        box.setDefaultButton(QMessageBox::Cancel);
    }
}

Error notOpened(const QString &path, bool isThere)
{
    return {ErrorKind::NotFound, Text::tr("Cannot open %1").arg(QDir::toNativeSeparators(path)),
            isThere ? Text::tr("no program of this desktop takes it") : Text::tr("it is not there any more"),
            isThere ? Text::tr("Open it by hand") : QString()};
}

} // namespace

void PlatformDialogs::openFiles(QWidget *parent, const FileRequest &request, Files then)
{
    if (isOpen(parent, request.title)) {
        return;
    }
    QFileDialog *dialog = makeFileDialog(parent, request, QFileDialog::ExistingFiles);
    QObject::connect(dialog, &QFileDialog::filesSelected, parent,
                     [then = std::move(then)](const QStringList &files) {
                         if (!files.isEmpty()) {
                             then(files);
                         }
                     });
    present(*dialog);
}

void PlatformDialogs::openFolder(QWidget *parent, const FileRequest &request, Path then)
{
    if (isOpen(parent, request.title)) {
        return;
    }
    QFileDialog *dialog = makeFileDialog(parent, request, QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    askForOne(dialog, parent, std::move(then));
}

void PlatformDialogs::saveFile(QWidget *parent, const FileRequest &request, Path then, No otherwise)
{
    if (isOpen(parent, request.title)) {
        if (otherwise) {
            otherwise();
        }
        return;
    }
    QFileDialog *dialog = makeFileDialog(parent, request, QFileDialog::AnyFile);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    // The plan says what happens to a file that is there; two questions would be one too many.
    dialog->setOption(QFileDialog::DontConfirmOverwrite);
    if (otherwise) {
        QObject::connect(dialog, &QFileDialog::rejected, parent, std::move(otherwise));
    }
    askForOne(dialog, parent, std::move(then));
}

void PlatformDialogs::choose(QWidget *parent, const Choice &choice, Chosen then)
{
    QMessageBox *box =
        makeBox(QMessageBox::Question, choice.title, choice.text, choice.text, QMessageBox::Cancel, parent);
    for (int verb = 0; verb < choice.verbs.size(); ++verb) {
        QPushButton *button = box->addButton(choice.verbs[verb], QMessageBox::AcceptRole);
        if (verb == 0) {
            box->setDefaultButton(button);
        }
        QObject::connect(button, &QPushButton::clicked, parent, [then, verb] { then(verb); });
    }
    present(*box);
}

void PlatformDialogs::renew(QWidget *parent, const Question &question)
{
    QMessageBox *box = openBox(parent, subjectOf(question));
    if (!box) {
        return;
    }
    box->setText(question.text);
    for (QAbstractButton *button : box->buttons()) {
        if (box->buttonRole(button) == QMessageBox::AcceptRole) {
            button->setText(question.verb);
        }
    }
}

void PlatformDialogs::withdraw(QWidget *parent, const QString &subject)
{
    rejectBox(parent, subject);
}

void PlatformDialogs::openOutside(QWidget *parent, const QString &path)
{
    // Looked for in a worker, as its disk may not answer; opened also where the parent is closed meanwhile.
    runInBackground(
        *QThreadPool::globalInstance(), QCoreApplication::instance(),
        [path] { return QFileInfo::exists(path); },
        [path, parent = QPointer(parent)](bool isThere) {
            const bool isOpened = isThere && QDesktopServices::openUrl(QUrl::fromLocalFile(path));
            if (!isOpened && parent) {
                present(*makeBox(QMessageBox::Warning, Text::tr("Not opened", "a file or a folder"),
                                 notOpened(path, isThere).sentence(), path, QMessageBox::Ok, parent));
            }
        });
}

void PlatformDialogs::ask(QWidget *parent, const Question &question, Yes then, No otherwise)
{
    QMessageBox *box = makeBox(QMessageBox::Question, question.title, question.text, subjectOf(question),
                               QMessageBox::Cancel, parent);
    QPushButton *yes = box->addButton(question.verb, QMessageBox::AcceptRole);
    if (!question.keep.isEmpty()) {
        box->button(QMessageBox::Cancel)->setText(question.keep);
    }
    chooseDefault(*box, question, yes);
    QObject::connect(box, &QMessageBox::finished, parent,
                     [box, yes, then = std::move(then), otherwise = std::move(otherwise)] {
                         if (box->clickedButton() == yes) {
                             then();
                         } else if (otherwise) {
                             otherwise();
                         }
                     });
    present(*box);
}

void PlatformDialogs::askToSave(QWidget *parent, const Question &question, Fate then)
{
    QMessageBox *box = makeBox(QMessageBox::Warning, question.title, question.text, subjectOf(question),
                               QMessageBox::Discard | QMessageBox::Cancel, parent);
    QPushButton *save = box->addButton(question.verb, QMessageBox::AcceptRole);
    chooseDefault(*box, question, save);
    QObject::connect(box, &QMessageBox::finished, parent, [box, save, then = std::move(then)] {
        const QAbstractButton *clicked = box->clickedButton();
        const bool isDiscard = clicked && clicked == box->button(QMessageBox::Discard);
        then(clicked == save ? Unsaved::Save : isDiscard ? Unsaved::Discard : Unsaved::Keep);
    });
    present(*box);
}

} // namespace layerpool
