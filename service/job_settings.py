"""All that can be set about uploads and jobs (docs/jobs.md), for a server and for ``zhize worker`` alike."""

from __future__ import annotations

from pydantic import Field

from graph.settings import StoreSettings


class JobSettings(StoreSettings):
    """Settings of the store, of uploads and of those who work on them. Sizes are bytes, times seconds."""

    max_upload: int = Field(200_000_000, ge=1, description="Bytes of one upload, all its files together")
    max_upload_files: int = Field(100, ge=1, le=1000, description="Files of one upload")
    jobs_workers: int = Field(
        1, ge=0, le=64, description="Uploads a server loads at once, each in a process; 0: `zhize worker` does it"
    )
    jobs_lease: float = Field(60.0, gt=0, description="Seconds without a sign of life after which a job is another's")
    jobs_attempts: int = Field(3, ge=1, le=20, description="Attempts before a job fails")
    jobs_seconds: float = Field(300.0, gt=0, description="Seconds the reading of one document may take")
    jobs_poll: float = Field(1.0, gt=0, description="Seconds between looks for jobs and changes of other processes")
    jobs_open: int = Field(1000, ge=1, description="Jobs that may wait; more uploads are refused")
    jobs_days: float = Field(30.0, gt=0, description="Days a finished job is kept; its document stays")
    jobs_kept: int = Field(10_000, ge=1, description="Finished jobs that are kept, the newest")
    jobs_stuck: float = Field(900.0, gt=0, description="Seconds a job waits untaken before `/readyz` turns red")
    jobs_listeners: int = Field(100, ge=1, description="Streams of events one process serves at once")
