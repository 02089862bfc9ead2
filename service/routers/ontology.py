"""The ontology as JSON: the legend of the explorer, and what types a client may meet."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from graph.ontology import ontology
from service.conditional import tagged

router = APIRouter(tags=["ontology"])


@router.get("/ontology")
async def get_ontology(request: Request) -> Response:
    """Labels, kinds, properties and relation types with their names in Chinese and English, shapes and colours."""
    return tagged(request, ontology().model_dump(mode="json", by_alias=True, exclude={"operational"}))
