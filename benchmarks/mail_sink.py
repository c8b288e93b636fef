"""A mail server in a process of its own that takes everything and keeps nothing: prints its port, ends with its input.

A sink in the sender's process would share its interpreter lock and so slow what is measured.
"""

import sys

from aiosmtpd.controller import Controller

from benchmarks.site import free_origin


class _Nothing:
    async def handle_DATA(self, *_dialogue: object) -> str:
        return "250 OK"


if __name__ == "__main__":
    port = int(free_origin().rsplit(":", 1)[1])
    server = Controller(_Nothing(), hostname="127.0.0.1", port=port)
    server.start()
    print(port, flush=True)
    sys.stdin.read()
    server.stop()
