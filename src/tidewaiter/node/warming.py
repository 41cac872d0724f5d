"""What the first visitor after a start would wait for, done beforehand, beside the first requests."""

import gc
from pathlib import Path
from threading import Thread
from time import monotonic

import structlog
from django.conf import settings
from django.db import DatabaseError, connection
from django.template import TemplateSyntaxError, engines
from django.template.loader import get_template
from django.urls import get_resolver
from django.utils import translation

from tidewaiter.lake.reference_index import IndexRefused
from tidewaiter.node.search import lake

log = structlog.get_logger(__name__)


def start() -> None:
    """Warm this process up in a thread of its own; pages are answered meanwhile."""
    Thread(target=_warm, name="warming", daemon=True).start()


def _warm() -> None:
    began = monotonic()
    views = get_resolver()
    views.reverse_dict  # noqa: B018 - reading it imports all views
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            translation.gettext("Queue")
    templates = _templates()
    indexes = _indexes()
    # What stands now stays: the collector need not look at it again in the middle of a page.
    gc.collect()
    gc.freeze()
    log.info("node.warm", templates=templates, indexes=indexes, seconds=round(monotonic() - began, 1))


def _templates() -> int:
    """Compile the templates of all apps; the loader keeps them. Gives how many."""
    count = 0
    for folder in engines["django"].template_dirs:
        for path in sorted(Path(folder).rglob("*.html")):
            try:
                get_template(path.relative_to(folder).as_posix())
            except TemplateSyntaxError as wrong:
                log.error("node.template_broken", template=str(path), why=str(wrong))
            count += 1
    return count


def _indexes() -> int:
    """Open the reference index of each run, which stays open. Gives how many; those that cannot be used are told."""
    count = 0
    try:
        for source in lake.sources():
            for folder in source.folders():
                try:
                    lake.opened(folder)
                except IndexRefused as refused:
                    log.error("search.index_refused", folder=str(folder), why=str(refused))
                count += 1
    except DatabaseError as error:
        log.error("node.not_warm", why=str(error))
    finally:
        connection.close()
    return count
