"""The same help centre in German, as far as it is translated: slug in English → (slug, title, summary, text as Markdown)."""
# ruff: noqa: E501  a paragraph on a line

ARTICLES = {
    "where-is-my-order": (
        "wo-ist-meine-bestellung",
        "Wo ist meine Bestellung?",
        "So sehen Sie, wie weit Ihr Paket oder Rad ist.",
        "Zu jeder Bestellung kommt eine Sendungsnummer per Mail, sobald sie unsere Halle verlässt.\n\n1. Öffnen Sie die Mail **Ihre Bestellung ist unterwegs**.\n2. Folgen Sie dem Link zum Paketdienst.\n\nRäder bringt eine Spedition; sie ruft einen Tag vorher an. Bewegt sich *drei Werktage* nichts, schreiben Sie uns.",
    ),
    "delivery-times": (
        "lieferzeiten",
        "Wie lange die Lieferung dauert",
        "Pakete zwei bis vier Tage, Räder bis zehn.",
        "| Was | Wie lange |\n|---|---|\n| Teile und Kleidung | 2 bis 4 Werktage |\n| Räder im Karton | 5 bis 7 Werktage |\n| Räder fahrbereit | 7 bis 10 Werktage |\n\nWas vor zwölf Uhr bestellt wird, geht am selben Tag hinaus.",
    ),
    "send-something-back": (
        "etwas-zuruecksenden",
        "Etwas zurücksenden",
        "Dreißig Tage, das Etikett zahlen wir.",
        "Sie haben **30 Tage** ab der Ankunft. Nennen Sie uns die Bestellnummer und was Sie zurücksenden; wir schicken ein Etikett per Mail. Räder holen wir bei Ihnen ab.",
    ),
    "when-do-i-get-my-money": (
        "wann-kommt-mein-geld",
        "Wann bekomme ich mein Geld zurück?",
        "Drei Werktage, nachdem die Rücksendung da ist.",
        "Wir sehen jede Rücksendung binnen zwei Werktagen an, dann geht das Geld den Weg zurück, den es kam. Banken brauchen ein bis drei Tage mehr.",
    ),
    "adjust-the-brakes": (
        "bremsen-einstellen",
        "Felgenbremsen einstellen",
        "Oft genügt eine Drehung.",
        "Drehen Sie die Rändelschraube am Hebel heraus, je eine halbe Drehung, bis die Beläge zwei Millimeter von der Felge stehen.\n\n> Bremsen, derer Sie nicht sicher sind, gehören in die Werkstatt.",
    ),
    "flat-tyre": (
        "platten-flicken",
        "Einen Platten flicken",
        "Mit zwei Hebern und einem Flicken.",
        "1. Rad ausbauen, Luft ablassen.\n2. Den Mantel auf einer Seite über die Felge heben.\n3. Das Loch im Wasser suchen.\n4. Aufrauen, Kleber, **fünf Minuten** warten, Flicken aufdrücken.\n5. Im Mantel nach dem Dorn tasten.",
    ),
    "battery-range": (
        "reichweite",
        "Wie weit reicht der Akku?",
        "40 bis 120 km, das meiste liegt an Ihnen.",
        "500 Wh tragen 40 km in der höchsten Stufe bergauf, 120 km in *Eco* auf dem Flachen. Kälte, Gegenwind und wenig Luft kosten bis zu einem Drittel.",
    ),
    "charge-the-battery": (
        "akku-laden",
        "Den Akku richtig laden",
        "Zwischen 20 und 80 Prozent lebt er am längsten.",
        "Bei Zimmertemperatur, mit dem eigenen Ladegerät, nicht auf Brennbarem. Eine volle Ladung dauert viereinhalb Stunden.",
    ),
    "ways-to-pay": (
        "bezahlen",
        "Wie kann ich bezahlen?",
        "Karte, Überweisung, Rechnung, Gutschein.",
        "Karten werden belastet, wenn die Ware hinausgeht. Rechnungen sind in vierzehn Tagen fällig.",
    ),
    "warranty": (
        "garantie",
        "Was die Garantie umfasst",
        "Zwei Jahre auf Teile, zehn auf Rahmen.",
        "Rahmen **10 Jahre**, Teile **2 Jahre**, Akkus **2 Jahre oder 500 Ladungen**. Verschleiß und Stürze gehören nicht dazu.",
    ),
}
