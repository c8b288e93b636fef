"""What phones fetch: the sealed roster and what has changed. Reads only; split from the use cases that write."""
