# SPDX-License-Identifier: Apache-2.0
"""A stock registry on this machine with made-up images, which can be away for a while."""

import socket
import subprocess
import urllib.request

from reader import wait_for


class SampleSource:
    def __init__(self, work, sample_registry, images, layer_bytes):
        (work / "source.list").write_text("\n".join(images) + "\n")
        storage = work / "source"
        subprocess.run([sample_registry, storage, work / "source.list", "--layer-size", str(layer_bytes)],
                       check=True, stdout=subprocess.DEVNULL)
        self.host = f"127.0.0.1:{free_port()}"
        self.config = work / "registry.yml"
        self.config.write_text("version: 0.1\nlog: {level: error, accesslog: {disabled: true}}\n"
                               f"storage: {{filesystem: {{rootdirectory: {storage}}}}}\n"
                               f'http: {{addr: "{self.host}"}}\n')
        self.process = None
        self.plug_in()

    def plug_in(self):
        self.process = subprocess.Popen(["docker-registry", "serve", self.config], stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)
        wait_for("the registry",
                 lambda: urllib.request.urlopen(f"http://{self.host}/v2/", timeout=2).status == 200)

    def pull_plug(self):
        self.process.kill()
        self.process.wait()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
