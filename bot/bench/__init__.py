"""Measures a painter as the people who wait for it see it: `limner bench`, and the load of benchmarks/painter.py."""
