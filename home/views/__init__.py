"""Pages by their address, and the member's own start page."""
