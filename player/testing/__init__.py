"""For tests, and for authors of plug-ins: a voice and an output that replace real ones, and the contracts.

`OutputContract` and `VoiceContract` hold what every output and every voice promises, as tests: a package
that adds one subclasses the contract and says how its own is made. Nothing in the program imports this
package, and only the contracts import pytest.
"""
