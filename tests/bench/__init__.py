"""Measures times and memory, as ratios: `python -m tests.bench [FOLDER]`; the suite asserts none of them."""
