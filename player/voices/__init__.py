"""The voices that fill the port of `speech`: the built-in one, in a process of its own, and plug-ins."""
