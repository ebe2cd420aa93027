"""Calls into a sound system that may never return: made on a thread of their own, and abandoned there."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

_T = TypeVar("_T")


class BoundedCall(Generic[_T]):
    """A call that is waited for only so long.

    Args:
        call: What may hang.
        undo: Gets what the call gives after all, once nobody waits for it any more.
    """

    def __init__(self, call: Callable[[], _T], undo: Callable[[_T], object] | None = None) -> None:
        self._call = call
        self._undo = undo
        self._lock = threading.Lock()
        self._abandoned = False
        self._result: tuple[_T] | None = None
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="cuemat sound system", daemon=True)
        self._thread.start()

    def result(self, seconds: float) -> _T:
        """What the call gave.

        Raises:
            TimeoutError: It has not come back within `seconds`; it is abandoned.
        """
        self._thread.join(seconds)
        with self._lock:
            if self._error is not None:
                raise self._error
            if self._result is None:
                self._abandoned = True
                raise TimeoutError
            return self._result[0]

    def _run(self) -> None:
        try:
            result = self._call()
        except BaseException as error:  # noqa: BLE001  raised again where somebody waits
            self._error = error
            return
        with self._lock:
            self._result = (result,)
            abandoned = self._abandoned
        if abandoned and self._undo is not None:
            self._undo(result)
