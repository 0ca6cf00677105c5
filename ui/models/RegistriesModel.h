// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "registry/Credentials.h"
#include "work/Connections.h"

#include <QAbstractTableModel>
#include <QThreadPool>

#include <memory>
#include <optional>
#include <vector>

namespace layerpool {

/// The registries that are known: who is signed in there, which mirrors are asked first, and whether an
/// exception is made for their certificates. Logins are looked for in a worker, one registry after the other,
/// when `lookForLogins` asks for it: a keyring may have to be unlocked.
class RegistriesModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Registry, Login, MirrorsColumn, Certificate, ColumnCount };

    /// Both must outlive the model.
    RegistriesModel(Connections &connections, QThreadPool &workers, QObject *parent = nullptr);
    ~RegistriesModel() override;

    void lookForLogins();

    const QString &hostAt(int row) const { return m_rows[std::size_t(row)].host; }
    /// -1 where it is not there.
    int rowOf(const QString &host) const;
    /// Whether a login is known; false while it is being looked for.
    bool isSignedIn(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct KnownLogin
    {
        QString user;
        QString place; ///< empty: not signed in
        std::optional<Error> trouble;
    };
    struct Row
    {
        QString host;
        std::optional<KnownLogin> login; ///< none: not looked for yet
    };
    using Sources = std::shared_ptr<Result<std::unique_ptr<Credentials>>>;

    static Sources loadSources(const RegistryOptions &options);
    static KnownLogin findLogin(const Sources &sources, const QString &host, const CancelToken &cancel);
    void readRegistries();
    void lookForNext(const Sources &sources);
    QString loginText(const Row &row) const;
    QString tipOf(const Row &row, int column) const;
    QString certificateText(const Row &row) const;
    QString textOf(const Row &row, int column) const;

    Connections &m_connections;
    QThreadPool &m_workers;
    CancelToken m_looking;
    bool m_hasLooked = false;
    std::vector<Row> m_rows;
};

} // namespace layerpool
