"""Sending documents: stored with their jobs before the answer, loaded after it."""

from __future__ import annotations

import logging
from typing import Any, cast

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData, UploadFile

from graph.errors import InvalidParameter
from ingest.limits import Limits
from service import job_models as models
from service.auth import Role, require
from service.dependencies import BoardDep, CallerDep, SettingsDep, StoreDep
from service.jobs import Sent, accept, listed, sent
from service.responses import Json
from service.upload_form import read_form

log = logging.getLogger("zhize.service")

router = APIRouter(tags=["jobs"])

JOBS = "/api/v1/jobs"

# The body is described here and read in the handler: FastAPI would read a declared one before it asks who is calling.
BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["files"],
                    "additionalProperties": False,
                    "properties": {
                        "files": {
                            "type": "array",
                            "minItems": 1,
                            "items": {"type": "string", "format": "binary"},
                            "description": "txt, md, html, docx, pdf, zip",
                        },
                        "source": {
                            "type": "string",
                            "maxLength": 1000,
                            "description": "来源名，仅限单个文件 / source name, for a single file that is no zip",
                            "examples": ["2031/要点.docx"],
                        },
                    },
                }
            }
        },
    }
}


@router.post(
    "/documents",
    status_code=202,
    response_model=models.AcceptedOut,
    dependencies=[Depends(require(Role.CURATOR))],
    openapi_extra=BODY,
)
async def upload(request: Request, store: StoreDep, settings: SettingsDep, board: BoardDep, caller: CallerDep) -> Json:
    """Send one or several files. 202: each is stored with its job and will be loaded, whatever happens to the server.
    The same bytes under the same source are one job while it is open. A zip is one job, with a report of each file in
    it. Needs a curator."""
    limits = Limits()
    form = await read_form(request, limits, settings.max_upload_files)
    try:
        jobs = []
        for file in _sent(form, limits):
            job = await accept(store, file, caller.name, settings)
            board.changed(job.id)
            log.info("%s accepted from %s (%s)", job.id, caller.name, caller.role.name.lower())
            jobs.append(job)
    finally:
        await form.close()
    location = f"{JOBS}/{jobs[0].id}" if len(jobs) == 1 else JOBS
    return Json({"jobs": [listed(job) for job in jobs]}, status_code=202, headers={"Location": location})


def _sent(form: FormData, limits: Limits) -> list[Sent]:
    """Every file of the form, all checked before any is stored."""
    files = [value for _, value in form.multi_items() if isinstance(value, UploadFile)]
    _only_known(form)
    if not files:
        raise InvalidParameter(name="files", reason={"zh": "没有文件", "en": "there is no file"})
    given = [cast(str, value) for value in form.getlist("source")]
    if given and (len(given) > 1 or len(files) > 1):
        raise InvalidParameter(name="source", reason={"zh": "只能用于单个文件", "en": "it names a single file"})
    source = given[0] if given else None
    found = [sent(file.file, file.filename or "", file.size or 0, limits, source) for file in files]
    names = [file.source for file in found]
    for name in names:
        if names.count(name) > 1:
            reason = {"zh": f"有两个文件都叫 {name}", "en": f"two files are called {name}"}
            raise InvalidParameter(name="files", reason=reason)
    return found


def _only_known(form: FormData) -> None:
    for name, value in form.multi_items():
        right = name == "files" if isinstance(value, UploadFile) else name == "source"
        if not right:
            reason = {
                "zh": "表单只有字段 files（文件）和 source（文字）",
                "en": "the form has the fields files (files) and source (text) only",
            }
            raise InvalidParameter(name=name[:100], reason=reason)
