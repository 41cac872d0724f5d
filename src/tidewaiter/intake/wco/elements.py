"""Which elements of a declaration are read, and where each arrives in ``schemas.CONSIGNMENT``.

Names and nesting are those of the WCO Data Model's declaration (DEC, version 3.6), below ``Declaration``. Elements are
known by their local names within these containers, since wrappers and customisations bring their own namespaces. What
the table does not name is passed over. ``docs/reference/wco-data-model.md`` is written from it.
"""

from dataclasses import dataclass

from tidewaiter.domain.vocabulary import PartyRole

__all__ = ["DECLARATION", "REPORT", "Element", "Group", "Part"]


@dataclass(frozen=True, slots=True)
class Element:
    """An element that holds a value, kept under ``slot`` in the record of its group."""

    path: str
    slot: str
    column: str
    note: str = ""
    attribute: str | None = None
    """Attribute that is kept beside the value, under ``slot@``."""
    joined: bool = False
    """Occurs more than once: the values are joined with a comma. Of other elements the first one counts."""


@dataclass(frozen=True, slots=True)
class Group:
    """An element that may occur more than once; each becomes a record in the list ``name``."""

    path: str
    name: str
    column: str
    inside: "tuple[Part, ...]"
    note: str = ""
    kind: str = ""
    """Kept in each record under ``kind``: what tells groups of one name apart."""


Part = Element | Group

PARTY: tuple[Part, ...] = (
    Element("Name", "name", "name"),
    Element("ID", "identifier", "identifier", "identifier_type: `eori` or `uscc` by its form, else `local`"),
    Element("RoleCode", "role", "", "read to tell identical entries apart"),
    Element("Address/Line", "line", "address", "one line, with city, subdivision and postcode", joined=True),
    Element("Address/CityName", "city", "address"),
    Element("Address/CountrySubDivisionName", "subdivision", "address"),
    Element("Address/PostcodeID", "postcode", "address"),
    Element("Address/CountryCode", "country", "country"),
    Group(
        "Communication",
        "communications",
        "phone",
        (Element("ID", "value", "phone"), Element("TypeCode", "type", "", "TE, TL, AL or none is a phone")),
    ),
)


def _party(path: str, role: PartyRole, note: str = "") -> Group:
    return Group(path, "parties", f"parties[{role}]", PARTY, note, kind=role)


MEANS: tuple[Part, ...] = (
    Element("ID", "identifier", "value"),
    Element("Name", "name", "value", "of a vessel, where no identifier is given"),
    Element("IdentificationTypeCode", "type", "type", "10, 11, 80, 81 vessel; 30, 31 plate; 40 flight; else other"),
    Element("ModeCode", "mode", "mode", "the mode at the border first, else on arrival, else on departure"),
)

EQUIPMENT: tuple[Part, ...] = (
    Element("ID", "identifier", "references[container]"),
    Group("Seal", "seals", "references[seal]", (Element("ID", "identifier", "value"),)),
)

DOCUMENT: tuple[Part, ...] = (
    Element("CategoryCode", "category", ""),
    Element(
        "TypeCode", "type", "type", "DCR, DCS, MCR ucr; 703, 714 house bill; 704, 705 master bill; 740, 741 waybill"
    ),
    Element("ID", "identifier", "value"),
)

UCR: tuple[Part, ...] = (
    Element("ID", "identifier", "references[ucr]"),
    Element("TraderAssignedReferenceID", "trader", "references[ucr]"),
)

PLACE: tuple[Part, ...] = (
    Element("ID", "identifier", "place", "where it is a UN/LOCODE"),
    Element("Name", "name", "place", "where there is no ID"),
    Element("TypeCode", "type", ""),
    Element("Address/TypeCode", "qualifier", "", "U: the name starts with a UN/LOCODE, with or without its country"),
    Element("Address/CountryCode", "country", "country"),
)

