"""The store's schema, made from the ontology: constraints, indexes, full text; and the migrations' runner.

Everything is ``IF NOT EXISTS`` or otherwise repeatable, so two processes may bring one store up to date at once.
"""

from __future__ import annotations

from hashlib import sha256

from graph.documents import meta
from graph.errors import SchemaTooNew
from graph.migrations import MIGRATIONS
from graph.ontology import EVIDENCE_PROPERTIES, ontology
from graph.store import Engine, Transaction

SCHEMA_VERSION = MIGRATIONS[-1].number
AUTO_REFRESH_LIMIT = 1_000_000_000
"""Changed nodes the embedded engine folds into its full text before a search. Its default of 1,000 makes a search
after a larger load miss new nodes without an error: this number is above any graph it can hold."""


async def migrate(engine: Engine) -> int:
    """Bring the schema up to date and return its version. Raises SchemaTooNew for a store of a newer zhize."""
    state = await meta(engine)
    if (state.schema_version or 0) > SCHEMA_VERSION:
        raise SchemaTooNew(store=engine.url, found=state.schema_version, known=SCHEMA_VERSION)
    statements = definitions(engine.dialect)
    digest = sha256("\n".join(statements).encode()).hexdigest()[:20]
    if state.schema_digest != digest:
        await engine.define(statements)
    for migration in MIGRATIONS:
        if migration.number > (state.schema_version or 0):
            await engine.transact(migration.run)
    if state.schema_digest != digest or state.schema_version != SCHEMA_VERSION:
        await engine.transact(lambda tx: _record(tx, digest))
    return SCHEMA_VERSION


async def _record(tx: Transaction, digest: str) -> None:
    await tx.run(
        "MATCH (m:Meta {id: 'graph'}) SET m.schema_version = $version, m.schema_digest = $digest",
        {"version": SCHEMA_VERSION, "digest": digest},
    )


def search_index(label: str) -> str:
    """Name of the full-text index of ``label``."""
    return f"search_{label.lower()}"


def definitions(dialect: str) -> tuple[str, ...]:
    """Schema statements for an engine, in order.

    The embedded engine gets no index on relations and no constraint on ``Entity``: it accepts both, but neither looks
    anything up through them nor enforces the latter, and each slows writing down.
    """
    known = ontology()
    owned = known.labels(evidence=True)
    statements = [_unique(label) for label in (*known.nodes, *known.operational.labels)]
    statements += [_document_index(label) for label in owned]
    statements.append("CREATE INDEX source_sha256 IF NOT EXISTS FOR (n:Source) ON (n.sha256)")
    statements += [f"CREATE INDEX block_{name} IF NOT EXISTS FOR (n:Block) ON (n.{name})" for name in ("key", "doc")]
    statements.append("CREATE INDEX job_state IF NOT EXISTS FOR (n:Job) ON (n.state)")
    statements.append("CREATE INDEX jobpart_upload IF NOT EXISTS FOR (n:JobPart) ON (n.upload)")
    if dialect == "neo4j":
        statements.append(_unique("Entity"))
        statements += [_relation_index(type_) for type_ in known.relations]
    return (*statements, *(text for label in known.labels(search=True) for text in full_text(label, dialect)))


def public_definitions() -> tuple[str, ...]:
    """Schema statements of a Neo4j that holds the facts alone, without what zhize keeps beside them."""
    known = ontology()
    return (
        *(_unique(label) for label in (*known.nodes, "Entity")),
        *(_document_index(label) for label in known.labels(evidence=True)),
        *(_relation_index(type_) for type_ in known.relations),
        *(text for label in known.labels(search=True) for text in full_text(label, "neo4j")),
    )


def _unique(label: str) -> str:
    return f"CREATE CONSTRAINT {label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"


def _document_index(label: str) -> str:
    return f"CREATE INDEX {label.lower()}_doc IF NOT EXISTS FOR (n:{label}) ON (n.doc)"


def _relation_index(type_: str) -> str:
    return f"CREATE INDEX {type_.lower()}_doc IF NOT EXISTS FOR ()-[r:{type_}]-() ON (r.doc)"


def full_text(label: str, dialect: str) -> tuple[str, ...]:
    """Statements that build the full-text index of ``label``: the one place where the engines' texts differ."""
    name = search_index(label)
    if dialect == "neo4j":
        options = "OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace', `fulltext.eventually_consistent`: false}}"
        return (f"CREATE FULLTEXT INDEX {name} IF NOT EXISTS FOR (n:{label}) ON EACH [n.search] {options}",)
    return (
        # The engine indexes only a label it has seen a node of, and calls properties it has not seen a likely mistake.
        f"MERGE (n:{label} {{id: ''}}) SET n:Entity, n += {_sample(label)}",
        f"CALL db.node_text_index.build({{type: '{label}', text_column: 'search', name: '{name}', "
        f"auto_refresh_limit: {AUTO_REFRESH_LIMIT}}}) YIELD indexed RETURN indexed",
        f"MATCH (n:{label} {{id: ''}}) DETACH DELETE n",
    )


def _sample(label: str) -> str:
    node = ontology().node(label)
    own = {**node.properties, **(EVIDENCE_PROPERTIES if node.evidence else {})}
    values = {"integer": "0", "float": "0.5", "boolean": "false", "strings": "['']", "floats": "[0.5]"}
    fields = {"name": "''", "kind": "''", "search": "''", "support": "''", "aliases": "['']"}
    fields |= {name: values.get(kind, "''") for name, kind in own.items()}
    return "{" + ", ".join(f"{name}: {value}" for name, value in fields.items()) + "}"
