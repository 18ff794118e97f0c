"""luajit: the loops of `sweep.py` in machine code.

A character takes seven calls of pdfium, which cost 2 µs through ctypes and 0.05 µs here: they were most of what our own
code spent on reading a born-digital page.
"""

from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import cast

import numpy as np

from pipeline.pages.sweep import (
    CHARACTER_FIELDS,
    DRAWING_FIELDS,
    FORM,
    IMAGE,
    NO_OBJECT,
    OBJECT_FIELDS,
    PATH,
    Numbers,
    PlainSweep,
    Sweep,
)


class LuaSweep:
    """The loops by LuaJIT; see `Sweep`. One thread at a time, as pdfium."""

    def __init__(self, addresses: Mapping[str, int]) -> None:
        """`addresses` of `FUNCTIONS`; raises ImportError where LuaJIT is not built."""
        from lupa.luajit21 import LuaRuntime

        lua = LuaRuntime(unpack_returned_tuples=True, register_eval=False, register_builtins=False)
        characters_with, drawings_with = lua.execute(files("pipeline.pages").joinpath("sweep.lua").read_text("utf-8"))
        at = lua.table_from(addresses)
        self._characters = cast(Callable[[int, int, int, int], int], characters_with(at, NO_OBJECT))
        self._drawings = cast(Callable[[int, bool, int, int], int], drawings_with(at, IMAGE, PATH, FORM))

    def characters(self, textpage: int, count: int) -> tuple[Numbers, Numbers]:
        """See `Sweep`."""
        characters, objects = np.zeros((count, CHARACTER_FIELDS)), np.zeros((count, OBJECT_FIELDS))
        rows = self._characters(textpage, count, characters.ctypes.data, objects.ctypes.data)
        return characters, objects[: int(rows)]

    def drawings(self, container: int, count: int, *, in_form: bool) -> Numbers:
        """See `Sweep`."""
        found = np.zeros((count, DRAWING_FIELDS))
        rows = self._drawings(container, in_form, count, found.ctypes.data)
        return found[: int(rows)]


def sweep_with(addresses: Mapping[str, int]) -> Sweep:
    """The fastest sweep that this machine can run; LuaJIT is not built for macOS on ARM."""
    try:
        return LuaSweep(addresses)
    except ImportError:
        return PlainSweep(addresses)
