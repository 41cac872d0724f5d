"""What is traded: products with HS headings, prices, masses and their nouns in four languages.

The category mix of parcels follows the derived figures for seizures in courier traffic, widened by what honest parcels
hold besides; cargo leans to components, hardware and household goods. Prices are medians of what is declared.
"""

import csv
from dataclasses import dataclass
from importlib.resources import files

import numpy as np

LANGUAGES = ("zh-Hans", "zh-Hant", "en", "EN", "pt")
"""Languages of a description; ``EN`` is English in capitals, as many systems print it."""


@dataclass(frozen=True)
class Product:
    """One kind of goods. Prices in US dollars a unit, masses in kilograms a unit."""

    key: str
    category: str
    hs: tuple[str, ...]
    unit: str
    price: float
    mass: float
    parcel: float
    cargo: float
    nouns: dict[str, tuple[str, ...]]


def _products() -> tuple[Product, ...]:
    text = (files("tidewaiter.simulation") / "data" / "products.csv").read_text(encoding="utf-8")
    return tuple(
        Product(
            key=row["key"],
            category=row["category"],
            hs=tuple(row["hs"].split("/")),
            unit=row["unit"],
            price=float(row["price_usd"]),
            mass=float(row["mass_kg"]),
            parcel=float(row["parcel_weight"]),
            cargo=float(row["cargo_weight"]),
            nouns={language: tuple(row[language].split("/")) for language in ("zh_hans", "zh_hant", "en", "pt")},
        )
        for row in csv.DictReader(text.splitlines())
    )


PRODUCTS = _products()
CATEGORIES = tuple(dict.fromkeys(product.category for product in PRODUCTS))
CATEGORY_OF = np.array([CATEGORIES.index(product.category) for product in PRODUCTS])
PARCEL_MIX = np.array([product.parcel for product in PRODUCTS])
CARGO_MIX = np.array([product.cargo for product in PRODUCTS])
PRICES = np.array([product.price for product in PRODUCTS])
MASSES = np.array([product.mass for product in PRODUCTS])


def products_of(*categories: str) -> np.ndarray:
    """Give the positions of the products of some categories."""
    return np.array([at for at, product in enumerate(PRODUCTS) if product.category in categories])