ITEM: tuple[Part, ...] = (
    Element("SequenceNumeric", "sequence", "sequence"),
    Element("StatisticalValueAmount", "statistical", "value", "where no item charge is given", attribute="currencyID"),
    Element("CustomsValueAmount", "customs", "value", "where neither of the others is given", attribute="currencyID"),
    Element("Commodity/Description", "description", "description"),
    Group(
        "Commodity/Classification",
        "classifications",
        "hs",
        (
            Element("ID", "identifier", "hs", "of type TSP (HS and combined nomenclature), else HS"),
            Element("IdentificationTypeCode", "type", "", "TRC, TRA, GN (national supplements) are no part of the HS"),
        ),
    ),
    Element("Commodity/GoodsMeasure/GrossMassMeasure", "gross", "gross_mass_kg", attribute="unitCode"),
    Element("Commodity/GoodsMeasure/NetNetWeightMeasure", "net", "net_mass_kg", attribute="unitCode"),
    Element("Commodity/GoodsMeasure/TariffQuantity", "quantity", "quantity, unit", attribute="unitCode"),
    Element("Commodity/InvoiceLine/ItemChargeAmount", "charge", "value, currency", attribute="currencyID"),
    Group("Commodity/TransportEquipment", "equipment", "references", EQUIPMENT),
    Group(
        "Origin",
        "origins",
        "origin",
        (
            Element("CountryCode", "country", "origin"),
            Element("TypeCode", "type", "", "2 is the preferential origin, taken where no other is given"),
        ),
    ),
    Group(
        "Packaging",
        "packagings",
        "packages",
        (
            Element("QuantityQuantity", "quantity", "packages", "added up over the packagings of the item"),
            Element("TypeCode", "type", "package_kind", "where all packagings of the item agree"),
            Element("MarksNumbersID", "marks", "references[other]"),
        ),
    ),
    Group("AdditionalDocument", "documents", "references", DOCUMENT, "transport documents and invoices"),
    Group("PreviousDocument", "previous", "references[previous_document]", DOCUMENT),
    Group("UCR", "ucrs", "references[ucr]", UCR),
    Group(
        "GovernmentProcedure",
        "procedures",
        "regime",
        (Element("CurrentCode", "current", "regime", "31 is re-export; else 1-3 export, 4-9 import"),),
    ),
    Element("ExportCountry/ID", "export_country", "route[departure]", "where the shipment names none"),
    Element("Destination/CountryCode", "destination", "route[destination]", "where the shipment names none"),
    _party("Buyer", PartyRole.BUYER),
    _party("Consignee", PartyRole.CONSIGNEE),
    _party("Consignor", PartyRole.CONSIGNOR),
    _party("Seller", PartyRole.SELLER),
    _party("DomesticDutyTaxParty", PartyRole.OTHER),
    _party("AEOMutualRecognitionParty", PartyRole.OTHER),
)

