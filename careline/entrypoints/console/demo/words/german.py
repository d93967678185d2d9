"""Auf Deutsch: Lieferungen, Werkstatt, Rechnungen."""

from careline.entrypoints.console.demo.story import Story

STORIES = (
    Story(
        language="de",
        subject="{Wo bleibt Bestellung {order}?|Lieferung {order} überfällig|Nachfrage zu {order}}",
        tags=("delivery",),
        times=8,
        says="""
customer:
{Guten Tag,|Hallo,}

mein {bike} sollte {am Donnerstag|letzte Woche} kommen. {Die Sendungsverfolgung schweigt seit vier Tagen.|Der
Paketdienst behauptet, er habe geklingelt; unsere Klingel weiß nichts davon.}
{Können Sie nachsehen?|Wissen Sie mehr?}

agent:
Guten Tag {name},

das tut mir leid. {Das Paket lag mit abgerissenem Etikett im Depot|Der Fahrer hat eine Hausnummer übersehen};
{morgen vormittag|am Freitag bis zwölf} ist es bei Ihnen.

customer:
{Ist angekommen, vielen Dank.|Heute geliefert, alles heil.}
""",
    ),
    Story(
        language="de",
        team="Workshop",
        subject="{Bremse quietscht bei Nässe|Hinterradbremse am {bike}|Geräusch beim Bremsen}",
        tags=("repair",),
        times=6,
        says="""
customer:
Hallo zusammen,

mein {bike} quietscht bei Regen so, dass {Fußgänger freiwillig Platz machen|der Hund mitsingt}. {Neue Beläge haben
nicht geholfen.|Gereinigt habe ich schon.} Woran kann das liegen?

agent:
Hallo {first},

meist ist {Öl auf der Scheibe|der Belag verglast}. Bitte beides mit {feinem Schleifpapier und Spiritus|120er Papier}
abreiben und dann zwanzigmal kräftig bremsen. Wenn es bleibt: vorbeikommen, {dauert zehn Minuten|ohne Termin}.

customer:
{Ruhe. Danke!|Hat geklappt. Die Nachbarn lassen grüßen.}
""",
    ),
    Story(
        language="de",
        mailbox="billing",
        subject="{Rechnung {order}: falscher Firmenname|Korrektur der Rechnung {order}|USt-IdNr. fehlt}",
        tags=("invoice",),
        times=7,
        says="""
customer:
Sehr geehrte Damen und Herren,

auf Rechnung {order} {steht noch unser alter Name|fehlt unsere USt-IdNr.}. {Unsere Buchhaltung ist da unnachgiebig,
was man ihr lassen muss.|So kann ich sie nicht einreichen.} Bitte stellen Sie sie neu aus.

agent invoice:
Guten Tag {name},

die berichtigte Rechnung liegt bei, die alte ist storniert. {Zu zahlen ist nichts mehr.|Der Betrag bleibt gleich.}

customer:
{Besten Dank, so passt es.|Erhalten und verbucht.}
""",
    ),
    Story(
        language="de",
        subject="{Angebot für zwölf Lastenräder|Lastenräder für die Stadtreinigung|Flotte: Otter Cargo}",
        tags=("offer", "VIP"),
        priority="high",
        times=4,
        says="""
customer:
Guten Tag,

wir möchten {zwölf|acht} Fahrzeuge ersetzen und denken an das Otter Cargo. {Wichtig sind Beleuchtung und eine Kiste,
die man abschließen kann.|Gefahren wird täglich, auch von Leuten, die nicht gern fahren.}
Machen Sie uns ein Angebot?

agent offer:
Guten Tag {name},

anbei das Angebot in zwei Varianten. {Ein Rad steht Ihnen zwei Wochen zur Probe zur Verfügung.|Wartung vor Ort ist
enthalten.}

note:
{Probefahrzeug: das blaue, das rote hat jemand lieb gewonnen.|Rabatt ab zehn mit Hana abgestimmt.}

customer:
Danke für den Rückruf. Wir nehmen {die Variante mit Beleuchtung|die zweite}. {Der Vertrag geht morgen in die Post.|}
""",
    ),
    Story(
        language="de",
        mailbox="rentals",
        subject="{Räder für das Wochenende|{few} Mieträder, bitte|Verlängern um einen Tag?}",
        tags=("rental",),
        times=6,
        says="""
customer:
Hallo,

wir hätten gern {few} Räder von Freitag bis Sonntag{, eines davon für ein Kind|}. {Geht das noch?|Und ein Schloss,
das hält.}

agent:
Hallo {first},

geht: {few} Räder, 24,00 am Tag und Rad, Helme und Schlösser dabei. {Abholung ab acht.|Ich halte sie bis morgen
Abend fest.}

customer:
{Bitte buchen.|Gebucht, prima. Bis Freitag!}
""",
    ),
    Story(
        language="de",
        team="Workshop",
        subject="{Akku hält nur noch 20 km|Reichweite halbiert|Fehler E-23 am Lantern}",
        tags=("warranty", "battery"),
        times=5,
        says="""
customer photo:
Guten Morgen,

seit {es kalt ist|letzter Woche} reicht der Akku nur noch {20|18} km. {Auf dem Bild sieht man die Anzeige.|Gekauft
vor 14 Monaten.} {Liegt das am Winter oder am Akku?|}

agent:
Guten Tag {name},

ein Fünftel macht die Kälte, den Rest eine schwache Zelle. Sie bekommen auf Garantie einen neuen; {bitte den alten
nicht in die Post geben, der Bote bringt einen Spezialkarton|der Karton für den alten kommt mit}.
""",
    ),
)
