// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pool/PoolWriter.h"
#include "task/ImportClosure.h"
#include "task/ImportPlan.h"

#include <QSet>

#include <unordered_set>

namespace layerpool {

/// Gives a bundle's images their names, once all its blobs are on the writer's shelf. For one thread.
class ImportRun
{
public:
    /// The pool may have changed since the plan: `images` are what there is now. All else must outlive it.
    ImportRun(const ImportPlan &plan, std::vector<ImportImage> images, const BundleContent &content,
              PoolWriter &writer, const TaskContext &context, TaskResult &result);

    /// Looks at every image before any gets its name. Error: BadInput (some are not whole; the result names
    /// them).
    Status check();
    /// Errors: Storage, NoSpace, Cancelled.
    Status publish();

    /// The lines that are done, skipped or failed.
    const QSet<QString> &settled() const { return m_settled; }

private:
    struct Going
    {
        const ImportImage *image;
        PoolTag tag;                  ///< as the pool gets it
        std::optional<Manifest> made; ///< what it names, where that is neither the bundle's nor the pool's
    };

    void look(const ImportImage &image);
    void settle(const ImportImage &image, const ImportClosure::Image &parts);
    bool isLeftOut(const ImportImage &image) const;
    bool isInPool(const ImportImage &image, const Closure &closure) const;
    void skip(const ImportImage &image, bool isKept);
    void go(const ImportImage &image, const Closure &closure);
    void join(const ImportImage &image, const Closure &closure);
    Status publishBlobs();
    Status publish(const std::vector<const Going *> &batch);
    void tellDone(const Going &going, const ImportClosure::Image &parts);

    const ImportPlan &m_plan;
    const std::vector<ImportImage> m_images;
    PoolWriter &m_writer;
    const TaskContext &m_context;
    TaskResult &m_result;
    ImportClosure m_closure;
    std::vector<ImageFailure> m_failures;
    std::vector<Going> m_going;
    std::unordered_set<Digest> m_wanted; ///< by those that go
    std::unordered_set<Digest> m_kept;   ///< manifests of images that keep the pool's tag
    int m_leftOut = 0;                   ///< referrers of those
    QSet<QString> m_settled;
};

} // namespace layerpool
