"""For tests and for authors of plug-ins: a fake voice, a fake output, and the contracts.

`OutputContract` and `VoiceContract` are tests of what every output and every voice promises: a package that
adds one subclasses the contract and provides its own. The program never imports this package, and only the
contracts import pytest.
"""
