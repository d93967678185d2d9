"""Parcels, orders, advice: what the front desk hears most."""

from careline.entrypoints.console.demo.story import Story

STORIES = (
    Story(
        subject="{Where is order {order}?|Order {order}: still on its way?|Parcel with order {order} has gone quiet}",
        tags=("delivery",),
        times=10,
        says="""
customer:
{Hello,|Good morning,|Hi there,}

my {bike} was {promised for|meant to arrive on} Thursday. {The tracking page has said "in transit" since
then|Tracking last moved
four days ago, in {town}}, which is {true of most things|not wrong, but not useful either}. {Could you find out
where it is?|Do you know more than the page does?}

Order {order}, if that helps.

agent:
Hello {first},

I am sorry it is late. {I have asked the carrier to look for it by hand|The carrier found it in the {town} depot
with a torn label}.
It {should be with you tomorrow before noon|goes on the van tomorrow morning}; I will write again as soon as it moves.

customer:
{Thank you for the quick answer.|Thanks.} {Tomorrow is fine, I am at home all day.|Please tell the driver the bell
works, he only has to press it.}

agent:
It was signed for {at 10:40|this morning|at noon}. {Does everything look right?|Have a good first ride.} I close
this for now; an answer to this mail opens it again.
""",
    ),
    Story(
        subject="{Something missing from order {order}|Order {order} came without the {part}|No {part} in the box}",
        tags=("delivery", "spare parts"),
        times=9,
        says="""
customer photo:
Hello,

the parcel came {this morning|yesterday}, thank you. {Everything on the packing list is ticked, but|All there,
except that} the {part} is not in the box.
{I have looked in the paper twice.|My son checked the paper too, with great care.} A picture is attached.

agent:
Dear {first},

you are right, and I am sorry: {the box was packed without it|it stayed on the shelf here}. A {part} leaves today by
express at our cost.
{You need not send anything back.|No form to fill in, nothing to return.}

note:
Shelf 14, packed by the new line on the {day}th. {Third one this week|Second one this month}, told the warehouse.

customer:
{It is here. Thank you!|Arrived and fitted. Very quick.} {That was easier than finding the right spanner.|Best
regards from {town}.}
""",
    ),
    Story(
        subject="{Which size for 1.72 m?|Frame size for my daughter|Question about sizes: {bike}}",
        tags=("advice",),
        times=8,
        says="""
customer:
{Hi,|Hello Northwind,}

I am between two sizes for the {bike}. {Inside leg 79 cm, I ride to work, 14 km each way, mostly flat.|She is 11,
148 cm, and grows when nobody looks.}
{Small or medium?|Which one would you take?}

agent:
Hello {first},

{medium, with the saddle at its lowest third|the larger one}. On the smaller frame you would sit {a little
folded|too upright for 14 km}. If it does not fit, we change it
within 30 days; {the tyres may be dirty by then|riding it is allowed}.

customer:
{That settles it, I have ordered.|Thank you. The larger one it is.} {Does it come assembled?|Do I need tools?}

agent:
Handlebar, pedals and front wheel are left to you. The {two keys|tools} you need are in the box, and {it takes about
twenty minutes|the leaflet has pictures instead of words}.
""",
    ),
    Story(
        subject="{Please change the delivery address of order {order}|New address for order {order}|We are moving: order {order}}",
        tags=("delivery",),
        times=7,
        says="""
customer:
{Hello,|Dear team,}

from {Monday|the 1st} we live at number 14{ instead of 9|}, same street, in {town}. {The order is not sent yet, as
far as I can see.|I hope this is not too late.}
Could you change it?

agent:
Dear {first},

changed: it goes to number 14 now. {You caught it two hours before the van did.|The label was not printed yet.}
Everything else of order {order} stays as it was.
""",
    ),
    Story(
        subject="{Can I still cancel {order}?|Cancel order {order}, please|I ordered twice by mistake}",
        tags=("orders",),
        times=7,
        says="""
customer:
Hi,

{I pressed the button twice, and now there are two of the {bike} coming|my partner ordered the same {bike} an hour
before me}. {One is enough for one person|We share many things, but two is too many}.
Please cancel order {order}.

agent:
Hello {first},

order {order} is cancelled, the other one stays. The {amount} goes back to your card; banks take {two to four
working days|up to five days}.

customer:
{Money is here.|Refund arrived today.} Thanks for {not making me call|the calm answer}.
""",
    ),
    Story(
        subject="{Can I try a cargo bike somewhere?|Test ride of the Otter Cargo|Test ride on Saturday?}",
        tags=("advice",),
        times=6,
        says="""
customer:
{Good evening,|Hello,}

we think about replacing the second car with an Otter Cargo. {Two children, one dog, one hill.|Three children, who
do not agree on much, agree on this.}
Can one try it {on a Saturday|after five}?

agent:
Hello {first},

yes: Saturday from ten to three in the yard behind the shop in {town}. {Bring the children, and the dog if he is
under 30 kg.|Bring everyone who is going to sit in it.} I have put your name down for {eleven|half past ten}.

note colleague:
Hill mentioned: let them try the one with the {larger motor|lower gear}, else they come back in January.

customer:
We were there. {It is decided, and it is yellow.|Sold. The children chose the colour, we were not asked.} Could you
send an offer with the rain cover?

agent offer:
With pleasure, it is attached. The price holds for {30 days|the month}.
""",
    ),
    Story(
        subject="{Voucher code does not work|The code AUTUMN10|Discount not taken off}",
        tags=("orders",),
        times=6,
        says="""
customer:
Hello,

the code from your newsletter {is refused as "unknown"|does nothing at all}. {I typed it, I pasted it, I said it
aloud.|My typing has been checked by a second person.} The basket is {a pump and two lights|a helmet}.

agent:
Hi {first},

the code works {from 40.00|once the basket is over 40.00}, and {the page should say so instead of "unknown"|that
sentence is missing on the page}: passed on. I have taken
the ten percent off your order {order} by hand.
""",
    ),
    Story(
        subject="{Thank you!|A kind word for Ben|Not a complaint}",
        tags=("praise",),
        times=5,
        says="""
customer:
Hello,

{I only wanted to say that|no question this time:} {the bike fits perfectly and the man on the phone knew what he
spoke about|your colleague in the shop spent half an hour on a bell}. {One writes so often when something is
wrong.|You may frame this.}

agent:
Dear {first},

thank you. {It hangs in the workshop now, next to the calendar.|I have read it aloud; there was a short silence, and
then cake.}
""",
    ),
    Story(
        subject="{Quote for {many} children's helmets|{many} helmets for a school|School order: helmets}",
        tags=("offer", "VIP"),
        priority="high",
        times=5,
        says="""
customer sheet:
Dear Sir or Madam,

our school needs {many} helmets before {the end of term|the cycling test in spring}. The sizes are in the attached
list. {We pay by invoice.|We are tax exempt and can prove it.}
Could you make an offer?

agent offer:
Dear {name},

the offer is attached: {many} helmets in three sizes, delivered in one box per class. {Payment within 30 days.|We
can hold the stock for two weeks.}

note:
Sizes S are short by {four|six}, ordered them already. Deliver in one go, they have no storage.

customer:
{The parents' association agrees.|Approved by the head.} Please go ahead{, purchase number PO-{order}|}.

agent:
Thank you. They leave on {Tuesday|Thursday}. I put two spare ones in, {there is always one child who sits on
his|experience says so}.
""",
    ),
    Story(
        subject="{I can't sign in|The sign-in link says expired|No access to my orders}",
        tags=("account",),
        times=6,
        says="""
customer:
Hi,

{the link in the mail says it is no longer valid, one minute after it came|each time I ask for a link I get
yesterday's}. I only want to see {when the next service is due|my invoice}.

agent:
Hello {first},

your mail program opens links once before you do, to check them, and a link works once. {I have switched your
account to a code instead.|Please ask for a code instead of a link: it stands below the button.}

customer:
{Works. Strange times.|With the code it works, thank you.}
""",
    ),
)
