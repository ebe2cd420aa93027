"""The voices behind the port in `speech`: the built-in one, in its own process, and plug-ins."""
