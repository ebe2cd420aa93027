"""How the files in `sounds/` are made. Only a person or a test runs it: the program reads the files."""
