import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from outreach.outbox.worker_lock import AlreadyHeldError, dead_among, held_lock

HOLD = """
import sys, time
from pathlib import Path
from outreach.outbox.worker_lock import held_lock
with held_lock(Path(sys.argv[1]), "child"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_living_worker_is_not_dead_and_a_finished_one_leaves_nothing(tmp_path: Path) -> None:
    with held_lock(tmp_path, "me"):
        assert dead_among(tmp_path, ["me"]) == []
        with pytest.raises(AlreadyHeldError), held_lock(tmp_path, "me"):
            pass
    assert dead_among(tmp_path, ["me", "of-another-machine"]) == []
    assert list(tmp_path.iterdir()) == []


def test_a_killed_worker_is_dead(tmp_path: Path) -> None:
    child = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, cwd=Path.cwd())
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"held\n"
        assert dead_among(tmp_path, ["child"]) == []
        os.kill(child.pid, signal.SIGKILL)
    assert dead_among(tmp_path, ["child"]) == ["child"]
