// SPDX-License-Identifier: Apache-2.0
#include "base/Digester.h"

#include <openssl/evp.h>

#include <array>

namespace layerpool {
namespace {

// A digest that can't be computed would let wrong bytes in: there is no going on without one.
void require(int opensslResult)
{
    if (opensslResult != 1) {
        qFatal("OpenSSL cannot compute digests on this machine");
    }
}

} // namespace

Digester::Digester(Digest::Algorithm algorithm) : m_algorithm(algorithm), m_context(EVP_MD_CTX_new())
{
    require(EVP_DigestInit_ex(m_context.get(),
                              algorithm == Digest::Algorithm::Sha256 ? EVP_sha256() : EVP_sha512(), nullptr));
}

Digester::Digester(Digester &&) noexcept = default;
Digester &Digester::operator=(Digester &&) noexcept = default;
Digester::~Digester() = default;

void Digester::FreeContext::operator()(evp_md_ctx_st *context) const
{
    EVP_MD_CTX_free(context);
}

void Digester::add(QByteArrayView bytes)
{
    require(EVP_DigestUpdate(m_context.get(), bytes.data(), static_cast<std::size_t>(bytes.size())));
}

Digest Digester::finish()
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> raw{};
    unsigned int length = 0;
    require(EVP_DigestFinal_ex(m_context.get(), raw.data(), &length));
    return {m_algorithm, QByteArrayView(raw.data(), static_cast<qsizetype>(length))};
}

Digest Digester::of(QByteArrayView bytes, Digest::Algorithm algorithm)
{
    Digester digester(algorithm);
    digester.add(bytes);
    return digester.finish();
}

} // namespace layerpool
