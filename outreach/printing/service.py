"""Starts typesetters, each in a process of its own, and hands them what they set.

A typesetter's memory goes when its process ends, and its own words may quote what it sets, so they go nowhere.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import structlog

from outreach.errors import N_, OutreachError
from outreach.formats.colour_scale import light_scale
from outreach.formats.colour_sheet import mark_svg
from outreach.printing import typesetting
from outreach.settings import Settings

MOST_AT_ONCE = 2
PROCESSORS = os.cpu_count() or 1
# Typst would start a thread a processor in each process: more than there are processors, which costs time and memory.
_THREADS = max(1, PROCESSORS // MOST_AT_ONCE)
# A process lives for one file and asks for memory in small pieces. With these settings of the GNU C library it has a
# third of the page faults; other C libraries ignore them.
_ALLOCATION = "glibc.malloc.hugetlb=1:glibc.malloc.top_pad=16777216:glibc.malloc.mmap_threshold=1073741824"
log = structlog.get_logger()


class DocumentError(OutreachError):
    """The typesetter gave up."""

    message = N_("Dokumentet kunne ikke lages. Prøv igjen, eller si fra til den som driver Treffpunkt.")
    http_status = 500


def run_alone(script: str, data: dict[str, Any], *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run the Python file `script` with `data` as JSON on its stdin and wait for it; its outputs are bytes."""
    return subprocess.run(
        [sys.executable, script, *arguments],
        input=json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode(),
        capture_output=True,
        check=False,
        env=os.environ | {"RAYON_NUM_THREADS": str(_THREADS), "GLIBC_TUNABLES": _ALLOCATION},
    )


def set_pdf(template: Path, data: dict[str, Any]) -> bytes:
    """Return the tagged PDF of the Typst file `template` with `data`. Raises DocumentError."""
    return _set(template, data, "pdf", 0)


def set_png(template: Path, data: dict[str, Any], *, pixels_an_inch: float) -> bytes:
    """Return a picture of the first page of the Typst file `template` with `data`. Raises DocumentError."""
    return _set(template, data, "png", pixels_an_inch)


def logo_of(settings: Settings) -> dict[str, Any]:
    """Return the logo of the settings, or our own mark in its colour: {"svg": text} or {"png": bytes}."""
    if not settings.logo_path:
        return {"svg": mark_svg(light_scale(settings.organisation_colour).drawing)}
    content = Path(settings.logo_path).read_bytes()
    if settings.logo_path.lower().endswith(".svg"):
        return {"svg": content.decode()}
    return {"png": list(content)}


def _set(template: Path, data: dict[str, Any], form: str, pixels_an_inch: float) -> bytes:
    done = run_alone(typesetting.__file__, data, str(template), form, str(pixels_an_inch))
    if done.returncode == 0:
        return done.stdout
    log.error("typesetting failed", file=template.name, exit_code=done.returncode)
    raise DocumentError
