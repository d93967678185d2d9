"""Things that creak, leak and break: the workshop's mail."""

from careline.entrypoints.console.demo.story import Story

STORIES = (
    Story(
        subject="{Crack in the frame?|Frame of my {bike}: is this a crack?|Hairline at the seat tube}",
        team="Workshop",
        tags=("warranty",),
        priority="high",
        times=7,
        says="""
customer photo photo:
Hello,

on my {bike} (bought {last year|in spring}) there is a fine line at the seat tube, see the pictures. {Is this paint
or is it metal?|I have stopped riding it.}
The bill is {attached as well|in your system under {order}}.

agent:
Hello {first},

please do keep it standing. {On the second picture it looks like metal.|I can't tell from the pictures, so we look
at it here.} The label is attached: the carrier fetches the bike at your door, {you need no box|he brings a box}.

note:
Batch from {the spring|week 11}? Check the frame number against the list before answering about the replacement.

customer:
It was fetched {this morning|on Tuesday}. How long will it take, {roughly|I ask because I walk now}?

agent:
It is a crack, so you get a new frame under the guarantee; your parts move over. {Eight working days.|About a week.}
{We lend you a Heron 28 until then if you like.|The frame number in your papers changes; the new ones come with the
bike.}

customer:
{Very decent. I take the Heron.|Thank you, that is more than I expected.}
""",
    ),
    Story(
        subject="{Brake squeals|The rear brake of the {bike} sings|Brake noise in the rain}",
        team="Workshop",
        tags=("repair",),
        times=8,
        says="""
customer:
{Hi,|Hello workshop,}

my {bike} announces itself {two streets before me|to the whole of {town}}: the rear brake squeals when wet. {New
pads did not help.|Cleaning did not help.}
{Is it the disc?|What else can it be?}

agent:
Hello {first},

most likely {oil on the disc|glazed pads}. Rub both with {fine sandpaper and alcohol|120 grit and clean with
alcohol}, then brake hard twenty times from 25 km/h, somewhere where nobody minds.
If it still sings, bring it in: {ten minutes, no appointment|we true the disc while you wait}.

customer:
{Silence. My neighbours thank you.|It worked, after the twenty times. The dog is disappointed.}
""",
    ),
    Story(
        subject="{Do the new pads fit the 2023 {bike}?|Pads for the older {bike}|Right brake pads?}",
        team="Workshop",
        tags=("spare parts",),
        times=7,
        says="""
customer:
Hello,

{the shop here was not sure|two pages of yours say two things}: do the new pads fit a {bike} from 2023? {The
calliper says NB-42.|I measured 23 by 26 mm.}

agent:
Hello {first},

they do{, the shape has not changed since 2021|}. {The page is being mended.|Take the ones with the green back:
quieter in rain.}
""",
    ),
    Story(
        subject="{Battery lasts 20 km|Range of the Lantern e-Step has halved|Battery of order {order}}",
        team="Workshop",
        tags=("warranty", "battery"),
        times=7,
        says="""
customer:
Good morning,

{since it got cold|since last week} the battery is empty after 20 km instead of 45. {The display shows three bars
and then none.|It goes from 40 % to zero on the hill at home.}
{Bought 14 months ago.|Serial number on the picture.}

agent:
Hello {first},

cold costs a fifth, not a half. Please load it {to the full, indoors, overnight|once to 100 % and ride it down in
one go} and send me the number that the display shows when you hold the button for five seconds.

customer photo:
It says E-{day}{day}. {What does that mean?|I hope that is a good number.}

agent:
It means one cell is weak{: no danger, but no range either|}. You get another battery under the guarantee. Please do
not post the old one: {the carrier brings a special box|we send a box with the right label on it}.

note:
RMA opened. Cell weak, third of lot L-{order}. {Tell Gus.|Tell purchasing.}
""",
    ),
    Story(
        subject="{Appointment for a service|Spring service|Service before the tour}",
        team="Workshop",
        tags=("repair", "appointment"),
        times=7,
        says="""
customer:
Hi,

{we leave for a tour on the {day}th|the first service is due} and I would like the {bike} looked over{: brakes,
chain, a spoke that ticks|}. {Any time next week?|Could it be Wednesday?}

agent:
Hello {first},

Wednesday at {nine|half past eight}, ready by four. {A basic service is 69.00, parts apart.|We ring before anything
costs more than 100.}

customer:
{Booked, thank you.|Good. I come by train and go back by bike.}
""",
    ),
    Story(
        subject="{Gears jump under load|Chain skips on the {bike}|It jumps from 4 to 6}",
        team="Workshop",
        tags=("repair",),
        times=6,
        says="""
customer:
Hello,

after {900 km|one winter} the chain jumps in the smaller gears{, only uphill, so only when it matters|}. {I have
turned the barrel adjuster in both directions, now I remember neither.|The hanger looks straight to me, but I am no
judge.}

agent:
Hello {first},

measure the chain first: from pin to pin over ten links it should be 254 mm. {Over 256 it is worn|More than two
millimetres extra means a new one}, and the cassette with it. {What do you read?|Send me the number.}

customer:
{257 and a half.|A bit over 256.}

agent:
Then both are due{, honestly earned|}. Chain and cassette are {84.00|79.00} together, and {we fit them for 30.00|the
leaflet shows how}. {Shall I put a set aside?|Say yes and they wait at the counter.}
""",
    ),
    Story(
        subject="{Wobbly child seat|Is the child seat safe like this?|Child seat moves sideways}",
        team="Workshop",
        tags=("safety",),
        priority="urgent",
        times=4,
        says="""
customer photo:
Hello,

the seat from order {order} moves about two fingers sideways although all screws are tight. {My daughter finds it
funny, I do not.|We walk until we hear from you.}

agent:
Dear {first},

thank you for walking: {please go on doing so|that was right}. The lower clamp is mounted {upside down, and the
leaflet shows it badly|one hole too high}. The attached sheet shows the right way; {after that it must not move at
all|if it still moves after that, we fetch it}.

note gus:
The leaflet again. Second seat this quarter: asked the supplier for a new drawing, and put a slip in every box until
then.

customer:
{Firm as a rock now.|It sits.} {The passenger has complained that it is boring.|Thank you for answering on a Sunday.}
""",
    ),
)
