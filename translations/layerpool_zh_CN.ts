<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>Text</name>
    <message>
        <source>Cannot export into %1</source>
        <translation>无法导出到 %1</translation>
    </message>
    <message>
        <source>Choose an empty folder, or a new one</source>
        <translation>请选择空文件夹，或新的文件夹</translation>
    </message>
</context>
<context>
    <name>layerpool::Actions</name>
    <message>
        <source>%1 (%2)</source>
        <comment>what it does, its shortcut</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Open &amp;list…</source>
        <translation>打开列表(&amp;L)…</translation>
    </message>
    <message>
        <source>Open a list of images, a text file with one image on each line</source>
        <translation>打开镜像列表：每行一个镜像的文本文件</translation>
    </message>
    <message>
        <source>Open &amp;pool…</source>
        <translation>打开镜像池(&amp;P)…</translation>
    </message>
    <message>
        <source>Open a folder with a registry&apos;s storage in it</source>
        <translation>打开含有镜像仓库存储的文件夹</translation>
    </message>
    <message>
        <source>&amp;New pool…</source>
        <translation>新建镜像池(&amp;N)…</translation>
    </message>
    <message>
        <source>Make a pool in an empty folder</source>
        <translation>在空文件夹中新建镜像池</translation>
    </message>
    <message>
        <source>&amp;Close list</source>
        <translation>关闭列表(&amp;C)</translation>
    </message>
    <message>
        <source>Close the list; its file stays as it is</source>
        <translation>关闭列表，文件保持不变</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>Leave Layerpool; what was fetched is kept</source>
        <translation>退出 Layerpool，已下载的内容会保留</translation>
    </message>
    <message>
        <source>&amp;Convert…</source>
        <translation>转换(&amp;C)…</translation>
    </message>
    <message>
        <source>Fetch the list&apos;s images into the pool</source>
        <translation>把列表中的镜像下载到镜像池</translation>
    </message>
    <message>
        <source>&amp;Select…</source>
        <translation>选取(&amp;S)…</translation>
    </message>
    <message>
        <source>Make a small pool of the ticked images or the list, by hard links</source>
        <translation>用硬链接把勾选的镜像或列表做成一个小镜像池</translation>
    </message>
    <message>
        <source>&amp;Tar…</source>
        <translation>打包(&amp;T)…</translation>
    </message>
    <message>
        <source>P&amp;ush…</source>
        <translation>推送(&amp;U)…</translation>
    </message>
    <message>
        <source>Send the ticked images or the list to a registry</source>
        <translation>把勾选的镜像或列表推送到镜像仓库</translation>
    </message>
    <message>
        <source>&amp;Verify…</source>
        <translation>校验(&amp;V)…</translation>
    </message>
    <message>
        <source>&amp;Read again</source>
        <translation>重新读取(&amp;R)</translation>
    </message>
    <message>
        <source>Read the pool again, as it is on the disk now</source>
        <translation>按磁盘上的现状重新读取镜像池</translation>
    </message>
    <message>
        <source>U&amp;ntick all</source>
        <translation>全部取消勾选(&amp;N)</translation>
    </message>
    <message>
        <source>Untick all images</source>
        <translation>取消勾选所有镜像</translation>
    </message>
    <message>
        <source>&amp;Cancel all</source>
        <translation>全部取消(&amp;C)</translation>
    </message>
    <message>
        <source>Cancel all tasks; what was fetched is kept</source>
        <translation>取消所有任务，已下载的内容会保留</translation>
    </message>
    <message>
        <source>&amp;About Layerpool</source>
        <translation>关于 Layerpool(&amp;A)</translation>
    </message>
    <message>
        <source>The program&apos;s version and licence</source>
        <translation>程序的版本与许可证</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;List</source>
        <translation>列表(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Pool</source>
        <translation>镜像池(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Tasks</source>
        <translation>任务(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>Sign &amp;in to a registry…</source>
        <translation>登录镜像仓库(&amp;I)…</translation>
    </message>
    <message>
        <source>Give a name and password for a registry that asks for them</source>
        <translation>为要求登录的镜像仓库提供用户名和密码</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>设置(&amp;S)…</translation>
    </message>
    <message>
        <source>Proxy, limits, certificates and the registries that are known</source>
        <translation>代理、限制、证书以及已知的镜像仓库</translation>
    </message>
    <message>
        <source>Read every byte of the pool again, or ask a registry for all that the pool has</source>
        <translation>重新读取镜像池的每个字节，或向镜像仓库查询镜像池所有的内容</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>Ne&amp;w list</source>
        <translation>新建列表(&amp;W)</translation>
    </message>
    <message>
        <source>Begin an empty list</source>
        <translation>新建一个空列表</translation>
    </message>
    <message>
        <source>&amp;Save list</source>
        <translation>保存列表(&amp;S)</translation>
    </message>
    <message>
        <source>Write the list&apos;s changes to its file</source>
        <translation>把列表的更改写入其文件</translation>
    </message>
    <message>
        <source>Save list &amp;as…</source>
        <translation>列表另存为(&amp;A)…</translation>
    </message>
    <message>
        <source>Write the list to another file</source>
        <translation>把列表写入另一个文件</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>最近打开(&amp;R)</translation>
    </message>
    <message>
        <source>Lists and pools that were open of late</source>
        <translation>最近打开过的列表和镜像池</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>Take back the last change of the list</source>
        <translation>撤销对列表的上一次更改</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>Make the change of the list again that was taken back</source>
        <translation>重新应用撤销的更改</translation>
    </message>
    <message>
        <source>&amp;Paste as a list</source>
        <translation>粘贴为列表(&amp;P)</translation>
    </message>
    <message>
        <source>Open the files in the clipboard, or make a list of the images that its text names</source>
        <translation>打开剪贴板中的文件，或用其文本中的镜像新建列表</translation>
    </message>
    <message>
        <source>Check at the &amp;source</source>
        <translation>在来源处检查(&amp;S)</translation>
    </message>
    <message>
        <source>Ask the sources whether the list&apos;s images are there, and which tags have moved</source>
        <translation>询问来源：列表中的镜像是否存在，哪些标签已移动</translation>
    </message>
    <message>
        <source>&amp;Next list</source>
        <translation>下一个列表(&amp;N)</translation>
    </message>
    <message>
        <source>Show the list in the next tab</source>
        <translation>显示下一个标签页中的列表</translation>
    </message>
    <message>
        <source>&amp;Previous list</source>
        <translation>上一个列表(&amp;P)</translation>
    </message>
    <message>
        <source>Show the list in the tab before</source>
        <translation>显示上一个标签页中的列表</translation>
    </message>
    <message>
        <source>S&amp;erve…</source>
        <translation>提供服务(&amp;E)…</translation>
    </message>
    <message>
        <source>Run this machine&apos;s own registry over the pool, read-only, to try it</source>
        <translation>用本机的镜像仓库程序以只读方式提供镜像池，以便试用</translation>
    </message>
    <message>
        <source>E&amp;xport ticks as a list…</source>
        <translation>把勾选项导出为列表(&amp;X)…</translation>
    </message>
    <message>
        <source>Write the names of the ticked images to a text file</source>
        <translation>把勾选的镜像的名称写入文本文件</translation>
    </message>
    <message>
        <source>&amp;Getting started</source>
        <translation>快速入门(&amp;G)</translation>
    </message>
    <message>
        <source>From a list to the far side, in a minute</source>
        <translation>一分钟了解：从列表到隔离网络的另一侧</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>键盘快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>Every key that the window answers to</source>
        <translation>窗口响应的所有按键</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>Open &amp;bundle…</source>
        <translation>打开打包文件(&amp;B)…</translation>
    </message>
    <message>
        <source>Pack the ticked images or the list into a bundle</source>
        <translation>把勾选的镜像或列表打包成一个打包文件</translation>
    </message>
    <message>
        <source>Show what a bundle holds; import it, check it, or push it from where it lies</source>
        <translation>显示打包文件的内容；可导入、校验，或直接从中推送</translation>
    </message>
    <message>
        <source>I&amp;mport…</source>
        <translation>导入(&amp;M)…</translation>
    </message>
    <message>
        <source>Take the images of a bundle, of a folder that skopeo left, or of another pool into a pool</source>
        <translation>将打包文件、skopeo 生成的文件夹或另一个镜像池中的镜像导入镜像池</translation>
    </message>
    <message>
        <source>Ex&amp;port…</source>
        <translation>导出(&amp;P)…</translation>
    </message>
    <message>
        <source>Lay the ticked images or the list out for skopeo and other tools, by hard links</source>
        <translation>用硬链接把勾选的镜像或列表导出给 skopeo 等工具使用</translation>
    </message>
    <message>
        <source>Write &amp;inventory…</source>
        <translation>写出内容清单(&amp;I)…</translation>
    </message>
    <message>
        <source>Write every digest of the pool to a file, so that a bundle for this side can leave out what is here</source>
        <translation>把镜像池的每个摘要写入文件，使发往本侧的打包文件可以略去此处已有的内容</translation>
    </message>
</context>
<context>
    <name>layerpool::BlobModel</name>
    <message>
        <source>Manifest</source>
        <translation>清单</translation>
    </message>
    <message>
        <source>Config</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Unused</source>
        <comment>a blob that no image needs</comment>
        <translation>未使用</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) of this pool need it</source>
        <translation>
            <numerusform>此镜像池中有 %n 个镜像需要它</numerusform>
        </translation>
    </message>
    <message>
        <source>Blob</source>
        <translation>Blob</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Images</source>
        <comment>how many need a blob</comment>
        <translation>镜像数</translation>
    </message>
    <message>
        <source>%1, left out</source>
        <comment>a layer that the far side has</comment>
        <translation>%1，已省略</translation>
    </message>
</context>
<context>
    <name>layerpool::BundleCommands</name>
    <message>
        <source>Open a bundle</source>
        <translation>打开打包文件</translation>
    </message>
    <message>
        <source>One bundle is opened at a time: %1 is the first.</source>
        <translation>一次只能打开一个打包文件：先打开 %1。</translation>
    </message>
    <message>
        <source>Choose the pool to import into, or an empty folder for a new one</source>
        <translation>选择要导入到的镜像池，或选择空文件夹以新建</translation>
    </message>
    <message>
        <source>Choose the pool that takes the images of %1, or an empty folder for a new one</source>
        <comment>a file</comment>
        <translation>选择接收 %1 中镜像的镜像池，或选择空文件夹以新建</translation>
    </message>
</context>
<context>
    <name>layerpool::BundleDialog</name>
    <message>
        <source>Bundle %1</source>
        <translation>打包文件 %1</translation>
    </message>
    <message>
        <source>Read the bundle again</source>
        <translation>重新读取打包文件</translation>
    </message>
    <message>
        <source>Progress of reading the bundle</source>
        <translation>读取打包文件的进度</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>导入(&amp;I)…</translation>
    </message>
    <message>
        <source>Take its images into a pool; the plan comes first</source>
        <translation>把其中的镜像导入镜像池；会先显示计划</translation>
    </message>
    <message>
        <source>&amp;Push…</source>
        <translation>推送(&amp;P)…</translation>
    </message>
    <message>
        <source>Send its images to a registry from where it lies; the plan comes first</source>
        <translation>就地把其中的镜像推送到镜像仓库；会先显示计划</translation>
    </message>
    <message>
        <source>Check &amp;every byte…</source>
        <translation>校验每个字节(&amp;E)…</translation>
    </message>
    <message>
        <source>Read all of it, and compare each blob with its digest</source>
        <translation>读取全部内容，并把每个 blob 与其摘要比对</translation>
    </message>
    <message>
        <source>Open in the &amp;window</source>
        <translation>在窗口中打开(&amp;W)</translation>
    </message>
    <message>
        <source>Show it in the window, as a pool that is only read</source>
        <translation>在窗口中以只读镜像池的形式显示</translation>
    </message>
    <message>
        <source>Try &amp;again</source>
        <translation>重试(&amp;A)</translation>
    </message>
    <message>
        <source>Reading the bundle</source>
        <translation>正在读取打包文件</translation>
    </message>
    <message>
        <source>The bundle, or what is trusted, has changed: it was read again.</source>
        <translation>打包文件或受信任的密钥有变化：已重新读取。</translation>
    </message>
    <message>
        <source>There is no image in the bundle.</source>
        <translation>打包文件中没有镜像。</translation>
    </message>
    <message>
        <source>It is read again as soon as its files change.</source>
        <translation>其文件一有变化就会重新读取。</translation>
    </message>
    <message>
        <source>%1 is missing, and nothing can be copied into %2: copy all volumes into one folder, and open the bundle there.</source>
        <comment>names of files, a folder</comment>
        <translation>缺少 %1，且无法向 %2 复制文件：请把所有分卷复制到同一个文件夹，并从那里打开打包文件。</translation>
    </message>
    <message>
        <source>Insert the disc with %1, and copy it into %2: the bundle is read as soon as it is there.</source>
        <comment>names of files, a folder</comment>
        <translation>请插入含有 %1 的光盘，并将其复制到 %2：文件到位后会立即读取打包文件。</translation>
    </message>
</context>
<context>
    <name>layerpool::BundleFactsView</name>
    <message>
        <source>Zip, not packed</source>
        <translation>Zip，未压缩</translation>
    </message>
    <message>
        <source>Tar, packed by gzip: unpacked into a temporary file to be read</source>
        <translation>Tar，以 gzip 压缩：读取时解压到临时文件</translation>
    </message>
    <message>
        <source>Tar, packed by zstd: unpacked into a temporary file to be read</source>
        <translation>Tar，以 zstd 压缩：读取时解压到临时文件</translation>
    </message>
    <message>
        <source>Tar, not packed</source>
        <translation>Tar，未压缩</translation>
    </message>
    <message numerus="yes">
        <source>%n layer(s) that the far side must have, %1: the bundle leaves them out</source>
        <comment>how many, bytes</comment>
        <translation>
            <numerusform>%n 个层，共 %1：打包文件省略了它们，对端必须已有</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing: all layers of its images are in it</source>
        <translation>无：其镜像的所有层都在其中</translation>
    </message>
    <message>
        <source>Bundle:</source>
        <translation>打包文件：</translation>
    </message>
    <message>
        <source>Folder:</source>
        <translation>文件夹：</translation>
    </message>
    <message>
        <source>Files:</source>
        <translation>文件：</translation>
    </message>
    <message>
        <source>Format:</source>
        <translation>格式：</translation>
    </message>
    <message>
        <source>Id:</source>
        <comment>of a bundle: the digest of what it lists</comment>
        <translation>标识：</translation>
    </message>
    <message>
        <source>Needs:</source>
        <comment>what a bundle needs on the far side</comment>
        <translation>依赖：</translation>
    </message>
    <message>
        <source>Signature:</source>
        <translation>签名：</translation>
    </message>
    <message>
        <source>Copy the bundle&apos;s id</source>
        <translation>复制打包文件的标识</translation>
    </message>
    <message>
        <source>none: another program made it</source>
        <translation>无：由其他程序制作</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a file, bytes</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>a file, bytes</comment>
        <translation>%1，%2</translation>
    </message>
    <message numerus="yes">
        <source>%n volumes, %1 in all: %2 to %3</source>
        <comment>bytes, the first, the last</comment>
        <translation>
            <numerusform>%n 个分卷，共 %1：%2 至 %3</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <comment>files</comment>
        <translation>
            <numerusform>以及另外 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>None was looked at: there are no sums beside it, or the settings say so</source>
        <translation>未检查签名：旁边没有校验和文件，或设置为不检查</translation>
    </message>
</context>
<context>
    <name>layerpool::BundleImagesView</name>
    <message>
        <source>%1 · %2</source>
        <comment>images, bytes</comment>
        <translation>%1 · %2</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n 个镜像</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>the other figures, signatures and the like</comment>
        <translation>%1 · %2</translation>
    </message>
    <message numerus="yes">
        <source>%n signature(s) and other referrers</source>
        <translation>
            <numerusform>%n 个签名及其他引用项</numerusform>
        </translation>
    </message>
    <message>
        <source>No image is in the bundle.</source>
        <translation>打包文件中没有镜像。</translation>
    </message>
    <message>
        <source>Filter the bundle&apos;s images</source>
        <translation>筛选打包文件中的镜像</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>Images of the bundle</source>
        <translation>打包文件中的镜像</translation>
    </message>
    <message>
        <source>Nothing matches ‘%1’.</source>
        <translation>没有与“%1”匹配的内容。</translation>
    </message>
</context>
<context>
    <name>layerpool::ColumnRoom</name>
    <message>
        <source>Col&amp;umns</source>
        <translation>列(&amp;U)</translation>
    </message>
    <message>
        <source>As many as &amp;fit</source>
        <translation>自动适应宽度(&amp;F)</translation>
    </message>
</context>
<context>
    <name>layerpool::Commands</name>
    <message>
        <source>Open a pool</source>
        <translation>打开镜像池</translation>
    </message>
    <message>
        <source>Choose an empty folder for the new pool</source>
        <translation>为新镜像池选择一个空文件夹</translation>
    </message>
    <message>
        <source>New pool</source>
        <translation>新建镜像池</translation>
    </message>
    <message>
        <source>%1 holds no pool yet. Make a new, empty pool there?</source>
        <translation>%1 中还没有镜像池。要在那里新建一个空镜像池吗？</translation>
    </message>
    <message>
        <source>Make the pool</source>
        <translation>新建镜像池</translation>
    </message>
    <message>
        <source>About Layerpool</source>
        <translation>关于 Layerpool</translation>
    </message>
    <message>
        <source>Layerpool %1

Carries container images across an air gap.

Apache License 2.0</source>
        <translation>Layerpool %1

把容器镜像带过物理隔离。

Apache License 2.0</translation>
    </message>
    <message>
        <source>Open a pool first, or make one.</source>
        <translation>请先打开或新建镜像池。</translation>
    </message>
    <message>
        <source>Open a list first.</source>
        <translation>请先打开列表。</translation>
    </message>
    <message>
        <source>No line of the list names an image.</source>
        <translation>列表中没有任何一行是镜像。</translation>
    </message>
    <message>
        <source>The pool is empty. Convert a list to fill it.</source>
        <translation>镜像池是空的。转换一个列表来填充它。</translation>
    </message>
    <message>
        <source>No image is ticked.</source>
        <translation>没有勾选镜像。</translation>
    </message>
    <message>
        <source>No task runs.</source>
        <translation>没有正在运行的任务。</translation>
    </message>
    <message>
        <source>The clipboard holds no file and no text.</source>
        <translation>剪贴板中既没有文件也没有文本。</translation>
    </message>
    <message>
        <source>The pool is still being read.</source>
        <translation>仍在读取镜像池。</translation>
    </message>
    <message>
        <source>This pool is read-only (%1). Open or make another one to convert into.</source>
        <comment>a reason</comment>
        <translation>此镜像池是只读的（%1）。请打开或新建另一个镜像池作为转换目标。</translation>
    </message>
    <message>
        <source>No other list is open.</source>
        <translation>没有打开其他列表。</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation>没有可撤销的操作。</translation>
    </message>
    <message>
        <source>There is nothing to redo.</source>
        <translation>没有可重做的操作。</translation>
    </message>
    <message>
        <source>Nothing was open of late.</source>
        <translation>最近没有打开过任何内容。</translation>
    </message>
    <message>
        <source>Another Convert is not over: layers that both fetch at the same time come twice.</source>
        <translation>另一个转换尚未结束：两者同时下载的层会下载两次。</translation>
    </message>
    <message>
        <source>A registry can&apos;t run over a bundle: import it into a pool.</source>
        <translation>无法在打包文件上运行镜像仓库：请先把它导入镜像池。</translation>
    </message>
    <message>
        <source>The bundle holds no images.</source>
        <translation>打包文件中没有镜像。</translation>
    </message>
    <message>
        <source>Hard links need a pool in a folder: import the bundle into one.</source>
        <translation>硬链接需要文件夹形式的镜像池：请先把打包文件导入这样的镜像池。</translation>
    </message>
</context>
<context>
    <name>layerpool::ConnectionPage</name>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>This one:</source>
        <translation>指定：</translation>
    </message>
    <message>
        <source>Address of the proxy</source>
        <translation>代理的地址</translation>
    </message>
    <message>
        <source>http:// or socks5://, HOST:PORT. This machine&apos;s own addresses and those in NO_PROXY go directly.</source>
        <translation>http:// 或 socks5://，HOST:PORT。本机地址和 NO_PROXY 中的地址直接连接。</translation>
    </message>
    <message>
        <source>&amp;Proxy:</source>
        <translation>代理(&amp;P)：</translation>
    </message>
    <message>
        <source>Name the proxy: http://HOST:PORT or socks5://HOST:PORT. Until then it stays as it was.</source>
        <translation>请填写代理：http://HOST:PORT 或 socks5://HOST:PORT。在此之前保持原样。</translation>
    </message>
    <message>
        <source>A password is not kept here, where it could be read: write this address into HTTPS_PROXY, and choose what the system says.</source>
        <translation>密码不保存在这里，否则会被他人读到：请把此地址写入 HTTPS_PROXY，并选择“按系统设置”。</translation>
    </message>
    <message>
        <source>No limit</source>
        <comment>of the rate</comment>
        <translation>不限</translation>
    </message>
    <message>
        <source>Unit of the highest rate</source>
        <translation>最高速率的单位</translation>
    </message>
    <message>
        <source>kB/s</source>
        <translation>kB/s</translation>
    </message>
    <message>
        <source>MB/s</source>
        <translation>MB/s</translation>
    </message>
    <message>
        <source>Highest &amp;rate:</source>
        <translation>最高速率(&amp;R)：</translation>
    </message>
    <message>
        <source>&amp;Transfers at a time:</source>
        <translation>同时传输数(&amp;T)：</translation>
    </message>
    <message>
        <source> s</source>
        <comment>seconds</comment>
        <translation> 秒</translation>
    </message>
    <message>
        <source>Without any byte, until a connection counts as dead</source>
        <translation>没有任何字节多久之后视为连接中断</translation>
    </message>
    <message>
        <source>&amp;Authority of your own:</source>
        <translation>自有证书颁发机构(&amp;A)：</translation>
    </message>
    <message>
        <source>Choose a file of certificate authorities (PEM)</source>
        <translation>选择证书颁发机构文件（PEM）</translation>
    </message>
    <message>
        <source>none; the system&apos;s are trusted</source>
        <comment>no file</comment>
        <translation>无；信任系统的</translation>
    </message>
    <message>
        <source>C&amp;lient certificate:</source>
        <translation>客户端证书(&amp;L)：</translation>
    </message>
    <message>
        <source>Choose the client certificate (PEM)</source>
        <translation>选择客户端证书（PEM）</translation>
    </message>
    <message>
        <source>Its &amp;key:</source>
        <translation>其密钥(&amp;K)：</translation>
    </message>
    <message>
        <source>Choose the key of the client certificate (PEM, without a password)</source>
        <translation>选择客户端证书的密钥（PEM，不带密码）</translation>
    </message>
    <message>
        <source>none</source>
        <comment>no file</comment>
        <translation>无</translation>
    </message>
    <message>
        <source>A client certificate needs its key, and a key its certificate.</source>
        <translation>客户端证书需要密钥，密钥也需要证书。</translation>
    </message>
    <message>
        <source>As the system says (HTTPS_PROXY, NO_PROXY)</source>
        <translation>按系统设置（HTTPS_PROXY、NO_PROXY）</translation>
    </message>
    <message>
        <source>Tr&amp;y a request:</source>
        <translation>请求尝试次数(&amp;Y)：</translation>
    </message>
    <message>
        <source> ×</source>
        <comment>how often</comment>
        <translation> 次</translation>
    </message>
    <message>
        <source>While it fails for a passing reason</source>
        <translation>当请求因暂时性原因失败时</translation>
    </message>
    <message>
        <source>Give up after &amp;silence of:</source>
        <translation>无数据多久后放弃(&amp;S)：</translation>
    </message>
    <message>
        <source>Of all transfers together; 0 is no limit</source>
        <translation>所有传输合计；0 表示不限制</translation>
    </message>
    <message>
        <source>The highest rate holds at once. All else holds for what is planned from now on; a task that runs keeps what it has begun with.</source>
        <translation>最高速率立即生效。其余设置对此后计划的任务生效；正在运行的任务保持开始时的设置。</translation>
    </message>
    <message>
        <source>Of all tasks together, over all registries</source>
        <translation>所有任务合计，不分仓库</translation>
    </message>
</context>
<context>
    <name>layerpool::ConvertForm</name>
    <message>
        <source>Answers for lines that name no registry: HOST, HOST:PORT or HOST:PORT/PREFIX</source>
        <translation>没有写明镜像仓库的行由它提供：HOST、HOST:PORT 或 HOST:PORT/PREFIX</translation>
    </message>
    <message>
        <source>none</source>
        <comment>no mirror</comment>
        <translation>无</translation>
    </message>
    <message>
        <source>&amp;Source registry:</source>
        <translation>源镜像仓库(&amp;S)：</translation>
    </message>
    <message>
        <source>&amp;Mirrors:</source>
        <translation>镜像站(&amp;M)：</translation>
    </message>
    <message>
        <source>&amp;Platforms:</source>
        <translation>平台(&amp;P)：</translation>
    </message>
    <message>
        <source>Name the registry that answers for lines without one.</source>
        <translation>请填写为没有写明镜像仓库的行提供镜像的仓库。</translation>
    </message>
    <message>
        <source>Si&amp;gnatures and other referrers</source>
        <translation>签名及其他引用项(&amp;G)</translation>
    </message>
    <message>
        <source>Fetch &amp;foreign layers too</source>
        <translation>同时获取外部层(&amp;F)</translation>
    </message>
    <message>
        <source>What refers to an image comes along with it: signatures, SBOMs, attestations</source>
        <translation>引用镜像的内容随镜像一同带来：签名、SBOM、证明</translation>
    </message>
    <message>
        <source>Layers whose licence keeps them at their vendor, as those of Windows: from the registry, else from the vendor&apos;s address</source>
        <translation>因许可证而留在供应商处的层（例如 Windows 的层）：先从镜像仓库获取，否则从供应商的地址获取</translation>
    </message>
    <message>
        <source>&amp;Registries in the pool&apos;s names</source>
        <translation>镜像池名称中包含仓库(&amp;R)</translation>
    </message>
    <message>
        <source>Put the registry in front: quay.io/team/app in place of team/app</source>
        <translation>把镜像仓库放在前面：用 quay.io/team/app 代替 team/app</translation>
    </message>
    <message>
        <source>Asked before the source registry. A mirror of another registry is written HOST=MIRROR, several are set apart by commas. Settings ▸ Registries has the same.</source>
        <translation>先于源镜像仓库被询问。其他镜像仓库的镜像站写作 HOST=MIRROR，多个之间用逗号分隔。也可在“设置 ▸ 镜像仓库”中设置。</translation>
    </message>
</context>
<context>
    <name>layerpool::DesktopNotifications</name>
    <message>
        <source>Show</source>
        <comment>the window</comment>
        <translation>显示</translation>
    </message>
</context>
<context>
    <name>layerpool::DetailsPane</name>
    <message>
        <source>Choose something in the pool to see what it is.</source>
        <translation>在镜像池中选择一项，即可查看其内容。</translation>
    </message>
    <message>
        <source>Manifest</source>
        <translation>清单</translation>
    </message>
    <message>
        <source>Config</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>概要</translation>
    </message>
    <message>
        <source>What is known of it</source>
        <translation>该项的已知信息</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>&amp;Copy value</source>
        <translation>复制值(&amp;C)</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
</context>
<context>
    <name>layerpool::ExportForm</name>
    <message>
        <source>Choose a folder to export into</source>
        <translation>选择要导出到的文件夹</translation>
    </message>
    <message>
        <source>a new or empty folder, or one to add to</source>
        <translation>新文件夹、空文件夹，或要加入的文件夹</translation>
    </message>
    <message>
        <source>Target folder</source>
        <translation>目标文件夹</translation>
    </message>
    <message>
        <source>Folders for skopeo</source>
        <translation>skopeo 目录</translation>
    </message>
    <message>
        <source>A folder NAME:TAG for each image, as “skopeo sync” reads and writes them; it takes all images. Each folder has its layers to itself.</source>
        <translation>每个镜像一个 NAME:TAG 文件夹，与“skopeo sync”读写的相同；可容纳所有镜像。每个文件夹各自保存自己的层。</translation>
    </message>
    <message>
        <source>OCI image layout</source>
        <translation>OCI 镜像布局</translation>
    </message>
    <message>
        <source>One folder that has each layer once, for skopeo, containerd and others; skopeo finds no images of Docker&apos;s media types in it.</source>
        <translation>一个文件夹，每一层只存一份，供 skopeo、containerd 等使用；skopeo 在其中找不到使用 Docker 媒体类型的镜像。</translation>
    </message>
    <message>
        <source>Target &amp;folder:</source>
        <translation>目标文件夹(&amp;F)：</translation>
    </message>
    <message>
        <source>Fo&amp;rmat:</source>
        <translation>格式(&amp;R)：</translation>
    </message>
    <message>
        <source>Choose the folder to see what it takes.</source>
        <translation>选择文件夹，即可看到需要什么。</translation>
    </message>
</context>
<context>
    <name>layerpool::GeneralPage</name>
    <message>
        <source>Notif&amp;y at the end of long work, while another window is in front</source>
        <translation>耗时操作结束且其他窗口在前时发送通知(&amp;Y)</translation>
    </message>
    <message>
        <source>Folder of l&amp;ists:</source>
        <translation>列表文件夹(&amp;I)：</translation>
    </message>
    <message>
        <source>Choose where your lists are</source>
        <translation>选择存放列表的文件夹</translation>
    </message>
    <message>
        <source>Folder of &amp;pools:</source>
        <translation>镜像池文件夹(&amp;P)：</translation>
    </message>
    <message>
        <source>Choose where your pools are</source>
        <translation>选择存放镜像池的文件夹</translation>
    </message>
    <message>
        <source>Folder of &amp;bundles:</source>
        <translation>镜像包文件夹(&amp;B)：</translation>
    </message>
    <message>
        <source>Choose where tar files and bundles go</source>
        <translation>选择存放 tar 文件和镜像包的文件夹</translation>
    </message>
    <message>
        <source>As the system</source>
        <comment>language</comment>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>&amp;Language:</source>
        <translation>语言(&amp;L)：</translation>
    </message>
    <message>
        <source>T&amp;heme:</source>
        <translation>主题(&amp;H)：</translation>
    </message>
    <message>
        <source>The others wait for their turn</source>
        <translation>其余任务排队等待</translation>
    </message>
    <message>
        <source>What Convert begins with: one platform, or several set apart by commas</source>
        <translation>“转换”的初始平台：一个平台，或用逗号分隔的多个平台</translation>
    </message>
    <message>
        <source>Tas&amp;ks at a time:</source>
        <translation>同时运行的任务数(&amp;K)：</translation>
    </message>
    <message>
        <source>Platfor&amp;ms:</source>
        <translation>平台(&amp;M)：</translation>
    </message>
    <message>
        <source>where the last one was</source>
        <comment>a folder</comment>
        <translation>上次所用的位置</translation>
    </message>
    <message>
        <source>Close the other dialogs: the window follows then.</source>
        <translation>请关闭其他对话框，窗口随后会切换语言。</translation>
    </message>
</context>
<context>
    <name>layerpool::HelpDialog</name>
    <message>
        <source>&amp;Getting started</source>
        <translation>快速入门(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>键盘快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Pages of the help</source>
        <translation>帮助页面</translation>
    </message>
</context>
<context>
    <name>layerpool::ImportForm</name>
    <message>
        <source>Move them to the bundle&apos;s image</source>
        <translation>移动到打包文件中的镜像</translation>
    </message>
    <message>
        <source>Keep them, and skip the image</source>
        <translation>保留它们并跳过该镜像</translation>
    </message>
    <message>
        <source>&amp;Tags that differ in the pool:</source>
        <translation>镜像池中不同的标签(&amp;T)：</translation>
    </message>
    <message>
        <source>Into:</source>
        <comment>the pool that a bundle is taken into</comment>
        <translation>导入到：</translation>
    </message>
    <message>
        <source>Choose what the pool takes in</source>
        <translation>选择要导入镜像池的内容</translation>
    </message>
    <message>
        <source>a bundle, or what skopeo, docker save or another pool left</source>
        <translation>打包文件、另一个镜像池，或 skopeo、docker save 生成的内容</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>NAME[:TAG], only where the source does not say it</source>
        <translation>NAME[:TAG]，仅在来源未说明名称时填写</translation>
    </message>
    <message>
        <source>How the image is called, of a source that does not name it; without TAG, each keeps its own</source>
        <translation>来源未说明名称时，镜像所用的名称；不带 TAG 则各自保留原标签</translation>
    </message>
    <message>
        <source>S&amp;ource:</source>
        <translation>来源(&amp;O)：</translation>
    </message>
    <message>
        <source>&amp;Name:</source>
        <translation>名称(&amp;N)：</translation>
    </message>
    <message>
        <source>Choose the source to see what it holds.</source>
        <translation>选择来源以查看其内容。</translation>
    </message>
</context>
<context>
    <name>layerpool::InventoryExport</name>
    <message>
        <source>Write the inventory of %1</source>
        <comment>a pool or bundle</comment>
        <translation>写出 %1 的内容清单</translation>
    </message>
    <message>
        <source>Inventories (*.json);;All files (*)</source>
        <translation>内容清单 (*.json);;所有文件 (*)</translation>
    </message>
    <message>
        <source>%1 is written: %2.</source>
        <comment>a file, what it lists</comment>
        <translation>已写入 %1：%2。</translation>
    </message>
</context>
<context>
    <name>layerpool::JsonView</name>
    <message>
        <source>Copy the e&amp;xact bytes</source>
        <translation>复制原始字节(&amp;X)</translation>
    </message>
    <message>
        <source>As the registry has them: they have the digest, what is shown here is put in lines</source>
        <translation>与镜像仓库中的完全一致，摘要即由其得出；此处显示的内容已分行排版</translation>
    </message>
</context>
<context>
    <name>layerpool::Leaving</name>
    <message>
        <source>Tasks are not finished</source>
        <translation>任务尚未完成</translation>
    </message>
    <message numerus="yes">
        <source>%n task(s) are not finished. They pause and keep what they have fetched; the next start offers to go on from there.</source>
        <translation>
            <numerusform>%n 个任务尚未完成。它们将暂停并保留已下载的内容；下次启动时可从那里继续。</numerusform>
        </translation>
    </message>
    <message>
        <source>Pause and quit</source>
        <translation>暂停并退出</translation>
    </message>
    <message>
        <source>Unsaved lists</source>
        <translation>未保存的列表</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Tasks and lists are not finished</source>
        <translation>任务和列表尚未完成</translation>
    </message>
    <message>
        <source>Save, pause and quit</source>
        <translation>保存、暂停并退出</translation>
    </message>
</context>
<context>
    <name>layerpool::LeftoverBar</name>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Put them into the queue; what was fetched is not fetched again</source>
        <translation>把它们放入队列；已下载的内容不会重新下载</translation>
    </message>
    <message>
        <source>Ask no more; what was fetched stays in the pool</source>
        <translation>不再询问；已下载的内容保留在镜像池中</translation>
    </message>
    <message numerus="yes">
        <source>%n task(s) were left unfinished: %1.</source>
        <translation>
            <numerusform>有 %n 个任务未完成：%1。</numerusform>
        </translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>忘记</translation>
    </message>
</context>
<context>
    <name>layerpool::ListCommands</name>
    <message>
        <source>Open lists of images</source>
        <translation>打开镜像列表</translation>
    </message>
    <message>
        <source>Lists (*.txt *.list);;All files (*)</source>
        <translation>列表 (*.txt *.list);;所有文件 (*)</translation>
    </message>
    <message>
        <source>%1 was changed by another program since it was opened. Replace it by what is shown here?</source>
        <translation>%1 在打开之后已被其他程序更改。要用此处显示的内容替换它吗？</translation>
    </message>
    <message>
        <source>%1 is there already. Replace it?</source>
        <translation>%1 已存在。要替换它吗？</translation>
    </message>
    <message>
        <source>Save list</source>
        <translation>保存列表</translation>
    </message>
    <message>
        <source>Replace the file</source>
        <translation>替换文件</translation>
    </message>
    <message>
        <source>Close list</source>
        <translation>关闭列表</translation>
    </message>
    <message>
        <source>%1 has changes that are not saved.</source>
        <translation>%1 有未保存的更改。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message numerus="yes">
        <source>%n list(s) have changes that are not saved: %1</source>
        <translation>
            <numerusform>%n 个列表有未保存的更改：%1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) of %1 looked for at their sources</source>
        <translation>
            <numerusform>已在来源处查询 %1 的 %n 个镜像</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n moved</source>
        <comment>tags that stand for another image now</comment>
        <translation>
            <numerusform>%n 个已移动</numerusform>
        </translation>
    </message>
    <message>
        <source>none has moved</source>
        <translation>没有标签移动</translation>
    </message>
    <message numerus="yes">
        <source>%n not found</source>
        <translation>
            <numerusform>%n 个未找到</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n could not be asked for (%1)</source>
        <translation>
            <numerusform>%n 个无法查询（%1）</numerusform>
        </translation>
    </message>
    <message>
        <source>Check at the source</source>
        <translation>在源处检查</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) name no registry: %1 is asked for them. Convert has a place to name another.</source>
        <translation>
            <numerusform>有 %n 行未写明镜像仓库：将向 %1 查询。可在“转换”中指定其他镜像仓库。</numerusform>
        </translation>
    </message>
    <message>
        <source>Ask %1</source>
        <comment>a registry</comment>
        <translation>查询 %1</translation>
    </message>
    <message>
        <source>%1 was changed by another program, and was read anew.</source>
        <translation>%1 已被其他程序修改，并已重新读取。</translation>
    </message>
    <message>
        <source>Save %1 as</source>
        <comment>a list</comment>
        <translation>将 %1 另存为</translation>
    </message>
</context>
<context>
    <name>layerpool::ListDocument</name>
    <message>
        <source>add line</source>
        <translation>添加行</translation>
    </message>
    <message>
        <source>edit line</source>
        <translation>编辑行</translation>
    </message>
    <message numerus="yes">
        <source>remove %n line(s)</source>
        <translation>
            <numerusform>移除 %n 行</numerusform>
        </translation>
    </message>
    <message>
        <source>comment in</source>
        <translation>取消注释</translation>
    </message>
    <message>
        <source>comment out</source>
        <translation>注释掉</translation>
    </message>
</context>
<context>
    <name>layerpool::ListFilterBar</name>
    <message>
        <source>Filter the list</source>
        <translation>筛选列表</translation>
    </message>
    <message>
        <source>Shows the lines that hold these letters (Ctrl+F in the list, Esc to clear)</source>
        <translation>显示含有这些字符的行（在列表中按 Ctrl+F，按 Esc 清除）</translation>
    </message>
    <message>
        <source>Lines in this state</source>
        <translation>处于此状态的行</translation>
    </message>
    <message>
        <source>Shows the lines that are in this state</source>
        <translation>显示处于此状态的行</translation>
    </message>
    <message>
        <source>All lines</source>
        <translation>所有行</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>Partly</source>
        <translation>不全</translation>
    </message>
    <message>
        <source>In pool</source>
        <translation>已在池中</translation>
    </message>
    <message>
        <source>Moved</source>
        <translation>已移动</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>有问题</translation>
    </message>
</context>
<context>
    <name>layerpool::ListModel</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>Parts</source>
        <comment>manifests, configs and layers of an image that the pool has: 3 of 5</comment>
        <translation>部分</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message numerus="yes">
        <source>%n tag(s)</source>
        <comment>in the pool, that match a pattern; a narrow column</comment>
        <translation>
            <numerusform>%n 个标签</numerusform>
        </translation>
    </message>
    <message>
        <source>…</source>
        <comment>an image&apos;s state that is being found out</comment>
        <translation>…</translation>
    </message>
    <message>
        <source>line %1</source>
        <translation>第 %1 行</translation>
    </message>
    <message>
        <source>at %1: %2</source>
        <comment>a registry, a digest</comment>
        <translation>在 %1：%2</translation>
    </message>
    <message>
        <source>Being compared</source>
        <comment>a list&apos;s line with the pool</comment>
        <translation>正在比较</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>In pool, 3 tag(s)</comment>
        <translation>%1，%2</translation>
    </message>
</context>
<context>
    <name>layerpool::ListPane</name>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation>
            <numerusform>%n 行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n repeated</source>
        <translation>
            <numerusform>%n 行重复</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n bad</source>
        <translation>
            <numerusform>%n 行有误</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n here</source>
        <comment>images of a list that the pool has</comment>
        <translation>
            <numerusform>%n 个已有</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n partly</source>
        <translation>
            <numerusform>%n 个不全</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n missing</source>
        <translation>
            <numerusform>%n 个缺失</numerusform>
        </translation>
    </message>
    <message>
        <source>Open a pool to see what it has of them</source>
        <translation>打开镜像池即可看到其中已有哪些</translation>
    </message>
    <message numerus="yes">
        <source>%n moved</source>
        <comment>tags that stand for another image now</comment>
        <translation>
            <numerusform>%n 个已移动</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not found</source>
        <comment>at their sources</comment>
        <translation>
            <numerusform>%n 个未找到</numerusform>
        </translation>
    </message>
    <message>
        <source>No list yet. Drop an images-list here, open one, or paste the names of images.</source>
        <translation>还没有列表。把镜像列表拖放到这里，打开一个，或粘贴镜像名称。</translation>
    </message>
    <message>
        <source>This list is empty. Add a line, or paste some.</source>
        <translation>此列表是空的。添加一行，或粘贴若干行。</translation>
    </message>
    <message>
        <source>Show all lines</source>
        <translation>显示所有行</translation>
    </message>
    <message>
        <source>No line of the list is in this state.</source>
        <translation>列表中没有处于此状态的行。</translation>
    </message>
    <message>
        <source>Nothing matches ‘%1’.</source>
        <translation>没有与“%1”匹配的内容。</translation>
    </message>
</context>
<context>
    <name>layerpool::ListProblems</name>
    <message>
        <source>line %1: %2</source>
        <comment>number, what is wrong with it</comment>
        <translation>第 %1 行：%2</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>以及另外 %n 行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s):</source>
        <comment>of a list&apos;s lines, which follow</comment>
        <translation>
            <numerusform>%n 个问题：</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerpool::ListTable</name>
    <message>
        <source>Line of the list</source>
        <translation>列表的行</translation>
    </message>
    <message>
        <source>Lines of the list</source>
        <translation>列表的各行</translation>
    </message>
    <message>
        <source>&amp;Edit line</source>
        <translation>编辑行(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Add line</source>
        <translation>添加行(&amp;A)</translation>
    </message>
    <message>
        <source>Paste &amp;lines</source>
        <translation>粘贴行(&amp;L)</translation>
    </message>
    <message>
        <source>Co&amp;mment out or in</source>
        <translation>注释或取消注释(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Remove lines</source>
        <translation>移除行(&amp;R)</translation>
    </message>
    <message>
        <source>Numbers of the lines</source>
        <translation>行号</translation>
    </message>
</context>
<context>
    <name>layerpool::ListTabs</name>
    <message>
        <source>Open lists</source>
        <translation>打开的列表</translation>
    </message>
    <message>
        <source>%1*</source>
        <comment>a list with changes that are not saved</comment>
        <translation>%1*</translation>
    </message>
    <message>
        <source>Not saved in a file yet</source>
        <translation>尚未保存到文件</translation>
    </message>
    <message>
        <source>%1, not saved</source>
        <translation>%1，未保存</translation>
    </message>
    <message>
        <source>Close %1</source>
        <translation>关闭 %1</translation>
    </message>
</context>
<context>
    <name>layerpool::LogModel</name>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Kind</source>
        <comment>of a line of the log</comment>
        <translation>类型</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>事件内容</translation>
    </message>
</context>
<context>
    <name>layerpool::LogPane</name>
    <message>
        <source>Filter the log</source>
        <translation>筛选日志</translation>
    </message>
    <message>
        <source>Which lines of the log are shown</source>
        <translation>显示哪些日志行</translation>
    </message>
    <message>
        <source>Events and requests</source>
        <translation>事件和请求</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Failures only</source>
        <translation>仅失败</translation>
    </message>
    <message>
        <source>From now on each request is told, without what is secret of it</source>
        <translation>从现在起记录每个请求，但不含其中的机密信息</translation>
    </message>
    <message>
        <source>Keep the newest line in sight</source>
        <translation>始终显示最新的一行</translation>
    </message>
    <message>
        <source>Save the lines that are shown in a file</source>
        <translation>把显示的行保存到文件</translation>
    </message>
    <message>
        <source>Log of the session</source>
        <translation>会话日志</translation>
    </message>
    <message>
        <source>&amp;Copy lines</source>
        <translation>复制行(&amp;C)</translation>
    </message>
    <message>
        <source>Save the log</source>
        <translation>保存日志</translation>
    </message>
    <message>
        <source>Log files (*.log)</source>
        <translation>日志文件 (*.log)</translation>
    </message>
    <message>
        <source>F&amp;ollow</source>
        <comment>the log, as it grows</comment>
        <translation>跟随(&amp;O)</translation>
    </message>
    <message>
        <source>Save a&amp;s…</source>
        <translation>另存为(&amp;S)…</translation>
    </message>
</context>
<context>
    <name>layerpool::MadeButtons</name>
    <message>
        <source>Show in &amp;folder</source>
        <translation>在文件夹中显示(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Open report</source>
        <translation>打开报告(&amp;O)</translation>
    </message>
    <message>
        <source>Save report as &amp;PDF…</source>
        <translation>把报告保存为 PDF(&amp;P)…</translation>
    </message>
</context>
<context>
    <name>layerpool::MainWindow</name>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message numerus="yes">
        <source>%n part(s) of this pool are damaged; Verify says which. The first: %1</source>
        <translation>
            <numerusform>此镜像池有 %n 处损坏，校验会指出是哪些。第一处：%1</numerusform>
        </translation>
    </message>
    <message>
        <source>Looking at what it is …</source>
        <translation>正在查看这是什么…</translation>
    </message>
    <message>
        <source>More tools</source>
        <translation>更多工具</translation>
    </message>
    <message>
        <source>&amp;Details</source>
        <translation>详情(&amp;D)</translation>
    </message>
    <message>
        <source>Shows or hides what is known of the thing that is chosen in the pool</source>
        <translation>显示或隐藏镜像池中所选项的详细信息</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
</context>
<context>
    <name>layerpool::MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>layerpool::NewKeyDialog</name>
    <message>
        <source>Choose where the secret key goes</source>
        <translation>选择私钥的保存位置</translation>
    </message>
    <message>
        <source>Secret keys (*.key);;All files (*)</source>
        <translation>私钥 (*.key);;所有文件 (*)</translation>
    </message>
    <message>
        <source>&amp;Without a password: whoever reads the file can sign</source>
        <translation>不设密码：谁能读取该文件，谁就能签名(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Sign with it in Tar from now on</source>
        <translation>今后在“打包”中用它签名(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Make the key pair</source>
        <translation>生成密钥对(&amp;M)</translation>
    </message>
    <message>
        <source>Cop&amp;y public key</source>
        <translation>复制公钥(&amp;Y)</translation>
    </message>
    <message>
        <source>New key pair</source>
        <translation>新建密钥对</translation>
    </message>
    <message>
        <source>NAME.key, with NAME.key.pub beside it</source>
        <translation>NAME.key，旁边会有 NAME.key.pub</translation>
    </message>
    <message>
        <source>File of the secret key</source>
        <translation>私钥文件</translation>
    </message>
    <message>
        <source>Secret key&apos;s &amp;file:</source>
        <translation>私钥文件(&amp;F)：</translation>
    </message>
    <message>
        <source>&amp;Password:</source>
        <comment>of a new key</comment>
        <translation>密码(&amp;P)：</translation>
    </message>
    <message>
        <source>&amp;Once more:</source>
        <comment>the password</comment>
        <translation>再输入一次(&amp;O)：</translation>
    </message>
    <message>
        <source>The two passwords differ.</source>
        <translation>两次输入的密码不同。</translation>
    </message>
    <message>
        <source>Making the key pair …</source>
        <translation>正在生成密钥对…</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>关闭(&amp;C)</translation>
    </message>
    <message>
        <source>The key %1 is made.
%2 signs, and stays here: keep a copy of it, and its password, for it cannot be made again.
%3 goes to the far side, which trusts it: there Settings ▸ Signatures takes the file, or what “Copy public key” copies.</source>
        <comment>2 and 3 are files</comment>
        <translation>已生成密钥 %1。
%2 用于签名，留在此处：请为它备份，并保管好密码，因为它无法重新生成。
%3 交给对端，由对端信任它：在那里的“设置 ▸ 签名”中添加该文件，或“复制公钥”所复制的内容。</translation>
    </message>
</context>
<context>
    <name>layerpool::OpenLists</name>
    <message>
        <source>Untitled %1</source>
        <translation>未命名 %1</translation>
    </message>
    <message>
        <source>Cannot save %1</source>
        <translation>无法保存 %1</translation>
    </message>
    <message>
        <source>that list is open in another tab</source>
        <translation>该列表已在另一个标签页中打开</translation>
    </message>
    <message>
        <source>Close that tab first, or choose another name</source>
        <translation>请先关闭那个标签页，或另选文件名</translation>
    </message>
</context>
<context>
    <name>layerpool::PaneCycle</name>
    <message>
        <source>To the next pane</source>
        <translation>到下一个窗格</translation>
    </message>
    <message>
        <source>To the previous pane</source>
        <translation>到上一个窗格</translation>
    </message>
</context>
<context>
    <name>layerpool::PaneHeading</name>
    <message>
        <source>%1 — %2</source>
        <comment>what a pane shows, and which</comment>
        <translation>%1 — %2</translation>
    </message>
</context>
<context>
    <name>layerpool::PathEdit</name>
    <message>
        <source>%1: a file</source>
        <comment>what shall be chosen</comment>
        <translation>%1：文件</translation>
    </message>
    <message>
        <source>%1: a folder</source>
        <comment>what shall be chosen</comment>
        <translation>%1：文件夹</translation>
    </message>
</context>
<context>
    <name>layerpool::PlanDialog</name>
    <message>
        <source>line %1: %2 (%3)</source>
        <comment>number, text, what is wrong with it</comment>
        <translation>第 %1 行：%2（%3）</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>以及另外 %n 行</numerusform>
        </translation>
    </message>
    <message>
        <source>Progress of the plan</source>
        <translation>计划的进度</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Leave out the %n bad line(s)</source>
        <translation>
            <numerusform>略过 %n 行有误的行(&amp;L)</numerusform>
        </translation>
    </message>
    <message>
        <source>Making the plan</source>
        <translation>正在制定计划</translation>
    </message>
    <message>
        <source>Say first that the bad lines shall be left out</source>
        <translation>请先确认略过有误的行</translation>
    </message>
    <message>
        <source>Try &amp;again</source>
        <translation>重试(&amp;A)</translation>
    </message>
    <message>
        <source>Make the plan again</source>
        <translation>重新制定计划</translation>
    </message>
    <message>
        <source>Sign &amp;in…</source>
        <translation>登录(&amp;I)…</translation>
    </message>
    <message>
        <source>Sign in to %1</source>
        <translation>登录 %1</translation>
    </message>
    <message>
        <source>Sign in to %1, then make the plan again</source>
        <translation>登录 %1，然后重新制定计划</translation>
    </message>
    <message>
        <source>S&amp;ettings…</source>
        <translation>设置(&amp;E)…</translation>
    </message>
    <message>
        <source>Nothing starts before that is left out here, or mended in the list.</source>
        <comment>bad lines of a list</comment>
        <translation>在此处略去或在列表中改正之前，无法开始。</translation>
    </message>
    <message>
        <source>&amp;Look at the source</source>
        <translation>查看来源(&amp;L)</translation>
    </message>
    <message>
        <source>Nothing was asked for yet. Name the registry that has the images, or look at %1: only then it is asked, and the plan is made.</source>
        <translation>尚未发出任何请求。请填写存有这些镜像的仓库，或查看 %1：之后才会询问它并制定计划。</translation>
    </message>
</context>
<context>
    <name>layerpool::PlanForm</name>
    <message>
        <source>&amp;Work on:</source>
        <comment>what a verb works on: the ticked images, a list, the pool</comment>
        <translation>对象(&amp;W)：</translation>
    </message>
</context>
<context>
    <name>layerpool::Plans</name>
    <message>
        <source>Open the pool %1 again to retry: the task was about it.</source>
        <translation>要重试，请再次打开镜像池 %1：该任务针对的是它。</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) that failed</source>
        <translation>
            <numerusform>失败的 %n 个镜像</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) of %1</source>
        <comment>of a list</comment>
        <translation>
            <numerusform>%1 中的 %n 个镜像</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The bundle %1 (%n image(s))</source>
        <translation>
            <numerusform>打包文件 %1（%n 个镜像）</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerpool::PlatformsCombo</name>
    <message>
        <source>One platform, or several set apart by commas</source>
        <translation>一个平台，或用逗号分隔的多个平台</translation>
    </message>
    <message>
        <source>Name a platform, or choose all of them</source>
        <translation>请填写平台，或选择所有平台</translation>
    </message>
</context>
<context>
    <name>layerpool::PoolBlobsView</name>
    <message>
        <source>Blobs of the pool, and the images that share them</source>
        <translation>镜像池的 blob，以及共享它们的镜像</translation>
    </message>
</context>
<context>
    <name>layerpool::PoolModel</name>
    <message>
        <source>Manifest</source>
        <translation>清单</translation>
    </message>
    <message>
        <source>Attestation</source>
        <translation>证明</translation>
    </message>
    <message>
        <source>Config</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>第 %1 层</translation>
    </message>
    <message>
        <source>%1 — missing</source>
        <comment>a tag, config or layer whose blob the pool lacks</comment>
        <translation>%1 — 缺失</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n 个镜像</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) of this pool need it</source>
        <translation>
            <numerusform>此镜像池中有 %n 个镜像需要它</numerusform>
        </translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>%1 — at its vendor</source>
        <comment>a layer that may not be carried</comment>
        <translation>%1 — 在供应商处</translation>
    </message>
    <message>
        <source>…</source>
        <comment>not known yet</comment>
        <translation>…</translation>
    </message>
    <message>
        <source>The pool is still being read. Sizes come, and images can be ticked, when that is done.</source>
        <translation>仍在读取镜像池。读取完成后会显示大小，并可勾选镜像。</translation>
    </message>
    <message>
        <source>%1 bytes that nothing else in the pool needs: removing it would free them</source>
        <translation>其中 %1 字节是镜像池中其他内容都不需要的：移除它即可释放</translation>
    </message>
    <message>
        <source>Unique</source>
        <comment>bytes that nothing else needs</comment>
        <translation>独占</translation>
    </message>
    <message>
        <source>Created</source>
        <comment>when an image was made</comment>
        <translation>创建时间</translation>
    </message>
    <message>
        <source>Shared</source>
        <comment>how many images need a part</comment>
        <translation>共享数</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) of this pool need the part of it that is shared most</source>
        <translation>
            <numerusform>此池中有 %n 个镜像需要其中共享最多的部分</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>a signature, say, and the image&apos;s digest</comment>
        <translation>%2 的%1</translation>
    </message>
</context>
<context>
    <name>layerpool::PoolPane</name>
    <message>
        <source>No pool yet. Drop a pool&apos;s folder here, open one, or make one.</source>
        <translation>还没有镜像池。把镜像池文件夹拖放到这里，或打开、新建一个。</translation>
    </message>
    <message>
        <source>This pool is empty. Convert a list to fill it.</source>
        <translation>此镜像池是空的。转换一个列表来填充它。</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>Filter the pool</source>
        <translation>筛选镜像池</translation>
    </message>
    <message>
        <source>Reading %1…</source>
        <translation>正在读取 %1…</translation>
    </message>
    <message>
        <source>Pool</source>
        <translation>镜像池</translation>
    </message>
    <message>
        <source>Nothing matches ‘%1’.</source>
        <translation>没有与“%1”匹配的内容。</translation>
    </message>
    <message>
        <source>T&amp;ree</source>
        <translation>树(&amp;R)</translation>
    </message>
    <message>
        <source>Repositories, images, platforms and layers</source>
        <translation>存储库、镜像、平台和层</translation>
    </message>
    <message>
        <source>&amp;Blobs</source>
        <translation>Blob(&amp;B)</translation>
    </message>
    <message>
        <source>The blobs, the largest first, and the images that share each</source>
        <translation>按从大到小列出 blob，以及共享每个 blob 的镜像</translation>
    </message>
    <message>
        <source>Sp&amp;ace</source>
        <translation>空间(&amp;A)</translation>
    </message>
    <message>
        <source>What takes the space, as a picture</source>
        <translation>以图形显示空间占用</translation>
    </message>
    <message>
        <source>The pool is being read</source>
        <translation>正在读取镜像池</translation>
    </message>
    <message>
        <source>read-only</source>
        <comment>a pool</comment>
        <translation>只读</translation>
    </message>
    <message>
        <source>Shows the repositories and tags that hold these letters (Ctrl+F, Esc to clear)</source>
        <translation>只显示包含这些字母的仓库和标签（Ctrl+F，按 Esc 清除）</translation>
    </message>
    <message>
        <source>No image of this pool is whole yet. Each is shown here as soon as it is.</source>
        <translation>此镜像池中还没有完整的镜像。每个镜像一旦完整就会显示在这里。</translation>
    </message>
    <message>
        <source>No image of this pool is whole. Convert goes on from what has come of them.</source>
        <translation>此镜像池中还没有完整的镜像。转换会从已下载的部分继续。</translation>
    </message>
    <message>
        <source>This bundle holds no images.</source>
        <translation>此打包文件中没有镜像。</translation>
    </message>
</context>
<context>
    <name>layerpool::PoolSpaceView</name>
    <message>
        <source>What takes the space, as a table</source>
        <translation>以表格显示空间占用</translation>
    </message>
    <message>
        <source>Hatched: shared by several images, drawn once. A click or Enter shows an image that needs it.</source>
        <translation>斜线：由多个镜像共享，只画一次。单击或按 Enter 键显示一个需要它的镜像。</translation>
    </message>
</context>
<context>
    <name>layerpool::PoolTotalsLabel</name>
    <message>
        <source>%1 · %2 stored, %3 nominal (%4 % saved)</source>
        <comment>images, bytes on disk, bytes without sharing, percentage</comment>
        <translation>%1 · 实占 %2，名义 %3（节省 %4%）</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n 个镜像</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticked: %1</source>
        <comment>images, bytes</comment>
        <translation>
            <numerusform>已勾选 %n 个：%1</numerusform>
        </translation>
    </message>
    <message>
        <source>…</source>
        <comment>not known yet</comment>
        <translation>…</translation>
    </message>
    <message>
        <source>%1 · %2 that no image needs</source>
        <comment>the other figures, bytes</comment>
        <translation>%1 · %2 没有镜像需要</translation>
    </message>
    <message>
        <source>%1 · %2 of images on their way</source>
        <comment>the other figures, bytes</comment>
        <translation>%1 · 传输中的镜像占 %2</translation>
    </message>
    <message>
        <source>%1 · %2 left out</source>
        <comment>the other figures, bytes that the far side has</comment>
        <translation>%1 · 省略 %2</translation>
    </message>
</context>
<context>
    <name>layerpool::PoolTreeView</name>
    <message>
        <source>Images of the pool</source>
        <translation>镜像池中的镜像</translation>
    </message>
    <message>
        <source>&amp;Tick or untick</source>
        <translation>勾选或取消勾选(&amp;T)</translation>
    </message>
</context>
<context>
    <name>layerpool::ProblemsView</name>
    <message>
        <source>%1: %2</source>
        <comment>what happened, and why</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
</context>
<context>
    <name>layerpool::ProgressDelegate</name>
    <message>
        <source>%1 %</source>
        <comment>a percentage</comment>
        <translation>%1%</translation>
    </message>
</context>
<context>
    <name>layerpool::RecentMenu</name>
    <message>
        <source>Lists</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>Pools</source>
        <translation>镜像池</translation>
    </message>
    <message>
        <source>&amp;Clear</source>
        <comment>forget recent things</comment>
        <translation>清除(&amp;C)</translation>
    </message>
    <message>
        <source>%1 — not there</source>
        <comment>a file or folder that was open of late</comment>
        <translation>%1 — 不存在</translation>
    </message>
</context>
<context>
    <name>layerpool::RegistriesModel</name>
    <message>
        <source>Looking …</source>
        <comment>for a login</comment>
        <translation>正在查找…</translation>
    </message>
    <message>
        <source>identity token</source>
        <translation>身份令牌</translation>
    </message>
    <message>
        <source>%1 — %2</source>
        <comment>who is signed in, where that is kept</comment>
        <translation>%1 — %2</translation>
    </message>
    <message>
        <source>Not signed in</source>
        <translation>未登录</translation>
    </message>
    <message>
        <source>Not verified, as you allowed</source>
        <translation>不验证（经您允许）</translation>
    </message>
    <message>
        <source>Plain HTTP, or verified</source>
        <comment>this machine&apos;s own addresses</comment>
        <translation>明文 HTTP，或已验证</translation>
    </message>
    <message>
        <source>Registry</source>
        <translation>镜像仓库</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>Mirrors</source>
        <translation>镜像站</translation>
    </message>
    <message>
        <source>Must be verified</source>
        <translation>必须验证</translation>
    </message>
</context>
<context>
    <name>layerpool::RegistriesPage</name>
    <message>
        <source>Allow plain &amp;HTTP and certificates that cannot be verified</source>
        <translation>允许明文 HTTP 和无法验证的证书(&amp;H)</translation>
    </message>
    <message>
        <source>Whoever is on the way could read and change what is sent there, the password too. To trust a certificate of your own, name its authority under Connection.</source>
        <translation>途中的任何人都可能读取和更改发送的内容，包括密码。要信任自有证书，请在“连接”中指定其颁发机构。</translation>
    </message>
    <message>
        <source>HOST[:PORT], such as harbor.corp or docker.io</source>
        <translation>HOST[:PORT]，例如 harbor.corp 或 docker.io</translation>
    </message>
    <message>
        <source>Add a &amp;registry:</source>
        <translation>添加镜像仓库(&amp;R)：</translation>
    </message>
    <message>
        <source>A&amp;dd</source>
        <translation>添加(&amp;D)</translation>
    </message>
    <message>
        <source>Known registries</source>
        <translation>已知的镜像仓库</translation>
    </message>
    <message>
        <source>&amp;Test connection</source>
        <translation>测试连接(&amp;T)</translation>
    </message>
    <message>
        <source>Ask the registry whether it is there and takes the login</source>
        <translation>询问镜像仓库是否可达、是否接受登录</translation>
    </message>
    <message>
        <source>Sign &amp;in…</source>
        <translation>登录(&amp;I)…</translation>
    </message>
    <message>
        <source>Give a name and password for it</source>
        <translation>为它输入用户名和密码</translation>
    </message>
    <message>
        <source>Sign &amp;out</source>
        <translation>注销(&amp;O)</translation>
    </message>
    <message>
        <source>Forget the login that Layerpool keeps for it</source>
        <translation>删除 Layerpool 为它保存的登录</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>移除(&amp;M)</translation>
    </message>
    <message>
        <source>Take it off this list, with its exception and its login</source>
        <translation>把它连同例外和登录从此列表中移除</translation>
    </message>
    <message>
        <source>Remove a registry</source>
        <translation>移除镜像仓库</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>移除 %1</translation>
    </message>
    <message>
        <source>There is a login for %1 in %2 too, which another program keeps: it goes on being used.</source>
        <translation>%1 在 %2 中还有一份由其他程序保存的登录：它会继续使用。</translation>
    </message>
    <message>
        <source>Signed out of %1.</source>
        <translation>已注销 %1。</translation>
    </message>
    <message>
        <source>Asking %1 …</source>
        <translation>正在询问 %1…</translation>
    </message>
    <message>
        <source>Whoever is on the way to %1 could now read and change what is sent, the password too.</source>
        <translation>通往 %1 途中的任何人现在都可能读取和更改发送的内容，包括密码。</translation>
    </message>
    <message>
        <source>The certificate of %1 is verified again.</source>
        <translation>%1 的证书已恢复验证。</translation>
    </message>
    <message>
        <source>none</source>
        <comment>no mirror</comment>
        <translation>无</translation>
    </message>
    <message>
        <source>Asked in this order before the registry itself, HOST[:PORT][/PREFIX], set apart by commas</source>
        <translation>按此顺序先于镜像仓库本身被询问，HOST[:PORT][/PREFIX]，用逗号分隔</translation>
    </message>
    <message>
        <source>Mirror&amp;s of it:</source>
        <translation>其镜像站(&amp;S)：</translation>
    </message>
    <message>
        <source>Restore defaults</source>
        <translation>恢复默认值</translation>
    </message>
    <message>
        <source>Forget every registry of this list but Docker Hub, with its mirrors and what was allowed for it? Logins stay.</source>
        <translation>要删除此列表中除 Docker Hub 以外的所有镜像仓库，连同其镜像站和许可吗？登录会保留。</translation>
    </message>
    <message>
        <source>Forget them</source>
        <translation>全部删除</translation>
    </message>
    <message>
        <source>Remove %1 from this list? What was allowed for it is revoked, and its mirrors and its login are forgotten.</source>
        <translation>要从此列表中移除 %1 吗？对它的许可将撤销，其镜像站和登录将被删除。</translation>
    </message>
    <message>
        <source>Re&amp;quests at a time:</source>
        <translation>同时请求数(&amp;Q)：</translation>
    </message>
    <message>
        <source>A login in a file</source>
        <translation>文件中的登录信息</translation>
    </message>
    <message>
        <source>There is a login for %1 in %2, which skopeo and podman use too. Take it out of there?</source>
        <translation>%2 中还有 %1 的登录信息，skopeo 和 podman 也会使用它。要从该文件中移除吗？</translation>
    </message>
    <message>
        <source>Take it out</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Of all tasks together; a registry that asks for patience gets fewer for a while</source>
        <translation>所有任务合计；要求等待的仓库会暂时少一些</translation>
    </message>
</context>
<context>
    <name>layerpool::ReportExport</name>
    <message>
        <source>The report is being saved…</source>
        <translation>正在保存报告…</translation>
    </message>
    <message>
        <source>The report is saved as %1.</source>
        <translation>报告已保存为 %1。</translation>
    </message>
    <message>
        <source>Save %1 as PDF</source>
        <comment>the page of a report</comment>
        <translation>将 %1 保存为 PDF</translation>
    </message>
    <message>
        <source>PDF files (*.pdf)</source>
        <translation>PDF 文件 (*.pdf)</translation>
    </message>
</context>
<context>
    <name>layerpool::ResultDialog</name>
    <message>
        <source>Images done</source>
        <translation>完成的镜像</translation>
    </message>
    <message>
        <source>Already there</source>
        <translation>已存在</translation>
    </message>
    <message>
        <source>Kept as they are there</source>
        <translation>按那边原样保留</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Not come to</source>
        <translation>未处理</translation>
    </message>
    <message>
        <source>Signatures and other referrers</source>
        <translation>签名和其他引用者</translation>
    </message>
    <message>
        <source>Transferred</source>
        <translation>已传输</translation>
    </message>
    <message>
        <source>Reused</source>
        <translation>已复用</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>已写入</translation>
    </message>
    <message>
        <source>What went wrong</source>
        <translation>出了什么问题</translation>
    </message>
    <message>
        <source>For the &amp;machines there, so that the original names resolve:</source>
        <translation>供那边的机器使用，使原名称可以解析(&amp;M)：</translation>
    </message>
    <message>
        <source>Copy &amp;settings</source>
        <translation>复制设置(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Copy details</source>
        <translation>复制详情(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Retry failed…</source>
        <translation>重试失败项(&amp;R)…</translation>
    </message>
</context>
<context>
    <name>layerpool::SelectForm</name>
    <message>
        <source>Choose a folder for the small pool</source>
        <translation>为小镜像池选择文件夹</translation>
    </message>
    <message>
        <source>a new or empty folder, or a pool to add to</source>
        <translation>新文件夹、空文件夹，或要加入的镜像池</translation>
    </message>
    <message>
        <source>Target &amp;folder:</source>
        <translation>目标文件夹(&amp;F)：</translation>
    </message>
    <message>
        <source>Target folder</source>
        <translation>目标文件夹</translation>
    </message>
    <message>
        <source>Choose the folder for the small pool to see what it takes.</source>
        <translation>选择小镜像池的文件夹，即可看到需要什么。</translation>
    </message>
</context>
<context>
    <name>layerpool::ServeDialog</name>
    <message numerus="yes">
        <source># and %n more: tick the images that you want</source>
        <comment>a comment below commands</comment>
        <translation>
            <numerusform># 以及另外 %n 个：请勾选需要的镜像</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>启动(&amp;S)</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>停止(&amp;T)</translation>
    </message>
    <message>
        <source>Commands that pull the images</source>
        <translation>拉取镜像的命令</translation>
    </message>
    <message>
        <source>&amp;Copy all</source>
        <translation>全部复制(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Follow</source>
        <comment>the end of a log</comment>
        <translation>跟随(&amp;F)</translation>
    </message>
    <message>
        <source>Log of the registry</source>
        <translation>镜像仓库的日志</translation>
    </message>
    <message>
        <source>Serve the pool</source>
        <translation>提供镜像池服务</translation>
    </message>
    <message>
        <source>Serving goes on when this window is closed. It ends with Layerpool.</source>
        <translation>关闭此窗口后服务会继续，退出 Layerpool 时结束。</translation>
    </message>
    <message>
        <source>any that is free</source>
        <comment>a port</comment>
        <translation>任意空闲端口</translation>
    </message>
    <message>
        <source>The port of 127.0.0.1; 5000 where it is free and none is chosen</source>
        <translation>127.0.0.1 的端口；未选择时，若 5000 空闲则使用 5000</translation>
    </message>
    <message>
        <source>Pool:</source>
        <translation>镜像池：</translation>
    </message>
    <message>
        <source>&amp;Port:</source>
        <translation>端口(&amp;P)：</translation>
    </message>
    <message>
        <source>State:</source>
        <translation>状态：</translation>
    </message>
    <message>
        <source>Pull with</source>
        <translation>拉取工具</translation>
    </message>
    <message>
        <source>Start to see the commands.</source>
        <translation>启动后即可看到命令。</translation>
    </message>
    <message>
        <source>&amp;Log of the registry</source>
        <translation>镜像仓库的日志(&amp;L)</translation>
    </message>
    <message>
        <source>Who asks for what is shown here.</source>
        <translation>此处显示谁请求了什么。</translation>
    </message>
    <message>
        <source>Keeps the newest line in sight</source>
        <translation>始终显示最新的一行</translation>
    </message>
    <message>
        <source>Not serving</source>
        <translation>未提供服务</translation>
    </message>
    <message>
        <source>Starting the registry…</source>
        <translation>正在启动镜像仓库…</translation>
    </message>
    <message>
        <source>Serving at %1, read-only, by %2</source>
        <comment>HOST:PORT, a program</comment>
        <translation>正在 %1 以只读方式提供服务，由 %2 运行</translation>
    </message>
    <message>
        <source>Stopping the registry…</source>
        <translation>正在停止镜像仓库…</translation>
    </message>
    <message numerus="yes">
        <source>Pull the %n ticked image(s) &amp;with</source>
        <translation>
            <numerusform>拉取勾选的 %n 个镜像，使用(&amp;W)</numerusform>
        </translation>
    </message>
    <message>
        <source>Pull all images &amp;with</source>
        <translation>拉取所有镜像，使用(&amp;W)</translation>
    </message>
</context>
<context>
    <name>layerpool::ServingButton</name>
    <message>
        <source>%1 is served read-only. Click for its pull commands, its log, and to stop.</source>
        <comment>a folder</comment>
        <translation>正以只读方式提供 %1。点击可查看拉取命令和日志，或停止服务。</translation>
    </message>
    <message>
        <source>Serving %1 at %2</source>
        <comment>a folder&apos;s name, HOST:PORT</comment>
        <translation>正在 %2 提供 %1</translation>
    </message>
</context>
<context>
    <name>layerpool::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Pages of the settings</source>
        <translation>设置页面</translation>
    </message>
    <message>
        <source>Co&amp;nnection</source>
        <translation>连接(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;General</source>
        <translation>常规(&amp;G)</translation>
    </message>
    <message>
        <source>Registri&amp;es</source>
        <translation>镜像仓库(&amp;E)</translation>
    </message>
    <message>
        <source>Restore de&amp;faults</source>
        <translation>恢复默认值(&amp;F)</translation>
    </message>
    <message>
        <source>Set all that this page shows as it was at first</source>
        <translation>把此页显示的所有设置恢复为初始值</translation>
    </message>
    <message>
        <source>Signat&amp;ures</source>
        <translation>签名(&amp;U)</translation>
    </message>
</context>
<context>
    <name>layerpool::SignInDialog</name>
    <message>
        <source>&amp;Remember in the keyring</source>
        <translation>记住在密钥环中(&amp;R)</translation>
    </message>
    <message>
        <source>Sign &amp;in</source>
        <translation>登录(&amp;I)</translation>
    </message>
    <message>
        <source>Sign in to a registry</source>
        <translation>登录镜像仓库</translation>
    </message>
    <message>
        <source>HOST[:PORT], such as harbor.corp or docker.io</source>
        <translation>主机[:端口]，例如 harbor.corp 或 docker.io</translation>
    </message>
    <message>
        <source>Re&amp;gistry:</source>
        <translation>镜像仓库(&amp;G)：</translation>
    </message>
    <message>
        <source>&amp;Name:</source>
        <translation>用户名(&amp;N)：</translation>
    </message>
    <message>
        <source>&amp;Password:</source>
        <translation>密码(&amp;P)：</translation>
    </message>
    <message>
        <source>There is no keyring</source>
        <translation>没有密钥环</translation>
    </message>
    <message>
        <source>%1 The login is kept until Layerpool is closed.</source>
        <translation>%1 登录信息保留到 Layerpool 关闭为止。</translation>
    </message>
    <message>
        <source>Asking %1…</source>
        <translation>正在询问 %1…</translation>
    </message>
    <message>
        <source>A login server of another site</source>
        <translation>另一站点的登录服务器</translation>
    </message>
    <message>
        <source>%1 wants its password sent to %2. Do so only if you know that its accounts are kept there.</source>
        <translation>%1 要求把它的密码发送到 %2。仅当您知道它的账户保存在那里时才这样做。</translation>
    </message>
    <message>
        <source>Send it to %1</source>
        <translation>发送到 %1</translation>
    </message>
    <message>
        <source>Keep it in &amp;auth.json</source>
        <translation>保存到 auth.json(&amp;A)</translation>
    </message>
    <message>
        <source>%1, for skopeo and podman too</source>
        <translation>%1，skopeo 和 podman 也会使用</translation>
    </message>
    <message>
        <source>The password will lie in %1: whoever can read that file can read it.</source>
        <translation>密码将保存在 %1 中：能读取该文件的人都能读到密码。</translation>
    </message>
</context>
<context>
    <name>layerpool::SignaturesPage</name>
    <message>
        <source>&amp;Bundles that no trusted key has signed:</source>
        <translation>未经受信任的密钥签名的打包文件(&amp;B)：</translation>
    </message>
    <message>
        <source>Say so, and take them</source>
        <comment>bundles that are not signed</comment>
        <translation>给出提示并接受</translation>
    </message>
    <message>
        <source>Refuse them</source>
        <comment>bundles that are not signed</comment>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Look at no signature</source>
        <translation>不检查签名</translation>
    </message>
    <message>
        <source>Reading …</source>
        <comment>the policy on signatures</comment>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>a public key: what stands in NAME.pub</source>
        <translation>公钥：NAME.pub 中的内容</translation>
    </message>
    <message>
        <source>&amp;Trust a key:</source>
        <translation>信任密钥(&amp;T)：</translation>
    </message>
    <message>
        <source>A&amp;dd</source>
        <translation>添加(&amp;D)</translation>
    </message>
    <message>
        <source>Trust the bundles that this key has signed</source>
        <translation>信任由此密钥签名的打包文件</translation>
    </message>
    <message>
        <source>From a fi&amp;le…</source>
        <translation>从文件添加(&amp;L)…</translation>
    </message>
    <message>
        <source>Trust the key of a file NAME.pub</source>
        <translation>信任文件 NAME.pub 中的密钥</translation>
    </message>
    <message>
        <source>F&amp;orget…</source>
        <translation>取消信任(&amp;O)…</translation>
    </message>
    <message>
        <source>Trust the chosen key no more</source>
        <translation>不再信任所选密钥</translation>
    </message>
    <message>
        <source>Choose the key that signs</source>
        <translation>选择用于签名的密钥</translation>
    </message>
    <message>
        <source>Secret keys (*.key);;All files (*)</source>
        <translation>私钥 (*.key);;所有文件 (*)</translation>
    </message>
    <message>
        <source>nobody signs</source>
        <translation>不签名</translation>
    </message>
    <message>
        <source>Tar signs with</source>
        <translation>“打包”的签名密钥</translation>
    </message>
    <message>
        <source>The secret key that Tar begins with; each bundle can have another</source>
        <translation>“打包”默认使用的私钥；每个打包文件都可以另选</translation>
    </message>
    <message>
        <source>Tar &amp;signs with:</source>
        <translation>“打包”的签名密钥(&amp;S)：</translation>
    </message>
    <message>
        <source>New &amp;key pair…</source>
        <translation>新建密钥对(&amp;K)…</translation>
    </message>
    <message>
        <source>Make a key of your own, which signs bundles in Tar</source>
        <translation>生成您自己的密钥，用于在“打包”中为打包文件签名</translation>
    </message>
    <message>
        <source>Take every bundle, also one that was changed since a trusted key signed it? Nothing says then who made it.</source>
        <translation>要接受所有打包文件，包括经受信任的密钥签名之后又被改动过的吗？这样将无从得知打包文件由谁制作。</translation>
    </message>
    <message>
        <source>Look at none</source>
        <comment>no signature</comment>
        <translation>不检查</translation>
    </message>
    <message>
        <source>Nothing says who made a bundle: anybody on its way may have.</source>
        <translation>无从得知打包文件由谁制作：途中的任何人都有可能。</translation>
    </message>
    <message>
        <source>%1 below holds no key: no bundle is taken before it is forgotten or mended.</source>
        <comment>a file</comment>
        <translation>下方的 %1 中没有密钥：在将其移除或修复之前，不接受任何打包文件。</translation>
    </message>
    <message>
        <source>No key is trusted: every bundle is refused until one is.</source>
        <translation>没有受信任的密钥：在添加之前，所有打包文件都会被拒绝。</translation>
    </message>
    <message>
        <source>Only what a trusted key has signed, and nobody has changed since, is taken.</source>
        <translation>只接受由受信任的密钥签名、且此后未被改动的打包文件。</translation>
    </message>
    <message>
        <source>No key is trusted: the plan says whether a bundle is signed, and nobody checks it.</source>
        <translation>没有受信任的密钥：计划会说明打包文件是否有签名，但不会验证签名。</translation>
    </message>
    <message>
        <source>The plan says who has signed a bundle. One that a trusted key has signed, and that was changed since, is refused all the same.</source>
        <translation>计划会说明打包文件由谁签名。由受信任的密钥签名、但此后被改动过的打包文件仍会被拒绝。</translation>
    </message>
    <message>
        <source>This is no public key: %1. It is the second line of a file NAME.pub, of Layerpool&apos;s or minisign&apos;s.</source>
        <translation>这不是公钥：%1。公钥是 Layerpool 或 minisign 的 NAME.pub 文件中的第二行。</translation>
    </message>
    <message>
        <source>The key %1 is trusted.</source>
        <translation>密钥 %1 已受信任。</translation>
    </message>
    <message>
        <source>Choose a public key</source>
        <translation>选择公钥</translation>
    </message>
    <message>
        <source>Public keys (*.pub);;All files (*)</source>
        <translation>公钥 (*.pub);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Trusted: %1.</source>
        <comment>files of keys</comment>
        <translation>已信任：%1。</translation>
    </message>
    <message>
        <source>Trust the key %1 no more? Bundles that it has signed are then like those of anybody.</source>
        <translation>要取消对密钥 %1 的信任吗？此后由它签名的打包文件将与任何人的打包文件同样对待。</translation>
    </message>
    <message>
        <source>Forget the file %1? It holds no key that can be read, and is removed.</source>
        <translation>要取消对文件 %1 的信任吗？其中没有可读取的密钥，该文件将被删除。</translation>
    </message>
    <message>
        <source>Forget a trusted key</source>
        <translation>取消对密钥的信任</translation>
    </message>
    <message>
        <source>Forget %1</source>
        <translation>取消信任 %1</translation>
    </message>
    <message>
        <source>The file %1 is forgotten.</source>
        <translation>已取消对文件 %1 的信任。</translation>
    </message>
    <message>
        <source>The key %1 is no longer trusted.</source>
        <translation>密钥 %1 不再受信任。</translation>
    </message>
    <message>
        <source>The key %1 is no longer trusted. It stands in the field above: Add trusts it again.</source>
        <translation>密钥 %1 不再受信任。它已填入上方的输入框：点击“添加”即可重新信任。</translation>
    </message>
    <message>
        <source>Forget every trusted key, and take bundles that none has signed, saying so?</source>
        <translation>要取消对所有密钥的信任，并接受未经受信任的密钥签名的打包文件（给出提示）吗？</translation>
    </message>
    <message>
        <source>Tar signs with no key then: %1 stays where it is.</source>
        <comment>a file</comment>
        <translation>此后“打包”不再签名：%1 会保留在原处。</translation>
    </message>
    <message>
        <source>Restore defaults</source>
        <translation>恢复默认值</translation>
    </message>
    <message>
        <source>Forget them</source>
        <translation>全部取消信任</translation>
    </message>
    <message>
        <source>No key is trusted, and Tar signs with none.</source>
        <translation>没有受信任的密钥，“打包”也不签名。</translation>
    </message>
</context>
<context>
    <name>layerpool::SigningFields</name>
    <message>
        <source>Choose the key that signs</source>
        <translation>选择用于签名的密钥</translation>
    </message>
    <message>
        <source>Secret keys (*.key);;All files (*)</source>
        <translation>私钥 (*.key);;所有文件 (*)</translation>
    </message>
    <message>
        <source>nobody signs</source>
        <translation>不签名</translation>
    </message>
    <message>
        <source>Sign with</source>
        <translation>签名密钥</translation>
    </message>
    <message>
        <source>A secret key of Settings ▸ Signatures, or of minisign&apos;s</source>
        <translation>由“设置 ▸ 签名”或 minisign 生成的私钥</translation>
    </message>
    <message>
        <source>Sig&amp;n with:</source>
        <translation>签名密钥(&amp;N)：</translation>
    </message>
    <message>
        <source>&amp;Password:</source>
        <comment>of a secret key</comment>
        <translation>密码(&amp;P)：</translation>
    </message>
    <message>
        <source>Looking at %1 …</source>
        <comment>a file</comment>
        <translation>正在查看 %1…</translation>
    </message>
    <message>
        <source>%1 Or clear the field, and nobody signs the bundle.</source>
        <comment>what is wrong with a key&apos;s file</comment>
        <translation>%1 也可清空此栏，即不为打包文件签名。</translation>
    </message>
    <message>
        <source>Give the password of the key that signs.</source>
        <translation>请输入签名密钥的密码。</translation>
    </message>
    <message>
        <source>Press Enter to open the key with this password.</source>
        <translation>按 Enter 键，用此密码打开密钥。</translation>
    </message>
</context>
<context>
    <name>layerpool::SourceCheckBar</name>
    <message>
        <source>Progress of the check at the source</source>
        <translation>来源检查的进度</translation>
    </message>
    <message>
        <source>Ask no more</source>
        <translation>停止询问</translation>
    </message>
    <message>
        <source>Cancel the check at the source</source>
        <translation>取消来源检查</translation>
    </message>
    <message>
        <source>%1: %2 of %3</source>
        <comment>what is done, lines done, all lines</comment>
        <translation>%1：%2 / %3</translation>
    </message>
</context>
<context>
    <name>layerpool::SpaceMapWidget</name>
    <message>
        <source>What takes the space, as a picture</source>
        <translation>以图形显示空间占用</translation>
    </message>
</context>
<context>
    <name>layerpool::SpaceModel</name>
    <message numerus="yes">
        <source>%n small blob(s)</source>
        <translation>
            <numerusform>%n 个小 blob</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, shared by %n image(s)</source>
        <comment>a blob&apos;s digest</comment>
        <translation>
            <numerusform>%1，由 %n 个镜像共享</numerusform>
        </translation>
    </message>
    <message>
        <source>Needed by no image</source>
        <translation>没有镜像需要</translation>
    </message>
    <message>
        <source>%1: %2
%3</source>
        <comment>repository, size, blob</comment>
        <translation>%1：%2
%3</translation>
    </message>
    <message>
        <source>Repository</source>
        <translation>存储库</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Share</source>
        <comment>of all the space</comment>
        <translation>占比</translation>
    </message>
</context>
<context>
    <name>layerpool::SummaryView</name>
    <message>
        <source>What will fail</source>
        <translation>将会失败的镜像</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) will fail:</source>
        <translation>
            <numerusform>%n 个镜像将会失败：</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerpool::TarForm</name>
    <message>
        <source>Target &amp;file:</source>
        <translation>目标文件(&amp;F)：</translation>
    </message>
    <message>
        <source>Target file</source>
        <translation>目标文件</translation>
    </message>
    <message>
        <source>Choose the file to see what it takes.</source>
        <translation>选择文件，即可看到需要什么。</translation>
    </message>
    <message>
        <source>Choose the bundle&apos;s file</source>
        <translation>选择打包文件</translation>
    </message>
    <message>
        <source>Bundles (*.tar *.zip *.tar.zst *.tar.gz)</source>
        <translation>打包文件 (*.tar *.zip *.tar.zst *.tar.gz)</translation>
    </message>
    <message>
        <source>Choose what the far side has</source>
        <translation>选择对端已有内容的清单</translation>
    </message>
    <message>
        <source>Inventories (*.json);;All files (*)</source>
        <translation>内容清单 (*.json);;所有文件 (*)</translation>
    </message>
    <message>
        <source>&amp;Replace a bundle that is there</source>
        <translation>替换已有的打包文件(&amp;R)</translation>
    </message>
    <message>
        <source>NAME.tar, or .zip, .tar.zst, .tar.gz</source>
        <translation>NAME.tar，或 .zip、.tar.zst、.tar.gz</translation>
    </message>
    <message>
        <source>nothing: all layers go into the bundle</source>
        <translation>无：所有镜像层都放入打包文件</translation>
    </message>
    <message>
        <source>What the far side has</source>
        <translation>对端已有的内容</translation>
    </message>
    <message>
        <source>&amp;Volumes:</source>
        <translation>分卷(&amp;V)：</translation>
    </message>
    <message>
        <source>The far side &amp;has:</source>
        <translation>对端已有(&amp;H)：</translation>
    </message>
    <message>
        <source>The size of each file, such as 4G or 700Mi; each can be checked by itself</source>
        <translation>每个文件的大小，如 4G 或 700Mi；每个都可单独校验</translation>
    </message>
    <message>
        <source>None: one file</source>
        <translation>不分卷：一个文件</translation>
    </message>
    <message>
        <source>FAT32 (4.3 GB)</source>
        <translation>FAT32（4.3 GB）</translation>
    </message>
    <message>
        <source>DVD (4.7 GB)</source>
        <translation>DVD（4.7 GB）</translation>
    </message>
    <message>
        <source>Blu-ray (25 GB)</source>
        <translation>蓝光光盘（25 GB）</translation>
    </message>
    <message>
        <source>Inventories of the far side, or the NAME.index.json of earlier bundles, set apart by semicolons: layers in them are left out</source>
        <translation>对端的内容清单，或先前打包文件的 NAME.index.json，多个之间用分号分隔：其中的层会被省略</translation>
    </message>
    <message>
        <source>For&amp;mat:</source>
        <translation>格式(&amp;M)：</translation>
    </message>
    <message>
        <source>by the ending of the name</source>
        <comment>the format of a bundle</comment>
        <translation>由文件扩展名决定</translation>
    </message>
    <message>
        <source>The ending of the file&apos;s name. A stock registry can use an unpacked tar as it is</source>
        <translation>文件名的扩展名。tar 解开之后，标准的镜像仓库即可直接使用</translation>
    </message>
    <message>
        <source>Put the program for the far &amp;side in</source>
        <translation>放入供对端使用的程序(&amp;S)</translation>
    </message>
    <message>
        <source>A portable build, for a far side without Layerpool: %1</source>
        <comment>a file</comment>
        <translation>便携版程序，供没有 Layerpool 的对端使用：%1</translation>
    </message>
</context>
<context>
    <name>layerpool::TargetFields</name>
    <message>
        <source>HOST[:PORT][/PREFIX], such as harbor.corp:443/mirror</source>
        <translation>HOST[:PORT][/PREFIX]，例如 harbor.corp:443/mirror</translation>
    </message>
    <message>
        <source>Move them to the pool&apos;s image</source>
        <translation>移到镜像池的镜像</translation>
    </message>
    <message>
        <source>Keep them, and skip the image</source>
        <translation>保留，并跳过该镜像</translation>
    </message>
    <message>
        <source>Send them as they are</source>
        <translation>按原样发送</translation>
    </message>
    <message>
        <source>Make a new index of the platforms there are</source>
        <translation>用现有的平台制作新索引</translation>
    </message>
    <message>
        <source>Send each platform under a tag of its own</source>
        <translation>每个平台用各自的标签发送</translation>
    </message>
    <message>
        <source>Target &amp;registry:</source>
        <translation>目标镜像仓库(&amp;R)：</translation>
    </message>
    <message>
        <source>&amp;Tags that differ there:</source>
        <translation>那边不同的标签(&amp;T)：</translation>
    </message>
    <message>
        <source>I&amp;ndexes with platforms left out:</source>
        <translation>缺少平台的索引(&amp;N)：</translation>
    </message>
    <message>
        <source>Name the target registry to see what it lacks.</source>
        <translation>请填写目标镜像仓库，以查看它缺少什么。</translation>
    </message>
    <message>
        <source>Are told as faults</source>
        <translation>作为错误报告</translation>
    </message>
    <message>
        <source>Were kept by the push</source>
        <translation>推送时保留了它们</translation>
    </message>
    <message>
        <source>Were sent as they are</source>
        <translation>按原样发送</translation>
    </message>
    <message>
        <source>Were sent as a new index of the platforms there are</source>
        <translation>作为包含现有平台的新索引发送</translation>
    </message>
    <message>
        <source>Were sent as platforms under tags of their own</source>
        <translation>每个平台以各自的标签发送</translation>
    </message>
</context>
<context>
    <name>layerpool::TaskActions</name>
    <message>
        <source>&amp;Pause</source>
        <translation>暂停(&amp;P)</translation>
    </message>
    <message>
        <source>Stop the chosen tasks for now; what was fetched is kept</source>
        <translation>暂停所选任务；已下载的内容会保留</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>继续(&amp;R)</translation>
    </message>
    <message>
        <source>Let the chosen tasks go on from where they were</source>
        <translation>让所选任务从中断处继续</translation>
    </message>
    <message>
        <source>Ca&amp;ncel or clear</source>
        <translation>取消或清除(&amp;N)</translation>
    </message>
    <message>
        <source>Cancel the chosen tasks; of those that are over, the rows go</source>
        <translation>取消所选任务；已结束的任务则从列表中清除</translation>
    </message>
    <message>
        <source>Move &amp;up</source>
        <translation>上移(&amp;U)</translation>
    </message>
    <message>
        <source>Let the chosen tasks take their turn earlier</source>
        <translation>让所选任务提前执行</translation>
    </message>
    <message>
        <source>Move do&amp;wn</source>
        <translation>下移(&amp;W)</translation>
    </message>
    <message>
        <source>Let the chosen tasks take their turn later</source>
        <translation>让所选任务推后执行</translation>
    </message>
    <message>
        <source>Re&amp;try failed…</source>
        <translation>重试失败项(&amp;T)…</translation>
    </message>
    <message>
        <source>Make a plan for what failed: of a task, or of the chosen images</source>
        <translation>为失败的内容制定计划：某个任务的，或所选镜像的</translation>
    </message>
    <message>
        <source>&amp;Details</source>
        <translation>详情(&amp;D)</translation>
    </message>
    <message>
        <source>Show what the chosen tasks have done, and what went wrong</source>
        <translation>显示所选任务做了什么，以及出了什么问题</translation>
    </message>
    <message>
        <source>Show in fo&amp;lder</source>
        <translation>在文件夹中显示(&amp;L)</translation>
    </message>
    <message>
        <source>Show in its folder what the chosen tasks have made</source>
        <translation>在所在文件夹中显示所选任务生成的内容</translation>
    </message>
    <message>
        <source>&amp;Open report</source>
        <translation>打开报告(&amp;O)</translation>
    </message>
    <message>
        <source>Open the reports of the bundles that the chosen tasks have made</source>
        <translation>打开所选任务生成的打包文件的报告</translation>
    </message>
</context>
<context>
    <name>layerpool::TaskButtons</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Retry failed</source>
        <translation>重试失败的</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a button&apos;s words, a task&apos;s title</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Show</source>
        <comment>in its folder, what a task has made</comment>
        <translation>显示</translation>
    </message>
    <message>
        <source>Report</source>
        <comment>of a bundle</comment>
        <translation>报告</translation>
    </message>
    <message>
        <source>Show in its folder what the task has made</source>
        <translation>在所在文件夹中显示该任务生成的内容</translation>
    </message>
    <message>
        <source>Open the report of the bundle</source>
        <translation>打开打包文件的报告</translation>
    </message>
</context>
<context>
    <name>layerpool::TaskDeeds</name>
    <message>
        <source>Many windows</source>
        <translation>多个窗口</translation>
    </message>
    <message numerus="yes">
        <source>This opens %n windows of other programs. Open them all?</source>
        <translation>
            <numerusform>这会打开其他程序的 %n 个窗口。要全部打开吗？</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>打开(&amp;O)</translation>
    </message>
</context>
<context>
    <name>layerpool::TaskModel</name>
    <message>
        <source>%1 %</source>
        <comment>a percentage</comment>
        <translation>%1%</translation>
    </message>
</context>
<context>
    <name>layerpool::TaskPanel</name>
    <message>
        <source>No task yet. What Convert, Select, Tar, Push and Verify do is shown here.</source>
        <translation>还没有任务。转换、选取、打包、推送和校验的进展会显示在这里。</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Clear &amp;finished</source>
        <translation>清除已完成(&amp;F)</translation>
    </message>
    <message>
        <source>What containerd and podman need there, so that the images&apos; original names resolve</source>
        <translation>那里的 containerd 和 podman 所需的配置，使镜像的原名称可以解析</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Tasks or the log</source>
        <translation>任务或日志</translation>
    </message>
    <message>
        <source>Cop&amp;y details</source>
        <translation>复制详情(&amp;Y)</translation>
    </message>
    <message>
        <source>Copy the target&apos;s confi&amp;guration</source>
        <translation>复制目标的配置(&amp;G)</translation>
    </message>
    <message>
        <source>Take the tasks that are over from the list</source>
        <translation>从列表中清除已结束的任务</translation>
    </message>
</context>
<context>
    <name>layerpool::TaskTree</name>
    <message>
        <source>Tasks, their images, and what failed in them</source>
        <translation>任务、其镜像，以及其中的失败</translation>
    </message>
</context>
<context>
    <name>layerpool::Text</name>
    <message>
        <source>%1 does not belong in a pool</source>
        <translation>%1 不应出现在镜像池中</translation>
    </message>
    <message>
        <source>Look at it, and remove it</source>
        <translation>请检查后将其删除</translation>
    </message>
    <message>
        <source>Cannot reach %1</source>
        <translation>无法连接 %1</translation>
    </message>
    <message>
        <source>nothing answers there (connection refused)</source>
        <translation>该地址没有服务响应（连接被拒绝）</translation>
    </message>
    <message>
        <source>Check the address, and that the registry runs</source>
        <translation>请检查地址，并确认镜像仓库正在运行</translation>
    </message>
    <message>
        <source>no such host is known</source>
        <translation>找不到此主机</translation>
    </message>
    <message>
        <source>Check the name for a typing error, and the network</source>
        <translation>请检查名称是否有误，并检查网络</translation>
    </message>
    <message>
        <source>The connection to %1 broke</source>
        <translation>与 %1 的连接中断</translation>
    </message>
    <message>
        <source>the other side closed it before all bytes had come</source>
        <translation>数据尚未收全，对方就关闭了连接</translation>
    </message>
    <message>
        <source>it took too long</source>
        <translation>等待超时</translation>
    </message>
    <message>
        <source>the proxy does not answer</source>
        <translation>代理没有响应</translation>
    </message>
    <message>
        <source>the connection failed (network error %1)</source>
        <translation>连接失败（网络错误 %1）</translation>
    </message>
    <message>
        <source>%1 cannot be trusted</source>
        <translation>无法信任 %1</translation>
    </message>
    <message>
        <source>no secure connection could be made</source>
        <translation>无法建立安全连接</translation>
    </message>
    <message>
        <source>%1 fell silent</source>
        <translation>%1 停止响应</translation>
    </message>
    <message>
        <source>%1 answers at too great length</source>
        <translation>%1 的响应过长</translation>
    </message>
    <message>
        <source>more than %1 came</source>
        <translation>收到的数据超过 %1</translation>
    </message>
    <message>
        <source>%1 redirects to an unsafe address</source>
        <translation>%1 重定向到不安全的地址</translation>
    </message>
    <message>
        <source>it leads to %1 on %2</source>
        <translation>它指向 %2，协议为 %1</translation>
    </message>
    <message>
        <source>%1 redirects in circles</source>
        <translation>%1 循环重定向</translation>
    </message>
    <message>
        <source>The blob %1 is damaged</source>
        <translation>blob %1 已损坏</translation>
    </message>
    <message>
        <source>its bytes have the digest %1</source>
        <translation>其内容的摘要为 %1</translation>
    </message>
    <message>
        <source>The repository %1 is not whole</source>
        <translation>存储库 %1 不完整</translation>
    </message>
    <message>
        <source>the folder %1 is missing</source>
        <translation>缺少文件夹 %1</translation>
    </message>
    <message>
        <source>The link %1 is wrong</source>
        <translation>链接 %1 有误</translation>
    </message>
    <message>
        <source>it leads to %1</source>
        <translation>它指向 %1</translation>
    </message>
    <message>
        <source>%1 is not whole</source>
        <translation>%1 不完整</translation>
    </message>
    <message>
        <source>Convert it again: what is missing is fetched</source>
        <translation>请重新转换，缺失的部分会重新下载</translation>
    </message>
    <message>
        <source>%1 is missing</source>
        <translation>缺少 %1</translation>
    </message>
    <message>
        <source>its repository has no link to %1</source>
        <translation>其存储库中没有指向 %1 的链接</translation>
    </message>
    <message>
        <source>%1 has not the declared %2 bytes</source>
        <translation>%1 的大小不是声明的 %2 字节</translation>
    </message>
    <message numerus="yes">
        <source>Verify %n image(s)</source>
        <translation>
            <numerusform>校验 %n 个镜像</numerusform>
        </translation>
    </message>
    <message>
        <source>Read and hash every blob of %1, and look at every link</source>
        <translation>读取 %1 的每个 blob 并计算哈希，检查每个链接</translation>
    </message>
    <message>
        <source>To read</source>
        <translation>需读取</translation>
    </message>
    <message>
        <source>Verify %1</source>
        <translation>校验 %1</translation>
    </message>
    <message>
        <source>Verifying</source>
        <translation>正在校验</translation>
    </message>
    <message numerus="yes">
        <source>%n blob(s) read, %1</source>
        <translation>
            <numerusform>已读取 %n 个 blob，%1</numerusform>
        </translation>
    </message>
    <message>
        <source>Every blob and every link is good</source>
        <translation>所有 blob 和链接均完好</translation>
    </message>
    <message numerus="yes">
        <source>%n finding(s)</source>
        <translation>
            <numerusform>发现 %n 处问题</numerusform>
        </translation>
    </message>
    <message>
        <source>Fetching</source>
        <translation>正在下载</translation>
    </message>
    <message>
        <source>%1 fetched, %2 were there already</source>
        <translation>下载 %1，已有 %2</translation>
    </message>
    <message>
        <source>Cannot select into %1</source>
        <translation>无法选取到 %1</translation>
    </message>
    <message>
        <source>it is the pool itself, or lies in it</source>
        <translation>它就是该镜像池，或位于其中</translation>
    </message>
    <message>
        <source>Choose another folder</source>
        <translation>请选择其他文件夹</translation>
    </message>
    <message numerus="yes">
        <source>Select %n image(s)</source>
        <translation>
            <numerusform>选取 %n 个镜像</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Select %n image(s) of %1 into %2</source>
        <translation>
            <numerusform>把 %1 的 %n 个镜像选取到 %2</numerusform>
        </translation>
    </message>
    <message>
        <source>Selected</source>
        <translation>已选取</translation>
    </message>
    <message>
        <source>There already</source>
        <translation>已有</translation>
    </message>
    <message>
        <source>To write</source>
        <translation>需写入</translation>
    </message>
    <message>
        <source>Free afterwards</source>
        <translation>完成后剩余空间</translation>
    </message>
    <message>
        <source>Linking</source>
        <translation>正在建立硬链接</translation>
    </message>
    <message>
        <source>%1 copied, because hard links are not possible there</source>
        <translation>复制了 %1，因为目标处无法使用硬链接</translation>
    </message>
    <message>
        <source>%1 shared by hard links</source>
        <translation>通过硬链接共享 %1</translation>
    </message>
    <message>
        <source>Cannot write a bundle named %1</source>
        <translation>无法写入名为 %1 的镜像包</translation>
    </message>
    <message>
        <source>%1 exists</source>
        <translation>%1 已存在</translation>
    </message>
    <message>
        <source>it is a folder</source>
        <translation>它是文件夹</translation>
    </message>
    <message>
        <source>nothing is overwritten without being asked</source>
        <translation>未经允许不会覆盖任何文件</translation>
    </message>
    <message numerus="yes">
        <source>Pack %n image(s)</source>
        <translation>
            <numerusform>打包 %n 个镜像</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Pack %n image(s) of %1 into %2</source>
        <translation>
            <numerusform>把 %1 的 %n 个镜像打包到 %2</numerusform>
        </translation>
    </message>
    <message>
        <source>Packing</source>
        <translation>正在打包</translation>
    </message>
    <message>
        <source>%1 written</source>
        <translation>已写入 %1</translation>
    </message>
    <message>
        <source>its size is not the %1 bytes that the manifest declares</source>
        <translation>其大小不是清单声明的 %1 字节</translation>
    </message>
    <message>
        <source>Run verify, and fetch it again</source>
        <translation>请运行校验，然后重新下载</translation>
    </message>
    <message>
        <source>Push %1 to %2</source>
        <translation>把 %1 推送到 %2</translation>
    </message>
    <message>
        <source>Pushing</source>
        <translation>正在推送</translation>
    </message>
    <message>
        <source>“%1” names no tag: “latest” is taken</source>
        <translation>“%1”未写标签：采用“latest”</translation>
    </message>
    <message>
        <source>“%1” is the same image as “%2”: it counts once</source>
        <translation>“%1”与“%2”是同一个镜像：只计一次</translation>
    </message>
    <message>
        <source>“%1” and “%2” would both become %3 in the pool</source>
        <translation>“%1”和“%2”在镜像池中都会成为 %3</translation>
    </message>
    <message>
        <source>Asking for manifests</source>
        <translation>正在查询清单</translation>
    </message>
    <message numerus="yes">
        <source>Fetch %n image(s)</source>
        <translation>
            <numerusform>下载 %n 个镜像</numerusform>
        </translation>
    </message>
    <message>
        <source>No image can be fetched into %1</source>
        <translation>没有镜像可以下载到 %1</translation>
    </message>
    <message numerus="yes">
        <source>Nothing to fetch: all %n image(s) are in %1</source>
        <translation>
            <numerusform>无需下载：全部 %n 个镜像都已在 %1 中</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Fetch %n image(s) into %1 from %2</source>
        <translation>
            <numerusform>从 %2 下载 %n 个镜像到 %1</numerusform>
        </translation>
    </message>
    <message>
        <source>To fetch</source>
        <translation>需下载</translation>
    </message>
    <message>
        <source>There is not enough room</source>
        <translation>空间不足</translation>
    </message>
    <message>
        <source>%1 are needed and %2 are free</source>
        <translation>需要 %1，可用 %2</translation>
    </message>
    <message>
        <source>Free some space, or take fewer images</source>
        <translation>请释放一些空间，或减少镜像</translation>
    </message>
    <message>
        <source>There is no image for %1</source>
        <translation>没有适用于 %1 的镜像</translation>
    </message>
    <message>
        <source>its index names no platform</source>
        <translation>其索引未写明任何平台</translation>
    </message>
    <message>
        <source>Choose another platform</source>
        <translation>请选择其他平台</translation>
    </message>
    <message>
        <source>The index %1 is nested too deeply</source>
        <translation>索引 %1 嵌套过深</translation>
    </message>
    <message>
        <source>%1: not taken from the mirror %2 (%3)</source>
        <translation>%1：未从镜像站 %2 获取（%3）</translation>
    </message>
    <message>
        <source>%1 has no source</source>
        <translation>%1 没有来源</translation>
    </message>
    <message>
        <source>%1: the tag has moved on at %2, to %3</source>
        <translation>%1：%2 上的标签已变动，现指向 %3</translation>
    </message>
    <message>
        <source>Asking the target for tags</source>
        <translation>正在查询目标的标签</translation>
    </message>
    <message>
        <source>Asking the target for blobs</source>
        <translation>正在查询目标的 blob</translation>
    </message>
    <message>
        <source>%1 has no name below %2</source>
        <translation>%1 在 %2 下没有可用的名称</translation>
    </message>
    <message>
        <source>it would be longer than 255 characters</source>
        <translation>名称会超过 255 个字符</translation>
    </message>
    <message numerus="yes">
        <source>Push %n image(s)</source>
        <translation>
            <numerusform>推送 %n 个镜像</numerusform>
        </translation>
    </message>
    <message>
        <source>No image can be pushed to %1</source>
        <translation>没有镜像可以推送到 %1</translation>
    </message>
    <message numerus="yes">
        <source>Push %n image(s) of %1 to %2</source>
        <translation>
            <numerusform>把 %1 的 %n 个镜像推送到 %2</numerusform>
        </translation>
    </message>
    <message>
        <source>To send</source>
        <translation>需发送</translation>
    </message>
    <message>
        <source>Cannot write %1</source>
        <translation>无法写入 %1</translation>
    </message>
    <message>
        <source>the name is missing</source>
        <translation>缺少名称</translation>
    </message>
    <message>
        <source>the name has more than 255 characters</source>
        <translation>名称超过 255 个字符</translation>
    </message>
    <message>
        <source>there are two tags</source>
        <translation>有两个标签</translation>
    </message>
    <message>
        <source>a part of the name is empty</source>
        <translation>名称中有一段为空</translation>
    </message>
    <message>
        <source>“%1” is no repository name</source>
        <translation>“%1”不是有效的存储库名称</translation>
    </message>
    <message>
        <source>the tag after “:” is missing</source>
        <translation>“:”之后缺少标签</translation>
    </message>
    <message>
        <source>“%1” is no tag</source>
        <translation>“%1”不是有效的标签</translation>
    </message>
    <message>
        <source>“%1” is no image reference</source>
        <translation>“%1”不是有效的镜像引用</translation>
    </message>
    <message>
        <source>there is a blank inside</source>
        <translation>中间有空格</translation>
    </message>
    <message>
        <source>after “@” stands no digest (sha256: and 64 hex digits)</source>
        <translation>“@”之后不是摘要（sha256: 加 64 位十六进制数字）</translation>
    </message>
    <message>
        <source>“%1” is no registry</source>
        <translation>“%1”不是有效的镜像仓库</translation>
    </message>
    <message>
        <source>“%1” has no name below %2</source>
        <translation>“%1”在 %2 下没有可用的名称</translation>
    </message>
    <message>
        <source>it would be longer than 255 characters, or no legal name</source>
        <translation>名称会超过 255 个字符，或不合法</translation>
    </message>
    <message>
        <source>Write HOST, HOST:PORT or HOST:PORT/PREFIX</source>
        <translation>请写成 HOST、HOST:PORT 或 HOST:PORT/PREFIX</translation>
    </message>
    <message>
        <source>user names and passwords do not belong here</source>
        <translation>此处不能写用户名和密码</translation>
    </message>
    <message>
        <source>“%1” is no repository path</source>
        <translation>“%1”不是有效的存储库路径</translation>
    </message>
    <message>
        <source>The manifest cannot be read</source>
        <translation>无法读取清单</translation>
    </message>
    <message>
        <source>it names no digest where one must be</source>
        <translation>应有摘要的位置没有摘要</translation>
    </message>
    <message>
        <source>the size of %1 is no size</source>
        <translation>%1 的大小值无效</translation>
    </message>
    <message>
        <source>it has no list of %1</source>
        <translation>其中没有 %1 列表</translation>
    </message>
    <message>
        <source>it has %1 bytes, and a registry takes 4 MiB at the most</source>
        <translation>它有 %1 字节，而镜像仓库最多接受 4 MiB</translation>
    </message>
    <message>
        <source>it is no JSON object</source>
        <translation>它不是 JSON 对象</translation>
    </message>
    <message>
        <source>This kind of manifest cannot be kept in a pool</source>
        <translation>这种清单无法存入镜像池</translation>
    </message>
    <message>
        <source>its media type is %1</source>
        <translation>其媒体类型为 %1</translation>
    </message>
    <message>
        <source>Cannot read the list %1</source>
        <translation>无法读取列表 %1</translation>
    </message>
    <message>
        <source>there is no such file</source>
        <translation>没有此文件</translation>
    </message>
    <message>
        <source>Check the path for a typing error</source>
        <translation>请检查路径是否有误</translation>
    </message>
    <message>
        <source>the folder holds no *.list and no *.txt</source>
        <translation>文件夹中没有 *.list 和 *.txt</translation>
    </message>
    <message>
        <source>it is no file</source>
        <translation>它不是文件</translation>
    </message>
    <message>
        <source>it is larger than any list (%1)</source>
        <translation>它太大，不可能是列表（%1）</translation>
    </message>
    <message>
        <source>it is not text</source>
        <translation>它不是文本</translation>
    </message>
    <message>
        <source>A list is plain text with one image on each line</source>
        <translation>列表是每行一个镜像的纯文本</translation>
    </message>
    <message>
        <source>repeats line %1</source>
        <translation>与第 %1 行重复</translation>
    </message>
    <message>
        <source>repeats line %1 of %2</source>
        <translation>与 %2 的第 %1 行重复</translation>
    </message>
    <message>
        <source>%1 sent less than the whole blob</source>
        <translation>%1 发来的 blob 不完整</translation>
    </message>
    <message>
        <source>%1 of %2 bytes came</source>
        <translation>只收到 %1 / %2 字节</translation>
    </message>
    <message>
        <source>%1 is not at %2</source>
        <translation>%2 上没有 %1</translation>
    </message>
    <message>
        <source>there is no such repository</source>
        <translation>没有此存储库</translation>
    </message>
    <message>
        <source>Check the name for a typing error</source>
        <translation>请检查名称是否有误</translation>
    </message>
    <message>
        <source>the registry does not know it</source>
        <translation>镜像仓库中没有它</translation>
    </message>
    <message>
        <source>%1 does not give access to %2</source>
        <translation>%1 不允许访问 %2</translation>
    </message>
    <message>
        <source>it asks for a login, or the one it got is not enough</source>
        <translation>它要求登录，或当前登录的权限不足</translation>
    </message>
    <message>
        <source>Check the name, or sign in; a private or absent repository looks the same</source>
        <translation>请检查名称，或先登录；私有的与不存在的存储库会得到同样的响应</translation>
    </message>
    <message>
        <source>it is forbidden</source>
        <translation>访问被禁止</translation>
    </message>
    <message>
        <source>Check what this login is allowed to do there</source>
        <translation>请检查此登录在该处的权限</translation>
    </message>
    <message>
        <source>%1 does not take %2</source>
        <translation>%1 不接受 %2</translation>
    </message>
    <message>
        <source>it does not allow this (405); it may be read-only</source>
        <translation>它不允许此操作（405）；可能是只读的</translation>
    </message>
    <message>
        <source>it, or a proxy before it, finds it too large (413)</source>
        <translation>它或它前面的代理认为内容过大（413）</translation>
    </message>
    <message>
        <source>Ask its administrator to allow larger uploads</source>
        <translation>请联系其管理员放宽上传大小限制</translation>
    </message>
    <message>
        <source>%1 gets too many requests</source>
        <translation>%1 收到的请求过多</translation>
    </message>
    <message>
        <source>it asks to slow down (429)</source>
        <translation>它要求降低请求频率（429）</translation>
    </message>
    <message>
        <source>Try again later, or sign in</source>
        <translation>请稍后重试，或先登录</translation>
    </message>
    <message>
        <source>%1 failed with %2</source>
        <translation>%1 处理 %2 失败</translation>
    </message>
    <message>
        <source>it answers %1</source>
        <translation>它响应 %1</translation>
    </message>
    <message>
        <source>it answers %1: %2</source>
        <translation>它响应 %1：%2</translation>
    </message>
    <message>
        <source>The fault is on its side; try again later</source>
        <translation>问题出在对方；请稍后重试</translation>
    </message>
    <message>
        <source>%1 came with wrong bytes</source>
        <translation>收到的 %1 内容有误</translation>
    </message>
    <message>
        <source>their digest is %1</source>
        <translation>其摘要为 %1</translation>
    </message>
    <message>
        <source>Try again, or another mirror</source>
        <translation>请重试，或换用其他镜像站</translation>
    </message>
    <message>
        <source>Cannot read the auth file %1</source>
        <translation>无法读取认证文件 %1</translation>
    </message>
    <message>
        <source>%1 asks for a login</source>
        <translation>%1 要求登录</translation>
    </message>
    <message>
        <source>no name and password for it are known</source>
        <translation>没有可用的用户名和密码</translation>
    </message>
    <message>
        <source>%1 gives no access token</source>
        <translation>%1 没有签发访问令牌</translation>
    </message>
    <message>
        <source>Check the name and password, and what they are allowed to do</source>
        <translation>请检查用户名、密码及其权限</translation>
    </message>
    <message>
        <source>%1 does not answer as a registry</source>
        <translation>%1 的响应不像镜像仓库</translation>
    </message>
    <message>
        <source>it says %1 to /v2/</source>
        <translation>它对 /v2/ 响应 %1</translation>
    </message>
    <message>
        <source>Check the address</source>
        <translation>请检查地址</translation>
    </message>
    <message>
        <source>%1 refused the login</source>
        <translation>%1 拒绝了登录</translation>
    </message>
    <message>
        <source>it did not take the name “%1” and its password</source>
        <translation>它不接受用户名“%1”及其密码</translation>
    </message>
    <message>
        <source>%1 names no safe place for tokens</source>
        <translation>%1 指定的令牌地址不安全</translation>
    </message>
    <message>
        <source>its realm is no https address</source>
        <translation>其 realm 不是 https 地址</translation>
    </message>
    <message>
        <source>its answer holds none</source>
        <translation>其响应中没有令牌</translation>
    </message>
    <message>
        <source>%1 does not say where to upload</source>
        <translation>%1 没有给出上传地址</translation>
    </message>
    <message>
        <source>its answer has no Location</source>
        <translation>其响应中没有 Location</translation>
    </message>
    <message>
        <source>%1 did not take a blob</source>
        <translation>%1 没有接受 blob</translation>
    </message>
    <message>
        <source>The pool %1 is in use</source>
        <translation>镜像池 %1 正在使用中</translation>
    </message>
    <message>
        <source>another program is removing things from it</source>
        <translation>另一个程序正在从中删除内容</translation>
    </message>
    <message>
        <source>Try again when it has finished</source>
        <translation>请等它完成后重试</translation>
    </message>
    <message>
        <source>%1 is no pool</source>
        <translation>%1 不是镜像池</translation>
    </message>
    <message>
        <source>there is no such folder</source>
        <translation>没有此文件夹</translation>
    </message>
    <message>
        <source>Check the path, or convert a list into it first</source>
        <translation>请检查路径，或先把列表转换到其中</translation>
    </message>
    <message>
        <source>it is a file, and a pool is a folder</source>
        <translation>它是文件，而镜像池是文件夹</translation>
    </message>
    <message>
        <source>it has no docker/registry/v2 inside</source>
        <translation>其中没有 docker/registry/v2</translation>
    </message>
    <message>
        <source>Choose the folder that holds “docker”, or convert a list into an empty one</source>
        <translation>请选择含有“docker”的文件夹，或把列表转换到空文件夹中</translation>
    </message>
    <message>
        <source>Choose another path</source>
        <translation>请选择其他路径</translation>
    </message>
    <message>
        <source>the folder holds something else</source>
        <translation>文件夹中有其他内容</translation>
    </message>
    <message>
        <source>Choose an empty folder, or a new one</source>
        <translation>请选择空文件夹，或新建一个</translation>
    </message>
    <message>
        <source>The manifest %1 is damaged</source>
        <translation>清单 %1 已损坏</translation>
    </message>
    <message>
        <source>The link %1 is damaged</source>
        <translation>链接 %1 已损坏</translation>
    </message>
    <message>
        <source>it holds no digest</source>
        <translation>其中没有摘要</translation>
    </message>
    <message>
        <source>%1 is not in the pool %2</source>
        <translation>%1 不在镜像池 %2 中</translation>
    </message>
    <message>
        <source>Convert it first</source>
        <translation>请先转换</translation>
    </message>
    <message numerus="yes">
        <source>%n blob(s) are missing, %1 among them</source>
        <translation>
            <numerusform>缺少 %n 个 blob，其中包括 %1</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is not in the pool</source>
        <translation>%1 不在镜像池中</translation>
    </message>
    <message>
        <source>the tag there is %1</source>
        <translation>镜像池中该标签指向 %1</translation>
    </message>
    <message>
        <source>Cannot lock %1</source>
        <translation>无法锁定 %1</translation>
    </message>
    <message>
        <source>There is no room for a blob of %1</source>
        <translation>空间不足，放不下 %1 的 blob</translation>
    </message>
    <message>
        <source>The blob %1 is too long</source>
        <translation>blob %1 过长</translation>
    </message>
    <message>
        <source>more than the declared %1 bytes came</source>
        <translation>收到的数据超过声明的 %1 字节</translation>
    </message>
    <message>
        <source>The blob %1 is too short</source>
        <translation>blob %1 过短</translation>
    </message>
    <message>
        <source>the bytes that came have the digest %1</source>
        <translation>收到的数据的摘要为 %1</translation>
    </message>
    <message>
        <source>a symbolic link stands in the way</source>
        <translation>路径中有符号链接</translation>
    </message>
    <message>
        <source>A pool is made of plain folders and files; remove the link</source>
        <translation>镜像池只由普通文件夹和文件组成；请移除该链接</translation>
    </message>
    <message>
        <source>Cannot read %1</source>
        <translation>无法读取 %1</translation>
    </message>
    <message>
        <source>Cannot open the folder %1</source>
        <translation>无法打开文件夹 %1</translation>
    </message>
    <message>
        <source>Cannot create the folder %1</source>
        <translation>无法新建文件夹 %1</translation>
    </message>
    <message>
        <source>it has %1 bytes, more than the %2 it may have</source>
        <translation>它有 %1 字节，超过上限 %2</translation>
    </message>
    <message>
        <source>Cannot remove %1</source>
        <translation>无法删除 %1</translation>
    </message>
    <message>
        <source>Cannot bring %1 to the disk</source>
        <translation>无法将 %1 同步到磁盘</translation>
    </message>
    <message>
        <source>%1/s</source>
        <comment>bytes per second, as in 84 MB/s</comment>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>%1 s</source>
        <comment>seconds</comment>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <comment>minutes and seconds</comment>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <comment>hours and minutes</comment>
        <translation>%1 小时 %2 分</translation>
    </message>
    <message>
        <source>Free some space, then run the same command again; it goes on where it stopped</source>
        <translation>请释放一些空间，然后重新运行同一命令，会从中断处继续</translation>
    </message>
    <message>
        <source>Check who owns the folder and whether it may be written</source>
        <translation>请检查文件夹的所有者和写入权限</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>&amp;Copy reference</source>
        <translation>复制引用(&amp;C)</translation>
    </message>
    <message>
        <source>Copy &amp;digest</source>
        <translation>复制摘要(&amp;D)</translation>
    </message>
    <message>
        <source>Open %1 as a pool</source>
        <translation>把 %1 作为镜像池打开</translation>
    </message>
    <message>
        <source>Make a new pool in %1</source>
        <translation>在 %1 中新建镜像池</translation>
    </message>
    <message>
        <source>%1 holds no pool and no list</source>
        <translation>%1 中既没有镜像池也没有列表</translation>
    </message>
    <message>
        <source>%1 is not there</source>
        <translation>%1 不存在</translation>
    </message>
    <message>
        <source>Open %1 as a list</source>
        <translation>把 %1 作为列表打开</translation>
    </message>
    <message>
        <source>Convert</source>
        <translation>转换</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>选取</translation>
    </message>
    <message>
        <source>Tar</source>
        <translation>打包</translation>
    </message>
    <message>
        <source>Push</source>
        <translation>推送</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>校验</translation>
    </message>
    <message>
        <source>In pool</source>
        <translation>已在池中</translation>
    </message>
    <message>
        <source>Partly</source>
        <translation>不全</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>No pool</source>
        <translation>无镜像池</translation>
    </message>
    <message>
        <source>Repeated</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>Bad line</source>
        <translation>有误</translation>
    </message>
    <message>
        <source>All platforms</source>
        <translation>所有平台</translation>
    </message>
    <message>
        <source>Reading the pool</source>
        <translation>正在读取镜像池</translation>
    </message>
    <message>
        <source>Cannot write the log %1</source>
        <translation>无法写入日志 %1</translation>
    </message>
    <message>
        <source>%1: %2 of %3 images</source>
        <translation>%1：%2 / %3 个镜像</translation>
    </message>
    <message>
        <source>, %1 of %2</source>
        <translation>，%1 / %2</translation>
    </message>
    <message numerus="yes">
        <source>%n more image(s): %1</source>
        <translation>
            <numerusform>另有 %n 个镜像：%1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) done</source>
        <translation>
            <numerusform>完成 %n 个镜像</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 already there</source>
        <translation>%1 个已有</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>%1 个失败</translation>
    </message>
    <message>
        <source>%1 in %2. %3.</source>
        <translation>%1, 用时 %2. %3.</translation>
    </message>
    <message>
        <source>--%1 does not take “%2”</source>
        <translation>--%1 不接受“%2”</translation>
    </message>
    <message>
        <source>it is a number from %1 to %2</source>
        <translation>应为 %1 到 %2 之间的数字</translation>
    </message>
    <message>
        <source>Print one JSON object a line on standard output.</source>
        <translation>在标准输出上每行输出一个 JSON 对象。</translation>
    </message>
    <message>
        <source>Keep a detailed log; secrets never reach it.</source>
        <translation>记录详细日志；其中绝不会包含机密信息。</translation>
    </message>
    <message>
        <source>Show the plan and do nothing.</source>
        <translation>只显示计划，不执行任何操作。</translation>
    </message>
    <message>
        <source>The images: one a line; “-” is standard input, a folder every *.list and *.txt in it. May be repeated.</source>
        <translation>镜像列表：每行一个；“-”表示标准输入，文件夹表示其中所有的 *.list 和 *.txt。可重复使用。</translation>
    </message>
    <message>
        <source>Go on without lines that cannot be understood; the run then ends with 1.</source>
        <translation>略过无法识别的行并继续；此时退出码为 1。</translation>
    </message>
    <message>
        <source>Write the lines of failed images there, as a list to run again.</source>
        <translation>把失败镜像的行写入此文件，可作为列表再次运行。</translation>
    </message>
    <message>
        <source>Answers for lines that name no registry (docker.io).</source>
        <translation>没有写明镜像仓库的行由它提供（默认 docker.io）。</translation>
    </message>
    <message>
        <source>Ask this mirror first for lines of that registry. May be repeated.</source>
        <translation>属于该镜像仓库的行优先询问此镜像站。可重复使用。</translation>
    </message>
    <message>
        <source>Put the registry&apos;s name in front of the names in the pool.</source>
        <translation>在镜像池内的名称前加上镜像仓库的名称。</translation>
    </message>
    <message>
        <source>Allow an unverified certificate, or plain HTTP, for this host. May be repeated.</source>
        <translation>对此主机允许无法验证的证书或明文 HTTP。可重复使用。</translation>
    </message>
    <message>
        <source>Trust the authorities in this PEM file beside the system&apos;s.</source>
        <translation>除系统信任的 CA 外，还信任此 PEM 文件中的 CA。</translation>
    </message>
    <message>
        <source>Transfers at a time (8).</source>
        <translation>同时进行的传输数（默认 8）。</translation>
    </message>
    <message>
        <source>Seconds without any byte until a connection counts as dead (30).</source>
        <translation>多少秒未收到任何字节即视为连接失效（默认 30）。</translation>
    </message>
    <message>
        <source>See layerpool-cli %1 --help</source>
        <translation>请参阅 layerpool-cli %1 --help</translation>
    </message>
    <message>
        <source>“%1” is one word too many</source>
        <translation>多余的参数“%1”</translation>
    </message>
    <message>
        <source>--list FILE is missing</source>
        <translation>缺少 --list FILE</translation>
    </message>
    <message>
        <source>standard input</source>
        <translation>标准输入</translation>
    </message>
    <message>
        <source>Cannot read standard input</source>
        <translation>无法读取标准输入</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) cannot be understood</source>
        <translation>
            <numerusform>有 %n 行无法识别</numerusform>
        </translation>
    </message>
    <message>
        <source>The list holds no image</source>
        <translation>列表中没有镜像</translation>
    </message>
    <message>
        <source>there is nothing to do</source>
        <translation>无事可做</translation>
    </message>
    <message numerus="yes">
        <source>%n list(s)</source>
        <translation>
            <numerusform>%n 个列表</numerusform>
        </translation>
    </message>
    <message>
        <source>--mirror does not take “%1”</source>
        <translation>--mirror 不接受“%1”</translation>
    </message>
    <message>
        <source>it is HOST=HOST[:PORT][/PREFIX]</source>
        <translation>应为 HOST=HOST[:PORT][/PREFIX]</translation>
    </message>
    <message>
        <source>Fetch the images of a list into a pool</source>
        <translation>把列表中的镜像下载到镜像池</translation>
    </message>
    <message>
        <source>Make a small pool of some images, by hard links</source>
        <translation>用硬链接把部分镜像做成一个小镜像池</translation>
    </message>
    <message>
        <source>Pack images of a pool into one file</source>
        <translation>把镜像池中的镜像打包成一个文件</translation>
    </message>
    <message>
        <source>Send images of a pool to a registry</source>
        <translation>把镜像池中的镜像推送到镜像仓库</translation>
    </message>
    <message>
        <source>Hash every blob of a pool and check every link</source>
        <translation>计算镜像池中每个 blob 的哈希并检查每个链接</translation>
    </message>
    <message>
        <source>List repositories, tags, or the parts of one image</source>
        <translation>列出存储库、标签，或单个镜像的各部分</translation>
    </message>
    <message>
        <source>Say what a pool stores and what sharing saves</source>
        <translation>显示镜像池的占用，以及共享节省的空间</translation>
    </message>
    <message>
        <source>Usage: layerpool-cli COMMAND …

Carries container images across an air gap.

Commands:
</source>
        <translation>用法：layerpool-cli COMMAND …

把容器镜像带过物理隔离。

命令：
</translation>
    </message>
    <message>
        <source>
layerpool-cli COMMAND --help tells more of one of them.</source>
        <translation>
用 layerpool-cli COMMAND --help 查看各命令的详细说明。</translation>
    </message>
    <message>
        <source>There is no command “%1”</source>
        <translation>没有命令“%1”</translation>
    </message>
    <message>
        <source>See layerpool-cli --help</source>
        <translation>请参阅 layerpool-cli --help</translation>
    </message>
    <message>
        <source>  (not whole)</source>
        <translation>  （不全）</translation>
    </message>
    <message numerus="yes">
        <source>shared by %n image(s)</source>
        <translation>
            <numerusform>由 %n 个镜像共享</numerusform>
        </translation>
    </message>
    <message>
        <source>See what there is with “layerpool-cli ls”</source>
        <translation>可用“layerpool-cli ls”查看已有的内容</translation>
    </message>
    <message>
        <source>Lists the tags of a pool, of one repository, or the parts of one image.</source>
        <translation>列出镜像池或单个存储库的标签，或单个镜像的各部分。</translation>
    </message>
    <message>
        <source>This pool is empty. Convert a list to fill it.</source>
        <translation>此镜像池是空的。转换一个列表来填充它。</translation>
    </message>
    <message>
        <source>Says what a pool stores, what its images would take on their own, and what sharing saves.</source>
        <translation>显示镜像池的占用、其中镜像各自独立存储时的占用，以及共享节省的空间。</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>Repositories</source>
        <translation>存储库</translation>
    </message>
    <message>
        <source>Blobs</source>
        <translation>blob</translation>
    </message>
    <message>
        <source>Stored</source>
        <translation>实占</translation>
    </message>
    <message>
        <source>Nominal</source>
        <translation>名义</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>节省</translation>
    </message>
    <message>
        <source>Unused</source>
        <translation>未使用</translation>
    </message>
    <message numerus="yes">
        <source>%1 in %n blob(s)</source>
        <translation>
            <numerusform>%1，共 %n 个 blob</numerusform>
        </translation>
    </message>
    <message>
        <source>--platform does not take “%1”</source>
        <translation>--platform 不接受“%1”</translation>
    </message>
    <message>
        <source>a platform is OS/ARCHITECTURE, as linux/amd64</source>
        <translation>平台应写成 OS/ARCHITECTURE，例如 linux/amd64</translation>
    </message>
    <message>
        <source>--platform and --all-platforms exclude each other</source>
        <translation>--platform 与 --all-platforms 不能同时使用</translation>
    </message>
    <message>
        <source>Downloads the images of a list into a pool, each layer once.</source>
        <translation>把列表中的镜像下载到镜像池，每一层只存一份。</translation>
    </message>
    <message>
        <source>Keep every platform of every image.</source>
        <translation>保留每个镜像的所有平台。</translation>
    </message>
    <message>
        <source>Replace OUTFILE where it exists.</source>
        <translation>OUTFILE 已存在时将其替换。</translation>
    </message>
    <message>
        <source>Sends images of a pool, all of them where no list is given, to a registry. What is there is not sent again.</source>
        <translation>把镜像池中的镜像推送到镜像仓库；未指定列表时推送全部镜像。已有的内容不会重复发送。</translation>
    </message>
    <message>
        <source>What becomes of tags that have another digest there: they move (the default), or keep theirs.</source>
        <translation>如何处理目标处摘要不同的标签：改为指向新镜像（move，默认），或保留不变（keep）。</translation>
    </message>
    <message>
        <source>Makes a small pool of the images of a list, by hard links: no time, no space.</source>
        <translation>用硬链接把列表中的镜像做成一个小镜像池：不费时间，不占空间。</translation>
    </message>
    <message>
        <source>its folder is not there, or may not be written</source>
        <translation>其文件夹不存在或不可写</translation>
    </message>
    <message>
        <source>What was done is kept: start it again to go on</source>
        <translation>已完成的部分会保留：重新运行即可继续</translation>
    </message>
    <message>
        <source>a “:” stands before a “/”</source>
        <translation>“:”出现在“/”之前</translation>
    </message>
    <message>
        <source>a reference is written without https:// or http://</source>
        <translation>镜像引用不应带 https:// 或 http://</translation>
    </message>
    <message>
        <source>a registry is written without https:// or http://</source>
        <translation>镜像仓库不应带 https:// 或 http://</translation>
    </message>
    <message>
        <source>“%1” is no host name with a port from 1 to 65535</source>
        <translation>“%1”不是主机名加 1 到 65535 的端口</translation>
    </message>
    <message>
        <source>it is no legal repository name</source>
        <translation>它不是合法的存储库名称</translation>
    </message>
    <message>
        <source>it is no tag</source>
        <translation>它不是标签</translation>
    </message>
    <message>
        <source>the tag points at nothing</source>
        <translation>该标签没有指向任何内容</translation>
    </message>
    <message>
        <source>it is missing, or has not the declared %1 bytes</source>
        <translation>它缺失，或大小不是声明的 %1 字节</translation>
    </message>
    <message>
        <source>Run verify, and convert its images again</source>
        <translation>请运行校验，然后重新转换其镜像</translation>
    </message>
    <message>
        <source>%1 sends uploads to an unsafe address</source>
        <translation>%1 把上传指向不安全的地址</translation>
    </message>
    <message>
        <source>Cannot use the authorities in %1</source>
        <translation>无法使用 %1 中的 CA 证书</translation>
    </message>
    <message>
        <source>it holds no certificate (PEM)</source>
        <translation>其中没有证书（PEM）</translation>
    </message>
    <message>
        <source>the registry knows no such tag, or no such repository</source>
        <translation>镜像仓库中没有此标签或此存储库</translation>
    </message>
    <message>
        <source>Check name and tag for a typing error</source>
        <translation>请检查名称和标签是否有误</translation>
    </message>
    <message>
        <source>Nothing can be fetched: %1 of %2 images are in %3, the others fail</source>
        <translation>没有可下载的内容：%2 个镜像中有 %1 个已在 %3 中，其余会失败</translation>
    </message>
    <message>
        <source>Kept from before</source>
        <translation>先前保留</translation>
    </message>
    <message>
        <source>The blob %1 is missing</source>
        <translation>缺少 blob %1</translation>
    </message>
    <message>
        <source>The folder %1 is made</source>
        <translation>将新建文件夹 %1</translation>
    </message>
    <message>
        <source>Remove the folder %1, then convert its images again</source>
        <translation>请删除文件夹 %1，然后重新转换其镜像</translation>
    </message>
    <message>
        <source>The link %1 leads nowhere</source>
        <translation>链接 %1 没有指向任何内容</translation>
    </message>
    <message>
        <source>the pool has no such blob</source>
        <translation>镜像池中没有此 blob</translation>
    </message>
    <message>
        <source>%1 is missing, or has not the declared size</source>
        <translation>%1 缺失，或大小与声明不符</translation>
    </message>
    <message>
        <source>Let this login server see the password of a registry of another site. May be repeated.</source>
        <translation>允许该登录服务器看到另一站点镜像仓库的密码。可重复。</translation>
    </message>
    <message>
        <source>Show this client certificate (PEM) to a registry that asks for one.</source>
        <translation>向要求客户端证书的镜像仓库出示此证书（PEM）。</translation>
    </message>
    <message>
        <source>The key of --cert (PEM, without a password).</source>
        <translation>--cert 的密钥（PEM，无密码）。</translation>
    </message>
    <message>
        <source>Move no more bytes a second than this, over all transfers, as 500K or 2Mi.</source>
        <translation>所有传输合计每秒不超过此字节数，例如 500K 或 2Mi。</translation>
    </message>
    <message>
        <source>An index whose platforms are not all in the pool goes as it is (the default), as a new index of those there are, or as a tag for each of them.</source>
        <translation>若索引的平台在池中不全：原样发送（默认）、为现有平台制作新索引，或为每个平台各用一个标签。</translation>
    </message>
    <message>
        <source>it is one of: %1</source>
        <translation>应为以下之一：%1</translation>
    </message>
    <message>
        <source>“%1” is more than a registry</source>
        <translation>“%1”不只是镜像仓库</translation>
    </message>
    <message>
        <source>a login is for all of %1</source>
        <translation>登录对整个 %1 有效</translation>
    </message>
    <message>
        <source>--limit-rate does not take “%1”</source>
        <translation>--limit-rate 不接受“%1”</translation>
    </message>
    <message>
        <source>it is bytes a second, as 500K, 2M or 2Mi</source>
        <translation>它是每秒字节数，例如 500K、2M 或 2Mi</translation>
    </message>
    <message>
        <source>For the machines there, so that the original names resolve:</source>
        <translation>供那里的机器使用，使原名称可以解析：</translation>
    </message>
    <message>
        <source>standard input is no terminal</source>
        <translation>标准输入不是终端</translation>
    </message>
    <message>
        <source>Give the name with --user, and the password with --password-stdin</source>
        <translation>用 --user 给出用户名，用 --password-stdin 给出密码</translation>
    </message>
    <message>
        <source>Standard input holds no password</source>
        <translation>标准输入中没有密码</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>它是空的</translation>
    </message>
    <message>
        <source>what came is no password</source>
        <translation>收到的内容不是密码</translation>
    </message>
    <message>
        <source>Fetch foreign layers too, from the registry or from where their vendor keeps them.</source>
        <translation>同时获取外部层：从镜像仓库，或从供应商保存它们的地方。</translation>
    </message>
    <message>
        <source>A login for %1 cannot be kept</source>
        <translation>无法保存 %1 的登录信息</translation>
    </message>
    <message>
        <source>Name a file for it (--authfile FILE); the password can be read there</source>
        <translation>为它指定一个文件（--authfile 文件）；密码在其中可以被读出</translation>
    </message>
    <message>
        <source>--password-stdin needs the name</source>
        <translation>--password-stdin 需要用户名</translation>
    </message>
    <message>
        <source>Give it with --user NAME</source>
        <translation>用 --user 用户名 给出</translation>
    </message>
    <message>
        <source>Name:</source>
        <translation>用户名：</translation>
    </message>
    <message>
        <source>“%1” is no name to sign in with</source>
        <translation>“%1”不能用作登录的用户名</translation>
    </message>
    <message>
        <source>it holds a colon</source>
        <translation>其中含有冒号</translation>
    </message>
    <message>
        <source>Password:</source>
        <translation>密码：</translation>
    </message>
    <message>
        <source>Checks a name and password with a registry, and keeps them in the desktop&apos;s keyring. Asks for what is not given.</source>
        <translation>向镜像仓库核对用户名和密码，并保存在桌面的密钥环中。缺少的内容会询问。</translation>
    </message>
    <message>
        <source>The name to sign in with.</source>
        <translation>登录用的用户名。</translation>
    </message>
    <message>
        <source>Read the password from standard input.</source>
        <translation>从标准输入读取密码。</translation>
    </message>
    <message>
        <source>Keep the login in this file (containers-auth.json) in place of the keyring: readable, by its owner.</source>
        <translation>把登录信息保存在此文件（containers-auth.json）中而不是密钥环：其所有者可以读出。</translation>
    </message>
    <message>
        <source>Signed in to %1 as %2; kept in %3.</source>
        <translation>已以 %2 登录 %1；保存在 %3。</translation>
    </message>
    <message>
        <source>Signed in to %1 as %2; kept in the keyring.</source>
        <translation>已以 %2 登录 %1；保存在密钥环中。</translation>
    </message>
    <message>
        <source>%1 lets everybody in at its door: whether it takes this login could not be seen.</source>
        <translation>%1 对所有人开放入口：无法得知它是否接受此登录。</translation>
    </message>
    <message>
        <source>Whoever can read %1 can read the password.</source>
        <translation>能读取 %1 的人都能读出密码。</translation>
    </message>
    <message>
        <source>Forgets the name and password for a registry.</source>
        <translation>忘记某个镜像仓库的用户名和密码。</translation>
    </message>
    <message>
        <source>Take the login out of this file, in place of the keyring.</source>
        <translation>从此文件而不是密钥环中移除登录信息。</translation>
    </message>
    <message>
        <source>Signed out of %1.</source>
        <translation>已退出 %1。</translation>
    </message>
    <message>
        <source>No login for %1 was kept here.</source>
        <translation>这里没有保存 %1 的登录信息。</translation>
    </message>
    <message>
        <source>There is a login for %1 in %2 too, which another program keeps: it goes on being used.</source>
        <translation>%2 中也有 %1 的登录信息，由另一程序保存：它将继续被使用。</translation>
    </message>
    <message>
        <source>  (refers to %1)</source>
        <comment>a signature, and a digest</comment>
        <translation>  （引用 %1）</translation>
    </message>
    <message>
        <source>at its vendor</source>
        <translation>在供应商处</translation>
    </message>
    <message>
        <source>Referrers</source>
        <translation>引用项</translation>
    </message>
    <message>
        <source>--%1 is of no use without --against</source>
        <translation>没有 --against 时 --%1 不起作用</translation>
    </message>
    <message>
        <source>See layerpool-cli verify --help</source>
        <translation>参见 layerpool-cli verify --help</translation>
    </message>
    <message>
        <source>Reads and hashes every blob of a pool, and looks at every link. With --against it asks a registry for every tag, manifest and blob that a pool&apos;s images have.</source>
        <translation>读取池的每个数据块并计算哈希，检查每个链接。加上 --against 时，向镜像仓库询问池中镜像的每个标签、清单和数据块。</translation>
    </message>
    <message>
        <source>After a push: ask the registry for all that the images of this pool have; nothing is downloaded.</source>
        <translation>推送之后：向镜像仓库询问此池的镜像所拥有的一切；不下载任何内容。</translation>
    </message>
    <message>
        <source>Check a name and password with a registry, and keep them</source>
        <translation>向镜像仓库核对用户名和密码，并保存</translation>
    </message>
    <message>
        <source>Forget the name and password for a registry</source>
        <translation>忘记某个镜像仓库的用户名和密码</translation>
    </message>
    <message>
        <source>a pattern may stand for tags alone, after the “:”</source>
        <translation>通配模式只能用于标签，即“:”之后</translation>
    </message>
    <message>
        <source>“%1” is no pattern of tags</source>
        <translation>“%1”不是标签的通配模式</translation>
    </message>
    <message>
        <source>a pattern of tags and a digest exclude each other</source>
        <translation>标签的通配模式和摘要不能同时使用</translation>
    </message>
    <message>
        <source>its signature does not say what was signed</source>
        <translation>它的签名没有说明签的是什么</translation>
    </message>
    <message>
        <source>what was signed is not what it says</source>
        <translation>签名的内容与它所说的不符</translation>
    </message>
    <message>
        <source>it lacks what a manifest of Docker&apos;s schema 1 has</source>
        <translation>它缺少 Docker schema 1 清单所具有的内容</translation>
    </message>
    <message>
        <source>what it says of %1 is of another kind than it must be</source>
        <translation>它对 %1 的说明不是应有的类型</translation>
    </message>
    <message>
        <source>it is two kinds of manifest at once</source>
        <translation>它同时是两种清单</translation>
    </message>
    <message>
        <source>its schemaVersion is not %1, as its kind has it</source>
        <translation>它的 schemaVersion 不是其类型应有的 %1</translation>
    </message>
    <message>
        <source>its annotations are no texts</source>
        <translation>它的注释不是文本</translation>
    </message>
    <message>
        <source>it is nested too deeply</source>
        <translation>它嵌套过深</translation>
    </message>
    <message>
        <source>it says “%1”, which some programs read as “%2” and others do not</source>
        <translation>它写的是“%1”，有些程序会读作“%2”，有些则不会</translation>
    </message>
    <message>
        <source>it says “%1” twice, and programs differ in which they take</source>
        <translation>它把“%1”写了两次，各程序采用的并不相同</translation>
    </message>
    <message>
        <source>Cannot use the certificate in %1</source>
        <translation>无法使用 %1 中的证书</translation>
    </message>
    <message>
        <source>Cannot use the key in %1</source>
        <translation>无法使用 %1 中的密钥</translation>
    </message>
    <message>
        <source>it holds no key (PEM), or one with a password</source>
        <translation>其中没有密钥（PEM），或密钥带有密码</translation>
    </message>
    <message>
        <source>Write it without a password: openssl pkey -in FILE -out NEWFILE</source>
        <translation>去掉密码再写一份：openssl pkey -in 文件 -out 新文件</translation>
    </message>
    <message>
        <source>the key in %1 belongs to another one</source>
        <translation>%1 中的密钥属于另一证书</translation>
    </message>
    <message>
        <source>the proxy does not let it through</source>
        <translation>代理不予放行</translation>
    </message>
    <message>
        <source>the proxy asks for a login, or refused the one it got</source>
        <translation>代理要求登录，或拒绝了给出的登录信息</translation>
    </message>
    <message>
        <source>%1; the certificate&apos;s SHA-256 fingerprint is %2</source>
        <translation>%1；该证书的 SHA-256 指纹为 %2</translation>
    </message>
    <message>
        <source>%1 is too slow</source>
        <translation>%1 太慢</translation>
    </message>
    <message>
        <source>The proxy cannot be used</source>
        <translation>无法使用该代理</translation>
    </message>
    <message>
        <source>its address cannot be understood</source>
        <translation>无法理解它的地址</translation>
    </message>
    <message>
        <source>%1:// is no kind of proxy that is known here</source>
        <translation>不认识 %1:// 这种代理</translation>
    </message>
    <message>
        <source>A client certificate needs its key, and a key its certificate</source>
        <translation>客户端证书需要它的密钥，密钥也需要它的证书</translation>
    </message>
    <message>
        <source>Name both files</source>
        <translation>请同时指定两个文件</translation>
    </message>
    <message>
        <source>Cannot read the folder %1</source>
        <translation>无法读取文件夹 %1</translation>
    </message>
    <message>
        <source>it holds the certificates for %1</source>
        <translation>其中存放 %1 的证书</translation>
    </message>
    <message>
        <source>%1 bytes came</source>
        <translation>收到 %1 字节</translation>
    </message>
    <message>
        <source>%1 does not send the blob as it is</source>
        <translation>%1 没有原样发送数据块</translation>
    </message>
    <message>
        <source>it comes with the encoding “%1”</source>
        <translation>收到的内容带有编码“%1”</translation>
    </message>
    <message>
        <source>Ask its administrator, or that of a proxy before it, to leave blobs unchanged</source>
        <translation>请其管理员或其前面代理的管理员不要改动数据块</translation>
    </message>
    <message>
        <source>The layer %1 names an unsafe address</source>
        <translation>层 %1 给出了不安全的地址</translation>
    </message>
    <message>
        <source>only http and https are asked, without a user and password inside</source>
        <translation>只访问 http 和 https，且其中不含用户名和密码</translation>
    </message>
    <message>
        <source>%1 gives no login for %2</source>
        <translation>%1 没有给出 %2 的登录信息</translation>
    </message>
    <message>
        <source>Mend it, or sign in another way</source>
        <translation>请修复它，或以其他方式登录</translation>
    </message>
    <message>
        <source>this is no name of a helper</source>
        <translation>这不是辅助程序的名称</translation>
    </message>
    <message>
        <source>there is no such program in PATH</source>
        <translation>PATH 中没有这个程序</translation>
    </message>
    <message>
        <source>it took longer than %1 s</source>
        <translation>用时超过 %1 秒</translation>
    </message>
    <message>
        <source>its answer is too long</source>
        <translation>它的回答太长</translation>
    </message>
    <message>
        <source>its answer cannot be understood</source>
        <translation>无法理解它的回答</translation>
    </message>
    <message>
        <source>it failed (%1)</source>
        <translation>它失败了（%1）</translation>
    </message>
    <message>
        <source>docker-credential-%1 (named in %2)</source>
        <translation>docker-credential-%1（在 %2 中指定）</translation>
    </message>
    <message>
        <source>this session</source>
        <translation>本次会话</translation>
    </message>
    <message>
        <source>the keyring</source>
        <translation>密钥环</translation>
    </message>
    <message>
        <source>This machine has no keyring that could be used</source>
        <translation>此机器没有可用的密钥环</translation>
    </message>
    <message>
        <source>The keyring stays closed</source>
        <translation>密钥环仍然锁着</translation>
    </message>
    <message>
        <source>access to it was not given</source>
        <translation>未获准访问</translation>
    </message>
    <message>
        <source>Unlock it and try again</source>
        <translation>解锁后再试</translation>
    </message>
    <message>
        <source>no keyring service answers</source>
        <translation>没有密钥环服务应答</translation>
    </message>
    <message>
        <source>it does not answer</source>
        <translation>它没有应答</translation>
    </message>
    <message>
        <source>Sign in to %1 first</source>
        <translation>请先登录 %1</translation>
    </message>
    <message>
        <source>%1 wants its password sent to %2</source>
        <translation>%1 要求把它的密码发送到 %2</translation>
    </message>
    <message>
        <source>that is another site, and nobody has said that it may see it</source>
        <translation>那是另一站点，没有人说过它可以看到密码</translation>
    </message>
    <message>
        <source>Allow %1 as a login server, if that is where its accounts are kept</source>
        <translation>如果账户确实保存在那里，请允许 %1 作为登录服务器</translation>
    </message>
    <message>
        <source>%1 has no project “%2”</source>
        <translation>%1 没有项目“%2”</translation>
    </message>
    <message>
        <source>projects are not made by pushing</source>
        <translation>推送不会创建项目</translation>
    </message>
    <message>
        <source>Make it there first, or name another prefix</source>
        <translation>请先在那里创建，或指定另一前缀</translation>
    </message>
    <message>
        <source>it lacks a part that the manifest names</source>
        <translation>它缺少清单所列的一部分</translation>
    </message>
    <message>
        <source>the bytes that came there have another digest</source>
        <translation>那里收到的字节具有另一摘要</translation>
    </message>
    <message>
        <source>it finds the manifest invalid</source>
        <translation>它认为清单无效</translation>
    </message>
    <message>
        <source>%1 lists %2 badly</source>
        <translation>%1 对 %2 的列表有误</translation>
    </message>
    <message>
        <source>Its administrator may know more</source>
        <translation>其管理员也许知道更多</translation>
    </message>
    <message>
        <source>its list of tags is no JSON object</source>
        <translation>它的标签列表不是 JSON 对象</translation>
    </message>
    <message>
        <source>it has more than %1 tags</source>
        <translation>它有超过 %1 个标签</translation>
    </message>
    <message>
        <source>its pages lead in circles</source>
        <translation>它的分页在兜圈子</translation>
    </message>
    <message>
        <source>its next page is at an unsafe address</source>
        <translation>它的下一页位于不安全的地址</translation>
    </message>
    <message>
        <source>a page of its referrers is no index</source>
        <translation>它的引用项有一页不是索引</translation>
    </message>
    <message>
        <source>it did not take the identity token</source>
        <translation>它不接受身份令牌</translation>
    </message>
    <message>
        <source>Sign in to %1 again</source>
        <translation>请重新登录 %1</translation>
    </message>
    <message>
        <source>%1 matches no tag at %2</source>
        <translation>%1 在 %2 没有匹配的标签</translation>
    </message>
    <message>
        <source>it has no tags</source>
        <translation>它没有标签</translation>
    </message>
    <message numerus="yes">
        <source>it has %n tag(s), and none is like that</source>
        <translation>
            <numerusform>它有 %n 个标签，没有一个匹配</numerusform>
        </translation>
    </message>
    <message>
        <source>The nearest are %1</source>
        <translation>最接近的是 %1</translation>
    </message>
    <message numerus="yes">
        <source>%1 matches %n tag(s) at %2: %3</source>
        <translation>
            <numerusform>%1 在 %2 匹配 %n 个标签：%3</numerusform>
        </translation>
    </message>
    <message>
        <source>Asking for tags</source>
        <translation>正在询问标签</translation>
    </message>
    <message>
        <source>What refers to %1 cannot be read</source>
        <translation>无法读取引用 %1 的内容</translation>
    </message>
    <message>
        <source>Asking for signatures</source>
        <translation>正在询问签名</translation>
    </message>
    <message>
        <source>%1 is of Docker&apos;s legacy kind (schema 1): registries refuse it by default</source>
        <translation>%1 是 Docker 的旧式镜像（schema 1）：镜像仓库默认拒绝它</translation>
    </message>
    <message numerus="yes">
        <source>%n layer(s) of %1 are foreign, and are fetched as you asked: %2</source>
        <translation>
            <numerusform>%1 有 %n 个外部层，按您的要求获取：%2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n layer(s) of %1 are foreign and stay at their vendor: %2</source>
        <translation>
            <numerusform>%1 有 %n 个外部层，留在供应商处：%2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n signature(s) and other referrer(s) come along</source>
        <translation>
            <numerusform>%n 个签名及其他引用项一同带来</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n signature(s) and other referrer(s)</source>
        <translation>
            <numerusform>%n 个签名及其他引用项</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 allows %2 more of %3 pulls</source>
        <comment>a registry; how many of how many</comment>
        <translation>%1 还允许拉取 %2 次（共 %3 次）</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <comment>what is allowed; a duration</comment>
        <translation>%2 内%1</translation>
    </message>
    <message>
        <source>%1 is taken for %2, and not %3</source>
        <translation>%1 用于 %2，而不是 %3</translation>
    </message>
    <message>
        <source>%1 cannot be pushed</source>
        <translation>无法推送 %1</translation>
    </message>
    <message>
        <source>it is of Docker&apos;s legacy kind (schema 1), which registries refuse</source>
        <translation>它是 Docker 的旧式镜像（schema 1），镜像仓库拒绝它</translation>
    </message>
    <message>
        <source>Pull it from a registry that runs over the pool, and build it anew</source>
        <translation>从运行在池上的镜像仓库拉取它，然后重新构建</translation>
    </message>
    <message>
        <source>%1 has no tag for its platforms</source>
        <translation>%1 没有可用于各平台的标签</translation>
    </message>
    <message>
        <source>“%1” would be none</source>
        <translation>“%1”不是合法的标签</translation>
    </message>
    <message>
        <source>%1 has no platform to push</source>
        <translation>%1 没有可推送的平台</translation>
    </message>
    <message>
        <source>the pool holds none of its index</source>
        <translation>池中没有其索引里的任何一个</translation>
    </message>
    <message>
        <source>%1 is a sparse index (without %2): some registries refuse it</source>
        <translation>%1 是稀疏索引（缺少 %2）：有些镜像仓库拒绝它</translation>
    </message>
    <message>
        <source>%1 goes without %2, as the new index %3 in place of %4</source>
        <translation>%1 不带 %2，以新索引 %3 代替 %4</translation>
    </message>
    <message>
        <source>%1 goes without %2 and without its index, as %3</source>
        <translation>%1 不带 %2 也不带索引，以 %3 发送</translation>
    </message>
    <message>
        <source>%1 does not take the sparse index of %2</source>
        <translation>%1 不接受 %2 的稀疏索引</translation>
    </message>
    <message>
        <source>the pool holds it without %1 (%2)</source>
        <translation>池中的它缺少 %1（%2）</translation>
    </message>
    <message>
        <source>%1 is the new index %2, made of %3 without %4</source>
        <translation>%1 是新索引 %2，由 %3 去掉 %4 而成</translation>
    </message>
    <message numerus="yes">
        <source>%1, waiting for %2 (%n s)</source>
        <comment>a phase, a host, seconds</comment>
        <translation>
            <numerusform>%1，正在等待 %2（%n 秒）</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is another image at %2</source>
        <translation>%1 在 %2 是另一个镜像</translation>
    </message>
    <message>
        <source>there it is %1, here %2</source>
        <translation>那里是 %1，这里是 %2</translation>
    </message>
    <message>
        <source>Push it again</source>
        <translation>请再次推送</translation>
    </message>
    <message>
        <source>%1 is damaged at %2</source>
        <translation>%1 在 %2 已损坏</translation>
    </message>
    <message>
        <source>it has %1 bytes there, and must have %2</source>
        <translation>它在那里有 %1 字节，而应有 %2</translation>
    </message>
    <message>
        <source>Its administrator must remove it there; then push again</source>
        <translation>必须由其管理员在那里移除；然后再次推送</translation>
    </message>
    <message numerus="yes">
        <source>and %n more fault(s)</source>
        <translation>
            <numerusform>以及另外 %n 处错误</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Ask %1 for every tag, manifest and blob of %n image(s) of %2</source>
        <translation>
            <numerusform>向 %1 询问 %2 的 %n 个镜像的每个标签、清单和数据块</numerusform>
        </translation>
    </message>
    <message>
        <source>Verify %1 against %2</source>
        <translation>对照 %2 校验 %1</translation>
    </message>
    <message>
        <source>Asking the target</source>
        <translation>正在询问目标</translation>
    </message>
    <message>
        <source>Every tag, manifest and blob is there</source>
        <translation>每个标签、清单和数据块都在那里</translation>
    </message>
    <message>
        <source>Not everything is there</source>
        <translation>并非一切都在那里</translation>
    </message>
    <message>
        <source>no byte came for %1</source>
        <translation>%1 内没有收到任何字节</translation>
    </message>
    <message>
        <source>less than %1 moved for %2</source>
        <translation>%2 内传输不足 %1</translation>
    </message>
    <message>
        <source>Try again later, or another mirror</source>
        <translation>请稍后再试，或换一个镜像源</translation>
    </message>
    <message>
        <source>%1 does not speak plain HTTP</source>
        <translation>%1 不支持明文 HTTP</translation>
    </message>
    <message>
        <source>it knows no manifests that are named by sha512</source>
        <translation>它不认识以 sha512 命名的清单</translation>
    </message>
    <message>
        <source>it answers %1, as registries do that do not allow the addresses of its foreign layers</source>
        <translation>它回答 %1：不允许其外部层地址的镜像仓库会这样回答</translation>
    </message>
    <message>
        <source>Let its administrator allow these addresses (validation.manifests.urls.allow)</source>
        <translation>请其管理员允许这些地址（validation.manifests.urls.allow）</translation>
    </message>
    <message>
        <source>it sends a web page in place of a manifest</source>
        <translation>它发来的是网页而不是清单</translation>
    </message>
    <message>
        <source>“%1” gives %2 another digest than “%3”</source>
        <translation>“%1”给 %2 的摘要与“%3”不同</translation>
    </message>
    <message>
        <source>Leave one of the lines out</source>
        <translation>请去掉其中一行</translation>
    </message>
    <message numerus="yes">
        <source>%n bad line(s) of the list left out</source>
        <translation>
            <numerusform>已略去列表中 %n 个错误行</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 kept as they are there</source>
        <translation>%1 个按那边原样保留</translation>
    </message>
    <message>
        <source>%1 not finished</source>
        <comment>images</comment>
        <translation>%1 个未完成</translation>
    </message>
    <message>
        <source>If it is a registry, say what to hold it against: --against POOL</source>
        <translation>如果它是镜像仓库，请说明与什么对照：--against POOL</translation>
    </message>
    <message>
        <source>Cannot read what is to be sent</source>
        <translation>无法读取要发送的内容</translation>
    </message>
    <message>
        <source>the file ends too early</source>
        <translation>文件过早结束</translation>
    </message>
    <message>
        <source>Check the disk, and verify the pool</source>
        <translation>请检查磁盘，并校验镜像池</translation>
    </message>
    <message>
        <source>nobody that this machine trusts has signed its certificate (it is self-signed)</source>
        <translation>本机信任的任何机构都没有签署它的证书（自签名）</translation>
    </message>
    <message>
        <source>its certificate was issued by “%1”, which this machine does not know</source>
        <translation>它的证书由“%1”颁发，本机不认识该机构</translation>
    </message>
    <message>
        <source>its certificate ended on %1</source>
        <translation>它的证书已于 %1 到期</translation>
    </message>
    <message>
        <source>its certificate begins on %1, later than this machine&apos;s clock</source>
        <translation>它的证书从 %1 起才有效，晚于本机时钟</translation>
    </message>
    <message>
        <source>its certificate is that of %1</source>
        <translation>它的证书属于 %1</translation>
    </message>
    <message>
        <source>Check the proxy, or go without one</source>
        <translation>请检查代理，或不使用代理</translation>
    </message>
    <message>
        <source>Write it into HTTPS_PROXY or HTTP_PROXY, as http://NAME:PASSWORD@HOST:PORT: a command line can be read by others</source>
        <translation>请写入 HTTPS_PROXY 或 HTTP_PROXY，形如 http://NAME:PASSWORD@HOST:PORT：命令行可被他人读到</translation>
    </message>
    <message>
        <source>It may want a client certificate, speak no TLS 1.2, or only plain HTTP</source>
        <translation>它可能需要客户端证书、不支持 TLS 1.2，或只支持明文 HTTP</translation>
    </message>
    <message>
        <source>Use a name that its certificate bears, or allow it unverified</source>
        <translation>请使用其证书所载的名称，或允许不验证</translation>
    </message>
    <message>
        <source>If it is yours, trust its authority, or allow it unverified</source>
        <translation>如果它是您的，请信任其颁发机构，或允许不验证</translation>
    </message>
    <message>
        <source>Write http://HOST:PORT or socks5://HOST:PORT, or go without one</source>
        <translation>请写成 http://HOST:PORT 或 socks5://HOST:PORT，或不使用代理</translation>
    </message>
    <message>
        <source>Name another file, or none</source>
        <translation>请指定其他文件，或不指定</translation>
    </message>
    <message>
        <source>%1 answers over plain HTTP: whoever is on the way can read along</source>
        <translation>%1 以明文 HTTP 应答：途中的任何人都能读取</translation>
    </message>
    <message>
        <source>%1 answers over TLS; its certificate by %2 is not verified</source>
        <translation>%1 以 TLS 应答；其由 %2 颁发的证书未经验证</translation>
    </message>
    <message>
        <source>%1 answers over TLS; its certificate is by %2</source>
        <translation>%1 以 TLS 应答；其证书由 %2 颁发</translation>
    </message>
    <message>
        <source>It asks for no login</source>
        <translation>它不要求登录</translation>
    </message>
    <message>
        <source>No login for it is known: what it gives to everybody can be had</source>
        <translation>没有已知的登录：可获取它对所有人开放的内容</translation>
    </message>
    <message>
        <source>It takes the login from %1</source>
        <translation>它接受来自 %1 的登录</translation>
    </message>
    <message>
        <source>It takes the login of %1 from %2</source>
        <translation>它接受 %1 的登录（来自 %2）</translation>
    </message>
    <message>
        <source>%1; the login is that of %2</source>
        <translation>%1；所用登录来自 %2</translation>
    </message>
    <message>
        <source>the registry knows no such digest there</source>
        <translation>镜像仓库那里没有这样的摘要</translation>
    </message>
    <message>
        <source>Check name and digest; it may have been removed, or not mirrored</source>
        <translation>请检查名称和摘要；它可能已被删除，或未被镜像</translation>
    </message>
    <message>
        <source>Where its tags may not move, keep them</source>
        <translation>如果那里的标签不可移动，请保留它们</translation>
    </message>
    <message>
        <source>No source gives the blob %1</source>
        <translation>没有来源能提供 blob %1</translation>
    </message>
    <message>
        <source>Checking %1 that an earlier run left</source>
        <translation>正在检查上次运行留下的 %1</translation>
    </message>
    <message>
        <source>%1: there may be more tags (%2)</source>
        <translation>%1：可能还有更多标签（%2）</translation>
    </message>
    <message>
        <source>Keep the registries&apos; names in the pool, or leave one line out</source>
        <translation>请在镜像池中保留镜像仓库的名称，或略去其中一行</translation>
    </message>
    <message>
        <source>Try again, or leave signatures and other referrers out</source>
        <translation>请重试，或略去签名和其他引用者</translation>
    </message>
    <message>
        <source>%1: the tag is no longer at %2</source>
        <translation>%1：该标签已不再指向 %2</translation>
    </message>
    <message>
        <source>%1 of unfinished blobs are kept for the next run</source>
        <translation>未完成的 blob 已保留 %1，供下次继续</translation>
    </message>
    <message>
        <source>there is only %1</source>
        <comment>a platform</comment>
        <translation>只有 %1</translation>
    </message>
    <message>
        <source>there are %1</source>
        <comment>platforms</comment>
        <translation>有 %1</translation>
    </message>
    <message>
        <source>there is none for %1, only for %2</source>
        <comment>platforms</comment>
        <translation>没有 %1 的，只有 %2 的</translation>
    </message>
    <message>
        <source>%1 stays at %2 there (here it is %3)</source>
        <translation>%1 在那边保持为 %2（这里是 %3）</translation>
    </message>
    <message>
        <source>Push a new index of the platforms there are, or each under a tag of its own</source>
        <translation>请推送由现有平台组成的新索引，或让每个平台用各自的标签</translation>
    </message>
    <message>
        <source>%1 moves from %2 to %3</source>
        <translation>%1 从 %2 移到 %3</translation>
    </message>
    <message numerus="yes">
        <source>Ours are added to %n list(s) of referrers there, and none of theirs is lost</source>
        <translation>
            <numerusform>我们的将加入那边的 %n 个引用者列表，对方的一个也不会丢失</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Push %n referrer(s)</source>
        <comment>signatures and the like</comment>
        <translation>
            <numerusform>推送 %n 个引用者</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Push %n signature(s) and other referrer(s) of %1 to %2</source>
        <translation>
            <numerusform>推送 %1 的 %n 个签名和其他引用者到 %2</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing to push to %1</source>
        <translation>没有要推送到 %1 的内容</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) are there already</source>
        <translation>
            <numerusform>%n 个镜像已在那边</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) keep the tag that is there</source>
        <translation>
            <numerusform>%n 个镜像保留那边的标签</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n signature(s) and other referrer(s) of %1 are left out, as it is itself</source>
        <translation>
            <numerusform>%1 的 %n 个签名和其他引用者与它一同略去</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n signature(s) and other referrer(s) of %1 are left out: they vouch for the index as it was</source>
        <translation>
            <numerusform>%1 的 %n 个签名和其他引用者被略去：它们证明的是原来的索引</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 stays as it is there (%2): the target&apos;s and ours (%3) each have what the other lacks, and cannot be joined. To have ours in its place, remove the tag there and push again</source>
        <comment>a tag; a digest; a digest</comment>
        <translation>%1 在那边保持原样（%2）：目标处的与我们的（%3）各有对方所缺，且无法合并。要改用我们的，请在那边删除该标签后再次推送</translation>
    </message>
    <message>
        <source>of another kind</source>
        <translation>其他种类</translation>
    </message>
    <message>
        <source>%1 sent</source>
        <translation>已发送 %1</translation>
    </message>
    <message>
        <source>%1 shared at the target</source>
        <translation>在目标处共享 %1</translation>
    </message>
    <message>
        <source>Nothing was sent</source>
        <translation>没有发送任何内容</translation>
    </message>
    <message>
        <source>%1 there already</source>
        <translation>已存在 %1</translation>
    </message>
    <message numerus="yes">
        <source>Ours added to %n list(s) of referrers there</source>
        <translation>
            <numerusform>我们的已加入那边的 %n 个引用者列表</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is left out (%2)</source>
        <translation>%1 被略去（%2）</translation>
    </message>
    <message numerus="yes">
        <source>%n more referrer(s) of %1 left out</source>
        <translation>
            <numerusform>%1 还有 %n 个引用者被略去</numerusform>
        </translation>
    </message>
    <message>
        <source>More than %1 manifests refer to %2: the others are left out</source>
        <translation>引用 %2 的清单超过 %1 个：其余被略去</translation>
    </message>
    <message>
        <source>What refers to the images of %1 may not be looked for at %2 (%3)</source>
        <translation>无法在 %2 查找引用 %1 的镜像的内容（%3）</translation>
    </message>
    <message>
        <source>%1, which refers to %2,</source>
        <translation>%1（引用 %2）</translation>
    </message>
    <message>
        <source>The list of what refers to %1 is left out (%2)</source>
        <translation>引用 %1 的列表被略去（%2）</translation>
    </message>
    <message>
        <source>Choose another name, or allow it to be replaced</source>
        <translation>请另选名称，或允许替换</translation>
    </message>
    <message>
        <source>%1 lacks signatures or other referrers at %2</source>
        <translation>%1 在 %2 缺少签名或其他引用者</translation>
    </message>
    <message>
        <source>To have ours in its place, remove the tag there and push again</source>
        <translation>要改用我们的，请在那边删除该标签后再次推送</translation>
    </message>
    <message numerus="yes">
        <source>it is the first of %n fault(s)</source>
        <translation>
            <numerusform>这是 %n 个错误中的第一个</numerusform>
        </translation>
    </message>
    <message>
        <source>Settings ▸ Connection</source>
        <translation>设置 ▸ 连接</translation>
    </message>
    <message>
        <source>Settings ▸ Registries</source>
        <translation>设置 ▸ 镜像仓库</translation>
    </message>
    <message>
        <source>it is asked when you sign in</source>
        <translation>登录时会询问</translation>
    </message>
    <message>
        <source>in Convert: “Registries in the pool&apos;s names”</source>
        <translation>在“转换”中：“镜像池名称中包含仓库”</translation>
    </message>
    <message>
        <source>in Convert: “Signatures and other referrers”</source>
        <translation>在“转换”中：“签名和其他引用者”</translation>
    </message>
    <message>
        <source>in Push: “Tags that differ there”</source>
        <translation>在“推送”中：“那边不同的标签”</translation>
    </message>
    <message>
        <source>in Push: “Indexes with platforms left out”</source>
        <translation>在“推送”中：“缺少平台的索引”</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1 字节</translation>
    </message>
    <message>
        <source>%1 answers, and forbids access</source>
        <translation>%1 有应答，但禁止访问</translation>
    </message>
    <message>
        <source>it says 403 to /v2/</source>
        <translation>它对 /v2/ 回答 403</translation>
    </message>
    <message>
        <source>Ask its administrator who may use it</source>
        <translation>请询问其管理员谁可以使用</translation>
    </message>
    <message>
        <source>%1 moves in the pool from %2 to %3: what was signed in the pool alone is no longer found by it</source>
        <comment>a tag of signatures; two digests</comment>
        <translation>%1 在镜像池中从 %2 移到 %3：仅在镜像池中签署的内容将不再能通过它找到</translation>
    </message>
    <message>
        <source>--proxy takes no name and password</source>
        <translation>--proxy 不接受用户名和密码</translation>
    </message>
    <message>
        <source>whoever is on this machine can read a command line; HTTPS_PROXY takes them</source>
        <translation>本机上的任何人都能读到命令行；请写入 HTTPS_PROXY</translation>
    </message>
    <message>
        <source>Serving %1 at %2, read-only, by %3. Ctrl+C ends it.</source>
        <comment>pool, HOST:PORT, program</comment>
        <translation>正在 %2 以只读方式提供 %1，由 %3 运行。按 Ctrl+C 结束。</translation>
    </message>
    <message numerus="yes">
        <source>  and %n more image(s): see layerpool-cli ls</source>
        <translation>
            <numerusform>  以及另外 %n 个镜像：见 layerpool-cli ls</numerusform>
        </translation>
    </message>
    <message>
        <source>Serves a pool by the machine&apos;s own registry, read-only, at a port of 127.0.0.1, until Ctrl+C. That is docker-registry, or registry, or else podman or docker with the image registry:2.</source>
        <translation>用本机的镜像仓库程序在 127.0.0.1 的端口上以只读方式提供镜像池，直到按下 Ctrl+C。程序为 docker-registry 或 registry，否则为 podman 或 docker 加镜像 registry:2。</translation>
    </message>
    <message>
        <source>The port (any that is free, from 5000 on).</source>
        <translation>端口（默认从 5000 起的任意空闲端口）。</translation>
    </message>
    <message>
        <source>Serve a pool by the machine&apos;s own registry, read-only</source>
        <translation>用本机的镜像仓库程序以只读方式提供镜像池</translation>
    </message>
    <message>
        <source>Cannot save %1</source>
        <translation>无法保存 %1</translation>
    </message>
    <message>
        <source>Free some space, or save it in another place</source>
        <translation>请释放一些空间，或保存到其他位置</translation>
    </message>
    <message>
        <source>The pool %1 is read-only</source>
        <translation>镜像池 %1 是只读的</translation>
    </message>
    <message>
        <source>There is no room for the blob %1</source>
        <translation>空间不足，放不下 blob %1</translation>
    </message>
    <message>
        <source>nobody says how large it is, and %1 have come</source>
        <translation>没有来源说明它的大小，目前已收到 %1</translation>
    </message>
    <message>
        <source>Free some space, or leave its image out</source>
        <translation>请释放一些空间，或略去其镜像</translation>
    </message>
    <message>
        <source>it says yes to every piece, and stays at byte %1</source>
        <translation>它接受每一段数据，却停在第 %1 字节</translation>
    </message>
    <message>
        <source>The fault is on its side, or on that of a proxy before it</source>
        <translation>问题出在对方，或对方前面的代理</translation>
    </message>
    <message>
        <source>the login is right, and not allowed to do this</source>
        <translation>登录有效，但没有此操作的权限</translation>
    </message>
    <message>
        <source>Cannot serve at %1</source>
        <comment>HOST:PORT</comment>
        <translation>无法在 %1 提供服务</translation>
    </message>
    <message>
        <source>another program uses this port</source>
        <translation>另一个程序正在使用此端口</translation>
    </message>
    <message>
        <source>Choose another port, or none to take any that is free</source>
        <translation>请选择其他端口，或不指定以使用任意空闲端口</translation>
    </message>
    <message>
        <source>this user may not open the port</source>
        <translation>此用户无权打开该端口</translation>
    </message>
    <message>
        <source>Choose one from 1024 on</source>
        <translation>请选择 1024 或以上的端口</translation>
    </message>
    <message>
        <source>The registry does not answer</source>
        <translation>镜像仓库没有应答</translation>
    </message>
    <message>
        <source>something else does at %1</source>
        <translation>在 %1 应答的是其他程序</translation>
    </message>
    <message>
        <source>See what its log says</source>
        <translation>请查看其日志</translation>
    </message>
    <message>
        <source>Cannot start %1</source>
        <translation>无法启动 %1</translation>
    </message>
    <message>
        <source>the system refuses to run it</source>
        <translation>系统拒绝运行它</translation>
    </message>
    <message>
        <source>Install the package docker-registry</source>
        <translation>请安装软件包 docker-registry</translation>
    </message>
    <message>
        <source>The registry has ended by itself (%1)</source>
        <comment>a program&apos;s name</comment>
        <translation>镜像仓库已自行结束（%1）</translation>
    </message>
    <message>
        <source>another program ended it, or it crashed</source>
        <translation>它被其他程序结束，或已崩溃</translation>
    </message>
    <message>
        <source>its exit status is %1</source>
        <translation>其退出状态为 %1</translation>
    </message>
    <message>
        <source>See what its log says, then start it again</source>
        <translation>请查看其日志，然后重新启动</translation>
    </message>
    <message>
        <source>This machine has no program that serves a pool</source>
        <translation>本机没有可提供镜像池服务的程序</translation>
    </message>
    <message>
        <source>none of these is in PATH: %1</source>
        <translation>PATH 中没有以下任何程序：%1</translation>
    </message>
    <message>
        <source>The blob %1 has no source</source>
        <translation>blob %1 没有来源</translation>
    </message>
    <message>
        <source>No source has a tag like %1</source>
        <translation>没有来源含有与 %1 匹配的标签</translation>
    </message>
    <message>
        <source>%1, which refers to %2, is left out (%3)</source>
        <translation>引用 %2 的 %1 被略去（%3）</translation>
    </message>
    <message>
        <source>No source gives %1</source>
        <translation>没有来源能提供 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n manifest(s) that refer to %1 left out: together they are too large</source>
        <translation>
            <numerusform>已略去引用 %1 的 %n 个清单：合计过大</numerusform>
        </translation>
    </message>
    <message>
        <source>What refers to %1 is listed without its annotations: registries take no list as large as with them</source>
        <translation>引用 %1 的内容在列表中不带注释：带上注释后列表过大，镜像仓库不接受</translation>
    </message>
    <message numerus="yes">
        <source>%n referrer(s) of %1 left out: registries take no list as large as with them</source>
        <translation>
            <numerusform>已略去 %1 的 %n 个引用项：带上它们后列表过大，镜像仓库不接受</numerusform>
        </translation>
    </message>
    <message>
        <source>Asking the sources</source>
        <translation>正在询问来源</translation>
    </message>
    <message>
        <source>%1 has more tags at %2 than a pattern can stand for</source>
        <translation>%1 在 %2 的标签过多，超出通配模式所能匹配的数量</translation>
    </message>
    <message>
        <source>they are on more than %1 pages</source>
        <translation>它们超过 %1 页</translation>
    </message>
    <message>
        <source>Name the tags, each on a line of its own</source>
        <translation>请写明标签，每行一个</translation>
    </message>
    <message>
        <source>Before the pause: %1</source>
        <comment>a sentence of what was done</comment>
        <translation>暂停之前：%1</translation>
    </message>
    <message numerus="yes">
        <source>Open %n file(s), each as a list</source>
        <translation>
            <numerusform>打开 %n 个文件，每个作为一个列表</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Make a list of the %n image(s) that the text names</source>
        <translation>
            <numerusform>用文本中的 %n 个镜像新建列表</numerusform>
        </translation>
    </message>
    <message>
        <source>The text names no image</source>
        <translation>文本中没有镜像</translation>
    </message>
    <message>
        <source>Open a list</source>
        <translation>打开列表</translation>
    </message>
    <message>
        <source>A text file with one image on each line, such as a release&apos;s images-list.txt. Drop it on the window, or press Open list. Lines that can&apos;t be understood are shown with the reason.</source>
        <translation>每行一个镜像的文本文件，例如某个发行版的 images-list.txt。把它拖放到窗口中，或点击“打开列表”。无法识别的行会连同原因一起显示。</translation>
    </message>
    <message>
        <source>Open or make a pool</source>
        <translation>打开或新建镜像池</translation>
    </message>
    <message>
        <source>The folder that keeps the images, each layer once, as a registry does on its disk. The list then says what is there already and what is missing.</source>
        <translation>保存镜像的文件夹，每一层只存一份，与镜像仓库在磁盘上的布局相同。之后列表会显示哪些已有、哪些缺失。</translation>
    </message>
    <message>
        <source>Fetches what is missing. The plan tells first how many bytes that is, and what will fail. Whatever interrupts it, Convert again goes on from where it was.</source>
        <translation>下载缺失的内容。计划会先说明需要下载多少字节，以及哪些会失败。无论因何中断，再次转换都会从中断处继续。</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>试用</translation>
    </message>
    <message>
        <source>Serve runs a registry over the pool on this machine, read-only, and shows the commands that pull from it. Verify reads every byte again.</source>
        <translation>“提供服务”在本机以只读方式运行一个基于镜像池的镜像仓库，并显示从中拉取的命令。“校验”会重新读取每个字节。</translation>
    </message>
    <message>
        <source>Take some of it along</source>
        <translation>带走一部分</translation>
    </message>
    <message>
        <source>On the far side</source>
        <translation>在另一侧</translation>
    </message>
    <message>
        <source>Right, Left</source>
        <comment>keys</comment>
        <translation>右、左</translation>
    </message>
    <message>
        <source>Open or close the row</source>
        <translation>展开或折叠该行</translation>
    </message>
    <message>
        <source>Tab, Shift+Tab</source>
        <comment>keys</comment>
        <translation>Tab、Shift+Tab</translation>
    </message>
    <message>
        <source>To the next or previous part of the window</source>
        <translation>转到窗口的下一个或上一个部分</translation>
    </message>
    <message>
        <source>Menu, Shift+F10</source>
        <comment>keys</comment>
        <translation>菜单键、Shift+F10</translation>
    </message>
    <message>
        <source>From a list to the far side</source>
        <translation>从列表到另一侧</translation>
    </message>
    <message>
        <source>Every verb shows its plan before it starts, runs in the panel of tasks, and can be cancelled. layerpool-cli does the same on the command line.</source>
        <translation>每项操作在开始前都会显示计划，在任务面板中运行，并且可以取消。layerpool-cli 在命令行中提供同样的功能。</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>In lists and the pool</source>
        <translation>在列表和镜像池中</translation>
    </message>
    <message>
        <source>Cancelled after %1.</source>
        <translation>%1 后取消。</translation>
    </message>
    <message>
        <source>Stopped after %1.</source>
        <translation>%1 后停止。</translation>
    </message>
    <message numerus="yes">
        <source>Ended after %1 with %n problem(s).</source>
        <translation>
            <numerusform>%1 后结束，有 %n 个问题。</numerusform>
        </translation>
    </message>
    <message>
        <source>Done in %1.</source>
        <translation>用时 %1，已完成。</translation>
    </message>
    <message>
        <source>Light</source>
        <comment>theme</comment>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <comment>theme</comment>
        <translation>深色</translation>
    </message>
    <message>
        <source>As the system</source>
        <comment>theme</comment>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>%1 — %2</source>
        <comment>an image, and why it failed</comment>
        <translation>%1 — %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>a speed, how long is left</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Waiting</source>
        <comment>an image or a blob of a task</comment>
        <translation>等待中</translation>
    </message>
    <message>
        <source>At work</source>
        <comment>an image or a blob of a task</comment>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Done</source>
        <comment>an image or a blob of a task</comment>
        <translation>完成</translation>
    </message>
    <message>
        <source>There already</source>
        <comment>an image of a task</comment>
        <translation>已有</translation>
    </message>
    <message>
        <source>Failed</source>
        <comment>an image or a blob of a task</comment>
        <translation>失败</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>bytes done of all</comment>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Blob %1</source>
        <translation>Blob %1</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Done</source>
        <comment>how much of a task</comment>
        <translation>完成</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Copy docker &amp;pull line</source>
        <translation>复制 docker pull 命令(&amp;P)</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>签名</translation>
    </message>
    <message>
        <source>Attestation</source>
        <translation>证明</translation>
    </message>
    <message>
        <source>SBOM</source>
        <translation>SBOM</translation>
    </message>
    <message>
        <source>Referrer</source>
        <comment>an artifact that belongs to an image</comment>
        <translation>引用项</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>概要</translation>
    </message>
    <message>
        <source>Repository</source>
        <translation>存储库</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Unique</source>
        <translation>独占</translation>
    </message>
    <message>
        <source>Newest</source>
        <translation>最新</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>以及另外 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>Image</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>Manifest</source>
        <translation>清单</translation>
    </message>
    <message>
        <source>missing, or damaged</source>
        <translation>缺失或已损坏</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>创建时间</translation>
    </message>
    <message>
        <source>Platforms</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>%1, not in this pool</source>
        <translation>%1，不在此镜像池中</translation>
    </message>
    <message>
        <source>Annotations</source>
        <translation>注释</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>Entrypoint</source>
        <translation>入口点</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Working directory</source>
        <translation>工作目录</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>环境变量</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签（Label）</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层</translation>
    </message>
    <message numerus="yes">
        <source>%1, shared by %n image(s)</source>
        <translation>
            <numerusform>%1，由 %n 个镜像共享</numerusform>
        </translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>第 %1 层</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Signatures and attestations</source>
        <translation>签名和证明</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>a digest, its artifact&apos;s type</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Blob</source>
        <translation>Blob</translation>
    </message>
    <message>
        <source>not in this pool</source>
        <translation>不在此镜像池中</translation>
    </message>
    <message>
        <source>Needed by</source>
        <translation>需要它的镜像</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n 个镜像</numerusform>
        </translation>
    </message>
    <message>
        <source>Moved</source>
        <translation>已移动</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>未找到</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>注释</translation>
    </message>
    <message>
        <source>Blank line</source>
        <translation>空行</translation>
    </message>
    <message>
        <source>no tag written: latest</source>
        <translation>未写标签：latest</translation>
    </message>
    <message>
        <source>tag pattern</source>
        <comment>what a line as nginx:1.2* stands for</comment>
        <translation>标签模式</translation>
    </message>
    <message>
        <source>official image</source>
        <translation>官方镜像</translation>
    </message>
    <message>
        <source>now %1 at %2</source>
        <comment>a digest, a registry</comment>
        <translation>现在是 %1（在 %2）</translation>
    </message>
    <message>
        <source>not at %1</source>
        <comment>an image, and the registry that lacks it</comment>
        <translation>%1 上没有</translation>
    </message>
    <message>
        <source>could not be asked for: %1</source>
        <translation>无法查询：%1</translation>
    </message>
    <message numerus="yes">
        <source>%n more tag(s) at %1</source>
        <comment>that match a pattern</comment>
        <translation>
            <numerusform>在 %1 还有 %n 个标签</numerusform>
        </translation>
    </message>
    <message>
        <source>Request</source>
        <comment>a line of the log</comment>
        <translation>请求</translation>
    </message>
    <message>
        <source>Event</source>
        <comment>a line of the log</comment>
        <translation>事件</translation>
    </message>
    <message>
        <source>Failure</source>
        <comment>a line of the log</comment>
        <translation>失败</translation>
    </message>
    <message>
        <source>“%1” is no platform</source>
        <translation>“%1”不是平台</translation>
    </message>
    <message>
        <source>Write it as linux/amd64 or linux/arm/v7</source>
        <translation>请写成 linux/amd64 或 linux/arm/v7</translation>
    </message>
    <message>
        <source>a few seconds left</source>
        <translation>剩余几秒</translation>
    </message>
    <message numerus="yes">
        <source>about %n s left</source>
        <translation>
            <numerusform>剩余约 %n 秒</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n min left</source>
        <translation>
            <numerusform>剩余约 %n 分钟</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n h left</source>
        <translation>
            <numerusform>剩余约 %n 小时</numerusform>
        </translation>
    </message>
    <message>
        <source>about %1 h %2 min left</source>
        <translation>剩余约 %1 小时 %2 分</translation>
    </message>
    <message>
        <source>What happened: %1</source>
        <translation>发生了什么：%1</translation>
    </message>
    <message>
        <source>Why: %1</source>
        <translation>原因：%1</translation>
    </message>
    <message>
        <source>What to try: %1</source>
        <translation>建议：%1</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <comment>a task</comment>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Done in %1</source>
        <comment>a task, a duration</comment>
        <translation>已完成，用时 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s)</source>
        <translation>
            <numerusform>%n 个问题</numerusform>
        </translation>
    </message>
    <message>
        <source>Queued</source>
        <comment>a task</comment>
        <translation>已排队</translation>
    </message>
    <message>
        <source>Started</source>
        <comment>a task</comment>
        <translation>已开始</translation>
    </message>
    <message>
        <source>%1 is done</source>
        <comment>an image</comment>
        <translation>%1 已完成</translation>
    </message>
    <message>
        <source>%1 is there already</source>
        <comment>an image</comment>
        <translation>%1 已有</translation>
    </message>
    <message>
        <source>Paused</source>
        <comment>a task</comment>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Goes on</source>
        <comment>a task</comment>
        <translation>继续</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>images, bytes</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Waiting</source>
        <comment>a task</comment>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Running</source>
        <comment>a task</comment>
        <translation>运行中</translation>
    </message>
    <message>
        <source>Pausing…</source>
        <comment>a task</comment>
        <translation>正在暂停…</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <comment>a task</comment>
        <translation>正在取消…</translation>
    </message>
    <message>
        <source>Stopped</source>
        <comment>a task, by an error</comment>
        <translation>已停止</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) failed</source>
        <translation>
            <numerusform>%n 个镜像失败</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n fault(s) found</source>
        <translation>
            <numerusform>发现 %n 处问题</numerusform>
        </translation>
    </message>
    <message>
        <source>Done</source>
        <comment>a task that is over</comment>
        <translation>完成</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n image(s)</source>
        <translation>
            <numerusform>%1 / %n 个镜像</numerusform>
        </translation>
    </message>
    <message>
        <source>in %1</source>
        <comment>a duration</comment>
        <translation>用时 %1</translation>
    </message>
    <message>
        <source>a file of that name is there</source>
        <translation>已有同名文件</translation>
    </message>
    <message>
        <source>Choose another name</source>
        <translation>请另选名称</translation>
    </message>
    <message>
        <source>Its manifest is wrong about the blob %1</source>
        <translation>它的清单对 blob %1 的说法有误</translation>
    </message>
    <message>
        <source>it declares %1 bytes, and there are %2</source>
        <translation>它声明 %1 字节，实际为 %2 字节</translation>
    </message>
    <message>
        <source>Ask whoever made the image</source>
        <translation>请询问镜像的制作者</translation>
    </message>
    <message>
        <source>Ask who grants access there, or sign in as somebody else</source>
        <translation>请询问在那里授予访问权限的人，或以其他身份登录</translation>
    </message>
    <message>
        <source>Go through this proxy, http:// or socks5://, or through “none” (as HTTPS_PROXY, HTTP_PROXY and NO_PROXY say).</source>
        <translation>经由此代理，http:// 或 socks5://，或 “none”（默认按 HTTPS_PROXY、HTTP_PROXY 和 NO_PROXY）。</translation>
    </message>
    <message>
        <source>How often a request is tried that fails for a passing reason (5).</source>
        <translation>因暂时性原因失败的请求尝试的次数（5）。</translation>
    </message>
    <message>
        <source>Did you mean %1? %2</source>
        <translation>您是否想输入 %1？%2</translation>
    </message>
    <message>
        <source>Stopped serving %1.</source>
        <translation>已停止提供 %1。</translation>
    </message>
    <message>
        <source>Layerpool carries container images across an air gap: it downloads the images of a list, each layer once, and brings them to the registry on the far side.</source>
        <translation>Layerpool 将容器镜像带过物理隔离：它下载列表中的镜像，每一层只下载一次，并将它们送到另一侧的仓库。</translation>
    </message>
    <message>
        <source>Not done</source>
        <comment>an image or a blob of a task</comment>
        <translation>未完成</translation>
    </message>
    <message>
        <source>Paused</source>
        <comment>an image or a blob of a task</comment>
        <translation>已暂停</translation>
    </message>
    <message numerus="yes">
        <source>Trying again in %n s: %1 fails</source>
        <comment>seconds, a host</comment>
        <translation>
            <numerusform>%n 秒后重试：%1 出错</numerusform>
        </translation>
    </message>
    <message>
        <source>What becomes of tags that have another digest in the pool: they move (the default), or keep theirs.</source>
        <translation>镜像池中摘要不同的标签如何处理：移动（默认）或保留原有摘要。</translation>
    </message>
    <message>
        <source>its path is absolute</source>
        <translation>其路径是绝对路径</translation>
    </message>
    <message>
        <source>its path leads out of the bundle</source>
        <translation>其路径超出打包文件</translation>
    </message>
    <message>
        <source>its name holds characters that none of a registry has</source>
        <translation>其名称包含仓库中不会出现的字符</translation>
    </message>
    <message>
        <source>a registry&apos;s storage has no such place</source>
        <translation>仓库存储中没有这样的位置</translation>
    </message>
    <message>
        <source>it is a folder where a file must be</source>
        <translation>应为文件之处却是文件夹</translation>
    </message>
    <message>
        <source>it is a file where a folder must be</source>
        <translation>应为文件夹之处却是文件</translation>
    </message>
    <message>
        <source>there are more than %1 entries</source>
        <translation>条目超过 %1 个</translation>
    </message>
    <message>
        <source>it stands there twice, and differs</source>
        <translation>它出现两次且内容不同</translation>
    </message>
    <message>
        <source>it names the digest %1</source>
        <translation>它指向摘要 %1</translation>
    </message>
    <message>
        <source>Nothing of it was taken; make or copy the bundle again</source>
        <translation>未导入任何内容；请重新制作或复制打包文件</translation>
    </message>
    <message>
        <source>The bundle %1 is refused at its entry %2</source>
        <translation>打包文件 %1 因条目 %2 被拒绝</translation>
    </message>
    <message>
        <source>The bundle %1 is refused</source>
        <translation>打包文件 %1 被拒绝</translation>
    </message>
    <message>
        <source>The bundle %1 is cut short</source>
        <translation>打包文件 %1 不完整</translation>
    </message>
    <message>
        <source>it ends before its last entry does</source>
        <translation>它在最后一个条目结束之前就结束了</translation>
    </message>
    <message>
        <source>Cannot read the bundle %1</source>
        <translation>无法读取打包文件 %1</translation>
    </message>
    <message>
        <source>%1 is no bundle</source>
        <translation>%1 不是打包文件</translation>
    </message>
    <message>
        <source>it is no regular file</source>
        <translation>它不是普通文件</translation>
    </message>
    <message>
        <source>it is packed more than once</source>
        <translation>它被压缩了不止一次</translation>
    </message>
    <message>
        <source>something else follows after its end</source>
        <translation>其末尾之后还有其他内容</translation>
    </message>
    <message>
        <source>it can&apos;t be unpacked (%1)</source>
        <translation>无法解压（%1）</translation>
    </message>
    <message>
        <source>it is a hard link</source>
        <translation>它是硬链接</translation>
    </message>
    <message>
        <source>it is a sparse file</source>
        <translation>它是稀疏文件</translation>
    </message>
    <message>
        <source>it is a folder with bytes of its own</source>
        <translation>它是带有自身数据的文件夹</translation>
    </message>
    <message>
        <source>it is a symbolic link</source>
        <translation>它是符号链接</translation>
    </message>
    <message>
        <source>it is a pipe</source>
        <translation>它是管道</translation>
    </message>
    <message>
        <source>it is a device</source>
        <translation>它是设备</translation>
    </message>
    <message>
        <source>it is neither a file nor a folder</source>
        <translation>它既不是文件也不是文件夹</translation>
    </message>
    <message>
        <source>its name goes on after a NUL</source>
        <translation>其名称在 NUL 之后还有内容</translation>
    </message>
    <message>
        <source>its name can&apos;t be read</source>
        <translation>无法读取其名称</translation>
    </message>
    <message>
        <source>its name is too long</source>
        <translation>其名称过长</translation>
    </message>
    <message>
        <source>%1 bytes are no size of a blob</source>
        <translation>%1 字节不是数据块的大小</translation>
    </message>
    <message>
        <source>something follows after its end</source>
        <translation>其末尾之后还有内容</translation>
    </message>
    <message>
        <source>it can&apos;t be read (%1)</source>
        <translation>无法读取（%1）</translation>
    </message>
    <message>
        <source>it is damaged (%1)</source>
        <translation>它已损坏（%1）</translation>
    </message>
    <message>
        <source>it is no tar that can be read (%1)</source>
        <translation>它不是可读取的 tar（%1）</translation>
    </message>
    <message>
        <source>Import the bundle that this one builds upon first</source>
        <translation>请先导入此打包文件所依赖的打包文件</translation>
    </message>
    <message>
        <source>%1 keeps %2; the bundle has %3</source>
        <translation>%1 保留 %2；打包文件中是 %3</translation>
    </message>
    <message numerus="yes">
        <source>Import %n image(s) of %1 into %2</source>
        <translation>
            <numerusform>将 %1 中的 %n 个镜像导入 %2</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing to import into %1</source>
        <translation>没有可导入 %1 的内容</translation>
    </message>
    <message>
        <source>Reading the bundle</source>
        <translation>正在读取打包文件</translation>
    </message>
    <message>
        <source>it holds no image</source>
        <translation>其中没有镜像</translation>
    </message>
    <message numerus="yes">
        <source>Import %n image(s)</source>
        <translation>
            <numerusform>导入 %n 个镜像</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) are not whole</source>
        <translation>
            <numerusform>%n 个镜像不完整</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 keeps the pool&apos;s own signatures: those of the bundle can&apos;t be joined to them</source>
        <translation>%1 保留镜像池自己的签名：打包文件中的签名无法与其合并</translation>
    </message>
    <message numerus="yes">
        <source>%n signature(s) and other referrer(s) of images that are kept stay behind</source>
        <translation>
            <numerusform>被保留的镜像的 %n 个签名及其他引用未导入</numerusform>
        </translation>
    </message>
    <message>
        <source>it has changed since it was first read</source>
        <translation>它在首次读取后发生了变化</translation>
    </message>
    <message>
        <source>Checking images</source>
        <translation>正在检查镜像</translation>
    </message>
    <message>
        <source>%1 written, %2 were there already</source>
        <translation>写入 %1，%2 已存在</translation>
    </message>
    <message>
        <source>%1 of the bundle are kept for the next run</source>
        <translation>打包文件中的 %1 为下次运行保留</translation>
    </message>
    <message>
        <source>Importing</source>
        <translation>正在导入</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Import %1 into %2</source>
        <translation>将 %1 导入 %2</translation>
    </message>
    <message>
        <source>Convert %1 into %2</source>
        <translation>将 %1 转换到 %2</translation>
    </message>
    <message>
        <source>Select %1 into %2</source>
        <translation>将 %1 选取到 %2</translation>
    </message>
    <message>
        <source>Pack %1 into %2</source>
        <translation>将 %1 打包到 %2</translation>
    </message>
    <message>
        <source>To look for</source>
        <translation>待查找</translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <comment>images of a task</comment>
        <translation>
            <numerusform>%n 个失败</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>how far a task is, and what failed in it</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Left out: line %1: %2 (%3)</source>
        <comment>number, text, what is wrong with it</comment>
        <translation>已略过：第 %1 行：%2（%3）</translation>
    </message>
    <message>
        <source>What can be done with the row, and which columns are shown</source>
        <translation>对该行可做的操作，以及显示哪些列</translation>
    </message>
    <message>
        <source>%1 is not on this machine. Download it, then drop the file.</source>
        <comment>an address</comment>
        <translation>%1 不在本机上。先下载，再拖放文件。</translation>
    </message>
    <message numerus="yes">
        <source>%n tag(s) will stand for another image than now</source>
        <translation>
            <numerusform>%n 个标签将指向与现在不同的镜像</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is left out: one pool is open at a time</source>
        <translation>未打开 %1：一次只能打开一个镜像池</translation>
    </message>
    <message>
        <source>attestations</source>
        <comment>what an index is sent without</comment>
        <translation>证明</translation>
    </message>
    <message>
        <source>Look here first for names and passwords (containers-auth.json; $REGISTRY_AUTH_FILE).</source>
        <translation>优先从此文件查找用户名和密码（containers-auth.json；$REGISTRY_AUTH_FILE）。</translation>
    </message>
    <message>
        <source>Take this platform (linux/amd64). May be repeated: the index is then kept with just these, and their attestations.</source>
        <translation>选用此平台（默认 linux/amd64）。可重复使用：此时保留索引，但其中只有这些平台及其证明。</translation>
    </message>
    <message>
        <source>Shared there, not sent</source>
        <translation>在目标处共享，不发送</translation>
    </message>
    <message>
        <source>capital letters are not allowed in a name</source>
        <translation>名称中不允许大写字母</translation>
    </message>
    <message>
        <source>Show this help.</source>
        <translation>显示此帮助。</translation>
    </message>
    <message>
        <source>Leave out signatures, attestations and other referrers; else they come along with their image.</source>
        <translation>不带签名、证明及其他引用项；否则它们随镜像一同带来。</translation>
    </message>
    <message>
        <source>Usage: %1 [options]</source>
        <translation>用法：%1 [选项]</translation>
    </message>
    <message>
        <source>Correct them, or leave them out with --skip-bad-lines</source>
        <translation>请改正，或用 --skip-bad-lines 略过这些行</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>1.4 GB, and exactly</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Cancel tasks</source>
        <translation>取消任务</translation>
    </message>
    <message numerus="yes">
        <source>%n task(s) are not finished. What they have fetched is kept.</source>
        <translation>
            <numerusform>%n 个任务尚未完成。已获取的内容会保留。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Cancel %n task(s)</source>
        <translation>
            <numerusform>取消 %n 个任务</numerusform>
        </translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>保留任务</translation>
    </message>
    <message>
        <source>the new pool %1</source>
        <translation>新镜像池 %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>what went wrong, and why</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>what to try, and where</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>%1.</source>
        <comment>a sentence</comment>
        <translation>%1。</translation>
    </message>
    <message>
        <source>%1. %2.</source>
        <comment>what went wrong, what to try</comment>
        <translation>%1。%2。</translation>
    </message>
    <message>
        <source>%1: an attestation of it is left out (%2)</source>
        <translation>%1：略去它的一份证明（%2）</translation>
    </message>
    <message>
        <source>Copy it again, and import it again: what was taken in before is kept</source>
        <translation>请重新复制后再次导入：此前已导入的内容会保留</translation>
    </message>
    <message>
        <source>The folder is on another file system or mount: blobs are copied, not linked</source>
        <translation>该文件夹位于另一个文件系统或挂载点：数据块将被复制，而不是链接</translation>
    </message>
    <message>
        <source>Check a copy of it with: sha256sum -c %1</source>
        <comment>a file&apos;s name</comment>
        <translation>校验其副本：sha256sum -c %1</translation>
    </message>
    <message>
        <source>it lists a repository that is none</source>
        <translation>其中列出的仓库无效</translation>
    </message>
    <message>
        <source>it lists a tag that is none</source>
        <translation>其中列出的标签无效</translation>
    </message>
    <message>
        <source>it has another tag %1:%2</source>
        <translation>其中的标签 %1:%2 不一致</translation>
    </message>
    <message>
        <source>it has another link of %1 to %2</source>
        <translation>其中 %1 到 %2 的链接不一致</translation>
    </message>
    <message>
        <source>it is no JSON</source>
        <translation>它不是 JSON</translation>
    </message>
    <message>
        <source>it is of a version that this program does not know</source>
        <translation>其版本不被本程序识别</translation>
    </message>
    <message>
        <source>it lists a blob that is none, or one twice</source>
        <translation>其中列出的数据块无效或重复</translation>
    </message>
    <message>
        <source>it lists the blob %1, and the bundle has it not</source>
        <translation>其中列出了数据块 %1，但打包文件中没有</translation>
    </message>
    <message>
        <source>the bundle has the blob %1, and it does not list it</source>
        <translation>打包文件中有数据块 %1，但其中没有列出</translation>
    </message>
    <message>
        <source>it lists the blob %1 with another size</source>
        <translation>其中列出的数据块 %1 大小不一致</translation>
    </message>
    <message>
        <source>it stands there twice</source>
        <translation>它出现了两次</translation>
    </message>
    <message>
        <source>it is too large</source>
        <translation>它过大</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>略去</translation>
    </message>
    <message numerus="yes">
        <source>%n layer(s) are left out: the far side must have them</source>
        <translation>
            <numerusform>略去 %n 个层：对端必须已有它们</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) are on the far side as they are here, and stay out</source>
        <translation>
            <numerusform>%n 个镜像在对端与此处相同，不再打包</numerusform>
        </translation>
    </message>
    <message>
        <source>it names a base that is none</source>
        <translation>其中列出的基准无效</translation>
    </message>
    <message>
        <source>Cannot read the inventory %1</source>
        <translation>无法读取清单 %1</translation>
    </message>
    <message>
        <source>%1 is no inventory</source>
        <translation>%1 不是清单文件</translation>
    </message>
    <message>
        <source>Write what a pool or a bundle has, for a differential one</source>
        <translation>写出镜像池或打包文件的内容，用于差异打包</translation>
    </message>
    <message>
        <source>Leave out the layers that the far side has by this inventory, and without --list the images that it has as they are here. May be given several times.</source>
        <translation>略去该清单中对端已有的层；未给出 --list 时，也略去对端已有的相同镜像。可多次给出。</translation>
    </message>
    <message>
        <source>%1 with %2, %3</source>
        <comment>repositories, blobs, bytes</comment>
        <translation>%1，%2，%3</translation>
    </message>
    <message numerus="yes">
        <source>%n repositories</source>
        <translation>
            <numerusform>%n 个仓库</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n blob(s)</source>
        <translation>
            <numerusform>%n 个数据块</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, waiting for other tasks</source>
        <comment>a phase</comment>
        <translation>%1，正在等待其他任务</translation>
    </message>
    <message>
        <source>Layers are packed already: packing them again takes time and saves little</source>
        <translation>镜像层已经压缩过：再次压缩费时而收效甚微</translation>
    </message>
    <message>
        <source>its ending tells no format</source>
        <translation>其扩展名不对应任何格式</translation>
    </message>
    <message>
        <source>Choose a name that ends in one of %1</source>
        <translation>请选择以 %1 之一结尾的名称</translation>
    </message>
    <message>
        <source>A zip is not written in volumes</source>
        <translation>zip 不能分卷写入</translation>
    </message>
    <message>
        <source>its parts could not be joined by simple means</source>
        <translation>它的各部分无法用简单的方法合并</translation>
    </message>
    <message>
        <source>Choose a name that ends in .tar, or no volumes</source>
        <translation>请选择以 .tar 结尾的名称，或不分卷</translation>
    </message>
    <message>
        <source>Cannot write the bundle</source>
        <translation>无法写入打包文件</translation>
    </message>
    <message>
        <source>its next volume would be %1</source>
        <translation>它的下一卷应为 %1</translation>
    </message>
    <message>
        <source>Volumes of %1 are missing</source>
        <translation>%1 缺少分卷</translation>
    </message>
    <message>
        <source>Put all volumes into one folder</source>
        <translation>请把所有分卷放在同一个文件夹中</translation>
    </message>
    <message>
        <source>its volume %1 has another size than the first</source>
        <translation>其分卷 %1 与第一卷大小不同</translation>
    </message>
    <message>
        <source>“%1” is no size of a volume</source>
        <translation>“%1”不是分卷大小</translation>
    </message>
    <message>
        <source>it is less than %1</source>
        <translation>小于 %1</translation>
    </message>
    <message>
        <source>Give a size such as 4G, 700Mi, fat32, dvd or bluray</source>
        <translation>请给出大小，如 4G、700Mi、fat32、dvd 或 bluray</translation>
    </message>
    <message>
        <source>it is a folder, and a bundle is a file</source>
        <translation>它是文件夹，而打包文件是一个文件</translation>
    </message>
    <message>
        <source>Choose a .tar, .tar.gz, .tar.zst or .zip file, or a volume of one</source>
        <translation>请选择 .tar、.tar.gz、.tar.zst 或 .zip 文件，或其中一卷</translation>
    </message>
    <message>
        <source>it is encrypted</source>
        <translation>它已加密</translation>
    </message>
    <message>
        <source>it is packed by a method that is not read (%1)</source>
        <translation>它使用了不支持的压缩方法（%1）</translation>
    </message>
    <message>
        <source>it claims more than can be packed into it</source>
        <translation>它声明的大小超出了可能的压缩率</translation>
    </message>
    <message>
        <source>it is a folder with bytes</source>
        <translation>它是带有数据的文件夹</translation>
    </message>
    <message>
        <source>the zip&apos;s directory can&apos;t be read: it may be cut short</source>
        <translation>无法读取 zip 的目录：文件可能被截断</translation>
    </message>
    <message>
        <source>what follows it can&apos;t be read</source>
        <translation>其后的内容无法读取</translation>
    </message>
    <message>
        <source>its checksum is wrong</source>
        <translation>其校验和错误</translation>
    </message>
    <message>
        <source>what the directory says of it can&apos;t be read</source>
        <translation>目录中关于它的记录无法读取</translation>
    </message>
    <message>
        <source>the zip&apos;s two directories differ about it</source>
        <translation>zip 的两份目录对它的记录不一致</translation>
    </message>
    <message>
        <source>it does not follow the entry before it</source>
        <translation>它没有紧接在前一个条目之后</translation>
    </message>
    <message>
        <source>it can&apos;t be unpacked</source>
        <translation>无法解压</translation>
    </message>
    <message>
        <source>Packs images of a pool, all of them where no list is given, into one bundle in the registry&apos;s layout: .tar, .tar.zst, .tar.gz or .zip, by OUTFILE&apos;s ending.</source>
        <translation>把镜像池中的镜像（未给出列表时为全部）打包成一个采用镜像仓库布局的文件：.tar、.tar.zst、.tar.gz 或 .zip，由 OUTFILE 的扩展名决定。</translation>
    </message>
    <message>
        <source>Write volumes of this size: OUTFILE.001, OUTFILE.002 and so on. fat32, dvd and bluray are sizes too.</source>
        <translation>按此大小写入分卷：OUTFILE.001、OUTFILE.002 等。fat32、dvd 和 bluray 也可作为大小。</translation>
    </message>
    <message>
        <source>The password cannot be tried</source>
        <translation>无法尝试该密码</translation>
    </message>
    <message>
        <source>it takes %1 of memory</source>
        <translation>这需要 %1 内存</translation>
    </message>
    <message>
        <source>Close other programs, and try again</source>
        <translation>请关闭其他程序后重试</translation>
    </message>
    <message>
        <source>%1 is no secret key</source>
        <translation>%1 不是私钥</translation>
    </message>
    <message>
        <source>A key to sign with is made by minisign, or here</source>
        <comment>the command is shown beside it</comment>
        <translation>签名用的密钥可由 minisign 生成，也可在此生成</translation>
    </message>
    <message>
        <source>Cannot read the secret key %1</source>
        <translation>无法读取私钥 %1</translation>
    </message>
    <message>
        <source>it has another form</source>
        <translation>其格式不符</translation>
    </message>
    <message>
        <source>its algorithm is not known</source>
        <translation>其算法未知</translation>
    </message>
    <message>
        <source>The secret key %1 cannot be opened</source>
        <translation>无法打开私钥 %1</translation>
    </message>
    <message>
        <source>it has another password, or is damaged</source>
        <translation>密码不对，或文件已损坏</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>请重试</translation>
    </message>
    <message>
        <source>it is damaged: its halves do not belong together</source>
        <translation>它已损坏：两半不相配</translation>
    </message>
    <message>
        <source>Choose another name: a key that is lost cannot be made again</source>
        <translation>请另选名称：密钥一旦丢失就无法重新生成</translation>
    </message>
    <message>
        <source>Cannot read the public key %1</source>
        <translation>无法读取公钥 %1</translation>
    </message>
    <message>
        <source>%1 is no public key</source>
        <translation>%1 不是公钥</translation>
    </message>
    <message>
        <source>A public key of minisign&apos;s is a file of two lines, or the second of them</source>
        <translation>minisign 的公钥是一个两行的文件，或其中的第二行</translation>
    </message>
    <message>
        <source>what is there is not what was signed</source>
        <translation>现有内容与所签内容不符</translation>
    </message>
    <message>
        <source>its comment is not the one that was signed</source>
        <translation>其注释与所签注释不符</translation>
    </message>
    <message>
        <source>Signs its sums by the key %1</source>
        <translation>用密钥 %1 为其校验和签名</translation>
    </message>
    <message>
        <source>its sums are signed, and its own is not among them</source>
        <translation>校验和已签名，但其中没有它自己的</translation>
    </message>
    <message>
        <source>its sum is %1, and %2 was signed</source>
        <translation>其校验和为 %1，而签名的是 %2</translation>
    </message>
    <message>
        <source>a line of it has another form</source>
        <translation>其中一行格式不符</translation>
    </message>
    <message>
        <source>it has two sums of %1</source>
        <translation>其中有 %1 的两个校验和</translation>
    </message>
    <message>
        <source>Get one that is signed by a key you trust, or trust the key of whoever made it</source>
        <translation>请获取由您信任的密钥签名的打包文件，或信任其制作者的密钥</translation>
    </message>
    <message>
        <source>it is signed by the key %1, which is not trusted</source>
        <translation>它由密钥 %1 签名，而该密钥不受信任</translation>
    </message>
    <message>
        <source>its signature cannot be read</source>
        <translation>其签名无法读取</translation>
    </message>
    <message>
        <source>it is not signed</source>
        <translation>它没有签名</translation>
    </message>
    <message>
        <source>it must be signed by a trusted key, and no key is trusted</source>
        <translation>它须由受信任的密钥签名，而目前没有受信任的密钥</translation>
    </message>
    <message>
        <source>%1, which is signed, cannot be read: %2</source>
        <translation>无法读取已签名的 %1：%2</translation>
    </message>
    <message>
        <source>the signature of %1 by the trusted key %2 does not verify, as %3</source>
        <translation>受信任的密钥 %2 对 %1 的签名未通过验证：%3</translation>
    </message>
    <message>
        <source>in %1, %2</source>
        <translation>在 %1 中，%2</translation>
    </message>
    <message>
        <source>%1 is signed, and has no sum of %2</source>
        <comment>files</comment>
        <translation>%1 已签名，但其中没有 %2 的校验和</translation>
    </message>
    <message>
        <source>The bundle is not signed</source>
        <translation>该打包文件没有签名</translation>
    </message>
    <message>
        <source>The bundle&apos;s signature cannot be read</source>
        <translation>该打包文件的签名无法读取</translation>
    </message>
    <message>
        <source>The bundle is signed by the key %1, which is not trusted</source>
        <translation>该打包文件由密钥 %1 签名，而该密钥不受信任</translation>
    </message>
    <message>
        <source>The bundle is signed by the trusted key %1</source>
        <translation>该打包文件由受信任的密钥 %1 签名</translation>
    </message>
    <message>
        <source>There is nobody to ask: “%1”</source>
        <comment>a question, as “Password:”</comment>
        <translation>无人可以询问：“%1”</translation>
    </message>
    <message>
        <source>Give the password with --password-stdin</source>
        <translation>请用 --password-stdin 提供密码</translation>
    </message>
    <message>
        <source>Read the password of the secret key from standard input.</source>
        <translation>从标准输入读取私钥的密码。</translation>
    </message>
    <message>
        <source>Password for the new key:</source>
        <translation>新密钥的密码：</translation>
    </message>
    <message>
        <source>The password is empty</source>
        <translation>密码为空</translation>
    </message>
    <message>
        <source>Choose one, or make a key without (--no-password)</source>
        <translation>请设定密码，或生成不带密码的密钥（--no-password）</translation>
    </message>
    <message>
        <source>Once more:</source>
        <translation>再输入一次：</translation>
    </message>
    <message>
        <source>The two passwords differ</source>
        <translation>两次输入的密码不同</translation>
    </message>
    <message>
        <source>Password of %1:</source>
        <translation>%1 的密码：</translation>
    </message>
    <message>
        <source>Opening the secret key</source>
        <translation>正在打开私钥</translation>
    </message>
    <message>
        <source>Make keys that sign bundles, and say whose are trusted</source>
        <translation>生成为打包文件签名的密钥，并指定信任谁的密钥</translation>
    </message>
    <message>
        <source>Trust this public key too, a file or what stands in it, beside those of “key trust”. May be repeated.</source>
        <translation>除“key trust”的公钥外，还信任此公钥：文件或其中的内容。可重复。</translation>
    </message>
    <message>
        <source>Encrypting the secret key</source>
        <translation>正在加密私钥</translation>
    </message>
    <message>
        <source>Made the key %1: %2 signs, and stays here; %3 goes to whoever is to trust it.</source>
        <comment>2 and 3 are files</comment>
        <translation>已生成密钥 %1：%2 用于签名，留在此处；%3 交给要信任它的人。</translation>
    </message>
    <message>
        <source>The key %1 is trusted.</source>
        <translation>密钥 %1 已受信任。</translation>
    </message>
    <message>
        <source>No key is trusted.</source>
        <translation>没有受信任的密钥。</translation>
    </message>
    <message>
        <source>No trusted key is named “%1”</source>
        <translation>受信任的密钥中没有“%1”</translation>
    </message>
    <message>
        <source>See layerpool-cli key list</source>
        <translation>参见 layerpool-cli key list</translation>
    </message>
    <message>
        <source>The key %1 is no longer trusted.</source>
        <translation>密钥 %1 不再受信任。</translation>
    </message>
    <message>
        <source>Make a key that whoever can read its file can sign with.</source>
        <translation>生成不加密的密钥：谁能读取该文件，谁就能签名。</translation>
    </message>
    <message>
        <source>“%1” is not understood</source>
        <translation>无法理解“%1”</translation>
    </message>
    <message>
        <source>See layerpool-cli key --help</source>
        <translation>参见 layerpool-cli key --help</translation>
    </message>
    <message>
        <source>Copy the bundle again</source>
        <translation>请重新复制打包文件</translation>
    </message>
    <message>
        <source>%1 is no folder</source>
        <translation>%1 不是文件夹</translation>
    </message>
    <message>
        <source>images are selected out of a pool in a folder, by hard links</source>
        <translation>选取镜像是在文件夹形式的镜像池中通过硬链接完成的</translation>
    </message>
    <message>
        <source>%1 belongs to the bundle that was there before, and could not be removed: %2</source>
        <translation>%1 属于先前的打包文件，无法删除：%2</translation>
    </message>
    <message>
        <source>There would be more than %1 volumes</source>
        <translation>分卷将超过 %1 个</translation>
    </message>
    <message>
        <source>Choose larger volumes</source>
        <translation>请选择更大的分卷</translation>
    </message>
    <message numerus="yes">
        <source>Takes the place of %n file(s) of %1: %2</source>
        <translation>
            <numerusform>将替换 %n 个文件，共 %1：%2</numerusform>
        </translation>
    </message>
    <message>
        <source>The bundle is packed: %1 were unpacked into a temporary file</source>
        <translation>打包文件经过压缩：已解压 %1 到临时文件</translation>
    </message>
    <message>
        <source>%1 lacks a layer that the bundle leaves out</source>
        <translation>%1 缺少打包文件所省略的镜像层</translation>
    </message>
    <message>
        <source>%1 was not found there</source>
        <translation>在那里没有找到 %1</translation>
    </message>
    <message>
        <source>Push its base first, or make a bundle that leaves nothing out</source>
        <translation>请先推送其基础打包文件，或制作不省略任何内容的打包文件</translation>
    </message>
    <message>
        <source>In the list</source>
        <comment>a column: the image as the list of images names it</comment>
        <translation>列表中的写法</translation>
    </message>
    <message>
        <source>Bytes</source>
        <comment>a column of exact sizes</comment>
        <translation>字节数</translation>
    </message>
    <message>
        <source>New bytes</source>
        <comment>a column: bytes of an image that the bundle brings</comment>
        <translation>新增字节数</translation>
    </message>
    <message>
        <source>Layers left out</source>
        <comment>a column: how many the far side must have</comment>
        <translation>省略的镜像层</translation>
    </message>
    <message>
        <source>Packed</source>
        <comment>a column: whether an image is in the bundle, yes or no</comment>
        <translation>已打包</translation>
    </message>
    <message>
        <source>Reason</source>
        <comment>a column: why an image is not in the bundle</comment>
        <translation>原因</translation>
    </message>
    <message>
        <source>yes</source>
        <comment>an image is in the bundle</comment>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <comment>an image is not in the bundle</comment>
        <translation>否</translation>
    </message>
    <message>
        <source>Cannot unpack %1</source>
        <translation>无法解压 %1</translation>
    </message>
    <message>
        <source>TMPDIR names the folder for temporary files</source>
        <translation>TMPDIR 指定临时文件所在的文件夹</translation>
    </message>
    <message>
        <source>it has not as many bytes as it says</source>
        <translation>其字节数与声明不符</translation>
    </message>
    <message>
        <source>the zip&apos;s directory is not that of its entries</source>
        <translation>zip 的目录与其条目不符</translation>
    </message>
    <message>
        <source>it can&apos;t be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>it holds more bytes than it says</source>
        <translation>其字节数多于声明</translation>
    </message>
    <message>
        <source>What</source>
        <comment>a column: what is told of a bundle</comment>
        <translation>项目</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Bundle</source>
        <translation>打包文件</translation>
    </message>
    <message>
        <source>Made</source>
        <comment>when a bundle was made</comment>
        <translation>制作时间</translation>
    </message>
    <message>
        <source>Pool</source>
        <translation>镜像池</translation>
    </message>
    <message>
        <source>Contents</source>
        <comment>what a bundle was made of: a list&apos;s name, say</comment>
        <translation>内容</translation>
    </message>
    <message>
        <source>Format</source>
        <comment>of a bundle: tar, zip</comment>
        <translation>格式</translation>
    </message>
    <message>
        <source>Digest of its index</source>
        <translation>其索引的摘要</translation>
    </message>
    <message>
        <source>Images that could not be packed</source>
        <translation>未能打包的镜像</translation>
    </message>
    <message>
        <source>Size of the images, shared layers once</source>
        <translation>镜像大小（共享层只计一次）</translation>
    </message>
    <message>
        <source>Of these, in the bundle</source>
        <translation>其中在打包文件内</translation>
    </message>
    <message>
        <source>Layers left out, which the far side must have</source>
        <translation>省略的镜像层（对端必须已有）</translation>
    </message>
    <message>
        <source>Images left out, which the far side has as they are</source>
        <translation>省略的镜像（对端已有且相同）</translation>
    </message>
    <message>
        <source>Inventories of the far side, by their digests</source>
        <translation>对端的内容清单（按摘要）</translation>
    </message>
    <message>
        <source>Size of the files</source>
        <translation>文件大小</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>In the list: %1</source>
        <comment>an image as the list of images names it</comment>
        <translation>列表中的写法：%1</translation>
    </message>
    <message>
        <source>New</source>
        <comment>a column: bytes of an image that the bundle brings</comment>
        <translation>新增</translation>
    </message>
    <message>
        <source>Signatures are listed as they were found. Whether they are good was not checked.</source>
        <translation>签名按所发现的列出，未检查其是否有效。</translation>
    </message>
    <message>
        <source>en</source>
        <comment>the code of this language for a web page: zh-CN for simplified Chinese</comment>
        <translation>zh-CN</translation>
    </message>
    <message>
        <source>Transfer of %1</source>
        <comment>a bundle&apos;s name</comment>
        <translation>%1 的传输</translation>
    </message>
    <message>
        <source>the bundle leaves it out for a far side that has it</source>
        <translation>打包文件省略了它，因为对端已有</translation>
    </message>
    <message>
        <source>%1 has no blob %2</source>
        <translation>%1 中没有数据块 %2</translation>
    </message>
    <message>
        <source>%1 can&apos;t be read where it lies</source>
        <translation>无法就地读取 %1</translation>
    </message>
    <message>
        <source>the entries of the zip are packed</source>
        <translation>zip 中的条目经过压缩</translation>
    </message>
    <message>
        <source>Import it into a pool</source>
        <translation>请把它导入镜像池</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>a kind of artifact, and how many there are</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <comment>a digest, a bundle</comment>
        <translation>%2 中的 %1</translation>
    </message>
    <message>
        <source>%1 is read-only</source>
        <translation>%1 是只读的</translation>
    </message>
    <message>
        <source>it is a bundle</source>
        <translation>它是打包文件</translation>
    </message>
    <message>
        <source>Write no report beside OUTFILE for those who approve the transfer: NAME.report.html, .csv and .json.</source>
        <translation>不在 OUTFILE 旁写出供传输审批者使用的报告：NAME.report.html、.csv 和 .json。</translation>
    </message>
    <message>
        <source>Sign NAME.sha256 beside OUTFILE with this secret key, of “key new” or minisign&apos;s; its password is asked for.</source>
        <translation>用此私钥（由“key new”或 minisign 生成）为 OUTFILE 旁的 NAME.sha256 签名；会询问其密码。</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) are of Docker&apos;s media types: containerd finds them in an OCI layout, skopeo does not; as skopeo-dir it takes them</source>
        <translation>
            <numerusform>%n 个镜像使用 Docker 的媒体类型：containerd 能在 OCI 布局中找到它们，skopeo 则不能；用 skopeo-dir 格式时 skopeo 可以接收</numerusform>
        </translation>
    </message>
    <message>
        <source>it is a file</source>
        <translation>它是一个文件</translation>
    </message>
    <message numerus="yes">
        <source>Export %n image(s)</source>
        <translation>
            <numerusform>导出 %n 个镜像</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Export %n image(s) of %1 into %2</source>
        <translation>
            <numerusform>把 %1 的 %n 个镜像导出到 %2</numerusform>
        </translation>
    </message>
    <message>
        <source>Export %1 into %2</source>
        <translation>把 %1 导出到 %2</translation>
    </message>
    <message>
        <source>Exporting</source>
        <translation>正在导出</translation>
    </message>
    <message>
        <source>The archive keeps no manifests: they are made anew, and their digests are not those of the registry that the images came from</source>
        <translation>该归档不保留清单：清单是重新生成的，其摘要与镜像来源仓库中的不同</translation>
    </message>
    <message>
        <source>it is missing</source>
        <translation>它缺失</translation>
    </message>
    <message>
        <source>it speaks of %1 layers, and the archive&apos;s list of %2</source>
        <translation>它声明有 %1 层，而归档的列表中有 %2 层</translation>
    </message>
    <message>
        <source>it names a layer without a digest</source>
        <translation>它列出的某层没有摘要</translation>
    </message>
    <message>
        <source>it is no list of images</source>
        <translation>它不是镜像列表</translation>
    </message>
    <message>
        <source>The images of %1 can&apos;t be called otherwise</source>
        <translation>不能为 %1 的镜像另取名称</translation>
    </message>
    <message>
        <source>it is a pool or a bundle, and names them itself</source>
        <translation>它是镜像池或打包文件，自带名称</translation>
    </message>
    <message>
        <source>Take them in by their names</source>
        <translation>请按其名称导入</translation>
    </message>
    <message>
        <source>it names an image %1, which is no reference</source>
        <translation>它列出的镜像 %1 不是有效的引用</translation>
    </message>
    <message>
        <source>it gives an image the tag %1 alone, and no name</source>
        <translation>它只给出镜像的标签 %1，没有名称</translation>
    </message>
    <message>
        <source>nothing says how its image is called</source>
        <translation>没有任何信息说明其镜像的名称</translation>
    </message>
    <message>
        <source>Two images of %1 would be %2</source>
        <translation>%1 中有两个镜像都会成为 %2</translation>
    </message>
    <message>
        <source>%1 names the manifest %2, and %3 the manifest %4</source>
        <translation>%1 指向清单 %2，而 %3 指向清单 %4</translation>
    </message>
    <message>
        <source>Take them in one at a time, each by a name of its own</source>
        <translation>请逐个导入，各取一个名称</translation>
    </message>
    <message>
        <source>Say how it shall be called in the pool</source>
        <translation>请说明它在镜像池中的名称</translation>
    </message>
    <message>
        <source>it is missing, or not what its digest says</source>
        <translation>它缺失，或与其摘要不符</translation>
    </message>
    <message>
        <source>Cannot export into %1</source>
        <translation>无法导出到 %1</translation>
    </message>
    <message>
        <source>another export is at work there</source>
        <translation>那里正在进行另一个导出</translation>
    </message>
    <message>
        <source>Wait for its end</source>
        <translation>请等它结束</translation>
    </message>
    <message>
        <source>it names the manifest %1, which is missing</source>
        <translation>它所列的清单 %1 缺失</translation>
    </message>
    <message>
        <source>the index %1 lies too deep</source>
        <translation>索引 %1 嵌套过深</translation>
    </message>
    <message>
        <source>no image of the index %1 is there</source>
        <translation>索引 %1 中的镜像都不存在</translation>
    </message>
    <message>
        <source>There are no images in %1</source>
        <translation>%1 中没有镜像</translation>
    </message>
    <message>
        <source>it is no pool, no bundle, no OCI layout, no archive of Docker&apos;s, and nothing that skopeo left</source>
        <translation>它不是镜像池、打包文件、OCI 布局、Docker 归档，也不是 skopeo 留下的内容</translation>
    </message>
    <message>
        <source>Choose the folder or file that one of them made</source>
        <translation>请选择由它们之一生成的文件夹或文件</translation>
    </message>
    <message>
        <source>it is a symbolic link, or no regular file</source>
        <translation>它是符号链接，或不是普通文件</translation>
    </message>
    <message>
        <source>%1 is no OCI layout</source>
        <translation>%1 不是 OCI 布局</translation>
    </message>
    <message>
        <source>its index.json can&apos;t be read</source>
        <translation>其 index.json 无法读取</translation>
    </message>
    <message>
        <source>with it, the manifests come to more than %1 bytes</source>
        <translation>加上它，清单总计超过 %1 字节</translation>
    </message>
    <message>
        <source>it is no JSON that can be read</source>
        <translation>它不是可读取的 JSON</translation>
    </message>
    <message>
        <source>it is of no version that is known</source>
        <translation>它的版本未知</translation>
    </message>
    <message>
        <source>it names a manifest without a digest</source>
        <translation>它列出的某个清单没有摘要</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) that have no name stay behind</source>
        <translation>
            <numerusform>%n 个没有名称的镜像未被导入</numerusform>
        </translation>
    </message>
    <message>
        <source>The manifest %1 is missing</source>
        <translation>清单 %1 缺失</translation>
    </message>
    <message>
        <source>Take images into a pool: of such a file, or of others&apos;</source>
        <translation>把镜像导入镜像池：来自这样的文件或其他来源</translation>
    </message>
    <message>
        <source>Lay images of a pool out for skopeo, or as an OCI layout</source>
        <translation>把镜像池中的镜像导出为 skopeo 目录或 OCI 布局</translation>
    </message>
    <message>
        <source>“%1” can&apos;t be the name of an image</source>
        <translation>“%1”不能作为镜像名称</translation>
    </message>
    <message>
        <source>it has a pattern or a digest</source>
        <translation>它含有通配符或摘要</translation>
    </message>
    <message>
        <source>Write it as NAME or NAME:TAG</source>
        <translation>请写成 NAME 或 NAME:TAG</translation>
    </message>
    <message>
        <source>Takes the images of SOURCE into a pool: of a bundle or a volume of one, another pool, a folder that skopeo left (one image, or a tree of them), an OCI layout, or an archive of docker save. Nothing is taken of one that is damaged.</source>
        <translation>把 SOURCE 中的镜像导入镜像池：打包文件或其中一卷、另一个镜像池、skopeo 留下的文件夹（单个镜像或目录树）、OCI 布局，或 docker save 的归档。损坏的来源不会导入任何内容。</translation>
    </message>
    <message>
        <source>Call the image so, where SOURCE does not say how it is called, or otherwise. Without TAG each keeps its own.</source>
        <translation>在 SOURCE 未说明名称时（或需另取名称时）如此命名镜像。不带 TAG 则各自保留原标签。</translation>
    </message>
    <message>
        <source>Lays images of a pool, all of them where no list is given, out for other tools, by hard links: as folders of skopeo&apos;s, or as an OCI layout. One that is there grows.</source>
        <translation>通过硬链接把镜像池中的镜像（未给出列表时为全部）导出给其他工具：skopeo 目录或 OCI 布局。已有的会增补。</translation>
    </message>
    <message>
        <source>A folder NAME:TAG for each image, as skopeo sync reads them, or one OCI layout.</source>
        <translation>每个镜像一个 NAME:TAG 文件夹（skopeo sync 可读取），或一个 OCI 布局。</translation>
    </message>
    <message>
        <source>--%1 is missing</source>
        <translation>缺少 --%1</translation>
    </message>
    <message>
        <source>Write one of: %1</source>
        <translation>请写下列之一：%1</translation>
    </message>
    <message>
        <source>there are too many entries before it</source>
        <translation>它之前的条目过多</translation>
    </message>
    <message>
        <source>it holds nothing</source>
        <translation>其中没有内容</translation>
    </message>
    <message>
        <source>it lies too deep</source>
        <translation>嵌套过深</translation>
    </message>
    <message>
        <source>a name stands in it twice, or it is not plain JSON</source>
        <translation>其中某个名称出现两次，或它不是普通的 JSON</translation>
    </message>
    <message>
        <source>Import the bundle first, or pack a smaller one out of it</source>
        <translation>请先导入打包文件，或从中打包出较小的一个</translation>
    </message>
    <message numerus="yes">
        <source>Of %n index(es) only some platforms are in the pool: skopeo takes them where it is not told to take all</source>
        <translation>
            <numerusform>%n 个索引在镜像池中只有部分平台：skopeo 只有在未要求全部平台时才接收它们</numerusform>
        </translation>
    </message>
    <message>
        <source>Send one on with: skopeo copy -a oci:%1:NAME:TAG docker://REGISTRY/NAME:TAG</source>
        <comment>a folder</comment>
        <translation>发送其中一个：skopeo copy -a oci:%1:NAME:TAG docker://REGISTRY/NAME:TAG</translation>
    </message>
    <message>
        <source>skopeo sync sends them on: from the directory %1, scoped, all platforms</source>
        <comment>a folder</comment>
        <translation>可用 skopeo sync 发送：以目录 %1 为来源，带 scoped，全部平台</translation>
    </message>
    <message>
        <source>in Tar: “Replace a bundle that is there”</source>
        <translation>在“打包”中：“替换已有的打包文件”</translation>
    </message>
    <message>
        <source>images are exported out of a pool in a folder, by hard links</source>
        <translation>导出镜像是从文件夹形式的镜像池中通过硬链接完成的</translation>
    </message>
    <message>
        <source>Import the bundle first</source>
        <translation>请先导入打包文件</translation>
    </message>
    <message numerus="yes">
        <source>Written in %n volume(s): %1</source>
        <translation>
            <numerusform>已写入 %n 卷：%1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>In about %n volume(s) of %1</source>
        <translation>
            <numerusform>大约 %n 卷，每卷 %1</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 can&apos;t be packed anew</source>
        <translation>%1 无法重新打包</translation>
    </message>
    <message>
        <source>it leaves out layers for a far side that has them, %1 among them</source>
        <translation>它省略了对端已有的镜像层，其中包括 %1</translation>
    </message>
    <message>
        <source>Pack it out of a pool that has them</source>
        <translation>请从含有这些层的镜像池打包</translation>
    </message>
    <message>
        <source>Nothing to pack: %1 is not written</source>
        <translation>没有可打包的内容：不写入 %1</translation>
    </message>
    <message>
        <source>it lists no repositories and blobs</source>
        <translation>它没有列出仓库和数据块</translation>
    </message>
    <message>
        <source>A bundle is shown, read where it lies: Tar, Push and Verify work on it. For the others, import it into a pool.</source>
        <translation>显示的是打包文件，就地读取：打包、推送和校验可用。其他操作请先把它导入镜像池。</translation>
    </message>
    <message>
        <source>a registry runs over a pool in a folder</source>
        <translation>镜像仓库运行在文件夹形式的镜像池上</translation>
    </message>
    <message>
        <source>what follows it is not its sums</source>
        <translation>其后的内容不是它的校验和</translation>
    </message>
    <message>
        <source>Forget that file, or put a good one in its place</source>
        <translation>请取消对该文件的信任，或换上正确的文件</translation>
    </message>
    <message>
        <source>Cannot read the policy on signatures in %1</source>
        <translation>无法读取 %1 中的签名策略</translation>
    </message>
    <message>
        <source>Choose it anew</source>
        <translation>请重新选择</translation>
    </message>
    <message>
        <source>the folder %1 may not be written</source>
        <translation>没有写入文件夹 %1 的权限</translation>
    </message>
    <message>
        <source>Nothing of the bundle is left behind</source>
        <translation>没有留下打包文件的任何内容</translation>
    </message>
    <message>
        <source>What was there before is as it was</source>
        <translation>原有内容保持不变</translation>
    </message>
    <message>
        <source>%1 tells of the bundle that was there before</source>
        <translation>%1 描述的是之前的打包文件</translation>
    </message>
    <message numerus="yes">
        <source>List %n image(s)</source>
        <translation>
            <numerusform>列出 %n 个镜像</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Write what %n image(s) of %1 are made of into %2</source>
        <translation>
            <numerusform>把 %1 的 %n 个镜像的组成内容写入 %2</numerusform>
        </translation>
    </message>
    <message>
        <source>Inventory of %1</source>
        <comment>a pool or a list</comment>
        <translation>%1 的内容清单</translation>
    </message>
    <message>
        <source>Writing the inventory</source>
        <translation>正在写出内容清单</translation>
    </message>
    <message numerus="yes">
        <source>Write volume %1 of %2 alone, as it is of %n image(s) of %3</source>
        <translation>
            <numerusform>只写入 %2 的分卷 %1，与打包 %3 的 %n 个镜像时的该分卷相同</numerusform>
        </translation>
    </message>
    <message>
        <source>Puts in %1 (%2), the program for the far side</source>
        <comment>a file, its size</comment>
        <translation>放入 %1（%2），即供对端使用的程序</translation>
    </message>
    <message>
        <source>The image lacks parts at %1</source>
        <comment>a registry</comment>
        <translation>镜像在 %1 上不完整</translation>
    </message>
    <message>
        <source>the inventory counts it as not there</source>
        <translation>内容清单视其为不存在</translation>
    </message>
    <message>
        <source>%1 is not at %2</source>
        <comment>an image, a registry</comment>
        <translation>%2 上没有 %1</translation>
    </message>
    <message>
        <source>%1 is not written</source>
        <translation>未写入 %1</translation>
    </message>
    <message>
        <source>%1 of %2 images are there</source>
        <translation>%2 个镜像中有 %1 个已存在</translation>
    </message>
    <message numerus="yes">
        <source>Look for %n image(s)</source>
        <translation>
            <numerusform>查找 %n 个镜像</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Ask %1 for %n image(s), and write what it has of them into %2</source>
        <translation>
            <numerusform>向 %1 查询 %n 个镜像，并把其中已有的内容写入 %2</numerusform>
        </translation>
    </message>
    <message>
        <source>Inventory of %1 for %2</source>
        <comment>a registry, a list</comment>
        <translation>%1 的内容清单（针对 %2）</translation>
    </message>
    <message>
        <source>Asking the registry</source>
        <translation>正在询问镜像仓库</translation>
    </message>
    <message>
        <source>Asking for blobs</source>
        <translation>正在查询 blob</translation>
    </message>
    <message numerus="yes">
        <source>%n signature(s) and other referrer(s) too many: left out</source>
        <translation>
            <numerusform>有 %n 个签名及其他引用项超出上限：已省略</numerusform>
        </translation>
    </message>
    <message>
        <source>it would be %1, and %2 lies there</source>
        <comment>files</comment>
        <translation>它应为 %1，而那里已有的是 %2</translation>
    </message>
    <message>
        <source>%1 has %2 bytes, and would have %3</source>
        <comment>a file</comment>
        <translation>%1 有 %2 字节，而应有 %3 字节</translation>
    </message>
    <message>
        <source>Written: %1, with the sum that %2 has of it</source>
        <comment>files</comment>
        <translation>已写入：%1，其校验和与 %2 中的一致</translation>
    </message>
    <message>
        <source>Written: %1. %2 is not beside it to check its sum, which is %3</source>
        <comment>files</comment>
        <translation>已写入：%1。旁边没有可用于核对的 %2，其校验和为 %3</translation>
    </message>
    <message>
        <source>it lists a program that is none</source>
        <translation>其中列出的程序无效</translation>
    </message>
    <message>
        <source>it has more than one name</source>
        <translation>它有不止一个名称</translation>
    </message>
    <message>
        <source>it has more than one size</source>
        <translation>它有不止一个大小</translation>
    </message>
    <message>
        <source>its extended header can&apos;t be read</source>
        <translation>其扩展头无法读取</translation>
    </message>
    <message>
        <source>The volume would not go with the others of %1</source>
        <translation>该分卷无法与 %1 的其他分卷配套</translation>
    </message>
    <message>
        <source>Give the list and the options that it was made with; where the pool has changed since, make the whole bundle anew</source>
        <translation>请给出制作它时所用的列表和选项；如果镜像池此后有变动，请重新制作整个打包文件</translation>
    </message>
    <message>
        <source>%1 holds no sums</source>
        <translation>%1 中没有校验和</translation>
    </message>
    <message>
        <source>Move it away, or make the whole bundle anew</source>
        <translation>请将其移走，或重新制作整个打包文件</translation>
    </message>
    <message>
        <source>%1 has the sum %2, and %3 says %4</source>
        <translation>%1 的校验和为 %2，而 %3 中为 %4</translation>
    </message>
    <message>
        <source>%1 has no sum of %2</source>
        <comment>files</comment>
        <translation>%1 中没有 %2 的校验和</translation>
    </message>
    <message>
        <source>%1 lists other content</source>
        <translation>%1 列出的是其他内容</translation>
    </message>
    <message>
        <source>the sums, index and report of that name are those of %1, which is there</source>
        <translation>该名称的校验和、索引和报告属于已有的 %1</translation>
    </message>
    <message>
        <source>Choose a name that differs before its ending, or remove %1 first</source>
        <translation>请选择扩展名之前的部分不同的名称，或先删除 %1</translation>
    </message>
    <message>
        <source>%1 also holds what stays behind: %2</source>
        <comment>a folder, names</comment>
        <translation>%1 中还有不会导入的内容：%2</translation>
    </message>
    <message>
        <source>there is a program already</source>
        <translation>已经有一个程序</translation>
    </message>
    <message>
        <source>it is another program than the bundle&apos;s index lists</source>
        <translation>它与打包文件的索引中列出的程序不同</translation>
    </message>
    <message>
        <source>the bundle&apos;s index does not list it</source>
        <translation>打包文件的索引中没有列出它</translation>
    </message>
    <message>
        <source>it lists the program %1, and the bundle has it not</source>
        <translation>其中列出了程序 %1，但打包文件中没有</translation>
    </message>
    <message>
        <source>%1 has no volume %2</source>
        <translation>%1 没有分卷 %2</translation>
    </message>
    <message numerus="yes">
        <source>it has %n of that size</source>
        <comment>volumes</comment>
        <translation>
            <numerusform>按此大小共有 %n 个分卷</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose the number and the size of the volume that lacks</source>
        <translation>请选择所缺分卷的编号和大小</translation>
    </message>
    <message>
        <source>Make one with Write inventory in the window, or with layerpool-cli inventory</source>
        <translation>请在窗口中用“写出内容清单”生成，或用 layerpool-cli inventory 生成</translation>
    </message>
    <message>
        <source>There are no images in %1 itself</source>
        <translation>%1 本身没有镜像</translation>
    </message>
    <message>
        <source>what lies in it can be taken one at a time: %1</source>
        <comment>names in a folder</comment>
        <translation>其中的内容可以逐个导入：%1</translation>
    </message>
    <message>
        <source>Choose one of them</source>
        <translation>请选择其中一个</translation>
    </message>
    <message>
        <source>Signed by the key</source>
        <translation>签名密钥</translation>
    </message>
    <message>
        <source>none: it is not signed</source>
        <comment>a bundle&apos;s key</comment>
        <translation>无：没有签名</translation>
    </message>
    <message>
        <source>Program for the far side</source>
        <translation>供对端使用的程序</translation>
    </message>
    <message>
        <source>Check who has signed it with: minisign -Vm %1 -p KEY.pub, where KEY.pub is the public key %2</source>
        <comment>a file&apos;s name, a key&apos;s number</comment>
        <translation>验证由谁签名：minisign -Vm %1 -p KEY.pub，其中 KEY.pub 是公钥 %2</translation>
    </message>
    <message>
        <source>There is no portable build of the program to put into the bundle</source>
        <translation>没有可放入打包文件的便携版程序</translation>
    </message>
    <message>
        <source>neither %1 nor %2 lies in %3 or %4</source>
        <comment>files, folders</comment>
        <translation>%3 和 %4 中既没有 %1，也没有 %2</translation>
    </message>
    <message>
        <source>Put one there, or pack without it</source>
        <translation>请在那里放一个，或不带程序打包</translation>
    </message>
    <message>
        <source>%1 has changed while it was packed</source>
        <translation>%1 在打包过程中发生了变化</translation>
    </message>
    <message>
        <source>the bundle&apos;s index lists other bytes of it</source>
        <translation>打包文件的索引中列出的内容与之不同</translation>
    </message>
    <message>
        <source>Make the bundle again</source>
        <translation>请重新制作打包文件</translation>
    </message>
    <message>
        <source>it has no index, and one was signed</source>
        <translation>它没有索引，而签名的内容中有索引</translation>
    </message>
    <message>
        <source>Run verify on what was pushed from, and renew what it finds damaged</source>
        <translation>请对推送所用的镜像池或打包文件运行校验，并重新获取其中损坏的内容</translation>
    </message>
    <message>
        <source>there is no project “%1”</source>
        <translation>没有项目“%1”</translation>
    </message>
    <message>
        <source>%1 does not give %2 away</source>
        <translation>%1 不提供 %2</translation>
    </message>
    <message>
        <source>Ask its administrator which policy forbids it</source>
        <translation>请询问其管理员是哪条策略禁止了它</translation>
    </message>
    <message>
        <source>another program is at work in it</source>
        <translation>另一个程序正在其中操作</translation>
    </message>
    <message>
        <source>Take a bundle that has it</source>
        <translation>请使用含有它的打包文件</translation>
    </message>
    <message>
        <source>Take a bundle in which it is whole</source>
        <translation>请使用其中含有完整内容的打包文件</translation>
    </message>
    <message>
        <source>Copy or make the bundle again</source>
        <translation>请重新复制或制作打包文件</translation>
    </message>
    <message>
        <source>%1 is not in the bundle</source>
        <translation>%1 不在打包文件中</translation>
    </message>
    <message>
        <source>a file lies there</source>
        <translation>其中有文件</translation>
    </message>
    <message>
        <source>Tick images in the pool, or open a shorter list. Select makes a small pool of them, by hard links; Tar packs them into one file; Export lays them out for skopeo and other tools. Without ticks and list all three take the whole pool.</source>
        <translation>在镜像池中勾选镜像，或打开一个较短的列表。“选取”用硬链接把它们做成一个小镜像池；“打包”把它们打包成一个文件；“导出”把它们导出给 skopeo 等工具使用。既没有勾选也没有列表时，三者都处理整个镜像池。</translation>
    </message>
    <message>
        <source>Open bundle shows what is in it. Push sends the images from where it lies to the registry, and what that has is not sent again; Import takes them into a pool. Verify then asks the registry for every image. Write inventory tells what is there, so that the next Tar can leave that out.</source>
        <translation>“打开打包文件”显示其中的内容。“推送”就地把镜像发送到镜像仓库，仓库已有的不再发送；“导入”把它们导入镜像池。之后“校验”会向镜像仓库查询每个镜像。“写出内容清单”说明那里已有的内容，使下一次“打包”可以略去它们。</translation>
    </message>
    <message>
        <source>%1 is left out: one bundle is opened at a time</source>
        <translation>未打开 %1：一次只能打开一个打包文件</translation>
    </message>
    <message>
        <source>Take the images of %1 into a pool</source>
        <translation>将 %1 中的镜像导入镜像池</translation>
    </message>
    <message>
        <source>Show what the bundle %1 holds</source>
        <translation>显示打包文件 %1 的内容</translation>
    </message>
    <message>
        <source>%1 is not there</source>
        <comment>an image</comment>
        <translation>%1 不存在</translation>
    </message>
    <message>
        <source>the bundle leaves it to a far side that has it</source>
        <translation>打包文件省略了它，因为对端已有</translation>
    </message>
    <message>
        <source>Checking the bundle&apos;s files against the sums that were signed</source>
        <translation>正在用已签名的校验和核对打包文件的各个文件</translation>
    </message>
    <message>
        <source>Unpacking the bundle into a temporary file</source>
        <translation>正在把打包文件解压到临时文件</translation>
    </message>
    <message>
        <source>Reading what is in the bundle</source>
        <translation>正在读取打包文件的内容</translation>
    </message>
    <message>
        <source>%1 / %2</source>
        <comment>the number of a page, how many there are</comment>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>The bundle cannot be signed</source>
        <translation>无法为打包文件签名</translation>
    </message>
    <message>
        <source>the password of the secret key %1 is not kept</source>
        <translation>私钥 %1 的密码没有保存</translation>
    </message>
    <message>
        <source>Make the bundle again, and give the password</source>
        <translation>请重新制作打包文件，并输入密码</translation>
    </message>
    <message>
        <source>The file is there already</source>
        <translation>文件已存在</translation>
    </message>
    <message>
        <source>%1 is there already. Replace it?</source>
        <translation>%1 已存在。要替换它吗？</translation>
    </message>
    <message>
        <source>&amp;Replace</source>
        <comment>what a file holds</comment>
        <translation>替换(&amp;R)</translation>
    </message>
    <message>
        <source>Cannot open %1</source>
        <translation>无法打开 %1</translation>
    </message>
    <message>
        <source>no program of this desktop takes it</source>
        <translation>此桌面环境中没有能打开它的程序</translation>
    </message>
    <message>
        <source>it is not there any more</source>
        <translation>它已不存在</translation>
    </message>
    <message>
        <source>Open it by hand</source>
        <translation>请手动打开</translation>
    </message>
    <message>
        <source>Not opened</source>
        <comment>a file or a folder</comment>
        <translation>未能打开</translation>
    </message>
    <message>
        <source>Settings ▸ Signatures</source>
        <translation>设置 ▸ 签名</translation>
    </message>
    <message>
        <source>in Import: “Name”</source>
        <translation>在“导入”中：“名称”</translation>
    </message>
    <message>
        <source>Settings of %1</source>
        <comment>a registry</comment>
        <translation>%1 的设置</translation>
    </message>
    <message>
        <source>Settings of signatures</source>
        <translation>签名的设置</translation>
    </message>
    <message>
        <source>Settings of all connections</source>
        <translation>所有连接的设置</translation>
    </message>
    <message>
        <source>%1 All that reads it works: Select, Tar, Export, Push, Verify and Serve. Convert and Import need another one.</source>
        <comment>why a pool is read-only, a sentence</comment>
        <translation>%1 读取它的操作均可使用：选取、打包、导出、推送、校验和提供服务。转换和导入需要另一个镜像池。</translation>
    </message>
    <message>
        <source>Bundles (*.tar *.tar.gz *.tgz *.tar.zst *.zip *.[0-9][0-9][0-9] *.[0-9][0-9][0-9][0-9]);;All files (*)</source>
        <translation>打包文件 (*.tar *.tar.gz *.tgz *.tar.zst *.zip *.[0-9][0-9][0-9] *.[0-9][0-9][0-9][0-9]);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Done</source>
        <comment>a file was made, and no image counted</comment>
        <translation>完成</translation>
    </message>
    <message>
        <source>Tell of a bundle that no trusted key has signed, refuse it, or look at no signature (as “key policy” says). What does not verify is refused.</source>
        <translation>对未经受信任的密钥签名的打包文件给出提示、拒绝，或不检查签名（默认按“key policy”的设定）。未通过验证的一律拒绝。</translation>
    </message>
    <message>
        <source>left out</source>
        <comment>of a bundle: a layer that the far side has</comment>
        <translation>已省略</translation>
    </message>
    <message>
        <source>%1 is not in the bundle %2</source>
        <translation>%1 不在打包文件 %2 中</translation>
    </message>
    <message>
        <source>This bundle holds no images.</source>
        <translation>此打包文件中没有镜像。</translation>
    </message>
    <message>
        <source>A bundle that no trusted key has signed is taken, and it is said.</source>
        <translation>未经受信任的密钥签名的打包文件会被接受，并给出提示。</translation>
    </message>
    <message>
        <source>A bundle that no trusted key has signed is refused.</source>
        <translation>未经受信任的密钥签名的打包文件会被拒绝。</translation>
    </message>
    <message>
        <source>No signature of a bundle is looked at.</source>
        <translation>不检查打包文件的签名。</translation>
    </message>
    <message>
        <source>“%1” is no policy</source>
        <translation>“%1”不是有效的策略</translation>
    </message>
    <message>
        <source>No key is trusted: every bundle is refused.</source>
        <translation>没有受信任的密钥：所有打包文件都会被拒绝。</translation>
    </message>
    <message>
        <source>Makes a key that signs bundles: “new FILE” makes FILE, which is secret, and FILE.pub, as minisign does. “trust FILE.pub” (or what stands in it) trusts the bundles that such a key has signed, “list” names those that are trusted, and “forget ID” ends it. “policy” says what becomes of bundles that none of them has signed, and “policy warn”, “policy require” or “policy ignore” decides it, for both programs.</source>
        <translation>生成为打包文件签名的密钥：“new FILE”像 minisign 那样生成须保密的 FILE 和 FILE.pub。“trust FILE.pub”（或其中的内容）信任由该密钥签名的打包文件，“list”列出受信任的密钥，“forget ID”取消信任。“policy”说明如何处理未经其中任何密钥签名的打包文件，“policy warn”、“policy require”或“policy ignore”则设定处理方式，对两个程序都有效。</translation>
    </message>
    <message>
        <source>Looking at the folder</source>
        <translation>正在查看文件夹</translation>
    </message>
    <message>
        <source>--only-volume needs the size of the volumes</source>
        <translation>--only-volume 需要分卷的大小</translation>
    </message>
    <message>
        <source>Give --volume-size as the bundle was made with</source>
        <translation>请给出制作打包文件时所用的 --volume-size</translation>
    </message>
    <message>
        <source>--only-volume signs nothing</source>
        <translation>--only-volume 不进行签名</translation>
    </message>
    <message>
        <source>the sums that lie beside the bundle stay as they are, and so does their signature</source>
        <translation>打包文件旁的校验和保持不变，其签名也保持不变</translation>
    </message>
    <message>
        <source>Write this volume alone, byte for byte as among all of them: for a disc that went bad. Its sum must be the one in NAME.sha256 where that lies beside OUTFILE.</source>
        <translation>只写入这一分卷，与全部写入时逐字节相同：用于补做损坏的光盘。如果 OUTFILE 旁有 NAME.sha256，其校验和必须与其中的一致。</translation>
    </message>
    <message>
        <source>Put a portable build of the program into the bundle, for a far side that has none: layerpool-cli-portable or Layerpool*.AppImage beside this program, or in ../share/layerpool.</source>
        <translation>把便携版程序放入打包文件，供没有本程序的对端使用：取本程序旁边或 ../share/layerpool 中的 layerpool-cli-portable 或 Layerpool*.AppImage。</translation>
    </message>
    <message>
        <source>There is no inventory of all that %1 has</source>
        <translation>无法生成 %1 全部内容的清单</translation>
    </message>
    <message>
        <source>a registry is asked for the images of a list, and no pool lies there</source>
        <translation>镜像仓库只能按列表查询镜像，而那里也没有镜像池</translation>
    </message>
    <message>
        <source>If it is a registry, say which images to look for: --list FILE</source>
        <translation>如果它是镜像仓库，请说明要查找哪些镜像：--list FILE</translation>
    </message>
    <message>
        <source>Writes every digest that a pool or a bundle has, or a registry of the images of a list, by repository: what a bundle for those who have them can leave out (tar --exclude).</source>
        <translation>按存储库写出镜像池或打包文件中的每个摘要，或镜像仓库中属于某个列表的镜像的每个摘要：为已有它们的一方打包时可以略去（tar --exclude）。</translation>
    </message>
    <message>
        <source>There is no pool at %1</source>
        <translation>%1 处没有镜像池</translation>
    </message>
    <message>
        <source>If it is a registry, write its port too, as in %1:443</source>
        <comment>a host</comment>
        <translation>如果它是镜像仓库，请同时写上端口，例如 %1:443</translation>
    </message>
    <message>
        <source>Signed by the key %1: who has it checks with minisign -Vm %2 -p KEY.pub</source>
        <translation>已由密钥 %1 签名：持有其公钥者可用 minisign -Vm %2 -p KEY.pub 校验</translation>
    </message>
