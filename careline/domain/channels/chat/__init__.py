"""Chat on somebody's site: what a visitor's message looks like when it comes in, and what its channel can be set to.

The address of a chat channel is its site's public token; a visitor's is `visitor-…@chat.invalid`, at which nobody can receive
mail (RFC 2606). What visitors are, and which case they talk in, stands in `careline.domain.chats`.
"""
