"""The voices that fill the port of `speech`: the real ones in a process each, and a fake one for tests."""
