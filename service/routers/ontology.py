"""The ontology as JSON: the legend of the explorer, and what types a client may meet."""

from __future__ import annotations

from fastapi import APIRouter

from graph.ontology import ontology
from service.responses import Json

router = APIRouter(tags=["ontology"])


@router.get("/ontology")
async def get_ontology() -> Json:
    """Labels, kinds, properties and relation types with their names in Chinese and English, shapes and colours."""
    return Json(ontology().model_dump(mode="json", by_alias=True, exclude={"operational"}))
