"""Settings of the store, from ``ZHIZE_…`` environment variables. Documented by construction in docs/settings.md."""

from __future__ import annotations

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class StoreSettings(BaseSettings):
    """Where the graph is and how long it may take. Every field is ``ZHIZE_<NAME>`` in the environment."""

    model_config = SettingsConfigDict(env_prefix="ZHIZE_", extra="ignore", frozen=True)

    store: str = Field(
        "embedded:./zhize-data", description="Store URL: embedded:PATH, neo4j://host:7687, neo4j+s://host"
    )
    neo4j_user: str = Field("neo4j", description="Neo4j user")
    neo4j_password: SecretStr = Field(SecretStr(""), description="Neo4j password")
    neo4j_database: str = Field("neo4j", description="Neo4j database")
    neo4j_connections: int = Field(50, ge=1, description="Connections to Neo4j a process may hold")
    connect_timeout: float = Field(5.0, gt=0, description="Seconds to wait for a store to answer at all")
    retry_timeout: float = Field(15.0, ge=0, description="Seconds a failed transaction is retried for")
    query_timeout: float = Field(5.0, gt=0, description="Seconds a read may take")
    write_timeout: float = Field(600.0, gt=0, description="Seconds a write may take, other writers' turns included")
    checkpoint_mib: int = Field(64, ge=1, description="Embedded: log size in MiB that starts a checkpoint")
    checkpoint_idle: float = Field(30.0, gt=0, description="Embedded: seconds without a write before a checkpoint")
    embedded_threads: int = Field(8, ge=1, description="Embedded: reads that may run at once")
    analytics_nodes: int = Field(
        100_000, ge=1, description="Nodes one analysis may read; of relations ten times as many"
    )
