"""Every address of the node with what stands in it, by the names of ``furnishing``; ``=word`` stands for itself.

An address whose last part is an action of a state machine stands here once for each action, the action behind a space.
"""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.furnishing import Furnished

from tidewaiter.domain.machines import CASE, CUSTODY, DISPOSAL, RECORD_STATUS, SEIZURE_STAGE
from tidewaiter.domain.state_machine import Machine


def _of(machine: Machine, name: str, thing: str) -> dict[str, tuple[str, ...]]:
    actions = sorted({transition.action for transition in machine.transitions})
    return {f"{name} {action}": (thing, f"={action}") for action in actions}


ADDRESSES: dict[str, tuple[str, ...]] = {
    "home": (),
    "health-live": (),
    "health-ready": (),
    "ui:preferences": (),
    "ui:counts": (),
    "ui:gallery": (),
    "ui:sample": ("=queue",),
    "audit:rows": (),
    "audit:export": (),
    "audit:check": (),
    "audit:row": ("audit_row",),
    "audit:object": ("=accounts.person", "subject"),
    "audit:object case": ("=casework.case", "case"),
    "audit:object line": ("=targeting.selectedconsignment", "expected"),
    "audit:object right": ("=rights.right", "right"),
    "accounts:people": (),
    "accounts:create": (),
    "accounts:sign_in": (),
    "accounts:sign_out": (),
    "accounts:password": (),
    "accounts:preferences": (),
    "accounts:offices": (),
    "accounts:add_office": (),
    "accounts:rename_office": ("office",),
    "accounts:revoke": ("grant",),
    "accounts:person": ("subject",),
    "accounts:edit": ("subject",),
    "accounts:grant": ("subject",),
    "accounts:reset_password": ("subject",),
    "accounts:deactivate": ("subject",),
    "accounts:activate": ("subject",),
    "live:ticket": (),
    "search:page": (),
    "search:suggest": (),
    "rights:list": (),
    "rights:add": (),
    "rights:add_holder": (),
    "rights:edit_holder": ("holder",),
    "rights:right": ("right",),
    "rights:edit": ("right",),
    "targeting:queue": (),
    "targeting:queue_export": (),
    "targeting:view_save": (),
    "targeting:view_share": ("view",),
    "targeting:view_delete": ("view",),
    "targeting:line": ("line",),
    "targeting:peek": ("line",),
    "targeting:take": ("line",),
    "targeting:give_back": ("taken",),
    "targeting:assign": ("line",),
    "targeting:send": ("taken",),
    "targeting:release": ("taken",),
    "targeting:reopen": ("line",),
    "targeting:find": (),
    "targeting:expected": ("expected",),
    "targeting:consignment": ("run", "message"),
    "targeting:runs": (),
    "targeting:start": (),
    "targeting:criteria": (),
    "targeting:run": ("run",),
    "targeting:rejects_overview": (),
    "targeting:rejects": ("run",),
    "targeting:rejects_export": ("run",),
    "targeting:mend": ("run",),
    "targeting:mend_upload": ("run",),
    "casework:controls": (),
    "casework:tasks": (),
    "casework:new_control": (),
    "casework:send_control": (),
    "casework:session": (),
    "casework:worker": (),
    "casework:begin_upload": (),
    "casework:upload": ("upload",),
    "casework:control": ("control",),
    "casework:cases": (),
    "casework:new_case": (),
    "casework:case": ("case",),
    "casework:paper": ("case",),
    "casework:edit_case": ("case",),
    **_of(CASE, "casework:act", "case"),
    **_of(RECORD_STATUS, "casework:status", "case"),
    "casework:record_fact": ("case",),
    "casework:add_line": ("case",),
    "casework:add_exhibit": ("case",),
    "casework:add_photograph": ("case",),
    "casework:propose_disposal": ("case",),
    "casework:persons": ("case",),
    "casework:add_person": ("case",),
    "casework:void_fact": ("fact",),
    "casework:edit_line": ("seizure",),
    "casework:void_line": ("seizure",),
    "casework:add_value": ("seizure",),
    **_of(SEIZURE_STAGE, "casework:stage", "seizure"),
    "casework:exhibit": ("exhibit",),
    **_of(CUSTODY, "casework:custody", "exhibit"),
    **_of(DISPOSAL, "casework:disposal", "disposal"),
    "casework:photograph": ("photograph",),
    "casework:original": ("photograph",),
    "intelligence:tips": (),
    "intelligence:create": (),
    "intelligence:tip": ("tip",),
    "intelligence:tip red": ("red_tip",),
    "intelligence:check": ("draft",),
    "intelligence:edit": ("draft",),
    "intelligence:recall": ("sent_tip",),
    "intelligence:acknowledge": ("tip",),
    "intelligence:act_on": ("tip",),
    "intelligence:pass_on": ("tip",),
    "intelligence:answer": ("tip",),
    "intelligence:roster": (),
    "intelligence:cancel_shift": ("shift",),
    "intelligence:times": (),
    "operations:operations": (),
    "operations:new": (),
    "operations:history": (),
    "operations:history_csv": (),
    "operations:acknowledge": ("tasking",),
    "operations:report": ("report",),
    "operations:report office": ("office_report",),
    "operations:report_pdf": ("report",),
    "operations:statement": ("statement",),
    "operations:statement_pdf": ("statement",),
    "operations:statement_csv": ("statement",),
    "operations:statement_number": ("statement", "=tips_sent"),
    "operations:statement_number drawn": ("statement", "=drawn"),
    "operations:operation": ("operation",),
    "operations:operation closed": ("closed",),
    "operations:amend": ("operation",),
    **{
        f"operations:{name}": ("operation",)
        for name in (
            "agree",
            "refuse",
            "start",
            "end",
            "cancel",
            "release",
            "final",
            "freeze",
            "accept",
            "reject",
            "publish",
            "task",
            "office_report",
            "situation_report",
        )
    },
    "board:board": (),
    "board:tables": (),
    "board:operation": ("operation",),
    "board:tables_of": ("operation",),
    "board:csv": ("operation",),
    "board:figure": ("closed", "figure"),
    "board:figure_now": ("figure",),
    "partners:lanes": (),
    "partners:delivery": ("delivery",),
    "partners:send_again": ("delivery",),
    "partners:withdraw": ("delivery",),
    "partners:stop": ("peer",),
    "partners:resume": ("peer",),
    "partners:taxii_discovery": (),
    "partners:taxii_root": ("=exchange",),
    "partners:taxii_collections": ("=exchange",),
    "partners:taxii_collection": ("=exchange", "collection"),
    "partners:taxii_objects": ("=exchange", "collection"),
    "partners:taxii_status": ("=exchange", "collection"),
}


def named() -> set[str]:
    """The names of all addresses of the resolver, with their namespaces."""
    return set(_walk(get_resolver().url_patterns, ""))


def _walk(patterns: list[URLPattern | URLResolver], namespace: str) -> Iterator[str]:
    for one in patterns:
        if isinstance(one, URLResolver):
            inner = f"{namespace}{one.namespace}:" if one.namespace else namespace
            yield from _walk(one.url_patterns, inner)
        else:
            assert one.name, f"{one.pattern} has no name"
            yield f"{namespace}{one.name}"


def address(key: str, made: Furnished) -> str:
    """The address of a key of ``ADDRESSES`` with the things of a furnished node."""
    return reverse(key.split(" ", maxsplit=1)[0], args=[made.word(word) for word in ADDRESSES[key]])


def about(key: str) -> tuple[str, ...]:
    """The things in an address: none for a page that stands by itself."""
    return tuple(word for word in ADDRESSES[key] if not word.startswith("="))
