// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QSettings>
#include <QString>
#include <QStringList>
#include <QVariantMap>

namespace layerpool {

/// One thing that is remembered: under which key, and what it is before anyone has set it.
template <typename T>
struct Setting
{
    QLatin1String key;
    T fallback{};
};

/// The table of every setting there is.
namespace settings {
inline const Setting<QByteArray> windowGeometry{QLatin1String("window/geometry")};
inline const Setting<QByteArray> windowState{QLatin1String("window/state")};
inline const Setting<QVariantMap> splitters{QLatin1String("window/splitters")}; ///< QByteArrays by name
inline const Setting<QVariantMap> columns{QLatin1String("window/columns")};     ///< QByteArrays by table
inline const Setting<bool> showsDetails{QLatin1String("window/details"), true};
inline const Setting<QStringList> poolExpanded{
    QLatin1String("window/poolExpanded")}; ///< what is open in its views
inline const Setting<QVariantMap> detailsGroups{
    QLatin1String("window/detailsGroups")}; ///< of those that were opened or closed: whether they are open
inline const Setting<QString> poolView{QLatin1String("window/poolView")}; ///< the name of its button
inline const Setting<QString> lastPool{QLatin1String("recent/pool")};
inline const Setting<QStringList> openLists{
    QLatin1String("recent/openLists")}; ///< in the order of their tabs
inline const Setting<QString> shownList{QLatin1String("recent/shownList")};
inline const Setting<QStringList> recentPools{QLatin1String("recent/pools")};
inline const Setting<QStringList> recentLists{QLatin1String("recent/lists")};
inline const Setting<QString> source{QLatin1String("convert/source"), QStringLiteral("docker.io")};
inline const Setting<QString> platforms{QLatin1String("convert/platforms"), QStringLiteral("linux/amd64")};
inline const Setting<bool> takesReferrers{QLatin1String("convert/takesReferrers"), true};
inline const Setting<QString> pushTarget{QLatin1String("push/target")};
inline const Setting<bool> keepsHost{QLatin1String("convert/keepsHost"), false};
inline const Setting<QString> proxy{QLatin1String("connection/proxy")}; ///< as of HttpOptions; no password
inline const Setting<qint64> bytesPerSecond{QLatin1String("connection/bytesPerSecond"), 0}; ///< 0: no limit
inline const Setting<int> jobs{QLatin1String("connection/jobs"), 8};
inline const Setting<int> tries{QLatin1String("connection/tries"), 5};
inline const Setting<int> idleSeconds{QLatin1String("connection/idleSeconds"), 30};
inline const Setting<QString> caFile{QLatin1String("connection/caFile")};
inline const Setting<QString> certificateFile{QLatin1String("connection/certificateFile")};
inline const Setting<QString> keyFile{QLatin1String("connection/keyFile")};
inline const Setting<QStringList> registries{QLatin1String("registry/known"),
                                             {QStringLiteral("docker.io")}};  ///< HOST[:PORT]
inline const Setting<QStringList> mirrors{QLatin1String("registry/mirrors")}; ///< "HOST=MIRROR", as asked
inline const Setting<QStringList> unverifiedHosts{QLatin1String("registry/unverified")};
inline const Setting<QStringList> hostRequests{QLatin1String("registry/requests")};     ///< "HOST=NUMBER"
inline const Setting<QStringList> loginServers{QLatin1String("registry/loginServers")}; ///< of other sites
inline const Setting<int> servePort{QLatin1String("serve/port"), 0};       ///< 0: any that is free
inline const Setting<int> pullTool{QLatin1String("serve/pullTool"), 0};    ///< the row of the choice
inline const Setting<QString> signingKey{QLatin1String("tar/signingKey")}; ///< a secret key's path
inline const Setting<bool> pushKeepsTags{QLatin1String("push/keepsTags"), false};
inline const Setting<int> pushSparse{QLatin1String("push/sparse"), 0}; ///< the row of the form
inline const Setting<QString> theme{QLatin1String("appearance/theme"), QStringLiteral("system")};
inline const Setting<QString> language{QLatin1String("appearance/language")}; ///< empty: the system's
inline const Setting<bool> notifies{QLatin1String("tasks/notifies"), true};   ///< at the end of long work
inline const Setting<int> tasksAtOnce{QLatin1String("tasks/atOnce"), 2};
inline const Setting<QString> listsFolder{QLatin1String("places/lists")}; ///< empty: where the last one was
inline const Setting<QString> poolsFolder{QLatin1String("places/pools")};
inline const Setting<QString> bundlesFolder{QLatin1String("places/bundles")};
} // namespace settings

/// What the user's last session left. A value is read and written through its entry in the table above, so
/// no key is ever spelled twice. For the thread that made it.
class Settings
{
public:
    /// The user's own.
    Settings();
    /// Those of a file; tests use it.
    explicit Settings(const QString &file);

    template <typename T>
    T value(const Setting<T> &setting) const
    {
        return m_store.value(setting.key, QVariant::fromValue(setting.fallback)).template value<T>();
    }
    template <typename T>
    void setValue(const Setting<T> &setting, const T &value)
    {
        m_store.setValue(setting.key, QVariant::fromValue(value));
    }
    /// Whether somebody has set it, be it to its fallback.
    template <typename T>
    bool isSet(const Setting<T> &setting) const
    {
        return m_store.contains(setting.key);
    }
    /// Where what a session has not finished is kept: with the user's own data, or beside the given file.
    QString tasksFolder() const;
    /// As if nobody had ever set it.
    template <typename T>
    void reset(const Setting<T> &setting)
    {
        m_store.remove(setting.key);
    }
    /// Puts the entry in front of a list of recent things, of which ten are kept.
    void remember(const Setting<QStringList> &setting, const QString &entry);

private:
    QSettings m_store;
    bool m_isOfFile = false;
};

} // namespace layerpool
