"""The report of one event on paper."""
