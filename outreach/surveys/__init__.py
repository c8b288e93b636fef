"""The survey after an event: three questions, answered once for each ticket, kept as counts and nothing else."""
