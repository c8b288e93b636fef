"""One module per kind of extract: bytes in, `RegisterRow` out, nothing kept. Lenient on what is new, strict on what
decides (numbers, dates, protection)."""
