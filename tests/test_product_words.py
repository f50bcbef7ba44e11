"""A picture elsewhere is of the product that its address names, and otherwise of what its text alone decides."""

from types import SimpleNamespace
from typing import cast

import pytest

from emulator.behaviours import images, product_words
from emulator.behaviours.drawings import PRODUCTS
from emulator.behaviours.world import Call, World

ADDRESSES = {
    "https://shop.example/kettle.png": "kettle",
    "https://shop.example/KETTLES/17.jpg": "kettle",
    "https://shop.example/phones/big-kettle_2.png": "kettle",
    "https://chair.example/1/CoffeeTable.png": "table",
    "https://shop.example/table-lamp.png": "lamp",
    "https://shop.example/mobile%20phone.png": "phone",
    "https://shop.example/red_headphone.png?x=chair": "headphones",
    "https://shop.example/%E6%A4%85%E5%AD%90.png": "chair",
    "https://shop.example/%e5%a4%b4%e6%88%b4%e5%bc%8f%e8%80%b3%e6%9c%ba.jpg": "headphones",
    "https://shop.example/新款包装盒01.png": "package",
    "https://shop.example/%E3%82%AB%E3%83%A1%E3%83%A9.png": "camera",
    "https://chair.example/1.png": None,
    "https://shop.example/cardboard/carpet.png": None,
    "https://shop.example/?of=kettle": None,
    "https://[shop.example/kettle.png": None,
    "https://shop.example/%ff%fe.png": None,
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_names_a_product(world: World, address: str) -> None:
    assert product_words.named(world.own_patents.grammar, address) == ADDRESSES[address]


@pytest.mark.parametrize("product", PRODUCTS)
def test_every_product_is_found_by_its_name(world: World, product: str) -> None:
    call = cast("Call", SimpleNamespace(world=world, corpus=world.corpus, base_url="http://127.0.0.1"))
    for place in range(3):
        noted = images.noted_drawing(call, f"https://shop.example/{place}/{product}.png")
        assert noted["product"] == product
