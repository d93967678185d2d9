"""What customers say of how they were served: questionnaires in versions, who is asked after which resolution, what they answered.

A *survey* asks; an *invitation* is one person asked after one resolution, by a link of 128 random bits; an *answer* is what they
said, by whichever way it came (mail, chat, portal, API). It knows no follow-ups: what a low score sets off is a flow.
"""