DECLARATION: tuple[Part, ...] = (
    Element("FunctionCode", "function", "function", "EDIFACT 1225, with TypeCode"),
    Element("TypeCode", "type", "function, regime", "COR amendment, INV cancellation; IM import, EX export"),
    Element("ID", "number", "references[declaration_number]", "of an amendment: the declaration that it names"),
    Element("FunctionalReferenceID", "reference", "references[functional_reference]"),
    Element("VersionID", "version", "version"),
    Element("AcceptanceDateTime", "accepted", "lodged_at", attribute="formatCode"),
    Element("AcceptanceDateTime/DateTimeString", "accepted", "lodged_at", attribute="formatCode"),
    Element("IssueDateTime", "issued", "issued_at", "lodged_at too, where no acceptance is given", "formatCode"),
    Element("IssueDateTime/DateTimeString", "issued", "issued_at", attribute="formatCode"),
    Element("DeclarationOfficeID", "declaration_office", "office"),
    Element("ExitOffice/ID", "exit_office", "office", "first for an export"),
    Element("PresentationOffice/ID", "presentation_office", "office", "first for an import"),
    Element("SupervisingOffice/ID", "supervising_office", "office", "where no other office is named"),
    Element("InvoiceAmount", "invoice", "value, currency", attribute="currencyID"),
    Element("TotalGrossMassMeasure", "gross", "gross_mass_kg", attribute="unitCode"),
    Element("TotalPackageQuantity", "packages", "packages"),
    Group(
        "AdditionalInformation",
        "statements",
        "flags",
        (
            Element("StatementDescription", "text", "flags[stated_reason]", "of amendments and cancellations"),
            Element("StatementTypeCode", "type", "", "AES: the reason in words"),
        ),
    ),
    _party("Agent", PartyRole.AGENT),
    _party("Declarant", PartyRole.DECLARANT),
    _party("Exporter", PartyRole.EXPORTER),
    _party("Submitter", PartyRole.OTHER),
    _party("AuthorisationHolder", PartyRole.OTHER),
    _party("Consignment/Carrier", PartyRole.CARRIER),
    _party("Consignment/Consignor", PartyRole.CONSIGNOR),
    _party("Consignment/NotifyParty", PartyRole.NOTIFY),
    _party("Consignment/ConsignmentItem/Consignor", PartyRole.CONSIGNOR),
    Group("BorderTransportMeans", "means", "references", MEANS, kind="border"),
    Group(
        "Consignment/Itinerary",
        "itinerary",
        "route[transit]",
        (
            Element("SequenceNumeric", "sequence", "sequence"),
            Element("RoutingCountryCode", "country", "country"),
        ),
    ),
    _party("GoodsShipment/Buyer", PartyRole.BUYER),
    _party("GoodsShipment/Consignee", PartyRole.CONSIGNEE),
    _party("GoodsShipment/Consignor", PartyRole.CONSIGNOR),
    _party("GoodsShipment/Exporter", PartyRole.EXPORTER),
    _party("GoodsShipment/Importer", PartyRole.IMPORTER),
    _party("GoodsShipment/NotifyParty", PartyRole.NOTIFY),
    _party("GoodsShipment/Payer", PartyRole.PAYER),
    _party("GoodsShipment/Seller", PartyRole.SELLER),
    _party("GoodsShipment/Surety", PartyRole.OTHER),
    _party("GoodsShipment/DomesticDutyTaxParty", PartyRole.OTHER),
    _party("GoodsShipment/AEOMutualRecognitionParty", PartyRole.OTHER),
    _party("GoodsShipment/Consignment/Carrier", PartyRole.CARRIER),
    _party("GoodsShipment/Consignment/NotifyParty", PartyRole.NOTIFY),
    Group("GoodsShipment/Consignment/ArrivalTransportMeans", "means", "references", MEANS, kind="arrival"),
    Group("GoodsShipment/Consignment/DepartureTransportMeans", "means", "references", MEANS, kind="departure"),
    Group("GoodsShipment/Consignment/TransportEquipment", "equipment", "references", EQUIPMENT),
    Group(
        "GoodsShipment/Consignment/TransportContractDocument",
        "documents",
        "references",
        DOCUMENT,
        "transport documents",
    ),
    Group("GoodsShipment/Consignment/LoadingLocation", "loading", "route[departure]", PLACE),
    Group("GoodsShipment/Consignment/UnloadingLocation", "unloading", "route[destination]", PLACE),
    Group(
        "GoodsShipment/Consignment/GoodsLocation",
        "locations",
        "route, office",
        PLACE,
        "place of the leg where customs sees the goods: departure of an export, destination of an import; office where"
        " no office is named",
    ),
    Element("GoodsShipment/ExportCountry/ID", "export_country", "route[departure]"),
    Element("GoodsShipment/Destination/CountryCode", "destination", "route[destination]"),
    Group("GoodsShipment/AdditionalDocument", "documents", "references", DOCUMENT, "transport documents and invoices"),
    Group("GoodsShipment/PreviousDocument", "previous", "references[previous_document]", DOCUMENT),
    Group("GoodsShipment/UCR", "ucrs", "references[ucr]", UCR),
    Group("GoodsShipment/GovernmentAgencyGoodsItem", "items", "goods", ITEM),
)

REPORT: tuple[Part, ...] = (
    Element("HighLevelSummaryDetails/MRN", "number", "references[declaration_number]"),
    Element("HighLevelSummaryDetails/LRN", "reference", "references[functional_reference]"),
    Element("HighLevelSummaryDetails/DUCRandPartID", "ucr", "references[ucr]"),
    Element("HighLevelSummaryDetails/VersionID", "version", "version"),
    Element("HighLevelSummaryDetails/CreatedDateTime/DateTimeString", "issued", "issued_at", attribute="formatCode"),
    Element(
        "HighLevelSummaryDetails/AcceptanceDateTime/DateTimeString", "accepted", "lodged_at", attribute="formatCode"
    ),
    Element(
        "GeneratedConsignmentDetails/GoodsArrivalDateTime/DateTimeString",
        "arrived",
        "presented_at",
        attribute="formatCode",
    ),
)
"""What a system report (``FullDeclarationDataDetails``) says about the declaration that it holds."""
