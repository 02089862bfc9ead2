"""Patterns: ``(u:Unit {level: '县'})-[r:LEADS|EXECUTES]->(t:Task)``, bounded variable length, shortest paths."""

from __future__ import annotations

from abc import ABC, abstractmethod

from queries.adhoc.cursor import Cursor
from queries.adhoc.tree import Expression, MapOf, Node, Path, Relation
from queries.adhoc.vocabulary import labels, properties, types

MAX_HOPS = 6
"""Longest variable length."""
MAX_RELATIONS = 12
"""Relations written in one pattern list: a planner's work grows steeply with them."""
MAX_PATHS = 6
_SHORTEST = {"shortestpath": "shortestPath", "allshortestpaths": "allShortestPaths"}


class PatternParser(Cursor, ABC):
    """Reads patterns; expressions inside them are read by the subclass."""

    @abstractmethod
    def expression(self) -> Expression:
        """The expression that comes next."""

    def paths(self) -> tuple[Path, ...]:
        """Patterns separated by commas."""
        at = self.token.at
        found = [self._named_path()]
        while self.accept(","):
            found.append(self._named_path())
        if len(found) > MAX_PATHS:
            self.refuse(at, f"一处最多 {MAX_PATHS} 个模式", f"at most {MAX_PATHS} patterns in one place")
        if sum(len(path.relations) for path in found) > MAX_RELATIONS:
            self.refuse(at, f"一处最多 {MAX_RELATIONS} 个关系", f"at most {MAX_RELATIONS} relations in one place")
        return tuple(found)

    def path(self, variable: str | None = None, at: int | None = None) -> Path:
        """A chain of nodes and relations."""
        at = self.token.at if at is None else at
        nodes, relations = [self._node()], list[Relation]()
        while self.is_sign("-", "<"):
            relations.append(self._relation())
            nodes.append(self._node())
        return Path(tuple(nodes), tuple(relations), variable, at=at)

    def starts_path(self) -> bool:
        """Does a pattern with a relation come next, and no expression in brackets?

        Decided by what stands between the bracket and its end, and behind it: nothing is tried and taken back.
        """
        token = self.token
        if not self.is_sign("("):
            return False
        close = token.closes - self._next
        inner = [self.ahead(i) for i in range(1, min(close, 3))]
        if inner and inner[0].kind in ("name", "quoted") and inner[0].text.upper() != "NOT":
            inner = inner[1:]
        shaped = not inner or (inner[0].kind == "symbol" and inner[0].text in ":{")
        behind = "".join(t.text for t in (self.ahead(close + 1), self.ahead(close + 2)) if t.kind == "symbol")
        return shaped and behind in ("--", "-[", "<-", "->")

    def _named_path(self) -> Path:
        at, variable = self.token.at, None
        if self.token.kind in ("name", "quoted") and self.ahead().text == "=" and self.ahead().kind == "symbol":
            variable = self.take().text
            self.take()
        word = self.token.text.lower() if self.token.kind == "name" else ""
        if word not in _SHORTEST:
            if not self.is_sign("("):
                self.unexpected("模式以节点开始，如 (u:Unit)", "a pattern begins with a node such as (u:Unit)")
            return self.path(variable, at)
        self.take()
        self.expect("(", "shortestPath 之后", "shortestPath")
        inner = self.path(variable, at)
        self.expect(")", "shortestPath 末尾", "shortestPath")
        if len(inner.relations) != 1 or inner.relations[0].hops is None or inner.relations[0].hops[0] > 1:
            self.refuse(
                at,
                f"最短路径写作 (a)-[*..{MAX_HOPS}]-(b)",
                f"a shortest path is written (a)-[*..{MAX_HOPS}]-(b)",
            )
        return Path(inner.nodes, inner.relations, variable, _SHORTEST[word], at=at)

    def _node(self) -> Node:
        at = self.expect("(", "节点", "a node").at
        variable = self.take().text if self.token.kind in ("name", "quoted") else None
        found = self.label_names() if self.accept(":") else ()
        given = self._properties() if self.is_sign("{") else None
        if not self.is_sign(")"):
            self.unexpected("节点写作 (变量:标签 {属性: 值})", "a node is written (variable:Label {property: value})")
        self.take()
        return Node(variable, found, given, at=at)

    def label_names(self, *, inside: bool = False) -> tuple[str, ...]:
        """Labels of the ontology, separated by ``|``; ``inside`` an expression, another bar may follow them."""
        return self._names(labels(), "标签", "label", inside)

    def _names(self, known: frozenset[str], zh: str, en: str, inside: bool = False) -> tuple[str, ...]:
        found = []
        while True:
            token = self.name(zh, f"a {en}")
            if token.text not in known:
                listed = ", ".join(sorted(known))
                self.refuse(
                    token.at,
                    f"本体中没有{zh} {token.text}，可用：{listed}",
                    f"the ontology has no {en} {token.text}; there are: {listed}",
                )
            found.append(token.text)
            # Behind [n IN nodes(p) WHERE n:Unit | what the list holds: a bar may end the labels.
            if not self.is_sign("|") or (inside and self.ahead().text not in known):
                return tuple(found)
            self.take()

    def _properties(self) -> MapOf:
        """A map whose keys are properties of the ontology."""
        at = self.token.at
        found = self.map()
        for key, _ in found.entries:
            if key not in properties():
                self.refuse(at, f"本体中没有属性 {key}", f"the ontology has no property {key}")
        return found

    @abstractmethod
    def map(self) -> MapOf:
        """The map that comes next."""

    def _relation(self) -> Relation:
        at = self.token.at
        left = self.accept("<")
        self.expect("-", "关系", "a relation")
        variable, found, hops, given = None, tuple[str, ...](), None, None
        if self.accept("["):
            variable = self.take().text if self.token.kind in ("name", "quoted") else None
            if self.accept(":"):
                found = self._names(frozenset(types()), "关系类型", "relation type")
            hops = self._hops() if self.accept("*") else None
            if self.is_sign("{") and hops is None:
                given = self._properties()
            if not self.is_sign("]"):
                self.unexpected("关系写作 -[变量:类型*1..3]->", "a relation is written -[variable:TYPE*1..3]->")
            self.take()
        self.expect("-", "关系", "a relation")
        right = self.accept(">")
        if left and right:
            self.refuse(at, "关系只能有一个方向", "a relation has one direction")
        return Relation(variable, found, hops, given, "<-" if left else "->" if right else "--", at=at)

    def _hops(self) -> tuple[int, int]:
        at = self.token.at
        least = int(self.take().text) if self.token.kind == "integer" else None
        most = least
        if self.accept(".."):
            most = int(self.take().text) if self.token.kind == "integer" else None
            least = 1 if least is None else least
        if least is None or most is None or most > MAX_HOPS or least > most:
            self.refuse(
                at,
                f"可变长度须有上限，至多 {MAX_HOPS}，如 *1..3",
                f"variable length needs an upper bound of at most {MAX_HOPS}, such as *1..3",
            )
        return least, most
