// SPDX-License-Identifier: Apache-2.0
#include "support/SampleHugePool.h"

#include "base/Digester.h"

#include <QFile>

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <set>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace layerpool::test {
namespace {

constexpr std::array kTeams = {"platform", "monitoring", "logging",  "storage", "network",
                               "security", "payments",   "accounts", "reports", "mirror"};
constexpr std::array kThings = {"gateway",  "operator", "exporter",   "controller", "scheduler",
                                "frontend", "worker",   "dispatcher", "collector",  "registry-proxy"};

void require(bool isDone, const QByteArray &path)
{
    if (!isDone) {
        qFatal("cannot write %s: %s", path.constData(), std::strerror(errno));
    }
}

struct Blob
{
    Digest digest;
    qint64 bytes = 0;
};

class Maker
{
public:
    Maker(const QString &path, const HugePoolSpec &spec)
        : m_spec(spec), m_root(QFile::encodeName(path) + "/docker/registry/v2/")
    {
    }

    void make()
    {
        for (qsizetype slash = m_root.indexOf('/', 1); slash > 0; slash = m_root.indexOf('/', slash + 1)) {
            const QByteArray parent = m_root.first(slash);
            require(::mkdir(parent.constData(), 0777) == 0 || errno == EEXIST, parent);
        }
        for (const char *directory : {"blobs", "blobs/sha256", "repositories"}) {
            makeDirectory(m_root + directory);
        }
        for (int prefix = 0; prefix < 256; ++prefix) {
            makeDirectory(m_root + "blobs/sha256/" + QByteArray::number(prefix, 16).rightJustified(2, '0'));
        }
        for (int base = 0; base < m_spec.bases; ++base) {
            m_bases.push_back(putLayer("base " + QByteArray::number(base), 30'000'000 + base * 70'000));
        }
        for (int repository = 0; repository < m_spec.repositories; ++repository) {
            putRepository(repository);
        }
    }

private:
    void makeDirectory(const QByteArray &path) const { require(::mkdir(path.constData(), 0777) == 0, path); }

    // A hole where there are no bytes.
    void writeFile(const QByteArray &path, const QByteArray &bytes, qint64 size) const
    {
        const int fd = ::open(path.constData(), O_WRONLY | O_CREAT | O_EXCL, 0666);
        require(fd >= 0, path);
        if (bytes.isEmpty()) {
            require(::ftruncate(fd, size) == 0, path);
        } else {
            require(::write(fd, bytes.constData(), std::size_t(bytes.size())) == bytes.size(), path);
        }
        ::close(fd);
    }

    Blob putBlob(const Digest &digest, const QByteArray &bytes, qint64 size) const
    {
        const QByteArray hex = digest.hex();
        const QByteArray directory = m_root + "blobs/sha256/" + hex.first(2) + '/' + hex;
        makeDirectory(directory);
        writeFile(directory + "/data", bytes, size);
        return {digest, size};
    }
    Blob putBytes(const QByteArray &bytes) const { return putBlob(Digester::of(bytes), bytes, bytes.size()); }
    Blob putLayer(const QByteArray &name, qint64 size) const
    {
        return putBlob(Digester::of("layer " + name), {}, size);
    }

    // The first of a repository's links to a digest is a file, the others are names of it: their pages count.
    QByteArray putLink(const QByteArray &directory, const Digest &digest, const QByteArray &like = {}) const
    {
        const QByteArray own = directory + '/' + digest.hex();
        makeDirectory(own);
        const QByteArray link = own + "/link";
        if (like.isEmpty()) {
            const QByteArray text = digest.toByteArray();
            writeFile(link, text, text.size());
        } else {
            require(::link(like.constData(), link.constData()) == 0, link);
        }
        return link;
    }

    void putTag(const QByteArray &name, const Digest &digest, const QByteArray &link) const
    {
        const QByteArray directory = m_repository + "/_manifests/tags/" + name;
        for (const char *part : {"", "/current", "/index", "/index/sha256"}) {
            makeDirectory(directory + part);
        }
        const QByteArray current = directory + "/current/link";
        require(::link(link.constData(), current.constData()) == 0, current);
        putLink(directory + "/index/sha256", digest, link);
    }

    void putRepository(int number)
    {
        const int team = number / int(kThings.size());
        const QByteArray group =
            QByteArray(kTeams[std::size_t(team) % kTeams.size()]) + '-' + QByteArray::number(team);
        const QByteArray parent = m_root + "repositories/" + group;
        require(::mkdir(parent.constData(), 0777) == 0 || errno == EEXIST, parent);
        m_name = group + '/' + kThings[std::size_t(number) % kThings.size()];
        m_repository = m_root + "repositories/" + m_name;
        for (const char *part :
             {"", "/_layers", "/_layers/sha256", "/_uploads", "/_manifests", "/_manifests/revisions",
              "/_manifests/revisions/sha256", "/_manifests/tags"}) {
            makeDirectory(m_repository + part);
        }
        m_linked.clear();
        const Blob runtime = putLayer(m_name, 12'000'000 + number % 1000 * 9'000);
        std::vector<std::pair<Blob, QByteArray>> images; // and their revision links
        for (int image = 0; image < m_spec.imagesEach; ++image) {
            const Blob manifest = putImage(number, image, runtime);
            images.emplace_back(manifest,
                                putLink(m_repository + "/_manifests/revisions/sha256", manifest.digest));
        }
        const bool hasIndex = number % 50 == 0 && images.size() > 1;
        for (std::size_t image = 0; image < images.size(); ++image) {
            auto [root, link] = images[image];
            if (hasIndex && image == 0) {
                root = putBytes(indexOf(images[0].first, images[1].first));
                link = putLink(m_repository + "/_manifests/revisions/sha256", root.digest);
            }
            const QByteArray minor = "v1." + QByteArray::number(qsizetype(image));
            const bool isNewest = image + 1 == images.size();
            putTag(minor + ".2", root.digest, link);
            putTag(isNewest ? QByteArray("latest") : minor, root.digest, link);
        }
    }

    void linkLayer(const Blob &blob)
    {
        if (m_linked.insert(blob.digest).second) {
            putLink(m_repository + "/_layers/sha256", blob.digest);
        }
    }

    // What a repository's own layers are: one or two, so that there are twice as many blobs as tags.
    Blob putImage(int repository, int image, const Blob &runtime)
    {
        const QByteArray name = m_name + ' ' + QByteArray::number(image);
        std::vector<Blob> layers{m_bases[std::size_t(repository * 7 + image) % m_bases.size()], runtime};
        layers.push_back(
            putLayer(name + " program", 4'000'000 + (repository * 37 + image * 911) % 90'000 * 100));
        if (image > 0) {
            layers.push_back(putLayer(name + " settings", 2'000 + (repository * 13 + image) % 700 * 50));
        }
        const Blob config = putBytes(configOf(image, layers));
        for (const Blob &layer : layers) {
            linkLayer(layer);
        }
        linkLayer(config);
        return putBytes(manifestOf(image % 2 == 0, config, layers));
    }

    static QByteArray descriptor(const char *type, const Blob &blob, const QByteArray &indent)
    {
        return indent + "\"mediaType\": \"" + type + "\"," + indent +
               "\"size\": " + QByteArray::number(blob.bytes) + ',' + indent + "\"digest\": \"" +
               blob.digest.toByteArray() + '"';
    }

    static QByteArray manifestOf(bool isDockers, const Blob &config, const std::vector<Blob> &layers)
    {
        const char *kind = isDockers ? "application/vnd.docker.distribution.manifest.v2+json"
                                     : "application/vnd.oci.image.manifest.v1+json";
        const char *configKind = isDockers ? "application/vnd.docker.container.image.v1+json"
                                           : "application/vnd.oci.image.config.v1+json";
        const char *layerKind = isDockers ? "application/vnd.docker.image.rootfs.diff.tar.gzip"
                                          : "application/vnd.oci.image.layer.v1.tar+gzip";
        QByteArray parts;
        for (const Blob &layer : layers) {
            parts += (parts.isEmpty() ? "\n      {" : ",\n      {") +
                     descriptor(layerKind, layer, "\n         ") + "\n      }";
        }
        return QByteArray("{\n   \"schemaVersion\": 2,\n   \"mediaType\": \"") + kind +
               "\",\n   \"config\": {" + descriptor(configKind, config, "\n      ") +
               "\n   },\n   \"layers\": [" + parts + "\n   ]\n}";
    }

    static QByteArray indexOf(const Blob &amd64, const Blob &arm64)
    {
        const auto child = [](const Blob &blob, bool isDockers, const char *architecture) {
            return '{' +
                   descriptor(isDockers ? "application/vnd.docker.distribution.manifest.v2+json"
                                        : "application/vnd.oci.image.manifest.v1+json",
                              blob, "") +
                   ",\"platform\":{\"architecture\":\"" + architecture + "\",\"os\":\"linux\"}}";
        };
        return "{\"schemaVersion\":2,\"mediaType\":\"application/"
               "vnd.oci.image.index.v1+json\",\"manifests\":[" +
               child(amd64, true, "amd64") + ',' + child(arm64, false, "arm64") + "]}";
    }

    static QByteArray configOf(int image, const std::vector<Blob> &layers)
    {
        const QByteArray day = QByteArray::number(1 + image % 28).rightJustified(2, '0');
        QByteArray ids;
        QByteArray history;
        for (const Blob &layer : layers) {
            ids += (ids.isEmpty() ? "\"" : ",\"") + Digester::of(layer.digest.hex()).toByteArray() + '"';
            history +=
                (history.isEmpty() ? "" : ",") +
                ("{\"created\":\"2024-05-" + day +
                 "T09:30:00.123456789Z\",\"created_by\":\"/bin/sh -c apt-get update \\u0026\\u0026 apt-get "
                 "install -y --no-install-recommends ca-certificates curl \\\"tzdata\\\" # buildkit\"}");
        }
        return "{\"architecture\":\"" + QByteArray(image % 2 == 0 ? "amd64" : "arm64") +
               "\",\"config\":{\"User\":\"1000\",\"ExposedPorts\":{\"8080/tcp\":{}},\"Env\":[\"PATH=/usr/"
               "local/"
               "sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\",\"LANG=C.UTF-8\",\"APP_HOME=/srv/app\"],"
               "\"Entrypoint\":[\"/usr/bin/tini\",\"--\"],\"Cmd\":[\"/srv/app/run\"],\"WorkingDir\":\"/srv/"
               "app\","
               "\"Labels\":{\"org.opencontainers.image.source\":\"https://git.example.com/"
               "app\",\"maintainer\":"
               "\"Platform team\"}},\"created\":\"2024-05-" +
               day + "T09:30:00.123456789Z\",\"history\":[" + history +
               "],\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[" + ids + "]}}";
    }

    const HugePoolSpec m_spec;
    const QByteArray m_root;
    std::vector<Blob> m_bases;
    QByteArray m_name;       ///< of the repository that is made
    QByteArray m_repository; ///< its folder
    std::set<Digest> m_linked;
};

} // namespace

void makeHugePool(const QString &path, const HugePoolSpec &spec)
{
    Maker(path, spec).make();
}

} // namespace layerpool::test
