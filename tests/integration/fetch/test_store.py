"""Object stores: a real S3-compatible server on loopback, and what needs none."""

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from pipeline.errors import SettingsError, SourceMissing, ToolMissing
from pipeline.fetch import expand, fetch
from pipeline.fetch import store as stores
from pipeline.settings import FetchSettings, Settings

ASKED = FetchSettings(network=True, allow_private=True)


@pytest.mark.parametrize("address", ["memory://a/b.pdf", "local:///etc/passwd", "github://a:b@/x.pdf"])
def test_other_schemes_of_fsspec_are_refused(address: str, tmp_path: Path) -> None:
    (source,) = expand([address])
    with pytest.raises(SettingsError, match="not read"):
        fetch(source, Settings(fetch=ASKED), tmp_path)


def test_a_missing_package_is_named(tmp_path: Path) -> None:
    with suppress(ImportError):
        import gcsfs  # noqa: F401

        pytest.skip("gcsfs is installed")
    with pytest.raises(ToolMissing, match="gcsfs"):
        fetch(expand(["gs://bucket/a.pdf"])[0], Settings(fetch=ASKED), tmp_path)


@pytest.fixture(scope="module")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """moto's server with one bucket, `records`."""
    pytest.importorskip("s3fs", reason="needs the extra `stores`")
    pytest.importorskip("moto", reason="needs the package moto[server,s3]")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with (tmp_path_factory.mktemp("moto") / "log").open("wb") as log:
        child = subprocess.Popen(command, stdout=log, stderr=log)
    url = f"http://127.0.0.1:{port}"
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {
            "AWS_ENDPOINT_URL": url,
            "AWS_ACCESS_KEY_ID": "key",
            "AWS_SECRET_ACCESS_KEY": "hunter2",
            "AWS_DEFAULT_REGION": "us-east-1",
        }.items():
            patch.setenv(name, value)
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with suppress(OSError):
                request = urllib.request.Request(f"{url}/records", method="PUT")
                urllib.request.urlopen(request, timeout=5)
                break
            time.sleep(0.2)
        yield
    child.terminate()
    child.wait(10)


@pytest.mark.slow
@pytest.mark.usefixtures("s3")
def test_records_go_to_a_bucket_and_come_back_on_another_machine(tmp_path: Path) -> None:
    out, other = tmp_path / "out", tmp_path / "other"
    for name, text in {"records/a.json": "{}", "manifest.jsonl": "{}\n", ".prefect/db": "no"}.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text(text)
    assert stores.mirror(out, "s3://records/out", ASKED) == 2
    assert stores.mirror(out, "s3://records/out", ASKED) == 0
    (out / "manifest.jsonl").write_text("{}\n{}\n")
    assert stores.mirror(out, "s3://records/out", ASKED) == 1
    assert stores.restore("s3://records/out", other, ASKED) == 2
    assert (other / "manifest.jsonl").read_text() == "{}\n{}\n"
    (other / "manifest.jsonl").write_text("own\n")
    assert stores.restore("s3://records/out", other, ASKED) == 1
    assert (other / "manifest.jsonl").read_text() == "{}\n{}\nown\n"

    (out / "records" / "b.pdf").write_bytes(b"%PDF-1.7")
    stores.mirror(out, "s3://records/out", ASKED)
    assert [source.uri for source in expand(["s3://records/out/"], ASKED)] == ["records/b.pdf"]
    (source,) = expand(["s3://records/out/records/a.json"])
    first = fetch(source, Settings(fetch=ASKED), tmp_path / "store")
    assert (first.uri, first.size_bytes) == ("s3://records/out/records/a.json", 2)
    shutil.rmtree(out)
    assert fetch(source, Settings(fetch=ASKED), tmp_path / "store") == first
    with pytest.raises(SourceMissing, match="no such object"):
        fetch(expand(["s3://records/none.pdf"])[0], Settings(fetch=ASKED), tmp_path / "store")
