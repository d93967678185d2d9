"""Invoices, refunds, rentals."""

from careline.entrypoints.console.demo.story import Story

STORIES = (
    Story(
        mailbox="billing",
        subject="{Charged twice for order {order}|Double booking on my card|Refund for the second payment}",
        tags=("refund",),
        priority="high",
        times=7,
        says="""
customer statement:
Hello,

you charged me {twice|two times} for order {order}, {amount} each, see the attached statement. {Once was right.|I
only have one head for one helmet.}

agent:
Dear {first},

I see both. The second one was {a reservation that should have lapsed|booked when the page was loaded twice}; it is
released as of now. {If it still stands there on Friday, write to me directly.|It disappears within three working
days.}

customer:
{It is gone.|All correct again.} Thank you.
""",
    ),
    Story(
        mailbox="billing",
        subject="{Invoice {order} has our old name|Please correct invoice {order}|VAT number missing on {order}}",
        tags=("invoice",),
        times=8,
        says="""
customer:
{Good morning,|Dear team,}

{we changed our name in September|our VAT number is missing}, and {our auditor is a careful man|the tax office
returns the invoice otherwise}. Could you issue {order} again{, with today's date if you must|}?

agent invoice:
Dear {name},

the corrected invoice is attached; the old one is cancelled by a credit note on page two. {Nothing to pay again.|The
account shows zero, as it should.}

customer:
{Perfect.|Received and passed on.} {The auditor smiled.|}
""",
    ),
    Story(
        mailbox="billing",
        subject="{Pay in three parts?|Instalments for the {bike}|Leasing through my employer}",
        tags=("invoice",),
        times=5,
        says="""
customer:
Hello,

can the {bike} be paid {in three parts|through my employer's leasing}? {The button is grey for me.|The form asks for
a number my employer has never heard of.}

agent:
Hello {first},

yes{, from 300.00 on|}. {The button is grey because the address has no house number: add it and it turns green.|The
number is ours, not theirs: 48-2210. Please excuse the form.}
""",
    ),
    Story(
        mailbox="billing",
        subject="{Reminder, but I have paid|Second reminder for {order}|Why a reminder?}",
        tags=("invoice", "complaint"),
        times=6,
        says="""
customer statement:
Hello,

{today a reminder came, with a fee of 5.00|this is the second reminder}, although {amount} left my account on the
{day}th. {I pay my bills, and I like that to be noticed.|Proof attached.}

agent:
Dear {name},

you did pay: {your bank left out the reference, so it lay on a pile|it was booked on another customer's account}.
The fee is struck, the reminder void, and {I am sorry for the tone of that letter|it will not come a third time}.

note hana:
{Letter 2 sounds like a threat. Rewritten, see the wiki.|Let us see how many of these come from unmatched payments.}

customer:
{Thank you. Peace.|Appreciated.}
""",
    ),
    Story(
        mailbox="rentals",
        subject="{Rent {few} bikes for a weekend|{few} bikes for a family visit|Bikes for Saturday and Sunday}",
        tags=("rental",),
        times=8,
        says="""
customer:
{Hi,|Hello,}

we are {few} people{, one of them five years old|} and would like bikes {for the weekend|from Friday noon to Sunday
evening} in {town}. {Are there seats or trailers for the small one?|Are helmets included?}

agent:
Hello {first},

{few} bikes are free{, and so is one trailer|}. {Helmets are included, locks too, rain is not.|Helmets and locks are
included.} It is 24.00 a day each; I hold them until {Wednesday|tomorrow evening}.

customer:
{Yes, please.|Good, please book.} {Saddles for 1.60, 1.75, 1.80.|Who gets the red one is settled by us.}

agent:
Booked as R-{order}. {Bring one identity card between you.|The yard opens at eight.}
""",
    ),
    Story(
        mailbox="rentals",
        subject="{We will be late with the bikes|Flat tyre on the rental|Bike R-{order} has a flat}",
        tags=("rental",),
        priority="high",
        times=6,
        says="""
customer:
Hello,

{we have a flat near {town} and no pump|the train stands in a field, so we bring the bikes back late}. {What shall
we do?|Is half past seven all right?}

agent:
Hello {first},

{no harm done|do not worry}: {leave the bike at the station in stand B, we fetch it tonight, and you take the
train|somebody is here until eight; after that, use the key box, code is the last four digits of your booking}.
Nothing is charged for it.

customer:
{Done. Thank you!|All back where they belong.}
""",
    ),
    Story(
        mailbox="rentals",
        subject="{Deposit not back yet|Deposit for R-{order}|When do I get the deposit?}",
        tags=("rental", "refund"),
        times=6,
        says="""
customer:
Hi,

we brought everything back {last Sunday|on the {day}th}, nothing broken{, one sock left behind|}. The deposit of
150.00 {has not come yet|is still out}.

agent:
Hello {first},

it was released this morning{; our colleague was on holiday and nobody pressed his button|}. {The sock is in a
drawer with your name on it.|Your bank needs two days.}

note:
{Deposit releases hang when Emil is away. Needs a second person.|Released by hand.}
""",
    ),
)
