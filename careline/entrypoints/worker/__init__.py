"""What goes on without anybody asking: loops that take mail in, send what is due, react to happenings, and keep house.

`main.py` starts them; `reactions.py` says who reacts to what, `timetable.py` what is done by the clock.
"""
