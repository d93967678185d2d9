"""Products and their variants."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from careline.entrypoints.api.shapes.money import Money
from careline.entrypoints.api.shapes.parts import Cursor, Limit

Code = Annotated[str, Meta(min_length=1, max_length=100, examples=["H-1"])]
ProductName = Annotated[str, Meta(min_length=1, max_length=200, examples=["Helmet"])]
Description = Annotated[str, Meta(max_length=20_000)]
Months = Annotated[int, Meta(ge=0, le=1200)]
Billing = Literal["one_off", "subscription", "tiers"]
Terms = Annotated[
    dict[str, Any],
    Meta(
        max_length=20,
        description='Of a subscription {"period": "month"}; of tiers {"tiers": [{"from": 10, "percent": 5}]}.',
    ),
]
Options = Annotated[dict[str, Annotated[str, Meta(max_length=200)]], Meta(max_length=20)]
Stock = Annotated[int, Meta(ge=0, le=1_000_000_000, description="Null: not counted.")]


class Feature(Struct, forbid_unknown_fields=True):
    name: Annotated[str, Meta(min_length=1, max_length=100)]
    value: Annotated[str, Meta(max_length=500)]


Features = Annotated[list[Feature], Meta(max_length=100)]


class Variant(Struct):
    id: str
    sku: str
    options: dict[str, str]
    price: Money
    stock: int | None
    is_available: bool


class Product(Struct):
    id: str
    code: str
    name: str
    description: str
    features: list[Feature]
    billing: Billing
    terms: dict[str, Any]
    warranty_months: int | None
    is_active: bool
    variants: list[Variant]


class ProductQuery(Struct):
    """`q`: words that begin those of the product, its code, sku or options."""

    q: Annotated[str, Meta(max_length=200)] = ""
    limit: Limit = 50
    cursor: Cursor | None = None


class NewVariant(Struct, forbid_unknown_fields=True):
    sku: Code
    price: Money
    options: Options = {}
    stock: Stock | None = None
    is_available: bool = True


class NewProduct(Struct, forbid_unknown_fields=True):
    code: Code
    name: ProductName
    description: Description = ""
    features: Features = []
    billing: Billing = "one_off"
    terms: Terms = {}
    warranty_months: Months | None = None


class ProductChange(Struct, forbid_unknown_fields=True):
    name: ProductName | UnsetType = UNSET
    description: Description | UnsetType = UNSET
    features: Features | UnsetType = UNSET
    billing: Billing | UnsetType = UNSET
    terms: Terms | UnsetType = UNSET
    warranty_months: Months | UnsetType | None = UNSET
    is_active: bool | UnsetType = UNSET


class VariantChange(Struct, forbid_unknown_fields=True):
    """The price stays in its currency."""

    price: Money | UnsetType = UNSET
    options: Options | UnsetType = UNSET
    stock: Stock | UnsetType | None = UNSET
    is_available: bool | UnsetType = UNSET
