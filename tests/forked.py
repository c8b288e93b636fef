"""Processes that tests kill, forked from one that has imported the application: each alone takes seconds to do so."""

import multiprocessing
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess

_FORKED = multiprocessing.get_context("forkserver")
_FORKED.set_forkserver_preload(["outreach", "tests.conftest"])
_SECONDS = 120


@contextmanager
def running(main: Callable[..., None], environ: dict[str, str], *arguments: str) -> Iterator[BaseProcess]:
    """Run `main` in a process of its own that has `environ` beside what we have; yield it when it begins its work.

    `main` gets a function to call then, and `arguments`. Left the block, the process has ended.
    """
    begins = _FORKED.Event()
    process = _FORKED.Process(target=_run, args=(main, {**os.environ, **environ}, begins.set, arguments))
    process.start()
    try:
        assert begins.wait(_SECONDS), "it does not begin"
        yield process
        process.join(_SECONDS)
    finally:
        process.kill()
        process.join()


def exit_code(main: Callable[..., None], environ: dict[str, str], *arguments: str) -> int | None:
    """Run `main` in a process of its own to its end; return its exit code, below zero when a signal ended it."""
    with running(main, environ, *arguments) as process:
        pass
    return process.exitcode


def _run(
    main: Callable[..., None], environ: dict[str, str], begins: Callable[[], None], arguments: tuple[str, ...]
) -> None:
    os.environ.clear()
    os.environ.update(environ)
    main(begins, *arguments)
