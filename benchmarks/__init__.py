"""Figures and proofs, each run by `python -m benchmarks.<name>`; `python -m benchmarks` prints every figure."""
