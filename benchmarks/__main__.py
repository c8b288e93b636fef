"""Every figure of the product, each as a ratio to a baseline of the same run: `make bench`."""

import subprocess
import sys

_MODULES = (
    "register_import",
    "segments",
    "reports",
    "letters",
    "letters_memory",
    "request_rates",
    "write_rates",
    "queueing",
)


def main() -> None:
    """Run each benchmark in a process of its own; exit 1 when a figure does not hold."""
    codes = [subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode for name in _MODULES]
    print("all figures hold" if not any(codes) else "a figure DOES NOT HOLD")
    sys.exit(1 if any(codes) else 0)


if __name__ == "__main__":
    main()
