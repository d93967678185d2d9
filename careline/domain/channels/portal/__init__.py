"""What customers write on their own pages. It comes by the door `portal`, into the mailbox of its case, and is read here.

Nothing leaves by it: answers go by the case's mailbox, and stand on the page besides.
"""
