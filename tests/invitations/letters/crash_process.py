"""A build of letters in a process of its own that kills itself by SIGKILL at the point that it is given."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

from outreach import clock, create_app
from outreach.audit.actor import COMMAND
from outreach.events.queries import by_slug
from outreach.invitations.letters import service
from outreach.invitations.letters.building import commands
from outreach.invitations.letters.print_folder import PrintFolder
from tests.conftest import NOW
from tests.factories.events import SLUG


def die(*_args: object, **_values: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_after_the_first_move() -> None:
    rename = Path.rename

    def once(path: Path, target: Path) -> None:
        rename(path, target)
        die()

    Path.rename = once  # type: ignore[method-assign,assignment]


def prepare(point: str) -> None:
    if point == "compiling":
        commands._try_longest = die
    elif point == "before moving":
        PrintFolder.publish = die  # type: ignore[method-assign,assignment]
    elif point == "while moving":
        die_after_the_first_move()
    else:
        service.hand_over = die


def main(begins: Callable[[], None], point: str, out: str) -> None:
    """Build the letters of the event into `out` until `point` comes."""
    clock.set_clock(lambda: NOW)
    prepare(point)
    app = create_app()
    with app.app_context():
        begins()
        commands.build(by_slug(SLUG), out=Path(out), is_reprint=False, made_by_id=None, actor=COMMAND)