</context>
<context>
    <name>layerpool::ThemeMenu</name>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
</context>
<context>
    <name>layerpool::TickExport</name>
    <message>
        <source>Export the ticked images as a list</source>
        <translation>把勾选的镜像导出为列表</translation>
    </message>
    <message>
        <source>images.txt</source>
        <comment>a file&apos;s name</comment>
        <translation>images.txt</translation>
    </message>
    <message>
        <source>Lists (*.txt *.list);;All files (*)</source>
        <translation>列表 (*.txt *.list);;所有文件 (*)</translation>
    </message>
    <message>
        <source>The file is there already</source>
        <translation>文件已存在</translation>
    </message>
    <message>
        <source>%1 is there already. Add the images to its end, or replace all that it holds?</source>
        <translation>%1 已存在。要把镜像追加到文件末尾，还是替换其全部内容？</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <comment>to the end of a file</comment>
        <translation>追加(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Replace</source>
        <comment>what a file holds</comment>
        <translation>替换(&amp;R)</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) written to %1.</source>
        <translation>
            <numerusform>已把 %n 个镜像写入 %1。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerpool::TrustedKeysList</name>
    <message>
        <source>Trusted keys</source>
        <translation>受信任的密钥</translation>
    </message>
    <message>
        <source>Trusted key</source>
        <translation>受信任的密钥</translation>
    </message>
    <message>
        <source>Public key</source>
        <translation>公钥</translation>
    </message>
    <message>
        <source>&amp;Copy public key</source>
        <translation>复制公钥(&amp;C)</translation>
    </message>
