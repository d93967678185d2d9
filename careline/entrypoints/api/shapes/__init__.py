"""What goes into the API and comes out of it, field by field; the OpenAPI document is written from here."""
