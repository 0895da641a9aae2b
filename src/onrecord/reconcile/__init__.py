"""What many reports say together: copies, events told by many, stories."""
