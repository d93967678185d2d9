"""Live chat as agents see it: the visitor beside a case, and the sites that hold the chat."""
