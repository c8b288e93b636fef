"""Leaves out of a built theme what no page uses, and the white space: reads the file named first, writes to stdout."""

import re
import sys
from pathlib import Path

_UNUSED = (
    r"@layer ds\.theme\.typography\.secondary \{.*?\n\}\n\}\n",
    r'@media \(prefers-color-scheme: (?:light|dark)\) \{\s*\[data-color-scheme="auto"\] \{[^{}]*\}\s*\}',
)


def trimmed(css: str) -> str:
    """Return `css` without the unused rules, comments, and the white space between rules."""
    for pattern in _UNUSED:
        css = re.sub(pattern, "", css, flags=re.DOTALL)
    css = re.sub(r"/\*.*?\*/", "", css.replace('@charset "UTF-8";', ""), flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    return re.sub(r"\s*([{};])\s*", r"\1", css).strip()


if __name__ == "__main__":
    sys.stdout.write(trimmed(Path(sys.argv[1]).read_text(encoding="utf-8")) + "\n")