</context>
<context>
    <name>layerpool::VerifyForm</name>
    <message>
        <source>The pool itself: every byte is read</source>
        <translation>镜像池本身：读取每个字节</translation>
    </message>
    <message>
        <source>A registry against the pool: nothing is downloaded</source>
        <translation>镜像仓库与镜像池对照：不下载任何内容</translation>
    </message>
    <message>
        <source>Ver&amp;ify:</source>
        <translation>校验(&amp;F)：</translation>
    </message>
</context>
<context>
    <name>layerpool::WelcomePage</name>
    <message>
        <source>Layerpool carries container images across an air gap.</source>
        <translation>Layerpool 把容器镜像带过物理隔离。</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <comment>a file or folder, and where it lies</comment>
        <translation>%1（位于 %2）</translation>
    </message>
    <message>
        <source>%1 — not there</source>
        <comment>a file or folder that was open of late</comment>
        <translation>%1 — 不存在</translation>
    </message>
    <message>
        <source>Learn how it works</source>
        <translation>了解工作方式</translation>
    </message>
    <message>
        <source>Recent lists</source>
        <translation>最近的列表</translation>
    </message>
    <message>
        <source>Recent pools</source>
        <translation>最近的镜像池</translation>
    </message>
    <message>
        <source>A list says which images are wanted. A pool is the folder that keeps them, each layer once. A bundle carries them over. Drop any of them here, or begin with a button.</source>
        <translation>列表说明需要哪些镜像。镜像池是保存它们的文件夹，每一层只保存一次。打包文件将它们带过去。将其中任何一个拖放到这里，或用按钮开始。</translation>
    </message>
