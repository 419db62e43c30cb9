"""What companies and mentors fill in."""
