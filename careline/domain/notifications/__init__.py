"""What people of the house are told of, where and when.

Owns notifications, what each person chose, cases they muted, browsers that are told (devices), and what is about to leave
for them. Its words: notification, kind, choice, quiet hours, mute, device, parcel. It must not know how anything is shown.
"""
