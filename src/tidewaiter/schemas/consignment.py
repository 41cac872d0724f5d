"""A consignment as one row: what a declaration, manifest or postal record says about goods that move together.

One row is one *message version*: an original, or an amendment, cancellation or system report that names one.
The version in force is worked out by ``intake.versions``. Elements follow the WCO Data Model's classes; codes
follow ISO 3166, UN/LOCODE, UN/ECE Rec. 19, 20, 21, ISO 4217 and HS 2022. ``domain.vocabulary`` lists the closed ones.
"""

import pyarrow as pa

from tidewaiter.schemas.versioned import field, versioned

STAMP = pa.timestamp("us", tz="UTC")
TEXT = pa.string()

REFERENCE = pa.struct(
    [
        field("type", TEXT, "ReferenceType", required=True),
        field("value", TEXT, "as declared, trimmed", required=True),
    ]
)

ROUTE_LEG = pa.struct(
    [
        field("sequence", pa.int16(), "order on the route, from 1"),
        field("role", TEXT, "RouteRole", required=True),
        field("country", TEXT, "ISO 3166-1 alpha-2; CN, HK and MO apart"),
        field("place", TEXT, "UN/LOCODE, five characters without a space"),
        field("basis", TEXT, "RouteBasis"),
    ]
)

PARTY = pa.struct(
    [
        field("role", TEXT, "PartyRole", required=True),
        field("name", TEXT, "as declared", personal=True),
        field("name_other", TEXT, "the same party's name in another script, as declared", personal=True),
        field("identifier_type", TEXT, "IdentifierType"),
        field("identifier", TEXT, "as declared", personal=True),
        field("address", TEXT, "one line, as declared", personal=True),
        field("country", TEXT, "ISO 3166-1 alpha-2"),
        field("phone", TEXT, "as declared", personal=True),
        field("account", TEXT, "platform, payment or device account", personal=True),
    ]
)

GOODS_ITEM = pa.struct(
    [
        field("sequence", pa.int16(), "from 1"),
        field("hs", TEXT, "HS code declared, digits only, 2 to 10 of them"),
        field("description", TEXT, "as declared, any language"),
        field("brand", TEXT, "brand declared"),
        field("origin", TEXT, "ISO 3166-1 alpha-2"),
        field("quantity", pa.float64(), "in `unit`"),
        field("unit", TEXT, "UN/ECE Rec. 20"),
        field("value", pa.float64(), "declared value of the item, in `currency`"),
        field("currency", TEXT, "ISO 4217"),
        field("gross_mass_kg", pa.float64(), "kilograms"),
        field("net_mass_kg", pa.float64(), "kilograms"),
        field("packages", pa.int32(), "number of packages"),
        field("package_kind", TEXT, "UN/ECE Rec. 21"),
    ]
)

FLAG = pa.struct(
    [
        field("code", TEXT, "what is doubtful", required=True),
        field("field", TEXT, "where, such as goods[1].hs", required=True),
    ]
)

CONSIGNMENT = versioned(
    "consignment",
    1,
    [
        field("message_id", TEXT, "unique for each message: input and position in it", required=True),
        field("consignment_id", TEXT, "the same for all versions of one declaration", required=True),
        field("function", TEXT, "MessageFunction", required=True),
        field("partial", pa.bool_(), "the message carries only what changes", required=True),
        field("version", pa.int32(), "version number, where the message states one"),
        field("issued_at", STAMP, "when the message was issued; orders the versions"),
        field("administration", TEXT, "administration that received it: CN-GD, HK, MO, or ISO 3166", required=True),
        field("office", TEXT, "customs office or control point"),
        field("regime", TEXT, "Regime"),
        field("mode", pa.int8(), "UN/ECE Rec. 19"),
        field("courier", pa.bool_(), "carried by an express courier (a service, not a mode)"),
        field("lodged_at", STAMP, "when the declaration was lodged"),
        field("lodged_offset", pa.int16(), "minutes from UTC of the place where it was lodged"),
        field("presented_at", STAMP, "when the goods are or were presented to customs"),
        field("presented_offset", pa.int16(), "minutes from UTC of that place"),
        field("references", pa.list_(REFERENCE), "documents and conveyances"),
        field("route", pa.list_(ROUTE_LEG), "legs in order"),
        field("parties", pa.list_(PARTY), "parties with their roles"),
        field("goods", pa.list_(GOODS_ITEM), "goods items in order"),
        field("gross_mass_kg", pa.float64(), "kilograms, whole consignment"),
        field("net_mass_kg", pa.float64(), "kilograms, whole consignment"),
        field("packages", pa.int32(), "number of packages, whole consignment"),
        field("package_kind", TEXT, "UN/ECE Rec. 21"),
        field("value", pa.float64(), "declared value, whole consignment, in `currency`"),
        field("currency", TEXT, "ISO 4217"),
        field("flags", pa.list_(FLAG), "values kept although doubtful"),
        field("source_file", TEXT, "input that it came from, as named by its reader", required=True),
        field("source_position", TEXT, "row, line or member within that input", required=True),
        field("source_rows", pa.int32(), "rows of the input that make up this message", required=True),
        field("synthetic", pa.bool_(), "true for generated data", required=True),
    ],
)
