// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "interop/Workplace.h"
#include "support/FakeRegistry.h"
#include "support/SampleImages.h"

#include <gtest/gtest.h>

#include <QElapsedTimer>

#include <chrono>

namespace layerpool::test {

/// Two images at a registry that misbehaves as a test scripts it, and the command line, which has to bring
/// them over all the same. Each test is one row of the table of faults.
class FaultTest : public testing::Test
{
protected:
    FaultTest();
    void TearDown() override;

    /// Names the row; the first thing that a test does.
    void row(const char *fault);

    QString path(const QString &name) const { return m_place.path(name); }
    QString pool() const { return path(QStringLiteral("pool")); }
    QString failedList() const { return path(QStringLiteral("failed.txt")); }

    /// Converts both images from the registry that misbehaves: a second of silence counts as a dead line.
    Outcome convert(const QStringList &more = {});
    /// The same with `--json`, and Ctrl+C as soon as it says this.
    Outcome convertUntil(const QByteArray &text);
    /// Converts both images; the program is stopped, as if the machine slept, when it has asked for the layer
    /// and for so long.
    Outcome convertAsleep(std::chrono::milliseconds time, const QStringList &more);
    /// Pushes a pool with both images to the registry that misbehaves, which takes them into memory.
    Outcome push(const QStringList &more = {});

    /// The large layer that only apps/one:v1 has.
    const Digest &layer() const { return m_one.amd64().layers.back(); }
    QByteArray layerPath() const { return "/v2/apps/one/blobs/" + layer().toByteArray(); }

    /// It ended well, and the pool equals one that was never disturbed.
    void expectUndisturbed(const Outcome &outcome);
    /// apps/one:v1 failed for this reason, apps/two:v1 is there; and when the fault is over, the same command
    /// makes a pool that equals one that was never disturbed.
    void expectOneFails(const Outcome &outcome, const QByteArray &reason);
    /// It ended well, and the target has both images with their very bytes.
    void expectPushed(const Outcome &outcome);
    /// What the target answers for this path below `/v2/`.
    QByteArray atTarget(const QByteArray &path) const;
    /// apps/one:v1 did not arrive, for this reason; apps/two:v1 did.
    void expectOneIsNotPushed(const Outcome &outcome, const QByteArray &reason);

    /// Begins again as if nothing were scripted.
    void heal();

    Workplace m_place{Workplace::Medium::Memory};
    SampleRegistry m_samples{path(QStringLiteral("source"))};
    const Sample m_one;
    const Sample m_two;
    const QByteArray m_layer; ///< the bytes of `layer()`
    FakeRegistry m_registry;

private:
    QStringList convertWords(const QString &host, const QString &target, const QStringList &more) const;
    Outcome convertFrom(const QString &host, const QString &target, const QStringList &more) const;
    void note(const Outcome &outcome);
    void expectSameAsUndisturbed();

    QElapsedTimer m_clock;
    QString m_fault;
    QString m_went;
    int m_exitStatus = -1;
    int m_requests = 0;
    double m_seconds = 0;
};

} // namespace layerpool::test
