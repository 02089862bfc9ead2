"""An application that does nothing: what FastAPI and the server cost by themselves."""

from __future__ import annotations

from fastapi import FastAPI

app = FastAPI()


@app.get("/empty")
async def empty() -> dict[str, str]:
    return {}
