"""The outbox: message rows written in the transaction that decides to send, their states, and the claim with a lease.

Knows no person, event or transport. Invariants and their reasons: docs/architecture.md, "Sending".
"""
