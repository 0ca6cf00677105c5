// SPDX-License-Identifier: Apache-2.0
// What a registry lists page by page.
#include "base/Text.h"
#include "image/MediaType.h"
#include "registry/LinkHeader.h"
#include "registry/RegistryAnswer.h"
#include "registry/RegistryClient.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

namespace layerpool {
namespace {

constexpr qint64 kLongestPage =
    8 * 1024 * 1024; // some registries send all tags at once, with their manifests
constexpr qsizetype kMostTags = 200'000;
constexpr int kTagsAPage = 1000;
constexpr int kMostReferrerPages = 100;

Error badList(const RemoteRepository &repository, const QString &why)
{
    return {ErrorKind::Corrupt,
            Text::tr("%1 lists %2 badly").arg(repository.host, repository.name.toString()), why,
            Text::tr("Its administrator may know more")};
}

// Names from outside reach URLs and paths: what is no legal tag is none.
Status addTags(const RemoteRepository &repository, const QByteArray &body, QStringList &names)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    if (!document.isObject()) {
        return badList(repository, Text::tr("its list of tags is no JSON object"));
    }
    for (const QJsonValue &value : document.object().value(QLatin1String("tags")).toArray()) {
        if (const QString tag = value.toString(); isTag(tag)) {
            names << tag;
        }
    }
    return names.size() <= kMostTags
               ? Status()
               : badList(repository, Text::tr("it has more than %1 tags").arg(kMostTags));
}

// An answer that says so of the list, whoever asks: a registry that has it must not give a 404 (OCI
// distribution-spec 1.1, "Listing Referrers").
bool saysItHasNoSuchList(int status)
{
    return status == 404 || status == 405 || status == 501;
}

// Registries that are older than the list answer in many ways, proxies in front of them too. Whoever may not
// ask is told so.
bool mayHaveNoSuchList(int status)
{
    return status >= 400 && status < 500 && status != 401 && status != 403 && status != 408 && status != 429;
}

} // namespace

Result<bool> RegistryClient::readPages(const RemoteRepository &repository, const QString &path,
                                       HttpRequest request, int mostPages, const PageReader &read)
{
    request.longestAnswer = kLongestPage;
    QUrl address(path);
    QSet<QUrl> seen;
    for (int page = 0; page < mostPages; ++page) {
        const Result<HttpResponse> response =
            withLogin(repository, {"repository:" + repository.name.toByteArray() + ":pull"}, address, request,
                      [this](const HttpRequest &ready) { return m_http.send(ready); });
        if (!response) {
            return response.error();
        }
        const Result<Next> next = read(*response);
        if (!next) {
            return next.error();
        }
        if (*next == Next::Stop) {
            return true;
        }
        const QByteArray link = nextLink(response->header("Link"));
        if (link.isEmpty()) {
            return true;
        }
        address = response->url.resolved(QUrl::fromEncoded(link));
        if (seen.contains(address)) {
            return badList(repository, Text::tr("its pages lead in circles"));
        }
        if (!isSafeStep(response->url, address)) {
            return badList(repository, Text::tr("its next page is at an unsafe address"));
        }
        seen.insert(address);
    }
    return false;
}

Result<RegistryClient::Tags> RegistryClient::tags(const RemoteRepository &repository, int mostPages)
{
    Tags tags;
    const QString path =
        QStringLiteral("/v2/%1/tags/list?n=%2").arg(repository.name.toString()).arg(kTagsAPage);
    const Result<bool> areAll =
        readPages(repository, path, {}, mostPages, [&](const HttpResponse &response) -> Result<Next> {
            const Status added = response.isSuccess()
                                     ? addTags(repository, response.body, tags.names)
                                     : readError(repository.host, repository.name.toString(), response);
            return added ? Result<Next>(Next::Page) : added.error();
        });
    if (!areAll) {
        return areAll.error();
    }
    tags.areAll = *areAll;
    tags.names.removeDuplicates();
    return tags;
}

Result<RegistryClient::ReferrerList> RegistryClient::referrers(const RemoteRepository &repository,
                                                               const Digest &digest, std::size_t most)
{
    ReferrerList list;
    HttpRequest request;
    request.headers.emplaceBack("Accept", mediatype::ociIndex);
    const QString path =
        QStringLiteral("/v2/%1/referrers/%2").arg(repository.name.toString(), digest.toString());
    const auto takePage = [&](const HttpResponse &response) -> Result<Next> {
        const bool isFirst = list.support != ReferrerList::Support::Given;
        if (isFirst && saysItHasNoSuchList(response.status)) {
            list.support = ReferrerList::Support::None;
            return Next::Stop;
        }
        if (isFirst && mayHaveNoSuchList(response.status)) {
            return Next::Stop;
        }
        if (!response.isSuccess()) {
            return answerError(repository.host, repository.name.toString(), response);
        }
        const Result<Manifest> page = Manifest::parse(response.body, response.header("Content-Type"));
        if (!page || !page->isIndex()) {
            return isFirst ? Result<Next>(Next::Stop)
                           : badList(repository, Text::tr("a page of its referrers is no index"));
        }
        list.support = ReferrerList::Support::Given;
        for (const Descriptor &descriptor : page->children()) {
            if (list.descriptors.size() == most) {
                list.areAll = false;
                return Next::Stop;
            }
            list.descriptors.push_back(descriptor);
        }
        return Next::Page;
    };
    const Result<bool> areAll = readPages(repository, path, std::move(request), kMostReferrerPages, takePage);
    if (!areAll) {
        return areAll.error();
    }
    list.areAll = list.areAll && *areAll;
    return list;
}

} // namespace layerpool
