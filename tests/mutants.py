"""Small mistakes put into a module, one at a time: what a test of it should notice.

Each mutant is the module's text with one span replaced, so its lines stay where they are. What changes
nothing that a program does is left alone: annotations, decorators, docstrings, imports, what is logged; and
so are the insides of f-strings, because the parser does not know where they stand.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

COMPARED = {
    ast.Lt: ("<", ("<=", ">")),
    ast.LtE: ("<=", ("<", ">")),
    ast.Gt: (">", (">=", "<")),
    ast.GtE: (">=", (">", "<")),
    ast.Eq: ("==", ("!=",)),
    ast.NotEq: ("!=", ("==",)),
    ast.Is: ("is", ("is not",)),
    ast.IsNot: ("is not", ("is",)),
    ast.In: ("in", ("not in",)),
    ast.NotIn: ("not in", ("in",)),
}
RECKONED = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "//"),
    ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "*"),
    ast.Mod: ("%", "//"),
}
JOINED = {ast.And: ("and", "or"), ast.Or: ("or", "and")}
SWAPPED_CALLS = {"min": "max", "max": "min", "any": "all", "all": "any"}
DELETED = (ast.AugAssign, ast.Raise, ast.Continue, ast.Break)
"""Statements that may go; so may calls, bare returns, and what is assigned to a part of something."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A module with one mistake in it."""

    line: int
    what: str
    """What was written, and what stands there now."""
    source: str


def mutants_of(source: str) -> list[Mutant]:
    """Every mutant of a module, in the order of its lines."""
    finder = _Finder(source)
    finder.visit(ast.parse(source))
    return sorted(finder.found, key=lambda mutant: mutant.line)


class _Finder(ast.NodeVisitor):
    def __init__(self, source: str) -> None:
        self.found: list[Mutant] = []
        self._bytes = source.encode()
        lengths = [len(line) for line in self._bytes.splitlines(keepends=True)]
        self._starts = [sum(lengths[:index]) for index in range(len(lengths))]
        self._names = _constants(source)

    # --- places in the text --------------------------------------------------------------------------------

    def _start(self, node: ast.expr | ast.stmt) -> int:
        return self._starts[node.lineno - 1] + node.col_offset

    def _end(self, node: ast.expr | ast.stmt) -> int:
        return self._starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)

    def _text(self, node: ast.expr | ast.stmt) -> str:
        return self._bytes[self._start(node) : self._end(node)].decode()

    def _put(self, node: ast.expr | ast.stmt, new: str, what: str | None = None) -> None:
        self._replace(self._start(node), self._end(node), new, what or f"{_short(self._text(node))} -> {new}")

    def _put_between(self, left: ast.expr, right: ast.expr, old: str, new: str) -> None:
        """Replace an operator, which has no place of its own."""
        at = self._bytes.index(old.encode(), self._end(left), self._start(right))
        self._replace(at, at + len(old), new, f"{old} -> {new} before {_short(self._text(right))}")

    def _replace(self, start: int, end: int, new: str, what: str) -> None:
        source = (self._bytes[:start] + new.encode() + self._bytes[end:]).decode()
        line = self._bytes.count(b"\n", 0, start) + 1
        self.found.append(Mutant(line, what, source))

    # --- mistakes ------------------------------------------------------------------------------------------

    def visit_Constant(self, node: ast.Constant) -> None:
        value = node.value
        if isinstance(value, bool):
            self._put(node, str(not value))
        elif isinstance(value, int):
            for other in (value + 1, value - 1):
                self._put(node, str(other))
        elif isinstance(value, float):
            for changed in (value * 2, value / 2) if value else (1.0,):
                self._put(node, repr(changed))

    def visit_Compare(self, node: ast.Compare) -> None:
        for left, operator, right in zip(
            (node.left, *node.comparators), node.ops, node.comparators, strict=False
        ):
            old, others = COMPARED[type(operator)]
            for new in others:
                self._put_between(left, right, old, new)
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        if type(node.op) in RECKONED:
            self._put_between(node.left, node.right, *RECKONED[type(node.op)])
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        for left, right in zip(node.values, node.values[1:], strict=False):
            self._put_between(left, right, *JOINED[type(node.op)])
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        if isinstance(node.op, ast.Not):
            self._put(node, f"({self._text(node.operand)})")
        self.generic_visit(node)

    def visit_IfExp(self, node: ast.IfExp) -> None:
        self._negate(node.test)
        self.generic_visit(node)

    def visit_If(self, node: ast.If) -> None:
        if not (isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"):
            self._negate(node.test)
            self.generic_visit(node)

    def visit_While(self, node: ast.While) -> None:
        self._negate(node.test)
        self.generic_visit(node)

    def _negate(self, test: ast.expr) -> None:
        self._put(test, f"(not ({self._text(test)}))", f"not ({_short(self._text(test))})")

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Load):
            self._swap(node, [name for name in self._names if "." not in name])

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if isinstance(node.ctx, ast.Load):
            before = self._text(node).rpartition(".")[0] + "."
            self._swap(node, [name for name in self._names if name.rpartition(".")[0] + "." == before])
        self.generic_visit(node)

    def _swap(self, node: ast.Name | ast.Attribute, names: list[str]) -> None:
        """Put the next constant of its kind in the place of one."""
        name = self._text(node)
        if name in names and len(names) > 1:
            self._put(node, names[(names.index(name) + 1) % len(names)])

    def visit_Call(self, node: ast.Call) -> None:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name in SWAPPED_CALLS:
            self._put(node.func, SWAPPED_CALLS[name])
        self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant) and not self._text(node).startswith("_log."):
            self._delete(node)
            self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        if all(isinstance(target, ast.Attribute | ast.Subscript) for target in node.targets):
            self._delete(node)
        self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value:
            self.visit(node.value)

    def visit_Return(self, node: ast.Return) -> None:
        if node.value is None:
            self._delete(node)
        self.generic_visit(node)

    def generic_visit(self, node: ast.AST) -> None:
        if isinstance(node, DELETED):
            self._delete(node)
        super().generic_visit(node)

    def _delete(self, node: ast.stmt) -> None:
        self._put(node, "pass", f"without {_short(self._text(node))}")

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._visit_all([*node.args.defaults, *(default for default in node.args.kw_defaults if default)])
        self._visit_all(node.body)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._visit_all(node.body)

    def _visit_all(self, nodes: Iterable[ast.AST]) -> None:
        for node in nodes:
            self.visit(node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """An f-string: left alone."""


def _constants(source: str) -> list[str]:
    """All names in capitals that a module reads, with what stands before their dots; each once."""
    return list(dict.fromkeys(_capitals(ast.walk(ast.parse(source)))))


def _capitals(nodes: Iterable[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Name) and node.id.isupper() and node.id != "TYPE_CHECKING":
            yield node.id
        elif isinstance(node, ast.Attribute) and node.attr.isupper():
            yield ast.unparse(node)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"
