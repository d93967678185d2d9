"""What leaves of tiers, referrals and offers, and what becomes of it when a customer is erased. No words of people stand in any."""

from careline.kit.archive.declared import Declared

_FIGURE = "numbers and codes only: stays as a figure"
_BOTH = "stays with the one it is of; whoever they were merged into is told it as theirs"

TABLES = (
    Declared("loyalty_scheme", export="loyalty-scheme"),
    Declared("loyalty_tier", export="loyalty-tiers"),
    Declared("loyalty_standing", export="loyalty-standings", personal=_FIGURE, merge=_BOTH),
    Declared("loyalty_referralcode", export="referral-codes", personal=_FIGURE, merge=_BOTH),
    Declared("loyalty_referral", export="referrals", personal=_FIGURE, merge=_BOTH),
    Declared("loyalty_pair", because="counted anew from the orders"),
    Declared("loyalty_offer", export="loyalty-offers", personal=_FIGURE, merge=_BOTH, retention="forgets the case"),
    Declared("loyalty_preference", export="offer-preferences", personal=_FIGURE, merge=_BOTH),
)
