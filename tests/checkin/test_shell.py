"""The door app's files: what a phone keeps, what each may do, and that a new file is a new version."""

import re
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from outreach.checkin.shell import service
from outreach.checkin.shell.precache import files_in_style, linked_files, shell_version, worker_script

STATIC = Path(__file__).parent.parent.parent / "static"


def test_only_the_decoder_may_compile_webassembly(client: FlaskClient) -> None:
    policies = {
        path: client.get(path).headers["Content-Security-Policy"]
        for path in ("/door/", "/door/sw.js", "/door/decoder_worker.js", "/static/checkin/app.js")
    }
    assert [path for path, policy in policies.items() if "wasm" in policy] == ["/door/decoder_worker.js"]
    assert not [policy for policy in policies.values() if "unsafe-inline" in policy or "'unsafe-eval'" in policy]


def test_the_camera_is_allowed_on_the_doors_page_only(client: FlaskClient) -> None:
    assert "camera=(self)" in client.get("/door/").headers["Permissions-Policy"]
    assert "camera=()" in client.get("/healthz").headers["Permissions-Policy"]


def test_each_file_that_a_phone_keeps_is_there(client: FlaskClient) -> None:
    script = client.get("/door/sw.js")
    assert script.mimetype == "text/javascript"
    urls = re.findall(r'"(/[^"]+)"', script.text.split("const SHELL = [")[1].split("]")[0])
    assert len(urls) > 25
    assert [url for url in urls if client.get(url).status_code != 200] == []
    assert "/static/vendor/zxing/zxing_reader.wasm" in urls


def test_what_a_phone_keeps_is_small(client: FlaskClient) -> None:
    """600 kB compressed (issue 6): a phone in a hall gets it in a few seconds."""
    script = client.get("/door/sw.js").text
    urls = re.findall(r'"(/[^"]+)"', script.split("const SHELL = [")[1].split("]")[0])
    sent = {url: len(client.get(url, headers={"Accept-Encoding": "gzip"}).data) for url in urls}
    assert sum(sent.values()) <= 600_000, sent


def test_each_module_that_another_imports_is_kept(client: FlaskClient) -> None:
    script = client.get("/door/sw.js").text
    for path in (STATIC / "checkin").glob("*.js"):
        for name in re.findall(r'from "\./([\w.]+)"', path.read_text(encoding="utf-8")):
            assert f'"/static/checkin/{name}"' in script, (path.name, name)


def test_no_script_is_longer_than_a_page_of_reading() -> None:
    long = {path.name: len(path.read_text().splitlines()) for path in (STATIC / "checkin").glob("*.js")}
    assert {name: lines for name, lines in long.items() if lines > 150} == {}


def test_a_changed_file_is_a_new_version() -> None:
    before = {"/a": b"1", "/b": b"2"}
    assert shell_version(before) == shell_version(dict(reversed(before.items())))
    assert shell_version(before) != shell_version({**before, "/b": b"3"})
    assert shell_version(before) != shell_version({"/a": b"1"})


def test_the_workers_script_is_filled_in() -> None:
    text = worker_script('const VERSION = "@version@";\nconst SHELL = [/* @shell@ */];', version="v", urls=["/a", "/b"])
    assert text == 'const VERSION = "v";\nconst SHELL = ["/a", "/b"];'


def test_addresses_are_found_in_page_and_style() -> None:
    html = '<link href="/static/a.css?v=1"><script src="/static/b.js"></script><a href="/static/a.css?v=1"></a>'
    assert linked_files(html, under="/static/") == ["/static/a.css?v=1", "/static/b.js"]
    style = (
        'src: url("../fonts/inter.woff2"); background: url(data:image/png;base64,x); src: url(../fonts/cyrillic.woff2)'
    )
    assert files_in_style(style, style_url="/static/css/site.css") == ["/static/fonts/inter.woff2"]


def test_the_page_and_its_texts_are_alike_for_everybody(app: Flask) -> None:
    pages = {app.test_client().get("/door/").text for _ in range(2)}
    assert len(pages) == 1
    assert "Set-Cookie" not in app.test_client().get("/door/").headers
    assert service.WORKER in app.test_client().get("/door/sw.js").text
