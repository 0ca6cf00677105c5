// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>
#include <QWidget>

#include <functional>

namespace layerpool {

/// The one door through which the window asks for files and for a yes, and shows what other programs show, so
/// that tests can answer. Nothing
/// waits: the answer comes to the function that was handed over, unless the parent is gone; where the user
/// changed their mind, to `otherwise` alone.
class Dialogs
{
public:
    struct FileRequest
    {
        QString title;
        QString start;  ///< a folder, or the file that is proposed
        QString filter; ///< as QFileDialog's; empty for all files
    };
    enum class Default { Yes, Cancel };
    struct Question
    {
        QString title;
        QString text;
        QString verb;                  ///< on the button that says yes
        Default chosen = Default::Yes; ///< what Enter means; what destroys something is never it
        QString keep = {};             ///< on the button that says no, where "Cancel" can be misread
        QString subject = {};          ///< what it is about, where another text may ask the same
    };
    /// What shall become of something that is not saved.
    enum class Unsaved { Save, Discard, Keep };
    struct Choice
    {
        QString title;
        QString text;
        QStringList verbs; ///< a button each, beside Cancel; the first is the harmless one
    };
    // Nothing holds the window: whoever is asked can pause, cancel and look meanwhile. So what a question
    // names may have changed when its answer comes. Asked again about the same subject (where none is named:
    // with the same text), the question that was open is answered as by Cancel, and the new one takes its
    // place. A file dialog of the same title comes to the front instead, and the second asking is answered by
    // Cancel.

    using Files = std::function<void(const QStringList &files)>;
    using Path = std::function<void(const QString &path)>;
    using Yes = std::function<void()>;
    using No = std::function<void()>;
    using Chosen = std::function<void(int verb)>;
    using Fate = std::function<void(Unsaved)>;

    virtual ~Dialogs() = default;

    virtual void openFiles(QWidget *parent, const FileRequest &request, Files then) = 0;
    virtual void openFolder(QWidget *parent, const FileRequest &request, Path then) = 0;
    virtual void saveFile(QWidget *parent, const FileRequest &request, Path then, No otherwise = {}) = 0;
    virtual void ask(QWidget *parent, const Question &question, Yes then, No otherwise = {}) = 0;
    /// The verb is that of the button that saves. The answer always comes, Keep where nothing shall be done.
    virtual void askToSave(QWidget *parent, const Question &question, Fate then) = 0;
    virtual void choose(QWidget *parent, const Choice &choice, Chosen then) = 0;
    /// The open question about that subject, where there is one: has this text and verb from now on, or is
    /// answered as by Cancel.
    virtual void renew(QWidget *parent, const Question &question) = 0;
    virtual void withdraw(QWidget *parent, const QString &subject) = 0;
    /// A folder or a file, in the desktop's program for it. Where that can't be, the user is told.
    virtual void openOutside(QWidget *parent, const QString &path) = 0;
};

/// The platform's own dialogs.
class PlatformDialogs final : public Dialogs
{
public:
    void openFiles(QWidget *parent, const FileRequest &request, Files then) override;
    void openFolder(QWidget *parent, const FileRequest &request, Path then) override;
    void saveFile(QWidget *parent, const FileRequest &request, Path then, No otherwise) override;
    void ask(QWidget *parent, const Question &question, Yes then, No otherwise) override;
    void askToSave(QWidget *parent, const Question &question, Fate then) override;
    void choose(QWidget *parent, const Choice &choice, Chosen then) override;
    void renew(QWidget *parent, const Question &question) override;
    void withdraw(QWidget *parent, const QString &subject) override;
    void openOutside(QWidget *parent, const QString &path) override;
};

} // namespace layerpool
