"""Calls into a sound system that may never return, each made on a thread that can be abandoned."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

_T = TypeVar("_T")


class BoundedCall(Generic[_T]):
    """A call with a time limit.

    Args:
        call: A call that may hang.
        undo: Gets the result of a call that returns after it was abandoned.
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
        """Wait for the call's result.

        Raises:
            TimeoutError: The call did not return within `seconds`; it is abandoned.
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
        except BaseException as error:  # noqa: BLE001  raised again in `result`
            self._error = error
            return
        with self._lock:
            self._result = (result,)
            abandoned = self._abandoned
        if abandoned and self._undo is not None:
            self._undo(result)
