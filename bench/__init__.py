"""Benchmarks: every figure in the README and in docs/benchmarks.md comes from here (`make bench`)."""
