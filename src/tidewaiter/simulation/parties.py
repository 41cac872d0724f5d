"""Parties of a day's consignments, written as papers write them: spellings vary, fields are missing."""

import numpy as np
import pyarrow as pa

from tidewaiter.domain.vocabulary import PartyRole
from tidewaiter.schemas import PARTY
from tidewaiter.simulation import companies, people
from tidewaiter.simulation.columns import digits, fixed, letters, lists, pool, take
from tidewaiter.simulation.draft import ACCOUNT, ADDRESS, PHONE, Draft
from tidewaiter.simulation.places import CHANNELS, COUNTRIES, PARCEL_CHANNEL
from tidewaiter.simulation.seeds import pick
from tidewaiter.simulation.traders import IDENTIFIER_TYPES, Traders

_ROLES = (
    PartyRole.CONSIGNOR,
    PartyRole.CONSIGNEE,
    PartyRole.DECLARANT,
    PartyRole.CARRIER,
    PartyRole.COURIER,
    PartyRole.DRIVER,
    PartyRole.MARKETPLACE,
)
CONSIGNOR, CONSIGNEE, DECLARANT, CARRIER, COURIER, DRIVER, MARKETPLACE = range(7)
_ROLE_POOL = pool([str(role) for role in _ROLES])
_COUNTRY_POOL = pool(list(COUNTRIES))
_IDENTIFIER_TYPES = pool(list(IDENTIFIER_TYPES))
_KINDS = np.array([c.kind for c in CHANNELS])
# Share of parties without the field, by role in the order above.
_NO_IDENTIFIER = np.array([0.3, 0.6, 0.1, 0.7, 0.4, 0.05, 0.5])
_NO_ADDRESS = np.array([0.06, 0.05, 0.5, 0.7, 0.8, 0.9, 0.95])
_NO_PHONE = np.array([0.3, 0.35, 0.6, 0.9, 0.9, 0.3, 0.98])
_NO_ACCOUNT = np.array([0.55, 0.93, 1.0, 1.0, 1.0, 1.0, 0.7])


def _members(draft: Draft, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """List owner, role and entity of all parties, sorted by owner."""
    rows = np.arange(draft.rows)
    kind = _KINDS[draft.channel]
    parcel = PARCEL_CHANNEL[draft.channel]
    declared = np.flatnonzero((kind != "passenger") & (rng.random(draft.rows) < 0.93))
    carried = np.flatnonzero(~parcel & (kind != "passenger") & (rng.random(draft.rows) < 0.85))
    courier = np.flatnonzero(kind == "courier")
    driven = np.flatnonzero(kind == "road")
    sold = np.flatnonzero(parcel & (rng.random(draft.rows) < 0.35))
    pieces = [
        (rows, CONSIGNOR, draft.consignor),
        (rows, CONSIGNEE, draft.consignee),
        (declared, DECLARANT, draft.agent[declared]),
        (carried, CARRIER, draft.carrier[carried]),
        (courier, COURIER, draft.courier[courier]),
        (driven, DRIVER, draft.driver[driven]),
        (sold, MARKETPLACE, draft.platform[sold]),
    ]
    owner = np.concatenate([piece[0] for piece in pieces])
    role = np.concatenate([np.full(len(piece[0]), piece[1]) for piece in pieces])
    entity = np.concatenate([piece[2] for piece in pieces])
    order = np.argsort(owner, kind="stable")
    return owner[order], role[order], entity[order]


def _name_forms(rng: np.random.Generator, chinese: np.ndarray) -> np.ndarray:
    """Draw how each name is written, given whether the papers are in Chinese."""
    draw = rng.random(len(chinese))
    latin = np.where(draw < 0.5, companies.LATIN, companies.UPPER)
    usual = np.where(chinese & (draw < 0.8), companies.LOCAL, latin)
    slip = rng.random(len(chinese))
    steps = (
        (0.015, companies.MISSPELT),
        (0.05, companies.SHORTENED),
        (0.075, companies.OTHER_SPELLING),
        (0.1, companies.OTHER_SCRIPT),
    )
    for limit, form in reversed(steps):
        usual = np.where(slip < limit, form, usual)
    return usual


def column(draft: Draft, traders: Traders, rng: np.random.Generator) -> pa.Array:
    """Write the column ``parties``."""
    owner, role, entity = _members(draft, rng)
    size = len(owner)
    private = entity >= people.PERSON
    persons = entity[private]
    table = np.where(private, 0, entity)
    later = np.cumsum(private) - 1

    def drawn(source: pa.Array, positions: np.ndarray, own: pa.Array, missing: np.ndarray, bit: int = 0) -> pa.Array:
        """Draw table entities' texts from a pool and persons' from their own, but what is shared from the contact's."""
        borrowed = (shared & bit) > 0
        place = np.where(private & ~borrowed, len(source) + later, positions + np.where(borrowed, contact - table, 0))
        return take(pa.concat_arrays([source, own]), place, missing)

    dropped = (role == CONSIGNEE) & (draft.drop[owner] >= 0)
    shared = np.where(role == CONSIGNOR, draft.shared[owner], np.where(dropped, ADDRESS, 0))
    contact = np.where(dropped, draft.drop[owner], draft.contact[owner])
    chinese = (draft.language <= 1)[owner]
    form = _name_forms(rng, chinese)
    names = drawn(traders.forms, form * traders.size + table, people.names(persons), rng.random(size) < 0.004)
    latin = (form == companies.LATIN) | (form == companies.UPPER)
    home = traders.country[table] >= COUNTRIES.index("CN")
    other = private | ~latin | ~home | (rng.random(size) < 0.6)
    no_identifier = (private & (rng.random(size) < 0.97)) | (rng.random(size) < _NO_IDENTIFIER[role])
    passports = _passports(persons)
    kinds = np.where(private, IDENTIFIER_TYPES.index("passport"), traders.identifier_type[table])
    country = np.where(private, people.country_of(np.where(private, entity, people.PERSON)), traders.country[table])
    plain = (rng.random(size) < 0.25) * traders.size
    address_form = np.where(chinese, 0, traders.size)
    columns = [
        take(_ROLE_POOL, role),
        names,
        take(traders.forms, companies.LOCAL * traders.size + table, other),
        take(_IDENTIFIER_TYPES, kinds, no_identifier),
        drawn(traders.identifier, table, passports, no_identifier),
        drawn(
            traders.addresses,
            address_form + traders.address_of[table],
            people.addresses(persons),
            rng.random(size) < _NO_ADDRESS[role],
            ADDRESS,
        ),
        take(_COUNTRY_POOL, country, rng.random(size) < 0.05),
        drawn(
            traders.phone,
            plain + traders.phone_of[table],
            people.phones(persons),
            rng.random(size) < _NO_PHONE[role],
            PHONE,
        ),
        drawn(
            traders.account,
            traders.account_of[table],
            companies.accounts(persons),
            rng.random(size) < _NO_ACCOUNT[role],
            ACCOUNT,
        ),
    ]
    return lists(PARTY, columns, owner, draft.rows)


def _passports(persons: np.ndarray) -> pa.Array:
    return fixed(letters(len(persons), "P"), digits(pick(persons, 72, 10**8), 8))
