"""The e-mails about an answer: receipt, cancellation, and what guests are told when an event changes."""
