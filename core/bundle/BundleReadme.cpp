// SPDX-License-Identifier: Apache-2.0
#include "bundle/BundleReadme.h"

namespace layerpool {
namespace {

constexpr char kEnglish[] = R"(A BUNDLE OF CONTAINER IMAGES                            （中文说明在下半部分）

What this is
  Container images in the storage layout of the Docker registry, in one tar or
  zip, or in volumes of one tar. Only common tools are needed to use it.
  Below, NAME.tar stands for the bundle's own name. In it there are
    docker/registry/v2/     the images: blobs, manifests, tags
    layerpool/index.json    what it holds: every tag, manifest and blob
    layerpool/README.txt    this page

1. Check what has come: no file may be damaged or missing
     sha256sum -c NAME.sha256
   If NAME.sha256.minisig is there, check first who says so
     minisign -Vm NAME.sha256 -p KEY.pub

2. Join the volumes, if it came as NAME.tar.001, NAME.tar.002 and so on
     cat NAME.tar.*[0-9] > NAME.tar

3. Unpack it into a folder
     mkdir -p FOLDER
     tar -xf NAME.tar -C FOLDER        (.tar.gz and .tar.zst too)
     unzip NAME.zip -d FOLDER          (a zip)
   A differential bundle leaves out the layers of an earlier one, its base:
   its index.json names one under "base". Unpack the base first, and this one
   into the same folder after it.

4. Run a registry over the folder (its whole path, from / on)
     docker run -d -p 5000:5000 -v FOLDER:/var/lib/registry:ro registry:2
   or Debian's docker-registry
     docker-registry serve config.yml
   with this config.yml
     version: 0.1
     storage:
       filesystem: {rootdirectory: FOLDER}
       maintenance:
         uploadpurging: {enabled: false}
         readonly: {enabled: true}
     http: {addr: "127.0.0.1:5000"}
   Both only read the storage: images can be pulled, and none pushed.

5. Pull an image; index.json names them all
     docker pull localhost:5000/REPOSITORY:TAG

With Layerpool, from the bundle or any of its volumes, nothing unpacked
     layerpool-cli push NAME.tar REGISTRY/PREFIX
     layerpool-cli import POOL NAME.tar
)";

constexpr char kRule[] = "\n"
                         "------------------------------------------------------------------------------\n\n";

constexpr char kChinese[] = R"(容器镜像包

这是什么
  按 Docker registry 存储布局存放的容器镜像，装在一个 tar 或 zip 文件中，
  或者装在一个 tar 的若干分卷中。只需常用工具即可使用。
  下文用 NAME.tar 代表此包的文件名。包内有
    docker/registry/v2/     镜像：数据块、清单、标签
    layerpool/index.json    内容目录：每个标签、清单和数据块
    layerpool/README.txt    本说明

1. 校验收到的文件：不得损坏或缺少
     sha256sum -c NAME.sha256
   如果有 NAME.sha256.minisig，请先校验签名者
     minisign -Vm NAME.sha256 -p KEY.pub

2. 合并分卷（如果收到的是 NAME.tar.001、NAME.tar.002 等）
     cat NAME.tar.*[0-9] > NAME.tar

3. 解包到一个目录
     mkdir -p FOLDER
     tar -xf NAME.tar -C FOLDER        (.tar.gz 和 .tar.zst 也一样)
     unzip NAME.zip -d FOLDER          (zip 文件)
   差异包不含其基础包中已有的层：index.json 中有 "base" 的就是差异包。
   请先解包基础包，再把本包解包到同一目录。

4. 在该目录上运行镜像仓库（FOLDER 要写从 / 开始的完整路径）
     docker run -d -p 5000:5000 -v FOLDER:/var/lib/registry:ro registry:2
   或者用 Debian 的 docker-registry
     docker-registry serve config.yml
   其 config.yml 为
     version: 0.1
     storage:
       filesystem: {rootdirectory: FOLDER}
       maintenance:
         uploadpurging: {enabled: false}
         readonly: {enabled: true}
     http: {addr: "127.0.0.1:5000"}
   两者对存储都是只读的：可以拉取镜像，不能推送。

5. 拉取镜像；index.json 列出了全部镜像
     docker pull localhost:5000/REPOSITORY:TAG

使用 Layerpool 时，可直接用此包或它的任一分卷，无需解包
     layerpool-cli push NAME.tar REGISTRY/PREFIX
     layerpool-cli import POOL NAME.tar
)";

// How the program that came along is used.
struct Steps
{
    const char *english;
    const char *chinese;
};

constexpr Steps kCommands{R"(
With the program in this bundle, where there is none; volumes are joined first
     tar -xf NAME.tar layerpool/tool
     unzip NAME.zip 'layerpool/tool/*'           (a zip)
     layerpool/tool/TOOL push NAME.tar REGISTRY/PREFIX
     layerpool/tool/TOOL import POOL NAME.tar
)",
                          R"(
没有安装 Layerpool 时，可使用本包自带的程序（分卷须先合并）
     tar -xf NAME.tar layerpool/tool
     unzip NAME.zip 'layerpool/tool/*'           (zip 文件)
     layerpool/tool/TOOL push NAME.tar REGISTRY/PREFIX
     layerpool/tool/TOOL import POOL NAME.tar
)"};

constexpr Steps kWindow{R"(
With the program in this bundle, where there is none; volumes are joined first
     tar -xf NAME.tar layerpool/tool
     unzip NAME.zip 'layerpool/tool/*'           (a zip)
     layerpool/tool/TOOL NAME.tar
   It opens a window that shows what is inside, and imports or pushes it.
)",
                        R"(
没有安装 Layerpool 时，可使用本包自带的程序（分卷须先合并）
     tar -xf NAME.tar layerpool/tool
     unzip NAME.zip 'layerpool/tool/*'           (zip 文件)
     layerpool/tool/TOOL NAME.tar
   它会打开一个窗口，显示包中的内容，并可从中导入或推送。
)"};

} // namespace

QByteArray bundleReadme(const std::optional<BundleTool> &tool)
{
    if (!tool) {
        return QByteArray(kEnglish) + kRule + kChinese;
    }
    const Steps &steps = tool->name.endsWith(".AppImage") ? kWindow : kCommands;
    const auto stepsOf = [&](const char *text) { return QByteArray(text).replace("TOOL", tool->name); };
    return kEnglish + stepsOf(steps.english) + kRule + kChinese + stepsOf(steps.chinese);
}

} // namespace layerpool
