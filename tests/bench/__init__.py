"""Times and memory, as ratios, by `python -m tests.bench [FOLDER]`; the suite asserts none of them."""
