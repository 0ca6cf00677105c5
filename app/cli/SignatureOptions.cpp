// SPDX-License-Identifier: Apache-2.0
#include "SignatureOptions.h"

#include "base/Text.h"

namespace layerpool {
namespace {

const QString kTrust = QStringLiteral("trust");
const QString kSignature = QStringLiteral("signature");

} // namespace

void SignatureOptions::addTo(CommandLine &line)
{
    line.addValue(kTrust,
                  Text::tr("Trust this public key too, a file or what stands in it, beside those of “key "
                           "trust”. May be repeated."),
                  QStringLiteral("KEYFILE|BASE64"));
    line.addValue(kSignature,
                  Text::tr("Tell of a bundle that no trusted key has signed, refuse it, or look at no "
                           "signature (as “key policy” says). What does not verify is refused."),
                  signaturePolicyWords().join(QLatin1Char('|')));
}

Result<SignatureOptions> SignatureOptions::read(const CommandLine &line)
{
    SignatureOptions options;
    const Result<qsizetype> policy = line.choice(kSignature, signaturePolicyWords());
    if (!policy) {
        return policy.error();
    }
    if (line.isSet(kSignature)) {
        options.m_policy = static_cast<SignaturePolicy>(*policy);
    }
    for (const QString &trusted : line.values(kTrust)) {
        const Result<PublicKey> key = PublicKey::read(trusted);
        if (!key) {
            return key.error();
        }
        options.m_keys.push_back(*key);
    }
    return options;
}

Result<SignatureRules> SignatureOptions::rules() const
{
    Result<SignatureRules> rules = SignatureRules::ofUser(m_policy);
    if (rules && rules->policy == SignaturePolicy::Ignore && !m_policy && !m_keys.empty()) {
        rules = SignatureRules::ofUser(SignaturePolicy::Warn); // who names a key wants it looked for
    }
    if (rules) {
        rules->keys.insert(rules->keys.end(), m_keys.begin(), m_keys.end());
    }
    return rules;
}

} // namespace layerpool
