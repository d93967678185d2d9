"""En français."""

from careline.entrypoints.console.demo.story import Story

STORIES = (
    Story(
        language="fr",
        subject="{Où est ma commande {order} ?|Commande {order} toujours pas livrée|Livraison en retard}",
        tags=("delivery",),
        times=7,
        says="""
customer:
{Bonjour,|Bonsoir,}

mon {bike} devait arriver {jeudi|la semaine dernière}. {Le suivi dit « en cours d'acheminement » depuis, ce qui
n'engage à rien.|Le livreur aurait sonné ; la sonnette prétend le contraire.}
Pouvez-vous {vérifier|me dire où il est} ?

agent:
Bonjour {name},

je suis désolée du retard. {Le colis attendait au dépôt de {town} avec une étiquette déchirée|Il manquait l'étage
dans l'adresse} ; il sera chez vous {demain matin|vendredi avant midi}.

customer:
{Bien reçu, merci.|Il est là. Merci pour votre rapidité.}
""",
    ),
    Story(
        language="fr",
        mailbox="billing",
        subject="{Facture de novembre|Facture {order} avec numéro de TVA|Duplicata de facture}",
        tags=("invoice",),
        times=6,
        says="""
customer:
Bonjour,

pourriez-vous m'envoyer la facture {order} avec {notre numéro de TVA|le nom de la société} ? {Notre comptable
l'attend, et il attend bruyamment.|Celle que j'ai est au nom de mon chien, une longue histoire.}

agent invoice:
Bonjour {name},

la voici, en pièce jointe. {L'ancienne est annulée.|Le montant ne change pas.}

customer:
{Parfait, merci beaucoup.|C'est exactement cela. Bonne journée.}
""",
    ),
    Story(
        language="fr",
        team="Workshop",
        subject="{Frein qui siffle|Le frein arrière du {bike}|Bruit au freinage}",
        tags=("repair",),
        times=5,
        says="""
customer:
Bonjour l'atelier,

mon frein arrière siffle {dès qu'il pleut|à chaque feu rouge}. {J'ai changé les plaquettes, sans effet.|Tout le
quartier est au courant.} Que faire ?

agent:
Bonjour {first},

le plus souvent {il y a de l'huile sur le disque|les plaquettes sont glacées}. Un peu de papier fin et d'alcool sur
les deux, puis vingt freinages francs. Sinon, passez : {dix minutes suffisent|sans rendez-vous}.

customer:
{Silence total, merci.|Cela a marché, mes voisins vous embrassent.}
""",
    ),
    Story(
        language="fr",
        subject="{Changer l'adresse de livraison|Nouvelle adresse pour {order}|Nous déménageons}",
        tags=("delivery",),
        times=5,
        says="""
customer:
Bonjour,

à partir de lundi nous habitons au {14|22}, même rue{, à {town}|}. La commande {order} n'est pas encore partie, je
crois. {Est-ce encore possible ?|Merci de la modifier.}

agent:
Bonjour {name},

c'est fait. {Il s'en est fallu de deux heures.|Le reste de la commande ne change pas.}
""",
    ),
    Story(
        language="fr",
        mailbox="rentals",
        subject="{Location de {few} vélos|{few} vélos pour le week-end|Caution non rendue}",
        tags=("rental",),
        times=5,
        says="""
customer:
Bonjour,

nous voudrions {few} vélos du vendredi au dimanche{, avec un siège enfant|}. {Les casques sont-ils compris ?|Est-ce
encore possible ?}

agent:
Bonjour {first},

oui : 24,00 par jour et par vélo, casques et antivols compris. {Je les garde jusqu'à demain soir.|La cour ouvre à
huit heures.}

customer:
{Parfait, réservez.|C'est noté, à vendredi !}
""",
    ),
)
