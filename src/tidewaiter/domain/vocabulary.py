"""The closed vocabularies of a consignment: what a column may hold.

The codes are ours unless a standard is named; their words in four languages stand in ``refdata``.
"""

from enum import IntEnum, StrEnum


class Administration(StrEnum):
    """The administrations of the first cooperation. Others use their ISO 3166 code; nothing depends on this list."""

    GUANGDONG = "CN-GD"
    HONG_KONG = "HK"
    MACAO = "MO"


class MessageFunction(StrEnum):
    """What a message does to the declaration that it belongs to."""

    ORIGINAL = "original"
    AMENDMENT = "amendment"
    CANCELLATION = "cancellation"
    REPORT = "report"


class Regime(StrEnum):
    """Customs procedure or direction of a consignment (research on seizure records, element 'Regime')."""

    IMPORT = "import"
    EXPORT = "export"
    RE_EXPORT = "re_export"
    TRANSHIPMENT = "transhipment"
    TRANSIT = "transit"
    CROSS_BORDER_E_COMMERCE = "cross_border_e_commerce"
    MARKET_PROCUREMENT = "market_procurement"
    POSTAL = "postal"
    PASSENGER = "passenger"


class TransportMode(IntEnum):
    """UN/ECE Recommendation 19, one digit. Courier is a service, not a mode: see the column ``courier``."""

    NOT_SPECIFIED = 0
    SEA = 1
    RAIL = 2
    ROAD = 3
    AIR = 4
    MAIL = 5
    MULTIMODAL = 6
    FIXED = 7
    INLAND_WATER = 8
    NOT_KNOWN = 9


class ReferenceType(StrEnum):
    """Kind of a document or conveyance reference."""

    DECLARATION_NUMBER = "declaration_number"
    FUNCTIONAL_REFERENCE = "functional_reference"
    HOUSE_BILL = "house_bill"
    MASTER_BILL = "master_bill"
    AIR_WAYBILL = "air_waybill"
    POSTAL_ITEM = "postal_item"
    COURIER_TRACKING = "courier_tracking"
    CONTAINER = "container"
    VESSEL = "vessel"
    VOYAGE = "voyage"
    FLIGHT = "flight"
    PLATE = "plate"
    SEAL = "seal"
    PREVIOUS_DOCUMENT = "previous_document"
    UNIQUE_CONSIGNMENT_REFERENCE = "ucr"
    OTHER = "other"


class PartyRole(StrEnum):
    """What a party does in the consignment."""

    CONSIGNOR = "consignor"
    CONSIGNEE = "consignee"
    EXPORTER = "exporter"
    IMPORTER = "importer"
    DECLARANT = "declarant"
    AGENT = "agent"
    CARRIER = "carrier"
    DRIVER = "driver"
    SELLER = "seller"
    BUYER = "buyer"
    MARKETPLACE = "marketplace"
    COURIER = "courier"
    PAYER = "payer"
    NOTIFY = "notify"
    OTHER = "other"


class IdentifierType(StrEnum):
    """Kind of a party's identifier. Those without a published check digit are checked for their format alone."""

    USCC = "uscc"
    PRC_RESIDENT_ID = "prc_resident_id"
    HKID = "hkid"
    HK_BUSINESS_REGISTRATION = "hk_br"
    MACAO_BIR = "macao_bir"
    MACAO_TAXPAYER = "macao_taxpayer"
    CUSTOMS_REGISTRATION = "customs_registration"
    EORI = "eori"
    PASSPORT = "passport"
    ACCOUNT = "account"
    LOCAL = "local"


class RouteRole(StrEnum):
    """Place of a leg on the route."""

    ORIGIN = "origin"
    DEPARTURE = "departure"
    TRANSIT = "transit"
    DESTINATION = "destination"
    FINAL = "final"


class RouteBasis(StrEnum):
    """Whether a leg is what the papers say or what customs established."""

    DECLARED = "declared"
    ESTABLISHED = "established"


class ControlChannel(StrEnum):
    """Kind of control that a profile asks for (WCO SAFE: documentary, non-intrusive, physical)."""

    DOCUMENTARY = "documentary"
    NON_INTRUSIVE = "non_intrusive"
    PHYSICAL = "physical"


class Finding(StrEnum):
    """Outcome of a control. *No find* is a result like any other: without it there is no hit rate."""

    FIND = "find"
    NO_FIND = "no_find"
    NOT_INSPECTABLE = "not_inspectable"


class HitKind(StrEnum):
    """What drew attention to a consignment."""

    WATCHLIST = "watchlist"
    TERM = "term"
    PROFILE = "profile"


class MatchManner(StrEnum):
    """How a text or name met its entry, from strict to loose."""

    EXACT = "exact"
    FOLDED = "folded"
    SPACED = "spaced"
    LOOK_ALIKE = "look_alike"
    RULE = "rule"


class SelectionOrigin(StrEnum):
    """Why a row stands on an inspection list. The codes are those of the term base, section 'Selection origin'."""

    WATCHLIST = "watchlist"
    TERM = "term"
    PROFILE = "profile_hit"
    RANDOM = "random"
