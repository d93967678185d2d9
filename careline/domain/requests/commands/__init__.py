"""Changes of service requests. Each is one transaction, or joins the caller's."""
