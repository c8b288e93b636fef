"""What rehearsing phones fetch. Reads only; split from the use cases that write."""
