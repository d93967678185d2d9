"""The words of oddities.py, and raw mails that no ordinary program writes. `{date}` is when they came."""

CAROL = """Hello,

the parcel came this morning, but the small black bracket of the rear light is not in it. I need it for Monday, when the
children ride to school again. Order 1001; a picture of what was in the box is attached."""
TO_CAROL = """Dear Carol,

I am sorry about that. The bracket leaves today by express and should be with you on Saturday. You pay nothing for it."""
PEER = "Thank you! Does it also fit the thicker tube of the blue one? (I write from the office, Carol's is the other address.)"
GUESSER = "Hello, I was told to answer here. Could you tell me to which address the bracket was sent?"
LOCKS = "Hello,\n\nwe need six locks of the heavy kind, keyed alike, for the night shift. Same address as always."
TO_LOCKS = "Hello Edwin,\n\nsix are on the shelf; keyed alike takes until Thursday. Shall I go ahead?"
SISTER = "Hello,\n\ncould you send the offer to my sister as well? She decides, I only ride."

LONG_THREAD = (
    (False, "Dear team,\n\nin spring we hold a bicycle week. Could you look over some forty children's bikes? I copy our head and the caretaker."),
    (True, "Dear Ruth,\n\ngladly. Two of us for one day, with pumps, pads and patience. Which day?"),
    (False, "Tuesday would suit. The caretaker asks for a tap and gets one; he asks whether you need electricity."),
    (True, "No electricity, thank you, only the tap and a table that may get dirty."),
    (False, "There is such a table. It has seen worse."),
    (True, "Then Tuesday at nine. We bring the stands. Is there a list of the bikes?"),
    (False, "There will be one as soon as the children agree on what a bike is. Scooters?"),
    (True, "Scooters count, if they have brakes."),
    (False, "Most have. Forty-three bikes, five scooters, one thing with three wheels that a father built."),
    (True, "The thing with three wheels gets a look from Emil himself, he is jealous already."),
    (False, "Splendid. What do we owe you for the day?"),
    (True, "The parts at cost, and lunch. I send the sheet on Friday."),
)  # fmt: skip

BOUNCE = """From: Mail Delivery System <MAILER-DAEMON@mx.northwind.example>
To: support@northwind.example
Subject: Undelivered Mail Returned to Sender
Date: {date}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="report"

--report
Content-Type: text/plain

Your message to {to} could not be delivered.

--report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.northwind.example

Final-Recipient: rfc822; {to}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <{to}>: Recipient address rejected: nobody of this name works here any more

--report
Content-Type: text/rfc822-headers

From: support@northwind.example
To: {to}
Message-ID: {message_id}
Subject: Re: Do you still have the green bell?

--report--
"""
AWAY = """From: Edwin Thorne <edwin.thorne@harbourcouriers.example>
To: support@northwind.example
Subject: Automatic reply: Six new locks for the night shift
Date: {date}
Message-ID: <away-1@harbourcouriers.example>
In-Reply-To: {message_id}
References: {message_id}
Auto-Submitted: auto-replied (vacation)
X-Auto-Response-Suppress: All
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

I am at sea until Monday and read mail when there is a coast. Urgent things: the night desk.
"""

# hours ago: what could not be placed
UNROUTED = {
    9: """
From: Editors <desk@cyclingweekly.example>
To: press@northwind.example
Subject: Interview about the cargo bike boom
Date: {date}
Message-ID: <interview@cyclingweekly.example>
Content-Type: text/plain; charset=utf-8

Good morning, we would like to talk to somebody about cargo bikes. Whom may we ask?
""",
    26: """
From: Colin Ashdown <colin@mail.example>
To: suport@northwind.example
Subject: Opening hours at Christmas?
Date: {date}
Message-ID: <hours@mail.example>
Content-Type: text/plain; charset=utf-8

Hello, when are you open between the years?
""",
    51: """
From: Walter Quayle <w.quayle@post.example>
To: support@northwind.example
Subject: Automatic reply: out of office
Date: {date}
Message-ID: <ooo-77@post.example>
Auto-Submitted: auto-replied
Content-Type: text/plain; charset=utf-8

I am on parental leave and learn to sleep in pieces.
""",
    76: """
Subject: (cut off)
Date: {date}

It begins nowhere and has no sender.
""",
}
# hours ago: mails whose HTML is worth a look
HTML = {
    3: """
From: Supplier News <news@partsdepot.example>
To: support@northwind.example
Subject: New brake pads, and what they cost you from December
Date: {date}
Message-ID: <news-112@partsdepot.example>
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8

<html><body style="background:#f4f4f4"><table width="600" align="center" bgcolor="#ffffff"><tr><td>
<img src="https://images.partsdepot.example/header.png" width="600" height="120" alt="Parts Depot">
<h1 style="color:#154">Quieter by half</h1><p>The pads NB-42 come in green now. From December they cost 11.40 instead of 10.90.</p>
<p><a href="https://partsdepot.example/pads?utm_source=mail">See the pads</a></p>
<img src="https://track.partsdepot.example/open.gif?who=support" width="1" height="1" alt="">
</td></tr></table></body></html>
""",
    14: """
From: "A friend" <friend@trouble.example>
To: support@northwind.example
Subject: Look at my bike
Date: {date}
Message-ID: <look@trouble.example>
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8

<html><body><p>Hello, is this your bike?</p>
<script>document.body.innerHTML = "taken over"</script>
<img src="x" onerror="alert('one')"><svg onload="alert('two')"><circle r="9"></circle></svg>
<a href="javascript:alert('three')">Pictures</a> <iframe src="https://trouble.example/"></iframe>
<form action="https://trouble.example/login"><input name="password"><button>Sign in</button></form>
<div style="position:fixed;top:0;left:0;width:100%;height:100%;background:url(https://trouble.example/x.png)">Over everything</div>
<p>Kind regards, nobody you know</p></body></html>
""",
}
SPAM = {
    6: """
From: "Prize Office" <winner@lottery.example>
To: support@northwind.example
Subject: You have won a bicycle factory
Date: {date}
Message-ID: <prize@lottery.example>
Content-Type: text/plain; charset=utf-8

Dear winner, send us the keys of your present one to make room.
""",
    33: """
From: "SEO Friend" <rank@seo.example>
To: support@northwind.example
Subject: Re: Re: your website
Date: {date}
Message-ID: <rank@seo.example>
Content-Type: text/plain; charset=utf-8

I looked at your website for nine seconds and found 214 errors. Shall I send them?
""",
    80: """
From: "Director Bank" <director@bank.example>
To: support@northwind.example
Subject: Urgent business of mutual profit
Date: {date}
Message-ID: <profit@bank.example>
Content-Type: text/plain; charset=utf-8

I have forty million in a trunk and no bicycle. You see where this goes.
""",
}