</context>
<context>
    <name>layerpool::Workspace</name>
    <message numerus="yes">
        <source>The list %1 (%n image(s))</source>
        <translation>
            <numerusform>列表 %1（%n 个镜像）</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n 个镜像</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The %n ticked image(s)</source>
        <translation>
            <numerusform>勾选的 %n 个镜像</numerusform>
        </translation>
    </message>
    <message>
        <source>the whole pool</source>
        <translation>整个镜像池</translation>
    </message>
    <message numerus="yes">
        <source>The whole pool (%n image(s))</source>
        <translation>
            <numerusform>整个镜像池（%n 个镜像）</numerusform>
        </translation>
    </message>
    <message>
        <source>the whole bundle</source>
        <translation>整个打包文件</translation>
    </message>
    <message numerus="yes">
        <source>The whole bundle (%n image(s))</source>
        <translation>
            <numerusform>整个打包文件（%n 个镜像）</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>Carries container images across an air gap.</source>
        <translation>把容器镜像带过物理隔离。</translation>
    </message>
    <message>
        <source>The pool to open.</source>
        <translation>要打开的镜像池。</translation>
    </message>
    <message>
        <source>A list or a pool, opened as if dropped.</source>
        <translation>列表或镜像池，如同拖放一样打开。</translation>
    </message>
    <message>
        <source>Keep the settings in this file, not with the user&apos;s own.</source>
        <translation>把设置保存在此文件中，而不使用用户自己的设置。</translation>
    </message>
</context>
</TS>
