"""Logs: one JSON object a line, with request, node and person (by id alone), and never what a person typed."""

import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog
from structlog.typing import Processor

_WITHHELD = ("password", "secret", "token", "ticket", "cookie", "authorization", "phone", "telephone", "email", "totp")


def withhold(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace the values of fields whose name says that they are secret or personal."""
    for key in event:
        if any(word in key.lower() for word in _WITHHELD):
            event[key] = "(withheld)"
    return event


def place_of_error(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Say which error came and where in the code; its message may hold what a person typed and is left out."""
    info = event.pop("exc_info", None)
    if isinstance(info, BaseException):
        info = (type(info), info, info.__traceback__)
    elif info is True or info == 1:
        info = sys.exc_info()
    if isinstance(info, tuple) and info[0] is not None:
        event["error"] = f"{info[0].__module__}.{info[0].__qualname__}"
        event["where"] = [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(info[2])][-12:]
    return event


def _processors(node: str) -> list[Processor]:
    def name_node(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        event["node"] = node
        return event

    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        name_node,
        place_of_error,
        withhold,
    ]


def logging_settings(node: str, level: str) -> dict[str, Any]:
    """Give Django's LOGGING: everything to standard error as JSON; `tidewaiter node run` keeps it in ``logs/``."""
    shared = _processors(node)
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    quiet = {"handlers": [], "level": "CRITICAL", "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": shared,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.JSONRenderer(ensure_ascii=False),
                ],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level.upper()},
        "loggers": {
            # Our own line for each request names the view, not the address, which may hold what a person looked for.
            "django.request": quiet,
            "django.server": quiet,
            "django.db.backends": {"level": "WARNING"},
        },
    }


def logger(name: str) -> structlog.stdlib.BoundLogger:
    """Give the logger of a module: ``logger(__name__).info("run_read", run=str(run.id))``."""
    bound: structlog.stdlib.BoundLogger = structlog.get_logger(name)
    return bound
