"""The voices that fill the port of `speech`: the real ones in a process of their own, and a fake for tests."""
