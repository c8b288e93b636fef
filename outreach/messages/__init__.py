"""Messages: what is composed at hand-over, the transports that send it, who must not be written to, and the worker."""
