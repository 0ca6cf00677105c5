// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Digest.h"

#include <QByteArrayView>

#include <memory>

struct evp_md_ctx_st;

namespace layerpool {

/// Computes a Digest over bytes as they stream by. The only place that hashes: OpenSSL's EVP is about
/// ten times as fast as QCryptographicHash where the processor helps.
class Digester
{
public:
    explicit Digester(Digest::Algorithm algorithm = Digest::Algorithm::Sha256);
    Digester(Digester &&) noexcept;
    Digester &operator=(Digester &&) noexcept;
    ~Digester();

    void add(QByteArrayView bytes);
    /// The digest of all that was added. Ends this digester; start a new one to go on.
    Digest finish();

    static Digest of(QByteArrayView bytes, Digest::Algorithm algorithm = Digest::Algorithm::Sha256);

private:
    struct FreeContext
    {
        void operator()(evp_md_ctx_st *context) const;
    };

    Digest::Algorithm m_algorithm;
    std::unique_ptr<evp_md_ctx_st, FreeContext> m_context;
};

} // namespace layerpool
