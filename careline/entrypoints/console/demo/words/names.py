"""Who writes to Northwind Bikes. All of them are made up."""

# language: (first names, family names)
NAMES = {
    "en": (
        "Grace Oskar Dana Sam Leila Peter Nora Isaac Ruth Finn Abigail Owen Priya Tobias Helen Marcus Joy Edwin Saoirse Colin Amara Walter",
        "Achieng Whitfield Okoye Harper Lindqvist Barrow Mensah Calloway Thorne Ashdown Penrose Quayle Merriman Osei Fairbairn Holloway",
    ),
    "de": (
        "Jonas Hannah Matthias Greta Uwe Sabine Lukas Anneliese Dirk Friederike",
        "Weber Brandt Hölzer Sommerfeld Kühn Oberländer Voss Tiedemann",
    ),
    "fr": (
        "Ines Mathieu Élodie Gérard Camille Baptiste Océane Lucien",
        "Moreau Delacourt Fournel Garnault Lefèvre-Roy Aubin Tessier",
    ),
    "es": ("Tomás Lucía Martín Pilar Gonzalo Inés Rafael Nuria", "Rey Aldana Ferrer Quiroga Benavides Solís Montero"),
    "ar": ("ليلى يوسف مريم كريم سلمى طارق نادية هاني", "حداد النجار الخطيب صباغ درويش منصور"),
    "pl": ("Marta Paweł Zofia Tomasz", "Kowalska Nowicki Zawadzka"),
    "ja": ("愛子 健太 美咲", "田中 森川 小林"),
}
SPELT = {
    "ليلى": "leila", "يوسف": "yusuf", "مريم": "maryam", "كريم": "karim", "سلمى": "salma", "طارق": "tariq", "نادية": "nadia",
    "هاني": "hani", "حداد": "haddad", "النجار": "najjar", "الخطيب": "khatib", "صباغ": "sabbagh", "درويش": "darwish",
    "منصور": "mansour", "愛子": "aiko", "健太": "kenta", "美咲": "misaki", "田中": "tanaka", "森川": "morikawa", "小林": "kobayashi",
}  # fmt: skip
HOW_MANY = {"en": 58, "de": 21, "fr": 14, "es": 12, "ar": 9, "pl": 4, "ja": 3}

# name, domain, language
COMPANIES = (
    ("Harbour Couriers", "harbourcouriers.example", "en"),
    ("Whitfield School", "whitfieldschool.example", "en"),
    ("Kisumu Rides", "kisumurides.example", "en"),
    ("Weber & Söhne", "weber-soehne.example", "de"),
    ("Stadtreinigung Lindau-Nord", "stadtreinigung.example", "de"),
    ("Atelier Moreau", "ateliermoreau.example", "fr"),
    ("Bicicletas Aldana", "aldana.example", "es"),
    ("Haddad Trading", "haddadtrading.example", "ar"),
)
PLAIN_DOMAINS = ("example.com", "example.org", "example.net", "post.example", "mail.example")

BIKES = ("Fjord 7", "Heron 28", "Otter Cargo", "Dune Gravel", "Mallard Kids 20", "Lantern e-Step", "Pike City")
PARTS = (
    "bracket of the rear light",
    "left pedal",
    "bell",
    "charger",
    "seat clamp",
    "key for the lock",
    "front mudguard",
)
TOWNS = ("Kiel", "Aarhus", "Utrecht", "Nantes", "Vigo", "Leeds", "Bergen", "Graz", "Ghent")
