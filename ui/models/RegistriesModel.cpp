// SPDX-License-Identifier: Apache-2.0
#include "models/RegistriesModel.h"

#include "Icons.h"
#include "Words.h"
#include "image/RegistryAddress.h"
#include "work/Background.h"

#include <algorithm>

namespace layerpool {

RegistriesModel::RegistriesModel(Connections &connections, QThreadPool &workers, QObject *parent)
    : QAbstractTableModel(parent), m_connections(connections), m_workers(workers)
{
    connect(&connections, &Connections::registriesChanged, this, &RegistriesModel::readRegistries);
    connect(&connections, &Connections::mirrorsChanged, this, [this] {
        if (!m_rows.empty()) {
            Q_EMIT dataChanged(index(0, MirrorsColumn), index(int(m_rows.size()) - 1, MirrorsColumn));
        }
    });
    connect(&connections, &Connections::loginsChanged, this, [this] {
        if (m_hasLooked) {
            lookForLogins();
        }
    });
    readRegistries();
}

RegistriesModel::~RegistriesModel()
{
    m_looking.cancel();
}

// Rows come and go one at a time, so that the selection stays on its registry.
void RegistriesModel::readRegistries()
{
    const QStringList hosts = m_connections.registries();
    for (int row = int(m_rows.size()) - 1; row >= 0; --row) {
        if (!hosts.contains(hostAt(row))) {
            beginRemoveRows({}, row, row);
            m_rows.erase(m_rows.begin() + row);
            endRemoveRows();
        }
    }
    bool hasNew = false;
    for (int row = 0; row < int(hosts.size()); ++row) {
        if (row == int(m_rows.size()) || hostAt(row) != hosts[row]) {
            beginInsertRows({}, row, row);
            m_rows.insert(m_rows.begin() + row, Row{hosts[row], {}});
            endInsertRows();
            hasNew = true;
        }
    }
    if (!m_rows.empty()) {
        Q_EMIT dataChanged(index(0, Certificate), index(int(m_rows.size()) - 1, Certificate));
    }
    if (hasNew && m_hasLooked) {
        lookForLogins();
    }
}

int RegistriesModel::rowOf(const QString &host) const
{
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [&](const Row &row) { return row.host == host; });
    return found == m_rows.end() ? -1 : int(found - m_rows.begin());
}

bool RegistriesModel::isSignedIn(int row) const
{
    const std::optional<KnownLogin> &login = m_rows[std::size_t(row)].login;
    return login && !login->place.isEmpty();
}

RegistriesModel::Sources RegistriesModel::loadSources(const RegistryOptions &options)
{
    return std::make_shared<Result<std::unique_ptr<Credentials>>>(
        Credentials::load({options.session, options.authFile, options.keyring}));
}

RegistriesModel::KnownLogin RegistriesModel::findLogin(const Sources &sources, const QString &host,
                                                       const CancelToken &cancel)
{
    if (!*sources) {
        return {{}, {}, sources->error()};
    }
    const Result<Credentials::Found> found = (**sources)->find(host, {}, cancel);
    if (!found) {
        return {{}, {}, found.error()};
    }
    return {found->credential ? found->credential->user : QString(), found->place, found->trouble};
}

void RegistriesModel::lookForLogins()
{
    m_hasLooked = true;
    m_looking.cancel();
    m_looking = CancelToken();
    for (Row &row : m_rows) {
        row.login.reset();
    }
    if (m_rows.empty()) {
        return;
    }
    Q_EMIT dataChanged(index(0, Login), index(int(m_rows.size()) - 1, Login));
    runInBackground(
        m_workers, this, [options = m_connections.options()] { return loadSources(options); },
        [this, looking = m_looking](const Sources &sources) {
            if (!looking.isCancelled()) {
                lookForNext(sources);
            }
        });
}

void RegistriesModel::lookForNext(const Sources &sources)
{
    const auto next =
        std::find_if(m_rows.begin(), m_rows.end(), [](const Row &row) { return !row.login.has_value(); });
    if (next == m_rows.end()) {
        return;
    }
    runInBackground(
        m_workers, this,
        [sources, host = next->host, cancel = m_looking] { return findLogin(sources, host, cancel); },
        [this, sources, host = next->host, looking = m_looking](const KnownLogin &login) {
            const int row = rowOf(host);
            if (looking.isCancelled()) {
                return; // they are being looked for anew
            }
            if (row >= 0) {
                m_rows[std::size_t(row)].login = login;
                Q_EMIT dataChanged(index(row, Login), index(row, Login));
            }
            lookForNext(sources);
        });
}

int RegistriesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int RegistriesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RegistriesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Row &row = m_rows[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return textOf(row, index.column());
    case Qt::ToolTipRole:
        return tipOf(row, index.column());
    case Qt::DecorationRole:
        if (index.column() == Login && isSignedIn(index.row())) {
            return themedIcon(QStringLiteral("key"));
        }
        return index.column() == Certificate && m_connections.isUnverifiedAllowed(row.host)
                   ? themedIcon(QStringLiteral("warning"))
                   : QVariant();
    default:
        return {};
    }
}

QString RegistriesModel::loginText(const Row &row) const
{
    if (!row.login) {
        return m_hasLooked ? tr("Looking …", "for a login") : QString();
    }
    if (!row.login->place.isEmpty()) {
        const QString user = row.login->user.isEmpty() ? tr("identity token") : row.login->user;
        return tr("%1 — %2", "who is signed in, where that is kept").arg(user, row.login->place);
    }
    return row.login->trouble ? row.login->trouble->what : tr("Not signed in");
}

QString RegistriesModel::certificateText(const Row &row) const
{
    if (m_connections.isUnverifiedAllowed(row.host)) {
        return tr("Not verified, as you allowed");
    }
    return isLoopbackHost(row.host) ? tr("Plain HTTP, or verified", "this machine's own addresses")
                                    : tr("Must be verified");
}

QString RegistriesModel::tipOf(const Row &row, int column) const
{
    if (column == Login && row.login && row.login->trouble) {
        return sentenceOf(*row.login->trouble);
    }
    return textOf(row, column);
}

QString RegistriesModel::textOf(const Row &row, int column) const
{
    switch (column) {
    case Registry:
        return row.host;
    case Login:
        return loginText(row);
    case MirrorsColumn:
        return layerpool::textOf(m_connections.mirrorsOf(row.host));
    default:
        return certificateText(row);
    }
}

QVariant RegistriesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Registry:
        return tr("Registry");
    case Login:
        return tr("Login");
    case MirrorsColumn:
        return tr("Mirrors");
    case Certificate:
        return tr("Certificate");
    default:
        return {};
    }
}

} // namespace layerpool
