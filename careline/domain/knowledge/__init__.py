"""What the house has ready to say: canned replies and macros; articles and policies come beside them.

Its words: reply (text ready to be put into an answer), macro (changes to a case in one step, with or without text), audience (me, team,
all), variable, use. It must not know how an answer is sent.
"""
