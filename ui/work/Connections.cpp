// SPDX-License-Identifier: Apache-2.0
#include "work/Connections.h"

#include "image/RegistryAddress.h"
#include "net/HostGates.h"

#include <algorithm>

namespace layerpool {
namespace {

// A file that was edited by hand holds anything.
int within(int number, NumberRange range)
{
    return std::clamp(number, range.least, range.most);
}

} // namespace

Connections::Connections(RegistryOptions logins, Settings &settings, QObject *parent)
    : QObject(parent)
    , m_logins(std::move(logins))
    , m_settings(settings)
    , m_rateLimit(std::make_shared<RateLimit>(rate()))
    , m_turns(std::make_shared<RequestTurns>(jobs(), hostRequests()))
{
    connect(this, &Connections::optionsChanged, this, [this] {
        m_rateLimit->setBytesPerSecond(rate());
        m_turns->setLimits(jobs(), hostRequests());
    });
}

int Connections::jobs() const
{
    return within(value(settings::jobs), jobsRange);
}

qint64 Connections::rate() const
{
    return std::max<qint64>(0, value(settings::bytesPerSecond));
}

RegistryOptions Connections::options() const
{
    RegistryOptions options = m_logins;
    options.jobs = jobs();
    options.trustedRealms = value(settings::loginServers);
    options.http.tries = within(value(settings::tries), triesRange);
    options.http.idleSeconds = within(value(settings::idleSeconds), idleSecondsRange);
    options.http.insecureHosts = value(settings::unverifiedHosts);
    options.http.caFile = value(settings::caFile);
    options.http.certificateFile = value(settings::certificateFile);
    options.http.keyFile = value(settings::keyFile);
    options.http.proxy = value(settings::proxy);
    options.http.rateLimit = m_rateLimit;
    options.http.hostRequests = hostRequests();
    options.http.turns = m_turns;
    return options;
}

QStringList Connections::registries() const
{
    QStringList hosts = value(settings::registries) + value(settings::unverifiedHosts);
    hosts.removeDuplicates();
    hosts.sort();
    return hosts;
}

void Connections::addRegistry(const QString &host)
{
    QStringList hosts = value(settings::registries);
    if (hosts.contains(host)) {
        return;
    }
    m_settings.setValue(settings::registries, hosts << host);
    Q_EMIT registriesChanged();
}

void Connections::removeRegistry(const QString &host)
{
    QStringList hosts = value(settings::registries);
    hosts.removeAll(host);
    m_settings.setValue(settings::registries, hosts);
    setMirrorsOf(host, {});
    setRequestsAt(host, HostGates::mostAtOneHost);
    allowUnverified(host, false);
    Q_EMIT registriesChanged();
}

bool Connections::isUnverifiedAllowed(const QString &host) const
{
    return namesHost(value(settings::unverifiedHosts), host);
}

void Connections::allowUnverified(const QString &host, bool isAllowed)
{
    QStringList hosts = value(settings::unverifiedHosts);
    hosts.removeIf([&](const QString &name) { return namesHost({name}, host); });
    if (isAllowed) {
        hosts.append(host);
    }
    set(settings::unverifiedHosts, hosts);
    Q_EMIT registriesChanged();
}

// A file that was edited by hand may hold what is no mirror: it is as if it were not there.
Mirrors Connections::mirrors() const
{
    Mirrors mirrors;
    for (const QString &word : value(settings::mirrors)) {
        if (const Result<Mirrors> one = parseMirrors({word})) {
            for (const auto &[host, addresses] : *one) {
                mirrors[host].insert(mirrors[host].end(), addresses.begin(), addresses.end());
            }
        }
    }
    return mirrors;
}

void Connections::setMirrors(const Mirrors &mirrors)
{
    const QStringList words = wordsOf(mirrors);
    if (words != value(settings::mirrors)) {
        m_settings.setValue(settings::mirrors, words);
        Q_EMIT mirrorsChanged();
    }
}

std::vector<RegistryAddress> Connections::mirrorsOf(const QString &host) const
{
    const Mirrors all = mirrors();
    const auto found = all.find(host);
    return found == all.end() ? std::vector<RegistryAddress>() : found->second;
}

void Connections::setMirrorsOf(const QString &host, const std::vector<RegistryAddress> &mirrors)
{
    Mirrors all = this->mirrors();
    if (mirrors.empty()) {
        all.erase(host);
    } else {
        all[host] = mirrors;
    }
    setMirrors(all);
}

// A file that was edited by hand may hold what is no number: it is as if it were not there.
QHash<QString, int> Connections::hostRequests() const
{
    QHash<QString, int> all;
    for (const QString &word : value(settings::hostRequests)) {
        bool isNumber = false;
        const int number = word.section(QLatin1Char('='), 1).toInt(&isNumber);
        if (isNumber) {
            const QString host = word.section(QLatin1Char('='), 0, 0);
            all.insert(RegistryAddress{host, {}}.apiHost(), within(number, hostRequestsRange));
        }
    }
    return all;
}

int Connections::requestsAt(const QString &host) const
{
    return HostGates::limitFor(hostRequests(), RegistryAddress{host, {}}.apiHost());
}

void Connections::setRequestsAt(const QString &host, int requests)
{
    QStringList words = value(settings::hostRequests);
    words.removeIf([&](const QString &word) { return word.section(QLatin1Char('='), 0, 0) == host; });
    if (requests != HostGates::mostAtOneHost) {
        words << host + QLatin1Char('=') + QString::number(requests);
    }
    set(settings::hostRequests, words);
}

void Connections::allowLoginServer(const QString &host)
{
    QStringList hosts = value(settings::loginServers);
    if (!hosts.contains(host)) {
        set(settings::loginServers, hosts << host);
    }
}

} // namespace layerpool
