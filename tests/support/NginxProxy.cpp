// SPDX-License-Identifier: Apache-2.0
#include "support/NginxProxy.h"

#include "support/PlainHttp.h"

#include <QDir>
#include <QFile>

namespace layerpool::test {
namespace {

QByteArray configText(quint16 port, const QString &target, const QByteArray &directory)
{
    QByteArray paths;
    for (const char *kind : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"}) {
        paths += QByteArray("    ") + kind + "_temp_path '" + directory + '/' + kind + "';\n";
    }
    return "daemon off;\n"
           "master_process off;\n"
           "error_log stderr;\n"
           "pid '" +
           directory +
           "/pid';\n"
           "events {}\n"
           "http {\n" +
           paths +
           "    access_log /dev/stdout;\n"
           "    client_max_body_size 1m;\n"
           "    server {\n"
           "        listen 127.0.0.1:" +
           QByteArray::number(port) +
           ";\n"
           "        location / {\n"
           "            proxy_pass http://" +
           target.toLatin1() +
           ";\n"
           "            proxy_set_header Host $http_host;\n"
           "        }\n"
           "    }\n"
           "}\n";
}

} // namespace

NginxProxy::NginxProxy(const QString &target)
    : m_server({QStringLiteral("/usr/sbin/nginx"), // not in everybody's PATH
                [target](quint16 port, const QString &directory) {
                    const QString config = QDir(directory).filePath(QStringLiteral("nginx.conf"));
                    writeFile(config, configText(port, target, QFile::encodeName(directory)));
                    return QStringList{QStringLiteral("-c"), config, QStringLiteral("-e"),
                                       QStringLiteral("stderr")};
                },
                [](quint16 port) { return plainRequest("GET", port, "/v2/").status != 0; }})
{
}

} // namespace layerpool::test
