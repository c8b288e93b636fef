"""Asks a server as fast as it answers, over a number of kept-open connections, and returns answers a second.

`wrk` does it where it is installed; otherwise a client of our own, which takes more of the machine from the server and
so measures lower rates for subject and baseline alike. Any answer that is not 2xx or 3xx stops the benchmark.
"""

import http.client
import re
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

CONNECTIONS = 16

_REPLAY = """
local requests, nth = {}, 0
for line in io.lines("%s") do
  local path, body = line:match("^(%%S+)\\t(.*)$")
  requests[#requests + 1] = wrk.format("POST", path, nil, body)
end
request = function()
  nth = nth %% #requests + 1
  return requests[nth]
end
"""


class BadAnswersError(RuntimeError):
    """The server answered with faults, so its rate means nothing."""


@dataclass(frozen=True)
class Posts:
    """What to post, in order and then from the start again: (path, body) pairs with common headers."""

    requests: Sequence[tuple[str, str]]
    headers: dict[str, str] = field(default_factory=dict)


def get_rate(origin: str, path: str, *, seconds: float, headers: dict[str, str] | None = None) -> float:
    """Return GET answers a second from `origin` + `path`."""
    if shutil.which("wrk"):
        return _wrk(f"{origin}{path}", seconds, headers or {})
    return _own(origin, [("GET", path, "")], seconds, headers or {})


def post_rate(origin: str, posts: Posts, *, seconds: float) -> float:
    """Return POST answers a second. Bodies hold no line break and no tab."""
    if not shutil.which("wrk"):
        requests = [("POST", path, body) for path, body in posts.requests]
        return _own(origin, requests, seconds, posts.headers)
    with tempfile.TemporaryDirectory() as folder:
        listing = Path(folder, "requests.tsv")
        listing.write_text("\n".join(f"{path}\t{body}" for path, body in posts.requests), encoding="utf-8")
        script = Path(folder, "replay.lua")
        script.write_text(_REPLAY % listing, encoding="utf-8")
        return _wrk(origin, seconds, posts.headers, script=script)


def _wrk(url: str, seconds: float, headers: dict[str, str], *, script: Path | None = None) -> float:
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{max(1, round(seconds))}s", "--timeout", "20s"]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    if script:
        command += ["-s", str(script)]
    output = subprocess.run([*command, url], check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in output or "Socket errors" in output:
        raise BadAnswersError(output)
    found = re.search(r"Requests/sec:\s+([\d.]+)", output)
    if not found or float(found[1]) == 0:
        raise BadAnswersError(output)
    return float(found[1])


def _own(origin: str, requests: Sequence[tuple[str, str, str]], seconds: float, headers: dict[str, str]) -> float:
    until = time.monotonic() + seconds
    counts, faults = [0] * CONNECTIONS, []

    def ask(number: int) -> None:
        connection = http.client.HTTPConnection(origin.removeprefix("http://"), timeout=20)
        place = number
        while time.monotonic() < until and not faults:
            method, path, body = requests[place % len(requests)]
            connection.request(method, path, body=body.encode() or None, headers=headers)
            answer = connection.getresponse()
            answer.read()
            if answer.status >= 400:
                faults.append(answer.status)
            counts[number] += 1
            place += CONNECTIONS

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(CONNECTIONS)]
    started = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise BadAnswersError(f"status {faults[0]}")
    return sum(counts) / (time.monotonic() - started)
