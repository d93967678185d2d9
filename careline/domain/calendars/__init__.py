"""Opening hours: when somebody works here, and how much of that time lies between two moments.

Owns the calendars with their periods, special days and public holidays. Its words: calendar, hours (what a calendar says),
period, special day, schedule (hours made ready to be reckoned with), business second, business day. It must not know
what anybody has promised in this time, nor whose calendar it is.
"""
